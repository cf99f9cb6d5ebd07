"""The columns of an itemtype in the legacy API, with what the high-level API tells of the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from .fields import fields_of, itemtype_of, schemas
from .writing import ENTITY, forms_of, kept_for

__all__ = ["Column", "column_for", "columns_of", "legacy_column", "schema_of"]

_BESIDE = ("id", "itemtype", "items_id", "password2", "add_close", "add_reopen", "entities_id", "is_recursive")
"""Names that more types take than have such a column."""

_SET_BY_GLPI = {"date_mod": "update", "users_id_lastupdater": "always"}
_SET_IN = {
    "TicketValidation.submission_date": "create",
    "TicketValidation.users_id": "create",
    "ChangeValidation.submission_date": "create",
    "ChangeValidation.users_id": "create",
    "User.picture": "always",
}
_FORMS = {"Phone.number_line": "digits", "Printer.memory_size": "digits"}


class Column(NamedTuple):
    """One column."""

    name: str
    kind: str
    """One of int, number, text, date, datetime; "" for what is taken and is no column."""
    longest: int | None = None
    """How many characters it holds; None where there is no limit worth checking."""
    nullable: bool = True
    values: tuple[int | str, ...] = ()
    """The only values that it takes; () where it takes any."""
    kept: str = ""
    """Why it is not cleared."""
    drops: str = ""
    """The verb in which GLPI sets it by itself and drops what is given without a word: create, update or always."""
    form: str = ""
    """The only form that its text keeps, "digits" or "mac"."""


@cache
def columns_of(itemtype: str) -> Mapping[str, Column] | None:
    """Return the columns of an itemtype, GLPI 10's and 11's; None for one that is not known, such as a plugin's.

    >>> columns_of("Ticket")["name"].longest, columns_of("Ticket")["urgency"].values, columns_of("PluginFoo")
    (255, (1, 2, 3, 4, 5), None)
    """
    from .legacy_table import COLUMNS

    text = COLUMNS.get(itemtype)
    if text is None:
        return None
    schema = schema_of(itemtype) or ""
    shown = {field.column: field for field in (fields_of(schema, "2.99") or {}).values()}
    kept = {field.column: kept_for(schema)[field.name] for field in shown.values() if field.name in kept_for(schema)}
    columns = {name: Column(name, "") for name in _BESIDE}
    for word in text.split():
        name, _, spec = word.partition(":")
        kind = spec.rstrip("?0123456789")
        length = spec.removeprefix(kind).rstrip("?")
        values = shown[name].values if name in shown and kind == "int" else ()
        longest = int(length) if length else None
        nullable = spec.endswith("?")
        why = kept.get(name, ENTITY if name == "entities_id" and not nullable else "")
        field = shown.get(name)
        drops = _SET_BY_GLPI.get(name) or _SET_IN.get(f"{itemtype}.{name}") or (field.drops if field else "")
        form = _FORMS.get(f"{itemtype}.{name}") or (forms_of(schema).get(field.name, "") if field else "")
        columns[name] = Column(name, kind, longest, nullable, values, why, drops.removeprefix("below"), form)
    return columns


@cache
def schema_of(itemtype: str) -> str | None:
    """Return the schema of the high-level API that shows an itemtype's rows.

    >>> schema_of("SoftwareLicense"), schema_of("ITILFollowup"), schema_of("PluginFoo")
    ('License', 'Followup', None)
    """
    return next((schema for schema in schemas() if itemtype_of(schema) == itemtype), None)


def legacy_column(itemtype: str, name: str) -> str | None:
    """Return the column that the high-level API shows by a name; None where that is not known.

    >>> legacy_column("Ticket", "category")
    'itilcategories_id'
    """
    field = (fields_of(schema_of(itemtype) or "", "2.99") or {}).get(name)
    return None if field is None else field.column


@cache
def column_for(itemtype: str, name: str) -> str:
    """Return the column that a name of either API stands for; the name itself where that is not known.

    >>> column_for("Ticket", "category"), column_for("Ticket", "itilcategories_id"), column_for("Ticket", "team")
    ('itilcategories_id', 'itilcategories_id', 'team')
    """
    columns = columns_of(itemtype) or {}
    there = None if name in columns else legacy_column(itemtype, name)
    return there if there is not None and there in columns else name
