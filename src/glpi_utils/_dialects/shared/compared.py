"""What the fields of a filter are compared with: values that GLPI would misread are refused before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Final, NamedTuple

from ..._knowledge.named_values import SETS
from ...exceptions import GlpiValidationError
from ...filters import Comparison, Every, Filter, Some
from . import moments
from .narrowing import COMPARES
from .values import Wrong, member

Path = tuple[str, ...]
NUMBERS: Final = frozenset({"int", "number"})
FLAGS: Final = "flag"
"""The kind of a number that may stand for yes or no."""
MOMENTS: Final = frozenset({"date", "datetime"})
TEXTS: Final = frozenset({"text", "html"})
DATED: Final = re.compile(r"(?:.*_)?date(?:_.*)?|last_login|planned_(?:begin|end)|current_time")
"""What fields with dates are called, for types that are not known."""


class Kinds(NamedTuple):
    """What is known of the fields of a list: the kind of each, "" where it is not known, and the enum that names its values."""

    kind: Callable[[Path], str]
    names: Callable[[Path], type[IntEnum] | None]


def settled(condition: Filter, kinds: Kinds) -> Filter:
    """Return a filter whose values are of the kind of their fields; refuse those of another."""
    if isinstance(condition, Every | Some):
        return type(condition)(tuple(settled(part, kinds) for part in condition.parts))
    assert isinstance(condition, Comparison)  # noqa: S101  there are three kinds
    kind, names = kinds.kind(condition.path), kinds.names(condition.path)
    condition = with_sets(condition, names)
    if condition.operator not in COMPARES or not (kind or names):
        return condition
    values = tuple(_value(condition, _named(condition, each, names), kind) for each in condition.values)
    if all(one is other for one, other in zip(values, condition.values, strict=True)):
        return condition
    return Comparison(condition.path, condition.operator, values if isinstance(condition.value, tuple) else values[0])


def with_sets(comparison: Comparison, names: type[IntEnum] | None) -> Comparison:
    """Return a comparison with the numbers that a word stands for: "open", "processing", "done" of a status."""
    sets = SETS.get(names) if names is not None else None
    operator = {"eq": "in", "ne": "not_in"}.get(comparison.operator, comparison.operator)
    if sets is None or operator not in ("in", "not_in") or not any(isinstance(each, str) for each in comparison.values):
        return comparison
    if not any(_word(each) in sets for each in comparison.values):
        return comparison
    numbers = [number for each in comparison.values for number in sets.get(_word(each), (each,))]
    return Comparison(comparison.path, operator, tuple(dict.fromkeys(numbers)))


def _word(value: Any) -> str:
    return value.lower() if isinstance(value, str) else ""


def _named(comparison: Comparison, value: Any, names: type[IntEnum] | None) -> Any:
    """Return the number that a member's name stands for, as in writes; any other value as it is."""
    if names is None or not isinstance(value, str) or value.lstrip("-").isdigit():
        return value
    try:
        return member(value, names)
    except Wrong as why:
        raise GlpiValidationError(f"{comparison!r}: {why}") from None


def _value(comparison: Comparison, value: Any, kind: str) -> Any:
    if kind in NUMBERS or (kind == FLAGS and not isinstance(value, bool)):
        return _number(comparison, value, kind)
    if kind in MOMENTS:
        return _moment(comparison, value)
    if kind == "bool":
        return _yes(comparison, value)
    return _text(comparison, value) if kind in TEXTS else value


def _number(comparison: Comparison, value: Any, kind: str) -> Any:
    """Take a number or the text of one; of another text MySQL would take the first digits, or 0."""
    named = (
        comparison.path[-1] == "id" and kind != FLAGS
    )  # an id that is compared with a name gets a message of its own
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,30}", value, re.ASCII):
        return value if named else int(value)
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,30}\.\d{1,30}", value, re.ASCII):
        from decimal import Decimal

        return Decimal(value)
    if isinstance(value, bool | str | date) and not named:
        raise _wrong(comparison, value, "it holds a number")
    return value


def _yes(comparison: Comparison, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in (0, 1) or (isinstance(value, str) and value in {"0", "1"}):
        return bool(int(value))
    raise _wrong(comparison, value, "it is compared with True or False")


def _text(comparison: Comparison, value: Any) -> Any:
    """Take text; a number is compared as its text, which has no order."""
    if isinstance(value, str) or (isinstance(value, date) and DATED.fullmatch(comparison.path[-1])):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and comparison.operator in {"eq", "ne", "in", "not_in"}:
        return str(int(value))
    raise _wrong(comparison, value, "it holds text")


def _moment(comparison: Comparison, value: Any) -> Any:
    moment = moments.parsed(value) if isinstance(value, str) else value
    if not isinstance(moment, date):
        raise _wrong(comparison, value, 'it is compared with a datetime, a date, or text like "2026-01-31 10:00:00"')
    if isinstance(value, str) and isinstance(moment, datetime) and moment.tzinfo is not None:
        raise GlpiValidationError(
            f"{comparison!r}: GLPI compares with the server's wall clock and drops the offset of {value!r} without a word: "
            "give the client timezone='Europe/Paris' (the server's), or leave the offset out"
        )
    return moment


def _wrong(comparison: Comparison, value: Any, holds: str) -> GlpiValidationError:
    return GlpiValidationError(f"{comparison!r}: {holds}, not {value!r:.60}; GLPI would find other rows without a word")
