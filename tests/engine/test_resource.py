"""A name is looked up once: what it stands for is kept by the items, and handed down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiUnsupportedError, GlpiValidationError
from glpi_utils._engine.verbs.client import AsyncClient
from tests.engine.fakes import DIALECTS


def _highlevel() -> AsyncClient:
    return AsyncGlpiOAuthClient("https://glpi.test", "id", "secret", username="a", password="b")


def _legacy() -> AsyncClient:
    return AsyncGlpiAPI("https://glpi.test")


@pytest.mark.parametrize("make", [_highlevel, _legacy])
def test_a_name_is_looked_up_once(make: Callable[[], AsyncClient], monkeypatch: pytest.MonkeyPatch) -> None:
    api = make()
    looked_up: list[str] = []
    dialect, resource = api._core.dialect, api._core.dialect.resource

    def counting(name: str) -> Any:
        looked_up.append(name)
        return resource(name)

    monkeypatch.setattr(dialect, "resource", counting)
    items = api.ticket
    assert looked_up == [], "nothing is looked up before a call"
    for _ in range(2):
        items.iter_pages()
        items.iter_items()
    assert looked_up == ["Ticket"]
    assert api.ticket._resource is items._resource


@pytest.mark.parametrize(
    ("api", "name", "itemtype", "path", "schema"),
    [
        ("hl", "ticket", "Ticket", "Assistance/Ticket", "Ticket"),
        ("hl", "Assets/Custom/Drone", "Drone", "Assets/Custom/Drone", "Custom_Drone"),
        ("legacy", "ticket", "Ticket", "Ticket", "Ticket"),
        ("legacy", "Assets/Socket", "Glpi\\Socket", "Glpi%5CSocket", "Glpi\\Socket"),
    ],
)
def test_what_a_name_stands_for(api: str, name: str, itemtype: str, path: str, schema: str) -> None:
    resource = DIALECTS[api].resource(name)
    assert (resource.name, resource.itemtype, resource.path, resource.schema) == (name, itemtype, path, schema)
    assert resource.route.path == path
    with pytest.raises(AttributeError):
        setattr(resource, "path", "elsewhere")  # noqa: B010


@pytest.mark.parametrize("make", [_highlevel, _legacy])
@pytest.mark.parametrize("name", ["a/../b", "", "what is this?"])
def test_the_error_for_a_wrong_name_comes_with_each_call(make: Callable[[], AsyncClient], name: str) -> None:
    items = make().item(name)
    for _ in range(2):
        with pytest.raises((GlpiValidationError, GlpiUnsupportedError)):
            items.iter_pages()
