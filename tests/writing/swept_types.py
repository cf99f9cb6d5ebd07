"""What is swept: every type with fields that can be written, as one API of one version names it, and a row of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from glpi_utils._knowledge.fields import fields_of
from glpi_utils._knowledge.legacy_columns import columns_of
from glpi_utils._knowledge.legacy_table import COLUMNS
from glpi_utils._knowledge.routes import Route, all_routes
from glpi_utils._knowledge.versions import numbers
from glpi_utils._knowledge.writing import forms_of
from glpi_utils.testing.world.column_values import Refusal
from glpi_utils.testing.world.world import World
from tests.writing.places import ADMIN, Place

Row = dict[str, Any]
NEEDS: Mapping[str, Row] = {"Ticket": {"content": "x"}, "Change": {"content": "x"}, "Problem": {"content": "x"}}
FALLS_OVER = ("CartridgeItem", "ConsumableItem")
"""GLPI 11 answers every read of these with a 500 on the High-Level API."""
UNDER_ROOT = ("Entity", "User")


class Target(NamedTuple):
    """One type as one API names it, and its fields: name, kind and what is told of it."""

    name: str
    table: str
    fields: Mapping[str, Any]
    forms: Mapping[str, str]


def existing(place: Place, told: Any) -> int:
    """The id of an item that a relation may point to."""
    kind = getattr(told, "target", "")
    if not kind:
        return 1

    def newest(world: World) -> int:
        rows: list[Row] = world.select(kind, order="id DESC", limit=1) if world.columns(kind) else []
        return int(rows[0]["id"]) if rows else 0

    return place.glpi.do(newest)


def row_of(place: Place, target: Target) -> int:
    """A row of a type, made by the server itself."""

    def made(world: World) -> int:
        if target.table == "Entity":  # one that the session's own may see
            return int(world.select("Entity", order="id DESC", limit=1)[0]["id"])
        columns = world.columns(target.table) or {}
        values = {"name": f"swept {target.table}", "entities_id": 0, **NEEDS.get(target.table, {})}
        if "sub_type" in columns and target.table == "Rule":
            values["sub_type"] = target.name.rpartition("/")[2]
        known = {key: value for key, value in values.items() if key in columns and target.table not in UNDER_ROOT}
        some = next(each for each in columns.values() if each.name != "id")
        try:
            return world.insert(target.table, known or {"name": "swept"}, ADMIN)
        except Refusal:
            return world.store.add(target.table, known or {some.name: some.default})

    return place.glpi.do(made)


def targets_of(place: Place) -> list[Target]:
    """All types with fields that can be written, as this API has them."""
    return list(_highlevel(place) if place.hl else _legacy(place))


def _highlevel(place: Place) -> Iterator[Target]:
    version = "2.2" if place.glpi.version == "11.0.6" else "2.3"
    seen: set[str] = set()
    for route in all_routes():
        table = "Rule" if route.schema == "Rule" else route.itemtype
        there = numbers(route.since) <= numbers(version)
        reads = there and {"get", "update"} <= route.verbs and route.itemtype not in FALLS_OVER
        if not reads or route.schema in seen or not known(place, table):
            continue
        seen.add(route.schema)
        fields = fields_of(route.schema, version) or {}
        writable = {
            name: told for name, told in fields.items() if told.writable and not told.drops and "passw" not in name
        }
        yield Target(named(route), table, writable, forms_of(route.schema))


def named(route: Route) -> str:
    return route.path if route.second or route.schema == "Rule" else route.itemtype


def _legacy(place: Place) -> Iterator[Target]:
    for itemtype in COLUMNS:
        if not known(place, itemtype):
            continue
        there = columns_in(place, itemtype)
        columns = columns_of(itemtype) or {}
        writable = {
            name: told
            for name, told in columns.items()
            if told.kind and not told.drops and name in there and name != "id" and "passw" not in name
        }
        yield Target(itemtype, itemtype, writable, {name: told.form for name, told in writable.items() if told.form})


def known(place: Place, table: str) -> bool:
    return bool(columns_in(place, table))


def columns_in(place: Place, table: str) -> Mapping[str, Any]:
    return place.glpi.do(lambda world: world.columns(table)) or {}
