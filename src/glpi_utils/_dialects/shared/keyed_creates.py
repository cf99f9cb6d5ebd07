"""Keys by which a create is found again: how they are checked and written, and what a dialect says about one."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from ..._knowledge.children import timeline_kind
from ..._wire import Operation, Page
from ...exceptions import GlpiUnsupportedError, GlpiValidationError
from . import ids
from .shapes import Item, is_object

_KEY = re.compile(r"[A-Za-z0-9._:/@+=#-]{1,200}")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[+-]\d\d:\d\d)?")
_ODD = re.compile(r"[^a-z0-9.:-]")
SPEAKING = ("Followup", "Task", "Solution")
"""The kinds of timeline entries that have a content."""

Sub = tuple[object, str]
"""The parent's id and the type of what is to hang off it."""
Look = Callable[[int, int | None], Operation[Page]]
"""Asks for rows that may carry the key: from the n-th on, and only with ids from one on (None: all)."""


class KeyedCreate(NamedTuple):
    """A create that can be found again."""

    operation: Operation[Item]
    """The create, its mark in it."""
    looks: tuple[Look, ...]
    """Where to look: the server compares loosely, so more rows may come."""
    holds: Callable[[Item], bool]
    """Whether a row is it, exactly."""
    answer: Callable[[int], Item]
    """What a create answers that made this id."""
    what: tuple[Hashable, ...]
    """What it makes, the same for every call that means the same item: type, parent, and the key or the fields."""
    unique: bool = False
    """GLPI itself refuses a second one."""
    cheap: bool = True
    """Whether a second look costs little however long the list is."""


def checked_key(key: object) -> str:
    """Return a key that every carrier can hold and every filter can name."""
    if not isinstance(key, str) or not _KEY.fullmatch(key) or "--" in key:
        raise GlpiValidationError(
            "a key is text of 1 to 200 ASCII letters, digits and signs out of . _ : / @ + = # -, "
            f"without a double hyphen, not {key!r:.60}"
        )
    return key


def encoded(key: str) -> str:
    """Write a key so that collations and the wildcards of LIKE change nothing: ``A_b`` is ``~a~5fb``."""
    return _ODD.sub(lambda odd: f"~{odd[0].lower()}" if odd[0].isalpha() else f"~{ord(odd[0]):02x}", key)


def comment(key: str) -> str:
    """Return the HTML comment that carries a key."""
    return f"<!-- key:{encoded(key)} -->"


def commented(fields: Item, key: str, may_be_empty: bool) -> Item:
    """Put the key at the end of the content; GLPI keeps it byte for byte and shows it to nobody."""
    content = fields.get("content", "")
    if not isinstance(content, str) or not (content.strip() or may_be_empty):
        raise GlpiValidationError(f"the key goes into the content, which must be text, not {content!r:.40}")
    return {**fields, "content": content + comment(key)}


def speaks(key: str) -> Callable[[Item], bool]:
    """Check for a row whose content ends in this key's comment, or holds it since somebody wrote on."""
    mark = comment(key)
    return lambda row: mark in str(row.get("content"))


def fresh(item: object, sub: Sub | None) -> Item:
    """Return the fields of what is to be created."""
    return ids.new(item, "add_sub_item" if sub else "create")


def put(fields: Item, field: str, value: str) -> Item:
    """Put the key into a field of its own, which the caller must have left free."""
    if fields.get(field) not in (None, "", value):
        raise GlpiValidationError(f"the key goes into {field}, which is given as well: leave {field} out, or use it")
    return {**fields, field: value}


def no_carrier(what: str) -> GlpiUnsupportedError:
    """Return the error that says that nothing can hold a key here, and what works."""
    return GlpiUnsupportedError(
        f"{what} has no field that could carry a key and be searched for: use unique_by=('serial',) "
        "with a field of your own that no two have alike"
    )


def chosen(fields: Mapping[str, Any], names: Sequence[str]) -> Item:
    """Return the fields by which the caller tells one item from another."""
    values: Item = {}
    for name in names:
        value = fields.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            raise GlpiValidationError(f"unique_by names {name!r}, which the item leaves out or empty")
        values[name] = value
    return values


def alike(row: Any, value: Any) -> bool:
    """Compare what a row holds with what was sent: GLPI gives numbers as text, relations with their names."""
    return _plain(row) == _plain(value)


def _plain(value: Any) -> str:
    if is_object(value):
        value = value.get("id")
    text = str(int(value) if isinstance(value, bool) else value).strip()
    moment = _MOMENT.fullmatch(text)  # as it was written, or as rows show it: an offset is the server's own
    return f"{moment[1]} {moment[2]}" if moment else text


def by_key(key: str) -> tuple[Hashable, ...]:
    """Return what tells the items with a key from all others."""
    return "key", key


def by_fields(fields: Mapping[str, Any], column: Callable[[str], str] = str) -> tuple[Hashable, ...]:
    """Return what tells the items with these fields from all others; ``column`` gives the legacy API's names.

    >>> by_fields({"serial": " SN-1 ", "location": {"id": 5}}) == by_fields({"location": "5", "serial": "SN-1"})
    True
    """
    return "fields", *sorted((column(name), _plain(value)) for name, value in fields.items())


def all_alike(fields: Mapping[str, Any]) -> Callable[[Item], bool]:
    """Return a row that holds all of these."""
    return lambda row: all(name in row and alike(row[name], value) for name, value in fields.items())


def is_speaking(sub: str) -> bool:
    """Check for a kind of timeline entry that has a content."""
    return timeline_kind(sub) in SPEAKING
