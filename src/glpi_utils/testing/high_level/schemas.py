"""How a schema of one API version is read from the tables: its fields, its properties for filters, its joins."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from glpi_utils.testing.high_level.api_versions import at_least
from glpi_utils.testing.high_level.teams import MEMBER
from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.store import quoted


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema, as the knowledge file describes it."""

    name: str
    read: str
    """column, join, status, team, children, linked, groups, parts, filepath, download, texts, custom, hidden."""
    column: str = ""
    kind: str = "text"
    itemtype: str = ""
    shows: tuple[str, ...] = ()
    readonly: bool = False
    link: str = ""
    there: str = ""
    here: str = ""
    type: int = 0
    columns: dict[str, str] = field(default_factory=dict[str, str])
    typed: bool = False
    """The table between names the itemtype of the other side."""
    limits: dict[str, Any] = field(default_factory=dict[str, Any])
    """maxLength, minimum, maximum, pattern."""


@dataclass(frozen=True, slots=True)
class Property:
    """What a filter or a sort may name.

    `state`: plain, mapped (computed after the query), computed (in the query, once and bare) or broken (no such column).
    """

    sql: str
    kind: str = "text"
    join: str = ""
    state: str = "plain"


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema in one API version."""

    name: str
    api: str
    itemtype: str
    fields: dict[str, Field]
    properties: dict[str, Property]
    joins: dict[str, str]
    """Alias -> LEFT JOIN."""
    many: frozenset[str]
    """The joins that may find several rows."""
    read: dict[str, list[Field]]
    """The fields by the way they are read."""
    joined: list[Field]
    """Those that other tables hold, in their order."""
    required: tuple[str, ...] = ()

    def of(self, *reads: str) -> list[Field]:
        """Return the fields that are read in one of these ways."""
        if len(reads) == 1:
            return self.read.get(reads[0], [])
        return [entry for way in reads for entry in self.read.get(way, [])]


@cache
def schema(name: str, api: str) -> Schema:
    """Return a schema as this API version has it; KeyError when there is none."""
    spec: dict[str, Any] = knowledge.schemas()[name]
    fields = {
        key: _field(key, entry, api)
        for key, entry in spec["fields"].items()
        if at_least(api, entry.get("since", "2.0"))
    }
    itemtype: str = spec["itemtype"]
    many = frozenset(entry.name for entry in fields.values() if entry.read in _MANY)
    built = Schema(name, api, itemtype, fields, {}, {}, many, {}, [], tuple(spec.get("required", ())))
    for entry in fields.values():
        built.read.setdefault(entry.read, []).append(entry)
        if entry.read in _MANY or entry.read in {"join", "team"}:
            built.joined.append(entry)
        _join(built, entry)
        built.properties.update(_properties(entry))
    return built


@cache
def column_kinds(itemtype: str) -> dict[str, str]:
    """Return the kinds of columns by name."""
    columns: dict[str, dict[str, str]] = knowledge.document()["itemtypes"][itemtype]["columns"]
    return {name: column["kind"] for name, column in columns.items()}


_MANY = frozenset({"children", "linked", "groups"})


def _field(name: str, entry: dict[str, Any], api: str) -> Field:
    known = {key: value for key, value in entry.items() if key in Field.__dataclass_fields__}
    known["shows"] = tuple(known.get("shows", ()))
    if entry["read"] == "status":
        known["kind"] = "int"
    if "writable_since" in entry:
        known["readonly"] = not at_least(api, entry["writable_since"])
    return Field(name=name, **known)


def _properties(entry: Field) -> dict[str, Property]:
    name, column = entry.name, f"_.{quoted(entry.column)}"
    match entry.read:
        case "column":
            return {name: Property(column, entry.kind)}
        case "status":
            return {f"{name}.id": Property(column, "int"), f"{name}.name": Property("", state="mapped")}
        case "parts":
            return {f"{name}.{part}": Property(f"_.{quoted(at)}", "bool") for part, at in entry.columns.items()}
        case "custom":
            return {f"{name}.{part}": _custom(entry, part, kind) for part, kind in entry.columns.items()}
        case "team":
            return {f"{name}.{part}": Property("", state="broken") for part in MEMBER}
        case "filepath" | "download":
            return {name: Property("", state="mapped")}
        case "texts":
            return {name: Property(column)}
        case "hidden":
            return {name: Property(column, entry.kind, state="plain" if name != "password2" else "broken")}
        case _:
            kinds = column_kinds(entry.itemtype or "Group")
            return {
                f"{name}.{shown}": Property(f"{quoted(name)}.{quoted(shown)}", kinds.get(shown, "text"), name)
                for shown in entry.shows
            }


def _custom(entry: Field, part: str, kind: str) -> Property:
    """Return the property of a field that somebody gave to a type: all are kept as texts in one column."""
    sql = f"json_extract(_.{quoted(entry.column)}, '$.{part}')"
    return Property(f"CAST({sql} AS REAL)" if kind in {"decimal", "bool"} else sql, kind, state="computed")


def _join(built: Schema, entry: Field) -> None:
    alias, ref = quoted(entry.name), quoted(f"{entry.name}_ref")
    match entry.read:
        case "join":
            sql = f'LEFT JOIN {quoted(entry.itemtype)} AS {alias} ON {alias}."id" = _.{quoted(entry.column)}'
        case "children":
            sql = f'LEFT JOIN {quoted(entry.itemtype)} AS {alias} ON {alias}.{quoted(entry.column)} = _."id"'
        case "linked":
            typed = f"""AND {ref}."itemtype" = '{entry.itemtype}' """ if entry.typed else ""
            sql = (
                f'LEFT JOIN {quoted(entry.link)} AS {ref} ON {ref}.{quoted(entry.here)} = _."id" {typed}'
                f'LEFT JOIN {quoted(entry.itemtype)} AS {alias} ON {alias}."id" = {ref}.{quoted(entry.there)}'
            )
        case "groups":
            owner = built.itemtype.replace("'", "''")
            sql = (
                f'LEFT JOIN {quoted(entry.link)} AS {ref} ON {ref}."items_id" = _."id" '
                f"""AND {ref}."itemtype" = '{owner}' AND {ref}."type" = {entry.type} """
                f'LEFT JOIN "Group" AS {alias} ON {alias}."id" = {ref}."groups_id"'
            )
        case _:
            return
    built.joins[entry.name] = sql
