"""The data file `knowledge.json`: columns, schemas and routes, read once per process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One database column: `kind` is int, bool, text, date, datetime or decimal."""

    name: str
    kind: str
    default: Any = None
    long: bool = False
    """A text of more than 255 characters fits."""
    scale: int = 4
    """Digits after the point of a decimal, as the legacy API prints it."""
    nullable: bool = False
    """It may be NULL although it has a default."""


@dataclass(frozen=True, slots=True)
class Itemtype:
    """One GLPI itemtype of one GLPI version."""

    name: str
    table: str
    """Its table's name in GLPI's own database; here the table is called as the itemtype."""
    columns: dict[str, Column] = field(repr=False)
    label: str = "name"
    """The column that names a row: `name`, `designation` for components."""
    trash: bool = False
    entity: bool = False
    tree: str | None = None
    """The column that points to the row above, for trees."""
    defaults: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)
    """What each column but `id` holds where nothing is given."""


@cache
def document() -> dict[str, Any]:
    """Return the whole file."""
    loaded: dict[str, Any] = json.loads(
        files("glpi_utils.testing.world").joinpath("knowledge.json").read_text(encoding="utf-8")
    )
    return loaded


def recorded(version: str) -> str:
    """Return the version whose database was looked at: 11.0.6 stands for all that came after it."""
    return "10.0.17" if version.startswith("10.") else "11.0.6"


@cache
def trees(version: str) -> frozenset[str]:
    """Return the itemtypes whose rows are above one another."""
    return frozenset(name for name, itemtype in itemtypes(version).items() if itemtype.tree)


@cache
def itemtypes(version: str) -> dict[str, Itemtype]:
    """Return the itemtypes that this GLPI version knows, by name."""
    version = recorded(version)
    known = document()["itemtypes"].items()
    return {name: itemtype(name, spec, version) for name, spec in known if spec.get("only", version) == version}


def itemtype(name: str, spec: dict[str, Any], version: str) -> Itemtype:
    """Return one itemtype, with the columns that this version has."""
    columns = {
        column: Column(column, c["kind"], default(c), c.get("long", False), c.get("scale", 4), c.get("nullable", False))
        for column, c in spec["columns"].items()
        if c.get("only", version) == version
    }
    defaults = {column.name: column.default for column in columns.values() if column.name != "id"}
    return Itemtype(
        name, spec["table"], columns, spec["label"], spec["trash"], spec["entity"], spec.get("tree"), defaults
    )


def default(column: dict[str, Any]) -> Any:
    """Return what the database puts where nothing is given."""
    if "default" in column:
        return column["default"]
    return 0 if column["kind"] in ("int", "bool", "decimal") else None


def schemas() -> dict[str, Any]:
    """Return the HL schemas: name -> {"itemtype", "fields": {property: how it is read}}."""
    known: dict[str, Any] = document()["schemas"]
    return known


def routes() -> dict[str, Any]:
    """Return the HL collections: path -> {"schema", "itemtype", "since", "list", "item", "unknown", "place"}.

    Some have "fixed": columns that rows of this collection have in common.
    """
    known: dict[str, Any] = document()["routes"]
    return known


def below() -> dict[str, Any]:
    """Return the HL collections below `{}`, an item: path -> {"owner", "schema", "link", "list", "item"}.

    "link": the columns that tie a row to its owner, with their values; None: the owner's id.
    """
    known: dict[str, Any] = document()["below"]
    return known


def rules() -> dict[str, Any]:
    """Return the collections of rules: name -> {"criteria": {name: conditions}, "actions": {field: types of action}}."""
    known: dict[str, Any] = document()["rules"]
    return known
