"""What both dialects do with a filter: its conditions one by one, what is never sent, what is finished here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple, cast

from ...exceptions import GlpiValidationError
from ...filters import Comparison, Every, Filter, Some
from .body import WALL_CLOCK
from .query import Keep

COMPARES: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "in", "not_in"})
"""The operators whose values are of the kind of the field; the others take patterns, or nothing."""


class Inexact(Exception):
    """The server would find other rows than those that are meant; ``str`` says why."""

    def __init__(self, condition: Filter, why: str) -> None:
        super().__init__(why)
        self.condition = condition


class Narrowed(NamedTuple):
    """A filter as it is sent, what finishes it here (None: nothing is left to do), and the properties that it names."""

    sent: Any
    keep: Keep | None = None
    names: tuple[str, ...] = ()


def conditions(condition: Filter) -> tuple[Filter, ...]:
    """Return the conditions that must all hold."""
    return condition.parts if isinstance(condition, Every) else (condition,)


def comparisons(condition: Filter) -> Iterator[Comparison]:
    """Yield every comparison in a filter."""
    if isinstance(condition, Every | Some):
        for part in condition.parts:
            yield from comparisons(part)
    elif isinstance(condition, Comparison):
        yield condition


def check(condition: Filter) -> None:
    """Refuse values that are wrong whoever compares them."""
    for each in comparisons(condition):
        for value in each.values:
            if isinstance(value, datetime):
                _check_moment(each, value)
            if isinstance(value, bool) and each.operator in {"lt", "le", "gt", "ge"}:
                raise GlpiValidationError(f"{each!r}: yes and no have no order")
            if isinstance(value, date | bool) or not isinstance(value, str):
                continue
            if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
                raise GlpiValidationError(f"{each!r}: no text in GLPI holds a null character or half a surrogate pair")


def _check_moment(each: Comparison, value: datetime) -> None:
    if value.tzinfo is not None:
        raise GlpiValidationError(
            f"{each!r}: GLPI compares with the server's wall clock and drops an offset without a word: give the client "
            "timezone='Europe/Paris', or convert the datetime to the server's zone and drop its tzinfo "
            "(value.astimezone(zone).replace(tzinfo=None))"
        )
    if value.microsecond and each.operator in {"eq", "ne", "in", "not_in"}:
        raise GlpiValidationError(f"{each!r}: GLPI keeps whole seconds: use value.replace(microsecond=0)")


def stored(moment: date, *, up: bool = False) -> str:
    """Return a date, or a time as GLPI keeps it: whole seconds; ``up`` takes the next one where there is a part of it."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    whole = moment.replace(microsecond=0)
    if up and moment.microsecond:
        whole += timedelta(seconds=1)
    return whole.strftime(WALL_CLOCK)


def with_values(condition: Any, change: Callable[[Comparison, Any], Any]) -> Any:
    """Return a filter, or a list of them, with other values in place of those that its comparisons have."""
    if isinstance(condition, list | tuple):
        return [with_values(each, change) for each in cast("list[Any]", condition)]
    if isinstance(condition, Every | Some):
        return type(condition)(tuple(with_values(part, change) for part in condition.parts))
    if not isinstance(condition, Comparison):
        return condition
    values = tuple(change(condition, value) for value in condition.values)
    if values == condition.values:
        return condition
    return Comparison(condition.path, condition.operator, values if isinstance(condition.value, tuple) else values[0])


def with_paths(condition: Any, change: Callable[[Comparison], tuple[str, ...]]) -> Any:
    """Return a filter, or a list of them, whose comparisons have other paths."""
    if isinstance(condition, list | tuple):
        return [with_paths(each, change) for each in cast("list[Any]", condition)]
    if isinstance(condition, Every | Some):
        return type(condition)(tuple(with_paths(part, change) for part in condition.parts))
    if not isinstance(condition, Comparison) or (path := change(condition)) == condition.path:
        return condition
    return Comparison(path, condition.operator, condition.value)


def any_value(condition: Any, check: Callable[[Comparison, Any], bool]) -> bool:
    """Check whether a test holds for a value in a filter, or in one of a list of filters."""
    if isinstance(condition, list | tuple):
        return any(any_value(each, check) for each in cast("list[Any]", condition))
    if not isinstance(condition, Filter):
        return False
    return any(check(each, value) for each in comparisons(condition) for value in each.values)


def localized(filters: Any, zone: tzinfo, dated: Callable[[tuple[str, ...]], bool]) -> Any:
    """Return a filter, or a list of them, whose moments are those that the server's clock shows.

    ``dated`` says whether a date may stand at a path, so that a text with an offset is a moment there.
    """
    from . import moments

    def shown(each: Comparison, value: Any) -> Any:
        moment = _with_offset(each, value) if isinstance(value, str) and dated(each.path) else value
        return moments.localized(moment, zone) if isinstance(moment, datetime) else value

    return with_values(filters, shown)


def has_offset(filters: Any, dated: Callable[[tuple[str, ...]], bool]) -> bool:
    """Check whether a filter, or one of a list, names a moment with an offset."""

    def has(each: Comparison, value: Any) -> bool:
        moment = _with_offset(each, value) if isinstance(value, str) and dated(each.path) else value
        return isinstance(moment, datetime) and moment.tzinfo is not None

    return any_value(filters, has)


def _with_offset(comparison: Comparison, text: str) -> datetime | None:
    """Read a text that is a moment with an offset; None for any other, and in a pattern."""
    from . import moments

    moment = moments.parsed(text) if comparison.operator in COMPARES else None
    return moment if isinstance(moment, datetime) and moment.tzinfo is not None else None
