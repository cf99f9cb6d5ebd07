"""What a write means on the legacy API: columns by what is known of the itemtype, cleared as each kind needs it.

Names that are not known are sent all the same, with a warning: plugins and GLPI itself take more than the columns.
"""

from __future__ import annotations

from typing import Any, Final

from ..._knowledge.children import legacy_parent_fields, legacy_sub
from ..._knowledge.legacy_columns import Column, columns_of
from ..._knowledge.link_rows import is_link, needs_of
from ..._knowledge.named_values import names_of
from ..._knowledge.targets import class_at
from ...exceptions import GlpiValidationError
from ..shared import moments, values
from ..shared.keyed_creates import Sub
from ..shared.resource import Resource
from ..shared.shapes import Keywords, is_array, is_object
from ..shared.values import Wrong, plain
from ..shared.write_rules import CREATES, DROPPED, Book, Checked, Rules, kept, meant, parted, shown
from .vocabulary import columns_in, names_for

_NEEDS: Final = "{itemtype} needs {column}: without it GLPI answers that you don't have permission"
_TYPE: Final = "; it is the class of the item that items_id means, such as 'Ticket'"
_LISTS: Final = ("groups_id", "groups_id_tech")
"""Ids on GLPI 10; on 11 lists of ids too."""


def checked(resource: Resource, sub: Sub | None, item: object, extra: Keywords, verb: str, rules: Rules) -> Checked:
    """Return what is to be sent; refuse what GLPI would take for something else, tell of names it may ignore."""
    itemtype = resource.itemtype if sub is None else legacy_sub(resource.itemtype, sub[1])
    number, fields = parted(item, resource.itemtype if sub is None else sub[1], verb)
    known = columns_of(itemtype) if rules.mode != "off" else None
    if known is None:
        if rules.mode != "off" and verb == "create" and _lacks_its_type(fields):
            raise GlpiValidationError(_NEEDS.format(itemtype=itemtype, column="itemtype") + _TYPE)
        return kept(itemtype, number, fields, extra, rules)
    fields = columns_in(itemtype, fields)
    book = Book(itemtype, rules)
    writer = _Writer(itemtype, rules, creates=verb in CREATES)
    for field, value in fields.items():
        if book.has(field, value) or (field == "links" and _is_links(value)):
            continue
        column = known.get(field)
        if column is not None and column.kind:
            book.take(field, value, column, writer)
            continue
        book.keep(field, value)
        if column is None and not field.startswith(("_", "plugin_")):
            takes = [each.name for each in known.values() if values.does_arrive(each.drops, creates=verb in CREATES)]
            hint = meant(field, names_for(itemtype, takes))
            _unknown(book, f"{itemtype} has no column {field!r} ({shown(field, value)}): GLPI", hint)
    if verb in CREATES:
        filled = legacy_parent_fields(resource.itemtype, 1, itemtype) if sub is not None else {}
        _complete(book, fields, filled)
    return book.checked(number, dict(extra))


def _unknown(book: Book, what: str, hint: str) -> None:
    """Report a name that is no column; a row that links two items takes its columns and nothing else."""
    if is_link(book.owner):
        book.complain(f"{what} would ignore it{hint}")
    else:
        book.warnings.append(f"{what} may ignore it{hint}")


def _complete(book: Book, fields: Keywords, filled: Keywords) -> None:
    """Refuse a row that lacks what it links or hangs off: GLPI would say that the right is missing."""
    there = {**fields, **filled}
    for column, instead, where in needs_of(book.owner):
        if (where and _is_none(there, where)) or not _is_none(there, column):
            continue
        if not instead or _is_none(there, instead):
            named = f"{column} or {instead}" if instead else column
            book.complain(_NEEDS.format(itemtype=book.owner, column=named) + (_TYPE if column == "itemtype" else ""))


def _is_none(fields: Keywords, column: str) -> bool:
    """Check whether a column holds no item: of all itemtypes only an entity may have the id 0."""
    value = fields.get(column)
    if value in (0, "0") and column == "items_id":
        return fields.get("itemtype") != "Entity"
    return value in (None, "", 0, "0")


def _lacks_its_type(fields: Keywords) -> bool:
    """Check whether a plugin's row names an item and not its class."""
    number = fields.get("items_id")
    return isinstance(number, int | str) and not isinstance(number, bool) and fields.get("itemtype") in (None, "")


def _is_links(value: object) -> bool:
    """Check whether these are the links to other items that GLPI adds to a row: they are no column."""
    return is_array(value) and all(is_object(each) and set(each) == {"rel", "href"} for each in value)


class _Writer:
    """Knows what each kind of column takes, and how it is cleared."""

    __slots__ = ("_creates", "_itemtype", "_zone")

    def __init__(self, itemtype: str, rules: Rules, *, creates: bool) -> None:
        self._itemtype, self._creates, self._zone = itemtype, creates, rules.zone

    def __call__(self, column: Column, value: Any) -> Any:
        """Return what is sent for a value; most are numbers and texts, and their columns take these."""
        if column.drops and not (value is None and self._creates):
            values.arrives(column.drops, creates=self._creates)
        kind = column.kind
        if type(value) is int and kind == "int":
            if column.values:
                values.among(value, column.values)
            return value
        if type(value) is not str:
            value = plain(value)
        if value is None:
            return self._cleared(column)
        if kind == "text":
            if isinstance(value, str) and not value.strip() and column.kept and not self._creates:
                raise Wrong(column.kept)
            if column.form:
                values.formed(value, column.form)
            return values.text(value, column.longest)
        if kind in ("datetime", "date"):
            return self._moment(kind, value, column)
        if kind == "number":
            return values.number(value)
        if column.name in _LISTS and is_array(value):
            return value
        if is_object(value):
            return self._related(column, value)
        names = names_of(self._itemtype, column.name, limited=bool(column.values))
        made = values.member(value, names) if names else values.whole(value)
        if column.values:
            values.among(made, column.values)
        return made

    def _related(self, column: Column, value: Any) -> int:
        """Return the id that an object holds, in a column that points to another item."""
        if "id" not in value or not class_at(self._itemtype, column.name):
            raise Wrong("it takes the id alone, 5")
        return values.related(value)

    def _moment(self, kind: str, value: Any, column: Column) -> Any:
        if value == "NULL" or (value == "" and kind == "date"):
            return self._cleared(column)
        return values.moment(value, self._zone, moments.written if kind == "datetime" else moments.day)

    def _cleared(self, column: Column) -> Any:
        """Return what clears a column: null where it may be, else 0."""
        if self._creates:
            return DROPPED
        if column.kept:
            raise Wrong(column.kept)
        if column.kind == "text":
            return ""
        return None if column.nullable or column.kind in ("date", "datetime") else 0
