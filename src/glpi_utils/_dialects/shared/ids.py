"""Checking ids and items before they become part of a request."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiValidationError
from .shapes import is_object


def checked(value: object, itemtype: str = "") -> int:
    """Return an id as an int: a positive integer or its text, or that of a row; for Entity also 0.

    GLPI's legacy API answers `/Ticket/abc` (and on 10 also 0 and -1) with the *list* of tickets.
    """
    number = _number(value["id"] if is_object(value) and "id" in value else value)
    if number is None or number < 0 or (number == 0 and itemtype.rpartition("/")[2] != "Entity"):
        raise GlpiValidationError(f"an id must be a positive integer, not {value!r:.60}")
    return number


def below(value: object, sub: str) -> int:
    """Return the id of what hangs off an item; it may not be left out where there may be several."""
    if value is None:
        raise GlpiValidationError(f"there may be several {sub}: the id of the one that is meant stands behind its name")
    return checked(value)


class Me(str):
    """Stands for the id of the user who is logged in, in a path."""

    __slots__ = ()


ME: Final = Me("Me")


def checked_or_me(value: object, itemtype: str) -> int | Me:
    """Return an id, or oneself where a user is meant."""
    return value if isinstance(value, Me) and itemtype == "User" else checked(value, itemtype)


def _number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 18:
        return int(value)
    return None


def split(item: object, itemtype: str, verb: str) -> tuple[int, dict[str, Any]]:
    """Part an item into its id and its other fields; what is deleted may be an id alone."""
    if verb.startswith("delete") and isinstance(item, int | str):
        return checked(item, itemtype), {}
    fields = named(item, verb)
    if verb.startswith("delete"):  # what a create gave may be handed back
        fields = {name: value for name, value in fields.items() if name not in {"existing", "href", "message"}}
    if "id" not in fields:
        raise GlpiValidationError(f'{verb}() needs the id of the item: {verb}({{"id": 1, ...}})')
    return checked(fields.pop("id"), itemtype), fields


def named(item: object, verb: str) -> dict[str, Any]:
    """Return an item as a dict of its own; what is no mapping with text keys is no item."""
    if not isinstance(item, Mapping):
        raise GlpiValidationError(
            f"{verb}() takes an item as a dict of fields, {_form(verb)}, not {type(item).__name__}"
        )
    fields: dict[Any, Any] = dict(item)  # pyright: ignore[reportUnknownArgumentType]
    wrong = [key for key in fields if not isinstance(key, str)]
    if wrong:
        raise GlpiValidationError(f"the names of fields are text, not {wrong[0]!r:.60}")
    return fields


def _form(verb: str) -> str:
    """Return what a verb takes, as an example."""
    if verb.startswith("delete"):
        return '{"id": 5}, or its id'
    return '{"id": 5, "name": "..."}' if verb.startswith("update") else '{"name": "..."}'


def purging(force_purge: object, history: object) -> tuple[bool, bool]:
    """Check the two switches of a delete: ids in their places would purge what was to go into the trash.

    >>> purging(True, 1)
    (True, True)
    """
    for name, value in (("force_purge", force_purge), ("history", history)):
        if not isinstance(value, bool | int) or value not in (0, 1):
            raise GlpiValidationError(
                f"{name} must be True or False, not {value!r:.60}; several items are one list: delete([3, 4])"
            )
    return bool(force_purge), bool(history)


_OF_THE_CALL: Final = ("key", "once", "unique_by", "on_existing", "validate", "verify")
_FIELDS: Final = frozenset({"unique_key"})
"""Fields of GLPI's that look like a keyword of the call."""


def refuse_misspelt(extra: Mapping[str, object], verb: str, words: Collection[str] = ()) -> None:
    """Refuse a further field, or key of the body, that is a keyword of the call with letters in disorder: a create without its key.

    ``words``: the reserved words of such items.

    >>> refuse_misspelt({"urgency": 5, "unique_key": "a"}, "create")
    """
    known = (*_OF_THE_CALL, *sorted(words))
    for name in sorted(extra.keys() - {*_FIELDS, *known}):
        same = [each for each in known if sorted(each) == sorted(name)]
        near = same or near_names(name, known, most=1, cutoff=0.75)
        if near:
            raise GlpiValidationError(
                f"{verb}() takes no {name}=; {did_you_mean([f'{near[0]}='])} Fields stand in the dict"
            )


def new(item: object, verb: str = "create") -> dict[str, Any]:
    """Return the fields of an item to create: the server makes the id."""
    fields = named(item, verb)
    if "id" in fields:
        raise GlpiValidationError(
            f"{verb}() makes a new item, whose id the server gives: leave `id` out, or use update()"
        )
    return fields


def rows(items: object, verb: str) -> Sequence[Any] | None:
    """Return a list of items from one item: None for one."""
    if isinstance(items, list | tuple):
        if not items:
            raise GlpiValidationError(f"{verb}() was given an empty list")
        return items  # pyright: ignore[reportUnknownVariableType]
    return None
