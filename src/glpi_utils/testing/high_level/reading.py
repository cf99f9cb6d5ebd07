"""Rows of the tables as objects of a schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache, lru_cache, partial
from typing import Any

import orjson

from glpi_utils.testing.high_level import quirks, schemas, teams
from glpi_utils.testing.high_level.schemas import Field, Schema, column_kinds
from glpi_utils.testing.world.column_values import ZERO
from glpi_utils.testing.world.store import quoted
from glpi_utils.testing.world.world import World

_WORKED_ON = {1: "New", 2: "Processing (assigned)", 3: "Processing (planned)", 4: "Pending", 5: "Solved", 6: "Closed"}
STATUS = {
    "Ticket": {**_WORKED_ON, 10: "Approval"},
    "Change": {
        1: "New",
        4: "Pending",
        5: "Applied",
        6: "Closed",
        7: "Accepted",
        8: "Review",
        9: "Evaluation",
        10: "Approval",
        11: "Testing",
        12: "Qualification",
        13: "Refused",
        14: "Canceled",
    },
    "Problem": {**_WORKED_ON, 7: "Accepted", 8: "Under observation"},
}
_CHUNK = 20_000
Arrays = dict[str, dict[int, list[dict[str, Any]]]]
"""Field -> id -> the rows inside."""
Print = Callable[[Any], Any]
Make = Callable[[dict[str, Any]], Any]


def rows(world: World, schema: Schema, ids: list[int]) -> list[dict[str, Any]]:
    """Return the objects with these ids, in this order; an id whose row has just gone gives none."""
    by_id: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        for row in world.sql(_select(schema.name, schema.api, len(part)), part):
            by_id[row["_id"]] = row
    arrays = {entry.name: _arrays(world, schema, entry, ids) for entry in schema.of("children", "linked", "groups")}
    arrays |= {entry.name: teams.of_many(world, schema.itemtype, ids) for entry in schema.of("team")}
    plan = _plan(schema.name, schema.api, world.zone)
    return _shortened(schema, [_object(plan, by_id[one], arrays) for one in ids if one in by_id])


def _number(stored: float) -> float:
    return int(stored) if float(stored).is_integer() else float(stored)


_BEFORE_ALL = "-0001-11-30T00:00:00+00:00"


def _moment(stored: str) -> str:
    """Return a moment as the API prints it; what is kept without a time of day is shown as midnight."""
    return f"{stored[:10]}T{stored[11:] or '00:00:00'}+00:00" if stored != ZERO else _BEFORE_ALL


_PRINTED: dict[str, Print] = {
    "bool": bool,
    "datetime": _moment,
    "decimal": _number,
    "text": str,
}


def _with_offset(zone: tzinfo, stored: str) -> str:
    """Return a date with the offset that the server's zone has at that date."""
    return datetime.fromisoformat(stored).replace(tzinfo=zone).isoformat() if stored != ZERO else _BEFORE_ALL


