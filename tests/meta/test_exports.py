"""The public names: sorted, importable, shown by dir(), and each from where code in the wild imports it."""

from __future__ import annotations

import importlib
import pickle
import typing

import pytest

import glpi_utils
from glpi_utils import ErrorRequest, ItemList, RequestInfo, Retry, testing

FROM_THE_TOP = {
    *("AsyncGlpiAPI", "AsyncGlpiOAuthClient", "GlpiAPI", "GlpiOAuthClient"),
    *("GlpiAPIError", "GlpiAuthError", "GlpiConnectionError", "GlpiError", "GlpiNotFoundError", "GlpiPermissionError"),
    *("GLPIVersion", "SensitiveFilter", "EmptyHandler", "__version__"),
}
ELSEWHERE = [
    ("glpi_utils.oauth", ["AsyncGlpiOAuthClient", "GlpiOAuthClient"]),
    ("glpi_utils.api", ["DEFAULT_PAGE_SIZE", "GlpiAPI"]),
    ("glpi_utils.aio", ["AsyncGlpiAPI"]),
    (
        "glpi_utils.exceptions",
        ["GlpiAPIError", "GlpiAuthError", "GlpiConnectionError", "GlpiError", "GlpiNotFoundError"],
    ),
    ("glpi_utils.logger", ["EmptyHandler", "SensitiveFilter", "hide_sensitive", "mask_secret"]),
    ("glpi_utils.version", ["GLPIVersion"]),
]

PLACES = {
    "glpi_utils",
    "glpi_utils.testing",
    *(module for module, _ in ELSEWHERE),
    "glpi_utils.enums",
    "glpi_utils.filters",
}
OWN_PLACE = {f"testing.{name}" for name in ("Fault", "Fired", "Seen")}
"""Dataclasses: the types of their fields are looked up in the module that they name."""


def test_all_is_sorted_and_each_name_once() -> None:
    names = list(glpi_utils.__all__)
    assert names == sorted(set(names))


@pytest.mark.parametrize("name", sorted(FROM_THE_TOP | set(glpi_utils.__all__)))
def test_a_public_name_can_be_had_from_the_top(name: str) -> None:
    assert name in glpi_utils.__all__
    assert name in dir(glpi_utils)
    assert getattr(glpi_utils, name) is not None


def test_every_error_is_public() -> None:
    from glpi_utils import exceptions

    assert set(exceptions.__all__) <= set(glpi_utils.__all__)
    for name in exceptions.__all__:
        assert getattr(glpi_utils, name) is getattr(exceptions, name)


@pytest.mark.parametrize(("module", "names"), ELSEWHERE)
def test_a_name_can_be_had_from_its_module(module: str, names: list[str]) -> None:
    loaded = importlib.import_module(module)
    assert [name for name in names if not hasattr(loaded, name)] == []


def test_the_same_class_by_both_ways() -> None:
    from glpi_utils.aio import AsyncGlpiAPI
    from glpi_utils.api import GlpiAPI
    from glpi_utils.oauth import AsyncGlpiOAuthClient, GlpiOAuthClient

    assert glpi_utils.GlpiAPI is GlpiAPI
    assert glpi_utils.AsyncGlpiAPI is AsyncGlpiAPI
    assert glpi_utils.GlpiOAuthClient is GlpiOAuthClient
    assert glpi_utils.AsyncGlpiOAuthClient is AsyncGlpiOAuthClient


SAID = {name: getattr(glpi_utils, name) for name in glpi_utils.__all__} | {
    f"testing.{name}": getattr(testing, name) for name in testing.__all__ if name[0].isupper()
}


@pytest.mark.parametrize("name", [name for name, it in SAID.items() if isinstance(it, type)])
def test_a_class_says_that_it_is_where_people_import_it_from(name: str) -> None:
    it = SAID[name]
    assert [part for part in it.__module__.split(".") if part.startswith("_")] == []
    assert getattr(importlib.import_module(it.__module__), it.__qualname__) is it
    assert it.__module__ in PLACES or name in OWN_PLACE
    typing.get_type_hints(it)


def test_values_travel_to_other_processes() -> None:
    rows = pickle.loads(pickle.dumps(ItemList([{"id": 1}], 5)))
    assert (type(rows), rows.total) == (ItemList, 5)
    for it in (Retry(2), ErrorRequest("GET", "/x"), RequestInfo("GET", "/x", 1)):
        assert pickle.loads(pickle.dumps(it)) == it


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = glpi_utils.nothing_such
