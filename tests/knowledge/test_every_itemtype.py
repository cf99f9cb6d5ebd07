"""Every itemtype of the documents of an 11.0.6 and an 11.0.8, by name: list, get, create, update, delete, as far as GLPI has them.

The names and verbs are those of `_knowledge`; the embedded GLPI has its own, made by its own tool.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiNotFoundError, GlpiOAuthClient, GlpiPermissionError
from glpi_utils._knowledge.fields import fields_of
from glpi_utils._knowledge.routes import Route, all_routes
from glpi_utils._knowledge.versions import numbers
from glpi_utils._sync.items import ItemProxy
from glpi_utils.testing import GlpiServer
from glpi_utils.testing.server.churn import ADMIN
from glpi_utils.testing.world.world import World

Row = dict[str, Any]
NEEDS: dict[str, Row] = {
    "ITILValidationTemplate": {"content": "x"},
    "Holiday": {"date_begin": "2026-01-01", "date_end": "2026-01-02"},
    "Item_Plug": {"plug": 1, "itemtype": "PDU", "items_id": 1, "number_plugs": 1},
    "NetworkPortType": {"iftype": "6"},
    "OLA": {"slm": 1, "type": 0, "time": 4, "time_unit": "hour"},
    "SLA": {"slm": 1, "type": 0, "time": 4, "time_unit": "hour"},
    "SNMPCredential": {"snmp_version": "1"},
    "Stencil": {"itemtype": "RackModel", "items_id": 1},
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
UNPLAYED = ("Dropdowns/CalendarCloseTime", "Rule/Collection/MailCollector/")
"""What the embedded 11.0.8 does not have."""
NOBODY_MAY = ("Assets/Unmanaged",)
"""What inventory makes, and no super-admin may."""


PLACES = [
    (version, route)
    for version, api in (("11.0.6", "2.2"), ("11.0.8", "2.3"))
    for route in all_routes()
    if route.verbs and numbers(route.since) <= numbers(api) and not route.path.startswith(UNPLAYED)
]
"""Each release with the routes of the newest API that it speaks."""

Place = tuple[GlpiServer, GlpiOAuthClient]


@pytest.fixture(scope="module")
def places() -> Iterator[dict[str, Place]]:
    with ExitStack() as stack:
        yield {version: _place(stack, version) for version in dict(PLACES)}


def _place(stack: ExitStack, version: str) -> Place:
    server = stack.enter_context(GlpiServer(version))
    client = GlpiOAuthClient(
        server.url,
        server.client_id,
        server.client_secret,
        server.username,
        server.password,
        scope="api user",
        retries=0,
    )
    return server, stack.enter_context(client)


def each(*verbs: str) -> pytest.MarkDecorator:
    """Every release and route that has one of these verbs."""
    cases = [(version, route) for version, route in PLACES if set(verbs) & route.verbs]
    return pytest.mark.parametrize(("version", "route"), cases, ids=[f"{at}-{called(route)}" for at, route in cases])


def called(route: Route) -> str:
    """By its class, unless that means another route."""
    return route.path if route.second else route.itemtype


def items_of(api: GlpiOAuthClient, route: Route) -> ItemProxy[Row]:
    """By its name, as an attribute; by its path where the name means another."""
    found: ItemProxy[Row] = api.item(route.path) if route.second else getattr(api, route.itemtype.rpartition("\\")[2])
    return found


def label(route: Route) -> str:
    """The first of its properties that holds what an item is called."""
    fields = fields_of(route.schema, "2.99") or {}
    named = [name for name in ("name", "designation", "username", "email") if name in fields and fields[name].writable]
    texts = [each.name for each in fields.values() if each.kind == "text" and each.writable and each.name != "itemtype"]
    return ([*named, *texts] or ["id"])[0]


def falls_over(route: Route) -> bool:
    return route.path in FALLS_OVER


def test_there_are_all_of_them() -> None:
    for version, many, whole in (("11.0.6", 150, 110), ("11.0.8", 250, 170)):
        routes = [route for at, route in PLACES if at == version]
        assert len(routes) > many
        assert sum(route.verbs >= {"list", "get", "create", "update", "delete"} for route in routes) >= whole


@each("list")
def test_it_is_listed(places: dict[str, Place], version: str, route: Route) -> None:
    _, api = places[version]
    field = FIELDS.get(route.path.rpartition("/")[2])
    asked: Row = {"params": {"field": field}} if field else {"limit": 3}
    if falls_over(route):
        with pytest.raises(GlpiAPIError) as caught:
            items_of(api, route).get_all(**asked)
        assert caught.value.status_code == 500
        return
    rows = items_of(api, route).get_all(**asked)
    for row in rows:
        assert set(row) <= {*(fields_of(route.schema, str(api.api_version)) or ()), "_itemtype"}


def made(items: ItemProxy[Row], route: Route, server: GlpiServer, name: str) -> int:
    """A new row, by the API where that makes them."""
    if route.itemtype == "ValidatorSubstitute":
        return int(items.create({"user": 2, "substitute": 3})["id"])
    if route.itemtype == "Glpi\\Event":
        return int(items.get_all(limit=1)[0]["id"])
    if "create" not in route.verbs or route.path in NOBODY_MAY or label(route) == "id":
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


@each("get")
def test_it_is_made_read_changed_and_removed(places: dict[str, Place], version: str, route: Route) -> None:
    server, api = places[version]
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
    assert row[name] == (number if name == "id" else "first@example.com") or "create" not in route.verbs
    if "update" in route.verbs and name != "id":
        assert items.update({"id": number, name: "second"})[name] == "second"
        assert items.get(number)[name] == "second"
    if "delete" in route.verbs:
        items.delete({"id": number}, force_purge=True)
        with pytest.raises(GlpiNotFoundError):
            items.get(number)


@each("delete")
def test_its_trash_is_told_right(places: dict[str, Place], version: str, route: Route) -> None:
    """A delete without force keeps the row where we say that there is a trash, and only there."""
    server, api = places[version]
    number = made(items_of(api, route), route, server, "trashed@example.com")
    items_of(api, route).delete({"id": number})
    table = "Rule" if route.schema == "Rule" else route.itemtype
    left = server.do(lambda world: world.get(table, number))
    assert (left is not None) is route.trash
    if left is not None:
        assert left["is_deleted"] in (1, True)


@pytest.mark.parametrize("version", ["11.0.6", "11.0.8"])
def test_what_nobody_may_make(places: dict[str, Place], version: str) -> None:
    _, api = places[version]
    for path in NOBODY_MAY:
        with pytest.raises(GlpiPermissionError):
            api.item(path).create({"name": "x"})
