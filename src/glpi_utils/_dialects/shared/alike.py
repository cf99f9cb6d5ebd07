"""Whether a field has what was sent: GLPI writes the same value in many ways, and none of these is a difference.

It goes by the two values alone, so that it holds for custom fields and plugins' columns too. Where they cannot be
compared they count as alike: a false alarm would do more harm than a missed one.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from html import unescape
from typing import Any, Final

from .shapes import is_array, is_object

_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?",
)
_NOTHING: Final = frozenset({"", "null", "NULL", "0000-00-00", "0000-00-0000:00:00"})
_HIDDEN: Final = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_MAC: Final = re.compile(r"[0-9a-fA-F]{1,2}(?:[:-][0-9a-fA-F]{1,2}){5}")
_CLOCK: Final = re.compile(r"\d\d:\d\d(?::\d\d)?")
_TRUTH: Final = {"1": True, "true": True, "True": True, "0": False, "false": False, "False": False}


def alike(sent: Any, there: Any) -> bool:
    """Check whether a field has what was sent.

    >>> alike(5, {"id": 5, "name": "Network"}), alike("2026-01-31 10:00:00", "2026-01-31T10:00:00+01:00")
    (True, True)
    >>> alike(" a & b ", "<p>a &amp; b</p>"), alike("12.50", "12.5000"), alike(3, 2)
    (True, True, False)
    """
    if is_object(there):
        return _with_object(sent, there)
    if is_object(sent):
        return alike(sent["id"], there) if "id" in sent else _of_text(sent, there)
    if is_array(sent) or is_array(there):
        return _lists(sent, there)
    empty = _is_nothing(sent), _is_nothing(there)
    texts = isinstance(sent, str) and isinstance(there, str)  # "0" is one as well
    return all(empty) or ((texts or not any(empty)) and _scalars(sent, there))


def _with_object(sent: Any, there: dict[str, Any]) -> bool:
    if is_object(sent):
        if "id" in sent and "id" in there:
            return alike(sent["id"], there["id"])
        return all(alike(value, there[name]) for name, value in sent.items() if name in there)
    return alike(sent, there["id"]) if "id" in there else True


def _is_nothing(value: Any) -> bool:
    """Check whether a value stands for an empty field: a cleared relation is 0, or null, a cleared text "" or null."""
    if value is None or value is False or (is_array(value) and not value):
        return True
    if isinstance(value, str):
        return value.startswith("-0001-11-30") or _is_zero(value) or _bare(value) in _NOTHING
    return not isinstance(value, bool) and isinstance(value, int | float | Decimal) and value == 0


def _is_zero(text: str) -> bool:
    return text[:1] in "-0." and set(text) <= set("-0.") and "0" in text


def _scalars(sent: Any, there: Any) -> bool:
    if isinstance(sent, bool) or isinstance(there, bool):
        return _truth(sent) == _truth(there)
    one, other = _text(sent), _text(there)
    if one == other:
        return True
    moments = _MOMENT.fullmatch(one.strip()), _MOMENT.fullmatch(other.strip())
    if moments[0] and moments[1]:
        return _same_moment(moments[0], moments[1])
    numbers = _number(one), _number(other)
    if numbers[0] is not None and numbers[1] is not None:
        return _same_number(numbers[0], numbers[1])
    if _CLOCK.fullmatch(one) and _CLOCK.fullmatch(other):
        return f"{one}:00"[:8] == f"{other}:00"[:8]
    if _MAC.fullmatch(one) and _MAC.fullmatch(other):
        return one.replace("-", ":").lower() == other.replace("-", ":").lower()
    return _bare(one) == _bare(other)


def _truth(value: Any) -> bool | None:
    return _TRUTH.get(str(value).strip())


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _same_moment(sent: re.Match[str], there: re.Match[str]) -> bool:
    """Compare the clock times, to the second; where both tell an offset, the moments."""
    if sent[2] is None or there[2] is None:
        lost = there[2] is None and (sent[2] or "00:00").strip("0:")  # a time that a pure date does not keep
        return sent[1] == there[1] and not lost
    if sent[3] and there[3]:
        return _moment(sent) == _moment(there)
    return sent[1] == there[1] and f"{sent[2]}:00"[:8] == f"{there[2]}:00"[:8]


def _moment(match: re.Match[str]) -> datetime | str:
    text = f"{match[1]}T{match[2]}{match[3]}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _same_number(sent: Decimal, there: Decimal) -> bool:
    """Compare whole numbers exactly, others as far as the column goes: 12.345 is kept as 12.35."""
    if sent == sent.to_integral_value() and there == there.to_integral_value():
        return sent == there
    exponent = there.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return abs(sent - there) <= Decimal(5).scaleb(-max(places, 1) - 1)


def _bare(text: str) -> str:
    """Return what a person reads of a text: without tags, entities and spaces, which GLPI sets in its own way."""
    if "&" in text:
        text = unescape(unescape(text))  # GLPI 10 keeps &#60;p&#62;, and what was sent may hold entities itself
    if "<" in text:
        text = _TAG.sub("", _HIDDEN.sub("", text))
    return "".join(text.split())


def _lists(sent: Any, there: Any) -> bool:
    """Compare ids, or values, in any order; what is a list on one side alone may be text on the other, or a single one."""
    if isinstance(sent, str) or isinstance(there, str):
        return _of_text(sent, there)
    sent, there = (each if is_array(each) else [each] for each in (sent, there))
    if any(is_object(each) and "id" not in each for each in (*sent, *there)):
        return bool(sent) or not there
    one, left = _members(sent), _members(there)
    if len(one) != len(left):
        return False
    for each in one:
        match = next((at for at, value in enumerate(left) if alike(each, value)), None)
        if match is None:
            return False
        del left[match]
    return True


def _members(values: list[Any]) -> list[Any]:
    plain = [each["id"] if is_object(each) else each for each in values]
    return list({str(each): each for each in plain if not _is_nothing(each)}.values())


def _of_text(sent: Any, there: Any) -> bool:
    """Compare with the JSON as which a list or an object may be kept; a word such as ``Array`` is not it."""
    if not isinstance(sent, str) and not isinstance(there, str):
        return True
    try:
        return alike(*(json.loads(each) if isinstance(each, str) else each for each in (sent, there)))
    except ValueError:
        return isinstance(sent, str)
