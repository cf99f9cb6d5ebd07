"""What conditions are made of: names of fields, operators with their opposites, values; what Python reads otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias, cast

from ._hints import hint
from ._spelling import did_you_mean, near_names
from .exceptions import GlpiValidationError

if TYPE_CHECKING:
    from decimal import Decimal

    Value: TypeAlias = str | int | float | Decimal | date | Enum | Mapping[str, Any]
else:
    Value = hint(
        *("builtins.str", "builtins.int", "builtins.float", "decimal.Decimal"),
        *("datetime.date", "enum.Enum", "collections.abc.Mapping"),
    )
"""What a field is compared with; a datetime is a date, and a row's ``{"id": 5, …}`` stands for its id."""

__all__ = ["OPPOSITE", "FieldMistakes", "Value", "many", "named", "plain", "short"]

_MATCHES: Final = ("like", "ilike", "contains", "startswith", "endswith", "under")
_PAIRS: Final = [
    *"eq ne lt ge le gt in not_in is_null not_null is_empty not_empty".split(),
    *(word for name in _MATCHES for word in (name, f"not_{name}")),
]
OPPOSITE: Final = dict(zip([*_PAIRS[::2], *_PAIRS[1::2]], [*_PAIRS[1::2], *_PAIRS[::2]], strict=True))
"""Each operator and its opposite by ``~``. Neither finds null, except is_null and is_empty."""
SIGNS: Final = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
METHODS: Final = {"in": "in_"}
"""How operators are written, where not by their names."""
_NAME: Final = re.compile(r"[A-Za-z0-9_]+")
_CAPS: Final = 60


class FieldMistakes:
    """The methods of a field that only mistakes call: each raises an error that shows the right form."""

    __slots__ = ()
    _path: tuple[str, ...]

    def __call__(self, *values: object) -> NoReturn:
        *parents, name = self._path
        methods = [each for each in vars(type(self)) if not each.startswith("_")]
        meant = did_you_mean(near_names(name, methods)) or f"it has {', '.join(methods)}"
        raise TypeError(f"{'.'.join(['F', *parents])} has no method {name!r:.60}: {meant}")

    def __and__(self, other: object) -> NoReturn:
        raise TypeError(
            f"& and | bind more tightly than comparisons, so that {self!r} met {type(other).__name__} before it was "
            "compared: put each comparison in parentheses: (F.urgency >= 4) & (F.status == 1)"
        )

    __or__ = __rand__ = __ror__ = __and__

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{self!r} is compared, not set")

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self!r} is a field, not a condition: compare it, as in {self!r} == 1 or {self!r}.is_null()")

    def __contains__(self, other: object) -> NoReturn:
        raise TypeError(f"write {self!r}.contains(…) or {self!r}.in_([…]); Python makes a bool of `in`")


def named(name: object) -> tuple[str, ...]:
    """Return the parts of a dotted name; a filter with a misspelt one can give every row, so signs are refused."""
    if not isinstance(name, str):
        raise TypeError(f"a field is named by text, as in F['status.id'], not {name!r:.60}")
    parts = tuple(name.split("."))
    if not all(_NAME.fullmatch(part) for part in parts):
        raise GlpiValidationError(f"no name of a field: {name!r:.60}; letters, digits and _, parts joined by dots")
    return parts


def plain(value: object, where: str) -> Any:
    """Return a value as it is compared: an enum's value, an object's id; refuse what is no value."""
    original = value
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, Mapping):
        value = cast("Mapping[str, object]", value).get("id")
    if isinstance(value, str | int | date) or (isinstance(value, float) and abs(value) < float("inf")):
        return value
    from decimal import Decimal

    if isinstance(value, Decimal) and value.is_finite():
        return value
    hint = "; null is found by .is_null()" if value is None else ""
    raise GlpiValidationError(f"{where} cannot be compared with {short(original)}{hint}")


def many(field: FieldMistakes, values: object) -> tuple[Any, ...]:
    """Return a list of values as they are compared; refuse what is no list."""
    if isinstance(values, str | bytes | Mapping | FieldMistakes) or not isinstance(values, Iterable):
        raise GlpiValidationError(f"{field!r}.in_() takes a list of values, not {short(values)}")  # pyright: ignore[reportUnknownArgumentType]
    return tuple(plain(each, repr(field)) for each in cast("Iterable[object]", values))


def short(value: object) -> str:
    """Return what a message says of a value: its type and its beginning."""
    text = repr(value)
    return f"another field, {text}" if isinstance(value, FieldMistakes) else f"{type(value).__name__} {text[:_CAPS]}"
