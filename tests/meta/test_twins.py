"""The four clients are twins: the same names, parameters, defaults, answers and texts."""

from __future__ import annotations

import inspect
import typing
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import glpi_utils
from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._engine.verbs.items import AsyncItemProxy
from glpi_utils._sync.items import ItemProxy

PAIRS: list[tuple[type, type]] = [
    (GlpiOAuthClient, AsyncGlpiOAuthClient),
    (GlpiAPI, AsyncGlpiAPI),
    (ItemProxy, AsyncItemProxy),
]
CLIENTS = [GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI]

DIFFERENT = {
    (GlpiAPI, "version"): "it reads the version at the first use, as it always has; a coroutine is no property"
}
"""Where a twin differs, and why."""


def public(owner: type) -> set[str]:
    """The names of a class that are for its users."""
    return {name for name in dir(owner) if not name.startswith("_")}


def members() -> list[tuple[type, type, str]]:
    """Each method and property of each pair that must be alike."""
    found = [(one, other, name) for one, other in PAIRS for name in sorted(public(one) | public(other))]
    return [(one, other, name) for one, other, name in found if (one, name) not in DIFFERENT]


def ids(value: object) -> str:
    return value.__name__ if isinstance(value, type) else str(value)


def function(owner: type, name: str) -> Callable[..., Any]:
    """The function behind a method or property."""
    found = inspect.getattr_static(owner, name)
    if isinstance(found, property):
        assert found.fget is not None
        return found.fget
    assert inspect.isfunction(found), f"{owner.__name__}.{name} is {found!r}"
    return found


def hints(of: Callable[..., Any]) -> dict[str, Any]:
    """The types as they are, those too that only checkers import."""
    import ssl
    from datetime import tzinfo
    from os import PathLike

    from glpi_utils._factory.options import ClientKeywords

    known = {
        **vars(typing),
        **vars(glpi_utils),
        "ClientKeywords": ClientKeywords,
        "GLPIVersion": glpi_utils.GLPIVersion,
    }
    known |= {"tzinfo": tzinfo, "Verify": bool | str | PathLike[str] | ssl.SSLContext, "AsyncClient": AsyncClient}
    return typing.get_type_hints(of, localns=known)


def given(of: Callable[..., Any], returned: Any) -> Any:
    """What a call gives in the end: what is awaited, what is iterated, the items of either kind."""
    origin, rows = typing.get_origin(returned), typing.get_args(returned)
    if origin in (AsyncItemProxy, ItemProxy):
        return "items", rows
    for iterator in (AsyncIterator, Iterator):
        if isinstance(origin, type) and issubclass(origin, iterator):
            bases: tuple[Any, ...] = vars(origin)["__orig_bases__"]
            (base,) = [each for each in bases if typing.get_origin(each) is iterator]
            return "iterated", typing.get_args(base[rows])
    return returned


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=ids)
def test_the_same_names(one: type, other: type) -> None:
    assert public(one) == public(other)


@pytest.mark.parametrize("client", CLIENTS[1:], ids=ids)
def test_the_same_names_in_all_clients(client: type) -> None:
    assert public(client) == public(GlpiOAuthClient)


@pytest.mark.parametrize(("one", "other", "name"), members(), ids=ids)
def test_the_same_kind_parameters_and_defaults(one: type, other: type, name: str) -> None:
    assert isinstance(inspect.getattr_static(one, name), property) == isinstance(
        inspect.getattr_static(other, name), property
    )
    mine, its = (inspect.signature(function(owner, name)).parameters for owner in (one, other))
    assert [(each.name, each.kind, each.default) for each in mine.values()] == [
        (each.name, each.kind, each.default) for each in its.values()
    ]


@pytest.mark.parametrize(("one", "other", "name"), members(), ids=ids)
def test_the_same_types(one: type, other: type, name: str) -> None:
    mine, its = hints(function(one, name)), hints(function(other, name))
    assert "return" in mine
    assert given(function(one, name), mine.pop("return")) == given(function(other, name), its.pop("return"))
    assert mine == its


@pytest.mark.parametrize(("one", "other", "name"), members(), ids=ids)
def test_blocking_never_gives_a_coroutine_and_asyncio_does_where_it_waits(one: type, other: type, name: str) -> None:
    assert not inspect.iscoroutinefunction(function(one, name))
    at_once = {"item", "custom", "with_options", "iter_pages", "iter_items", "version", "api_version"}
    assert inspect.iscoroutinefunction(function(other, name)) == (name not in at_once)


@pytest.mark.parametrize(("one", "other", "name"), members(), ids=ids)
def test_the_same_text(one: type, other: type, name: str) -> None:
    mine, its = (function(owner, name).__doc__ for owner in (one, other))
    assert mine
    assert mine == its


@pytest.mark.parametrize(("one", "other"), PAIRS[:2], ids=ids)
def test_the_same_constructors(one: type, other: type) -> None:
    mine, its = (inspect.signature(function(owner, "__init__")) for owner in (one, other))
    assert list(mine.parameters.values()) == list(its.parameters.values())
    assert one.__doc__
    assert other.__doc__


def test_constructors_begin_as_code_in_the_wild_knows_them() -> None:
    highlevel = "url client_id client_secret username password verify_ssl timeout api_version".split()
    legacy = "url app_token verify_ssl timeout".split()
    for client, order in zip(CLIENTS, [highlevel, highlevel, legacy, legacy], strict=True):
        parameters = list(inspect.signature(function(client, "__init__")).parameters.values())[1:]
        positional = [each for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
        assert [each.name for each in positional] == order
        assert all(each.default is not each.empty for each in positional)


def test_what_differs_does_differ() -> None:
    for (owner, name), why in DIFFERENT.items():
        other = next(other for one, other in PAIRS if one is owner)
        assert len(why) > 20
        assert function(owner, name).__doc__ != function(other, name).__doc__
