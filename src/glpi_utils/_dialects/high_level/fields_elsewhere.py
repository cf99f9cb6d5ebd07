"""Fields that the legacy API writes and the High-Level API does not: what a later version brought, groups of assets, cleared times."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from ..._knowledge.fields import Field, fields_of, itemtype_of
from ..._knowledge.legacy_columns import columns_of
from ..._knowledge.versions import numbers
from ..._knowledge.writing import kept_for
from ..shared.shapes import is_array, is_object
from ..shared.write_rules import Elsewhere, Rules

_CLEARS: Final = (None, "NULL")
_NEVER: Final = frozenset({"date_mod", "date_creation", "is_deleted", "user_recipient"})
"""GLPI sets them, or another verb does."""
_GROUPS: Final = "the High-Level API drops the groups of an asset (up to GLPI 11.0.8 always)"
_CLEARED: Final = "from GLPI 11.0.7 on the High-Level API cannot clear a time"


def elsewhere(schema: str, name: str, value: Any, creates: bool, rules: Rules) -> Elsewhere | None:
    """Return where the legacy API has a field that this one does not write in the version in use; else None.

    >>> elsewhere("Ticket", "resolution_date", "2027-01-01", True, Rules(version="2.2"))[:2]
    ('time_to_resolve', '2027-01-01')
    >>> elsewhere("Ticket", "resolution_date", "2027-01-01", True, Rules(version="2.3", newer=True))
    >>> elsewhere("Computer", "group", [{"id": 4, "name": "Net"}, 5], True, Rules(version="2.3", newer=True))[:2]
    ('groups_id', [4, 5])
    """
    field = None if value in _CLEARS and name in kept_for(schema) else _doubtful(schema).get(name)
    why = "" if field is None else _why(field, value, creates, rules)
    return None if field is None or not why else Elsewhere(field.column, _legacy_value(field, value), why)


def _why(field: Field, value: Any, creates: bool, rules: Rules) -> str:
    if creates and value is None:
        return ""
    if field.kind == "list":
        return _GROUPS
    if field.kind == "datetime" and not creates and rules.newer and value in _CLEARS:
        return _CLEARED
    first = field.written_from or field.since
    if rules.version and numbers(rules.version) < numbers(first):
        return f"the High-Level API takes it from {first} on, and this server is spoken to in {rules.version}"
    return ""


def _legacy_value(field: Field, value: Any) -> Any:
    """Return a value as the legacy API takes it: relations by their ids alone, groups as a list."""
    if field.kind == "list" and not is_array(value):
        value = [] if value in (None, "", 0) else [value]
    return [_id(each) for each in value] if is_array(value) else _id(value)


def _id(value: Any) -> Any:
    return value["id"] if is_object(value) and "id" in value else value


@cache
def _doubtful(schema: str) -> Mapping[str, Field]:
    """Return the fields that some version of the API does not write, or not all that they take, and that are columns."""
    columns = columns_of(itemtype_of(schema) or "") or {}
    fields = (fields_of(schema, "2.99") or {}).values()
    return {
        field.name: field
        for field in fields
        if field.writable and field.name not in _NEVER and field.column in columns and columns[field.column].kind
        if columns[field.column].drops != "always"
        if field.written_from or field.since != "2.0" or field.kind == "datetime"
        if field.kind != "list" or field.name in ("group", "group_tech")
    }
