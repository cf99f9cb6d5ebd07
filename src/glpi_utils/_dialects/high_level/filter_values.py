"""The kinds of the fields of High-Level lists, which decide what a filter compares them with."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from typing import Final

from ..._knowledge.fields import Field, fields_of
from ..._knowledge.named_values import names_of
from ..._knowledge.versions import NEWEST
from ..._knowledge.writing import TEXTS_TOO
from ..shared.compared import DATED, MOMENTS, Kinds

_COMMON: Final = "CommonAsset"


def kind_of(schema: str, path: tuple[str, ...]) -> str:
    """Return the kind of what stands at a path: int, number, bool, text, html, date, datetime; "" for what is not known.

    >>> kind_of("Ticket", ("urgency",)), kind_of("Ticket", ("status", "id")), kind_of("Ticket", ("date",))
    ('int', 'int', 'datetime')
    >>> kind_of("Custom_Drone", ("custom_fields", "colour")), kind_of("Plugin/Zone", ("date_mod",))
    ('', 'datetime')
    """
    if path[-1] == "id":
        return "int"
    name, *inside = path
    field = _field(schema, name)
    if inside:
        return "text" if field is not None and inside[0] in ("name", "completename") else ""
    if field is None:
        return "datetime" if DATED.fullmatch(name) else ""
    return "" if field.name in TEXTS_TOO or field.kind in ("relation", "object", "list") else field.kind


def _field(schema: str, name: str) -> Field | None:
    fields = fields_of(schema, NEWEST)
    if fields is None and schema.startswith("Custom_"):
        fields = fields_of(_COMMON, NEWEST)
    return (fields or {}).get(name)


def is_moment(schema: str, path: tuple[str, ...]) -> bool:
    """Check whether a path leads to a date; a text that it is compared with is then a date too."""
    return kind_of(schema, path) in MOMENTS


def _names(schema: str, path: tuple[str, ...]) -> type[IntEnum] | None:
    """Return the enum that names the numbers at a path, or those of the id of a status object."""
    if path[1:] not in ((), ("id",)):
        return None
    field = _field(schema, path[0])
    return None if field is None else names_of(schema, path[0], limited=bool(field.values))


def kinds_of(schema: str) -> Kinds:
    """Return what is known of the fields of a schema."""
    return Kinds(partial(kind_of, schema), partial(_names, schema))