def _printers(schema: Schema, zone: tzinfo) -> list[tuple[str, Print]]:
    """Return the scalar fields of a schema that are printed in another way than they are stored."""
    stored = column_kinds(schema.itemtype)
    moments: dict[str, Print] = {} if zone is UTC else {"datetime": partial(_with_offset, zone)}
    printed = _PRINTED | moments
    return [
        (entry.name, printed["decimal" if stored.get(entry.column) == "decimal" else entry.kind])
        for entry in schema.of("column")
        if (entry.kind in printed or stored.get(entry.column) == "decimal")
        and not entry.kind == stored.get(entry.column) == "text"
    ]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with each row of a schema: scalars first, then what is joined, as GLPI orders them."""

    scalars: tuple[str, ...]
    printed: list[tuple[str, Print]]
    status: list[tuple[str, dict[int, str]]]
    joined: list[tuple[str, Make]]
    others: list[tuple[str, Make]]


@cache
def _plan(name: str, api: str, zone: tzinfo) -> Plan:
    schema = schemas.schema(name, api)
    return Plan(
        tuple(entry.name for entry in schema.of("column")),
        _printers(schema, zone),
        [(entry.name, STATUS[schema.itemtype]) for entry in schema.of("status")],
        [(entry.name, _joined(entry)) for entry in schema.joined],
        [(entry.name, _OTHERS[way](entry)) for way in _OTHERS for entry in schema.of(way)],
    )


@lru_cache(maxsize=1024)
def _select(name: str, api: str, many: int) -> str:
    schema = schemas.schema(name, api)
    columns = ["_.id AS _id"]
    plain = schema.of("column", "status", "filepath", "download", "texts", "custom")
    columns.extend(f"_.{quoted(entry.column)} AS {quoted(entry.name)}" for entry in plain)
    for entry in schema.of("parts"):
        columns.extend(f"_.{quoted(at)} AS {quoted(f'{entry.name}.{part}')}" for part, at in entry.columns.items())
    for entry in schema.of("join"):
        shown = dict.fromkeys(("id", *entry.shows))
        columns.extend(f"{quoted(entry.name)}.{quoted(at)} AS {quoted(f'{entry.name}.{at}')}" for at in shown)
    joins = " ".join(schema.joins[entry.name] for entry in schema.of("join"))
    marks = ",".join("?" * many)
    return f"SELECT {', '.join(columns)} FROM {quoted(schema.itemtype)} AS _ {joins} WHERE _.id IN ({marks})"


def _object(plan: Plan, row: dict[str, Any], arrays: Arrays) -> dict[str, Any]:
    """Return one object."""
    item: dict[str, Any] = {name: row[name] for name in plan.scalars}
    for name, printed in plan.printed:
        if item[name] is not None:
            item[name] = printed(item[name])
    for name, names in plan.status:
        code = row[name]
        item[name] = {"id": code, "name": names.get(code, str(code))}
    for name, made in plan.joined:
        rows = arrays.get(name)
        item[name] = made(row) if rows is None else rows.get(row["_id"], [])
    for name, made in plan.others:
        item[name] = made(row)
    return item


def _joined(entry: Field) -> Make:
    kinds = column_kinds(entry.itemtype) if entry.read == "join" else {}
    known = f"{entry.name}.id"
    shown = [(at, f"{entry.name}.{at}") for at in entry.shows]
    printed = [(at, _PRINTED[kind]) for at in entry.shows if (kind := kinds.get(at, "text")) in _PRINTED]

    def made(row: dict[str, Any]) -> dict[str, Any] | None:
        if row[known] is None:
            return None
        item = {at: row[key] for at, key in shown}
        for at, printer in printed:
            if item[at] is not None:
                item[at] = printer(item[at])
        return item

    return made


def _parts(entry: Field) -> Make:
    keys = [(part, f"{entry.name}.{part}") for part in entry.columns]
    return lambda row: {part: bool(row[key]) for part, key in keys}


def _custom(entry: Field) -> Make:
    def made(row: dict[str, Any]) -> dict[str, Any]:
        kept = orjson.loads(row[entry.name] or "{}")
        return {part: kept[part] for part in entry.columns if part in kept}

    return made


_OTHERS: dict[str, Callable[[Field], Make]] = {
    "parts": _parts,
    "texts": lambda entry: lambda row: orjson.loads(row[entry.name]) if row[entry.name] else None,
    "custom": _custom,
    "download": lambda entry: lambda row: f"/Management/Document/{row[entry.name]}/Download",
    "filepath": lambda entry: (
        lambda row: f"/front/document.send.php?docid={row[entry.name]}" if row[entry.name] else None
    ),
}


def _arrays(world: World, schema: Schema, entry: Field, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    by_owner: dict[int, list[dict[str, Any]]] = {}
    alias = quoted(entry.name)
    shown = ", ".join(f"{alias}.{quoted(at)} AS {quoted(at)}" for at in entry.shows)
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        text = (
            f"SELECT _.id AS _owner, {shown} FROM {quoted(schema.itemtype)} AS _ {schema.joins[entry.name]} "
            f'WHERE {alias}."id" IS NOT NULL AND _.id IN ({",".join("?" * len(part))}) ORDER BY {alias}."id"'
        )
        for row in world.sql(text, part):
            owner = row.pop("_owner")
            by_owner.setdefault(owner, []).append({at: row[at] for at in entry.shows})
    return by_owner


def _shortened(schema: Schema, made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows; in lists of types that refer to themselves some lose their fields."""
    for entry in schema.of("join"):
        if entry.itemtype != schema.itemtype:
            continue
        lost = quirks.parents_that_lose_their_fields(made, entry.name)
        kept = {*entry.shows, *(joined.name for joined in schema.of("join"))}
        made = [
            {key: item[key] for key in item if key in kept} if item["id"] in lost and len(made) > 1 else item
            for item in made
        ]
    return made
