"""Every itemtype of the document of an 11.0.6, by name: list, get, create, update, delete, as far as GLPI has them.

The names and verbs are those of `_knowledge`; the embedded GLPI has its own, made by its own tool.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiNotFoundError, GlpiOAuthClient, GlpiPermissionError
from glpi_utils._item_faces import ItemProxy
from glpi_utils._knowledge.fields import fields_of
from glpi_utils._knowledge.routes import Route, all_routes
from glpi_utils.testing import GlpiServer
from glpi_utils.testing.churn import ADMIN
from glpi_utils.testing.world import World

Row = dict[str, Any]
ROUTES = [route for route in all_routes() if route.verbs]

NEEDS: dict[str, Row] = {
    "ITILValidationTemplate": {"content": "x"},
    "PCIVendor": {"vendorid": "1af4", "deviceid": "1000"},
    "RSSFeed": {"url": "https://example.com/feed"},
    "USBVendor": {"vendorid": "046d", "deviceid": "c52b"},
    "ValidationStep": {"min_required_approval_percent": 50},
}
"""What GLPI does not make an item without."""
FIELDS = {"Characteristics": "urgency", "AssetCharacteristics": "ComputerModel"}
"""Statistics are grouped by something."""
FALLS_OVER = (
    *("Assets/Cartridge", "Assets/Consumable"),
    *("Components/SIMCard/Items", "Rule/Collection/Right/CriteriaCriteria"),
)
"""Where an 11.0.6 answers 500 to every read, and so to an update, which ends in one."""
NOBODY_MAY = ("Assets/Unmanaged",)
"""What inventory makes, and no super-admin may."""


@pytest.fixture(scope="module")
def server() -> Iterator[GlpiServer]:
    with GlpiServer() as running:
        yield running


@pytest.fixture(scope="module")
def api(server: GlpiServer) -> Iterator[GlpiOAuthClient]:
    with GlpiOAuthClient(
        server.url,
        server.client_id,
        server.client_secret,
        server.username,
        server.password,
        scope="api user",
        retries=0,
    ) as client:
        yield client


def called(route: Route) -> str:
    """By its class, unless that means another route."""
    return route.path if route.second else route.itemtype


def items_of(api: GlpiOAuthClient, route: Route) -> ItemProxy[Row]:
    """By its name, as an attribute; by its path where the name means another."""
    found: ItemProxy[Row] = api.item(route.path) if route.second else getattr(api, route.itemtype.rpartition("\\")[2])
    return found


def label(route: Route) -> str:
    """The first of its properties that holds what an item is called."""
    fields = fields_of(route.schema) or {}
    named = [name for name in ("name", "designation", "username", "email") if name in fields]
    return (named + [each.name for each in fields.values() if each.kind == "text" and each.writable])[0]


def falls_over(route: Route) -> bool:
    return route.path in FALLS_OVER


def test_there_are_all_of_them() -> None:
    assert len(ROUTES) > 150
    assert sum(route.verbs >= {"list", "get", "create", "update", "delete"} for route in ROUTES) >= 110


@pytest.mark.parametrize("route", [route for route in ROUTES if "list" in route.verbs], ids=called)
def test_it_is_listed(api: GlpiOAuthClient, route: Route) -> None:
    field = FIELDS.get(route.path.rpartition("/")[2])
    asked: Row = {"params": {"field": field}} if field else {"limit": 3}
    if falls_over(route):
        with pytest.raises(GlpiAPIError) as caught:
            items_of(api, route).get_all(**asked)
        assert caught.value.status_code == 500
        return
    rows = items_of(api, route).get_all(**asked)
    for row in rows:
        assert set(row) <= {*(fields_of(route.schema) or ()), "_itemtype"}


def made(items: ItemProxy[Row], route: Route, server: GlpiServer, name: str) -> int:
    """A new row, by the API where that makes them."""
    if route.itemtype == "ValidatorSubstitute":
        return int(items.create({"user": 2, "substitute": 3})["id"])
    if route.itemtype == "Glpi\\Event":
        return int(items.get_all(limit=1)[0]["id"])
    if "create" not in route.verbs or route.path in NOBODY_MAY:
        return server.do(lambda world: row_in(world, route, name))
    fields = {label(route): name, **NEEDS.get(route.itemtype, {})}
    if route.itemtype == "ProjectTask":
        fields["project"] = server.do(lambda world: world.insert("Project", {"name": name}, ADMIN))
    return int(items.create(fields)["id"])


def row_in(world: World, route: Route, name: str) -> int:
    """What the API does not make: inventory, or a component put into a computer, does."""
    if route.path in NOBODY_MAY:
        return world.store.add(route.itemtype, {"name": name, "entities_id": 0})
    columns = world.columns(route.itemtype) or {}
    return world.insert(route.itemtype, {key: value for key, value in {"name": name}.items() if key in columns}, ADMIN)


@pytest.mark.parametrize("route", [route for route in ROUTES if "get" in route.verbs], ids=called)
def test_it_is_made_read_changed_and_removed(api: GlpiOAuthClient, server: GlpiServer, route: Route) -> None:
    items, name = items_of(api, route), label(route) if "update" in route.verbs else "id"
    number = made(items, route, server, "first@example.com")
    if falls_over(route):
        with pytest.raises(GlpiAPIError) as caught:
            items.get(number)
        assert caught.value.status_code == 500
        if "update" in route.verbs:
            with pytest.raises(GlpiAPIError) as caught:
                items.update({"id": number, name: "second"})
            assert caught.value.status_code == 500
            items.delete({"id": number}, force_purge=True)
        return
    row = items.get(number)
    assert row["id"] == number
    assert row[name] == (number if name == "id" else "first@example.com")
    if "update" in route.verbs:
        assert items.update({"id": number, name: "second"})[name] == "second"
        assert items.get(number)[name] == "second"
    if "delete" in route.verbs:
        items.delete({"id": number}, force_purge=True)
        with pytest.raises(GlpiNotFoundError):
            items.get(number)


@pytest.mark.parametrize("route", [route for route in ROUTES if "delete" in route.verbs], ids=called)
def test_its_trash_is_told_right(api: GlpiOAuthClient, server: GlpiServer, route: Route) -> None:
    """A delete without force keeps the row where we say that there is a trash, and only there."""
    number = made(items_of(api, route), route, server, "trashed@example.com")
    items_of(api, route).delete({"id": number})
    table = "Rule" if route.schema == "Rule" else route.itemtype
    left = server.do(lambda world: world.get(table, number))
    assert (left is not None) is route.trash
    if left is not None:
        assert left["is_deleted"] in (1, True)


def test_what_nobody_may_make(api: GlpiOAuthClient) -> None:
    for path in NOBODY_MAY:
        with pytest.raises(GlpiPermissionError):
            api.item(path).create({"name": "x"})
