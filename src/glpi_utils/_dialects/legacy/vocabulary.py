"""The High-Level API's names on the legacy API: the columns that they stand for, and values as columns take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from ..._knowledge.fields import Field, fields_of
from ..._knowledge.legacy_columns import column_for, schema_of
from ...exceptions import GlpiValidationError
from ..shared.narrowing import with_paths
from ..shared.shapes import Item, is_array, is_object

Path = tuple[str, ...]
_OBJECTS: Final = ("relation", "object", "list")


def with_columns(condition: Any, itemtype: str) -> Any:
    """Return a filter, or a list of them, that compares columns: ``F.category`` and ``F.category.id`` are one column."""
    return with_paths(condition, lambda each: path_for(itemtype, each.path))


def path_for(itemtype: str, path: Path) -> Path:
    """Return the column that a path of a High-Level row stands for; the path itself where no column does.

    >>> path_for("Ticket", ("category", "id")), path_for("Ticket", ("category", "name")), path_for("Ticket", ("status",))
    (('itilcategories_id',), ('category', 'name'), ('status',))
    """
    first, inside = path[0], path[1:]
    field = _field(itemtype, first)
    if inside and not (inside == ("id",) and field is not None and field.kind in _OBJECTS):
        return path
    return (column_for(itemtype, first),)


def columns_in(itemtype: str, fields: Item) -> Item:
    """Return the fields of a write by their columns; one column that is named twice is refused."""
    named: dict[str, str] = {}
    made: Item = {}
    for name, value in fields.items():
        column = column_for(itemtype, name) if type(name) is str else name
        if column in named:
            raise GlpiValidationError(f"{itemtype}: {named[column]!r} and {name!r} are one column, {column}: give one")
        named[column] = name
        made[column] = _plain(itemtype, name, value)
    return made


def columns_among(itemtype: str, names: Sequence[str]) -> Sequence[str]:
    """Return names by the columns that they stand for."""
    return [column_for(itemtype, name) if type(name) is str else name for name in names]


def names_for(itemtype: str, columns: Iterable[str]) -> list[str]:
    """Return columns, and the names of the High-Level API that stand for one of them."""
    known = list(columns)
    fields = fields_of(schema_of(itemtype) or "", "2.99") or {}
    return [*known, *(name for name in fields if name not in known and column_for(itemtype, name) in known)]


def _field(itemtype: str, name: str) -> Field | None:
    return (fields_of(schema_of(itemtype) or "", "2.99") or {}).get(name)


def _plain(itemtype: str, name: str, value: Any) -> Any:
    """Return what a High-Level field holds as its column takes it: the id of a state, the ids of what a list holds."""
    field = _field(itemtype, name)
    if field is not None and field.kind == "list" and is_array(value):
        return [_id_in(each) for each in value]
    return _id_in(value) if field is not None and field.kind == "object" else value


def _id_in(value: Any) -> Any:
    return value["id"] if is_object(value) and "id" in value else value
