"""Values by the kind of their field: what is meant becomes what GLPI takes, what is not understood is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from enum import Enum, IntEnum
from typing import Any, Final

from ..._spelling import did_you_mean, near_names
from . import moments
from .shapes import is_object

_WORDS: Final = re.compile(r"[^\s_-]+")
_HEX: Final = frozenset("0123456789abcdefABCDEF")
DATES: Final = ("date", "datetime")
"""Kinds of fields that hold dates."""
NULLS: Final = frozenset({"NULL", "null"})


class Wrong(Exception):
    """A value that its field does not take; ``str`` says what it takes, ``nearest`` is what comes nearest to it.

    ``fixed``: the field takes no value at all in this verb.
    """

    def __init__(self, why: str, nearest: str | None = None, *, fixed: bool = False) -> None:
        super().__init__(why)
        self.nearest, self.fixed = nearest, fixed


def plain(value: Any) -> Any:
    """Return an enum's value."""
    return value.value if isinstance(value, Enum) else value


def whole(value: Any) -> int:
    """Take an integer, or its text."""
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.isascii() and value.removeprefix("-").isdigit():
        return int(value)
    raise Wrong("it takes an integer")


def number(value: Any) -> Any:
    """Take a number, a Decimal, or its text; a Decimal is sent as text, which both APIs read exactly."""
    from decimal import Decimal, InvalidOperation

    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, float | Decimal | str):
        try:
            if Decimal(value).is_finite() and value == value:  # noqa: PLR0124  a NaN is not itself
                return str(value) if isinstance(value, Decimal) else value
        except InvalidOperation:
            pass
    raise Wrong("it takes a number")


def yes(value: Any) -> bool:
    """Take a yes or no. GLPI stores the texts true and yes as no."""
    if isinstance(value, bool):
        return value
    if (isinstance(value, int) and value in (0, 1)) or (isinstance(value, str) and value in {"0", "1"}):
        return bool(int(value))
    raise Wrong("it takes True or False")


def related(value: Any) -> int:
    """Take the number of another item, or the row or object that holds it."""
    if is_object(value):
        value = value.get("id")
    if not isinstance(value, bool):
        try:
            return whole(value)
        except Wrong:
            pass
    raise Wrong("it takes the id or the name of the other item: 5, {'id': 5} or 'Network'")


def member(value: Any, names: type[IntEnum]) -> int:
    """Take a number that has a name, its text, or the name: ``"closed"``; an object stands for its id."""
    if is_object(value):
        value = value.get("id")
    if isinstance(value, str) and (named := names.__members__.get("_".join(_WORDS.findall(value)).upper())):
        return named.value
    if not isinstance(value, bool):
        try:
            return whole(value)
        except Wrong:
            pass
    known = [f"{each.lower()} ({number.value})" for each, number in names.__members__.items()]
    near = near_names(str(value)[:30].upper(), names.__members__, most=1)
    hint = did_you_mean([f"{names.__name__}.{each} ({names[each].value})" for each in near], before="; ") or ";"
    raise Wrong(
        f"it takes an integer or the name of a member of {names.__name__}: {', '.join(known)}{hint} GLPI's labels are not looked up"
    )


def among(value: int | str, accepted: Sequence[int | str]) -> None:
    """Refuse what is out of range: GLPI stores it all the same."""
    if value not in accepted:
        shown = ", ".join(map(str, accepted))
        raise Wrong(f"it takes one of {shown}; what a newer GLPI has is sent with validate='warn'")


def text(value: Any, longest: int | None, *, as_bytes: bool = False) -> Any:
    """Take text; a number is sent as it is, and stored as its text."""
    if not isinstance(value, str):
        if isinstance(value, bool | dict | list | tuple | set | frozenset | bytes):
            raise Wrong("it takes text")
        return value
    if value in NULLS:
        raise Wrong("GLPI takes the text NULL or null for no value at all and stores nothing")
    if longest and len(value) * 4 > longest:
        size = len(value.encode("utf-8", "surrogatepass")) if as_bytes else len(value)
        if size > longest:
            raise Wrong(f"it takes {longest} {'bytes' if as_bytes else 'characters'}, this has {size}")
    return value


def arrives(drops: str, *, creates: bool) -> None:
    """Refuse what GLPI sets by itself in that verb, "create" or "update"; "below": in a create, from the item above."""
    if drops == "always":
        raise Wrong("GLPI sets it by itself, whatever is given: leave it out", fixed=True)
    if drops == "below" and creates:
        raise Wrong(
            "the item that it is made below tells it, whatever is given: leave it out; an update changes it", fixed=True
        )
    if drops == "create" and creates:
        raise Wrong(
            "in a create GLPI sets it by itself, whatever is given: leave it out; an update changes it", fixed=True
        )
    if drops == "update" and not creates:
        raise Wrong(
            "in an update GLPI sets it by itself, whatever is given: leave it out; a create takes it", fixed=True
        )


def does_arrive(drops: str, *, creates: bool) -> bool:
    """Check whether GLPI takes what is given in that verb."""
    try:
        arrives(drops, creates=creates)
    except Wrong:
        return False
    return True


def formed(value: Any, form: str) -> None:
    """Refuse a text of another form than its field keeps: GLPI leaves out what does not fit."""
    if not isinstance(value, str) or not value:
        return
    if form == "digits" and not (value.isascii() and value.isdigit()):
        raise Wrong("it takes digits alone, without a unit: GLPI drops all else, 12.5 would be 125")
    if form == "mac":
        parts = value.split("-" if "-" in value else ":")
        if len(parts) != 6 or any(not 1 <= len(part) <= 2 or set(part) - _HEX for part in parts):
            raise Wrong("it takes a MAC address like 00:11:22:33:44:55: GLPI drops what is none")


def moment(value: Any, zone: tzinfo | None, write: Callable[[date, tzinfo | None], str]) -> str:
    """Take a datetime, a date or their text, and write it as `moments.written` or `moments.day`."""
    original = value
    if isinstance(value, str):
        value = moments.parsed(value)
        if (
            zone is None
            and write is moments.written
            and type(value) is datetime
            and len(original) == 19
            and original[10] == " "
        ):
            return str(original)  # as GLPI writes it
    if not isinstance(value, date):
        hint = " with None it is cleared;" if original == "" else ""
        raise Wrong(
            f"it takes a date or datetime, or text like 2026-01-31 10:00:00;{hint} words and zeros are no dates"
        )
    try:
        return write(value, zone)
    except moments.Unclear as why:
        raise Wrong(str(why), write(why.shown, None)) from None
