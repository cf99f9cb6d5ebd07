"""Finishing a filter here: whether a row matches, compared as GLPI's database compares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from ...filters import Comparison, Every, Filter, Some
from .narrowing import stored
from .shapes import as_array, is_array, is_object

Item = dict[str, Any]
Path = tuple[str, ...]
Place = Callable[[Path], Path]
"""Gives the path in a row that a field's name stands for."""
_UNARY: Final = frozenset({"is_null", "not_null", "is_empty", "not_empty"})
_LINKED: Final = re.compile(r".*/front/([a-z]+)\.form\.php", re.DOTALL)
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}))?.*", re.DOTALL)


def matches(condition: Filter, row: Item, place: Place) -> bool:
    """Check whether a row matches; of a list inside it one entry is enough, as in a join."""
    if isinstance(condition, Every):
        members = [part for part in condition.parts if _of_team(part)]
        rest = (part for part in condition.parts if not _of_team(part))
        return all(matches(part, row, place) for part in rest) and (not members or _has_member(row, members))
    if isinstance(condition, Some):
        return any(matches(part, row, place) for part in condition.parts)
    assert isinstance(condition, Comparison)  # noqa: S101  there are three kinds
    if _of_team(condition):
        return _has_member(row, [condition])
    return any(_holds(condition, value) for value in _values(row, place(condition.path)))


def _of_team(condition: Filter) -> bool:
    return isinstance(condition, Comparison) and condition.path[0] == "team"


def _has_member(row: Item, parts: Sequence[Filter]) -> bool:
    """Check whether one member of a team meets all of these; an id is a user's unless a type is named beside it."""
    conditions = [each for each in parts if isinstance(each, Comparison)]
    by_id = any(each.path[1:] in {(), ("id",)} and each.operator not in _UNARY for each in conditions)
    if by_id and not any(each.path[1:] == ("type",) for each in conditions):
        conditions.append(Comparison(("team", "type"), "eq", "User"))
    team: list[Item | None] = [_typed(each) for each in as_array(row.get("team")) if is_object(each)] or [None]
    return any(all(_met(each, member) for each in conditions) for member in team)


def _met(comparison: Comparison, member: Item | None) -> bool:
    return any(_holds(comparison, value) for value in _values(member, comparison.path[1:] or ("id",)))


def _typed(member: Item) -> Item:
    """Return a member with its type, which up to 11.0.6 its link alone tells: /front/group.form.php?id=4."""
    match = _LINKED.match(str(member.get("href")))
    return member if "type" in member or match is None else {**member, "type": match[1].title()}


def fold(text: str) -> str:
    """Return a text without case and accents (NFKD): the collation utf8mb4_unicode_ci, as far as it goes here."""
    if text.isascii():
        return text.lower()
    kept = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return kept.casefold()


def pattern(text: str, *, blind: bool) -> re.Pattern[str]:
    """Return a pattern for the whole text: ``*`` any text, ``_`` one character, all else itself."""
    wild = {"*": ".*", "_": "."}
    parts = [wild.get(each) or re.escape(fold(each) if blind else each) for each in re.split(r"([*_])", text)]
    return re.compile("".join(parts), re.DOTALL)


def _values(row: Any, path: Path) -> list[Any]:
    """Return what stands at a path; several where it leads through a list, null where it ends early."""
    if not path:
        return [row.get("id") if is_object(row) else row]
    if is_array(row):
        return [value for each in row for value in _values(each, path)] or [None]
    return _values(row.get(path[0]), path[1:]) if is_object(row) else [None]


def _holds(comparison: Comparison, value: Any) -> bool:
    operator = comparison.operator
    if operator in {"is_null", "not_null"}:
        return (value is None) is (operator == "is_null")
    if operator in {"is_empty", "not_empty"}:
        return (value is None or value in {"", 0}) is (operator == "is_empty")
    if operator in {"in", "not_in"} and not comparison.value:
        return operator == "not_in"
    if value is None:
        return False
    return (
        not _POSITIVE[operator[4:]](value, comparison.value)
        if operator.startswith("not_")
        else (_POSITIVE[operator](value, comparison.value))
    )


def _same(value: Any, wanted: Any) -> bool:
    one, other = _pair(value, wanted)
    return bool(one == other)


def _less(value: Any, wanted: Any) -> bool:
    one, other = _pair(value, wanted, up=True)
    return bool(one < other)


def _more(value: Any, wanted: Any) -> bool:
    one, other = _pair(value, wanted)
    return bool(one > other)


def _pair(value: Any, wanted: Any, *, up: bool = False) -> tuple[Any, Any]:
    """Return both sides as the database compares them: times by the server's clock, numbers, else texts."""
    if isinstance(wanted, date):
        match = _MOMENT.fullmatch(str(value))
        text = f"{match[1]} {match[2] or '00:00:00'}" if match else ""
        moment = stored(wanted, up=up)
        return text, moment if isinstance(wanted, datetime) else f"{moment} 00:00:00"
    if isinstance(wanted, str):
        return fold(_text(value)).rstrip(" "), fold(wanted).rstrip(" ")
    return _number(value), _number(wanted)


def _number(value: Any) -> Decimal:
    """Return a number; of a text its leading digits, as MySQL does."""
    if isinstance(value, str):
        match = re.match(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", value)
        value = match[0].strip() if match else 0
    try:
        return Decimal(str(int(value) if isinstance(value, bool) else value))
    except InvalidOperation:
        return Decimal(0)


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


_POSITIVE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "eq": _same,
    "ne": lambda value, wanted: not _same(value, wanted),
    "lt": _less,
    "ge": lambda value, wanted: not _less(value, wanted),
    "gt": _more,
    "le": lambda value, wanted: not _more(value, wanted),
    "in": lambda value, wanted: any(_same(value, each) for each in wanted),
    "like": lambda value, wanted: bool(pattern(wanted, blind=False).fullmatch(_text(value))),
    "ilike": lambda value, wanted: bool(pattern(wanted, blind=True).fullmatch(fold(_text(value)))),
    "contains": lambda value, wanted: fold(wanted) in fold(_text(value)),
    "startswith": lambda value, wanted: fold(_text(value)).startswith(fold(wanted)),
    "endswith": lambda value, wanted: fold(_text(value)).endswith(fold(wanted)),
}
