"""The shapes of the legacy API's main itemtypes, from `legacy_columns.json`: names and kinds, as a 10.0 and an 11.0 have them.

A kind is "int", "text", "number", "date" or "links" (an id on GLPI 10, on 11 a list that only one item's read shows), with
"?" where it may be null and " 10" or " 11" where only that GLPI has the column. Columns that the API hides are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from glpi_utils._dialects.legacy.vocabulary import names_for
from glpi_utils._dialects.shared.oneself import is_column_of_users
from glpi_utils._knowledge.legacy_columns import column_for
from glpi_utils._knowledge.targets import class_at
from glpi_utils.types._facts import ENUMS
from glpi_utils.types._shapes import Field, Shape

COLUMNS = Path(__file__).with_name("legacy_columns.json")
READ = {"int": "int", "text": "str", "number": "float", "date": "str", "links": "int | list[int]"}
WRITTEN = {
    "int": "int",
    "text": "str | None",
    "number": "float",
    "date": "Moment | None",
    "links": "Link | Sequence[Link]",
}
ITIL = ("Ticket", "Problem", "Change")
ALWAYS = {each: {"date", "date_creation", "date_mod", "content"} for each in ITIL}
"""Never null in an item that was made: GLPI fills them in."""

CACHES = ("ancestors_cache", "sons_cache")
"""Columns of trees that GLPI keeps for itself."""

ACTORS = {
    f"_{kind}_{role}": "UserId | Sequence[UserId]" if kind == "users_id" else "Link | Sequence[Link]"
    for kind, roles in {
        "users_id": ("requester", "assign", "observer"),
        "groups_id": ("requester", "assign", "observer"),
        "suppliers_id": ("assign",),
    }.items()
    for role in roles
}
VIRTUAL = {each: ACTORS | {"items_id": "dict[str, list[int]]"} for each in ITIL} | {
    "User": {
        "password": "str",
        "password2": "str",
        "_useremails": "list[str]",
        "_profiles_id": "Link",
        "_entities_id": "Link",
        "_is_recursive": "bool | int",
    },
}
"""What may be written and is no column."""


def legacy_types() -> list[str]:
    """Give the itemtypes that have a shape."""
    return list(_columns())


def legacy_shapes() -> Iterator[Shape]:
    """Give what is read, what is written, and what is written to an item that exists, of each itemtype."""
    for itemtype, columns in _columns().items():
        yield Shape(itemtype, (*_read(itemtype, columns), Field("links", "NotRequired[list[dict[str, str]]]")))
        virtual = [Field(*each) for each in VIRTUAL.get(itemtype, {}).items()]
        own = {field.name: field for field in _written(itemtype, columns)}
        yield Shape(f"{itemtype}Write", (*own.values(), *_renamed(itemtype, own), *virtual), total=False)
        yield Shape(f"{itemtype}Update", (Field("id", "int | str"),), parent=f"{itemtype}Write")


def _renamed(itemtype: str, own: Mapping[str, Field]) -> Iterator[Field]:
    """Give the names of the High-Level API that stand for a column."""
    for name in names_for(itemtype, own):
        if name not in own:
            yield own[column_for(itemtype, name)]._replace(name=name)


def _columns() -> Mapping[str, Mapping[str, str]]:
    columns: Mapping[str, Mapping[str, str]] = json.loads(COLUMNS.read_text(encoding="utf-8"))
    return columns


def _read(itemtype: str, columns: Mapping[str, str]) -> Iterator[Field]:
    for name, spec in columns.items():
        kind, _, only = spec.partition(" ")
        shown = READ[kind.rstrip("?")]
        if kind.endswith("?") and name not in ALWAYS.get(itemtype, ()):
            shown += " | None"
        maybe = bool(only) or kind == "links" or name in CACHES
        yield Field(name, f"NotRequired[{shown}]" if maybe else shown)


def _written(itemtype: str, columns: Mapping[str, str]) -> Iterator[Field]:
    for name, spec in columns.items():
        kind = spec.partition(" ")[0].rstrip("?")
        enum = ENUMS.get(f"{itemtype}.{name}") or (ENUMS.get(name) if itemtype in ITIL else None)
        if name == "id":
            continue
        if kind == "int" and name.startswith("is_"):
            yield Field(name, "bool | int")
        elif enum:
            yield Field(name, f"{enum} | {enum}Name | int")
        elif kind == "int" and is_column_of_users(itemtype, (name,)):
            yield Field(name, "UserId")
        elif kind == "int" and class_at(itemtype, name):
            yield Field(name, "Link")
        else:
            yield Field(name, WRITTEN[kind])
