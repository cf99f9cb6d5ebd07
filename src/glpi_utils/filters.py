"""Filters written in Python: ``F.status.in_([1, 2]) & ~F.category.is_null()``; a tree that each API renders its own way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NoReturn

from ._conditions import METHODS, OPPOSITE, SIGNS, FieldMistakes, Value, many, named, plain, short
from .exceptions import GlpiValidationError

__all__ = ["Comparison", "Every", "F", "Field", "Fields", "Filter", "Some"]


class Filter:
    """A condition on rows. Combine with ``&``, ``|`` and ``~``, and put comparisons in parentheses.

    >>> from glpi_utils import F
    >>> F.status.in_([1, 2]) & F.name.contains("db") & ~F.category.is_null()
    F.status.in_([1, 2]) & F.name.contains('db') & F.category.not_null()
    """

    __slots__ = ()

    def _told(self) -> tuple[Any, ...]:
        """What it is made of."""
        return ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filter) and type(self) is type(other) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash((type(self), self._told()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._told()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a filter is not changed; make another")

    def __and__(self, other: Filter) -> Filter:
        return Every((*_parts(self, Every), *_parts(other, Every)))

    def __or__(self, other: Filter) -> Filter:
        return Some((*_parts(self, Some), *_parts(other, Some)))

    def __invert__(self) -> Filter:
        raise NotImplementedError  # pragma: no cover  each kind has its own

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a filter is neither true nor false: combine filters with & | ~ in place of and, or, not, "
            "each comparison in parentheses: (F.urgency >= 4) & (F.status == 1)"
        )


class Comparison(Filter):
    """One field and what it is compared with.

    Args:
        path: The parts of the field's name.
        operator: A name such as "eq", "in" or "not_contains".
        value: What the field is compared with; a tuple for "in" and "not_in".
    """

    __slots__ = ("operator", "path", "value")
    path: tuple[str, ...]
    operator: str
    value: Any

    def __init__(self, path: tuple[str, ...], operator: str, value: Any = None) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "operator", operator)
        object.__setattr__(self, "value", value)

    def _told(self) -> tuple[Any, ...]:
        return self.path, self.operator, self.value

    @property
    def values(self) -> tuple[Any, ...]:
        """What the field is compared with: of a list each value."""
        return self.value if self.operator in {"in", "not_in"} else (self.value,)

    def __invert__(self) -> Filter:
        return Comparison(self.path, OPPOSITE[self.operator], self.value)

    def __repr__(self) -> str:
        name = repr(Field(self.path))
        if self.operator in SIGNS:
            return f"({name} {SIGNS[self.operator]} {self.value!r})"
        if self.operator.endswith(("_null", "_empty")):
            return f"~{name}.is_empty()" if self.operator == "not_empty" else f"{name}.{self.operator}()"
        shown = f"[{', '.join(map(repr, self.values))}]" if self.operator in {"in", "not_in"} else repr(self.value)
        if self.operator.startswith("not_") and self.operator != "not_in":
            return f"~{name}.{self.operator.removeprefix('not_')}({shown})"
        return f"{name}.{METHODS.get(self.operator, self.operator)}({shown})"


class _Group(Filter):
    """Several conditions."""

    __slots__ = ("parts",)
    parts: tuple[Filter, ...]

    def __init__(self, parts: tuple[Filter, ...]) -> None:
        object.__setattr__(self, "parts", parts)

    def _told(self) -> tuple[Any, ...]:
        return (self.parts,)


class Every(_Group):
    """All of these conditions hold."""

    __slots__ = ()

    def __invert__(self) -> Filter:
        return Some(tuple(~part for part in self.parts))

    def __repr__(self) -> str:
        return " & ".join(f"({part!r})" if isinstance(part, Some) else repr(part) for part in self.parts)


class Some(_Group):
    """One of these conditions holds, or several."""

    __slots__ = ()

    def __invert__(self) -> Filter:
        return Every(tuple(~part for part in self.parts))

    def __repr__(self) -> str:
        return " | ".join(f"({part!r})" if isinstance(part, Every) else repr(part) for part in self.parts)


class Field(FieldMistakes):
    """A field of the rows, or one inside it: ``F.category.name``, ``F["status.id"]``.

    It is compared with ``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=`` and by its methods; each makes a `Filter`. A field
    that holds an object (a status, a relation) is compared by its id. Null matches only `is_null` and `is_empty`: a
    row without a value does not match ``!=``, `not_in` and any ``~``.

    Args:
        path: The parts of the name. `F` makes fields: ``F.category.name``.

    >>> from glpi_utils import F
    >>> (F.urgency >= 4) & ~F["category.name"].contains("printer")
    (F.urgency >= 4) & ~F.category.name.contains('printer')
    """

    __slots__ = ("_path",)
    _path: tuple[str, ...]

    def __init__(self, path: tuple[str, ...]) -> None:
        object.__setattr__(self, "_path", path)

    def __reduce__(self) -> tuple[Any, ...]:
        return Field, (self._path,)

    def __getattr__(self, name: str) -> Field:
        if name.startswith("_"):
            raise AttributeError(name)
        return Field((*self._path, *named(name)))

    def __getitem__(self, name: str) -> Field:
        return Field((*self._path, *named(name)))

    def __repr__(self) -> str:
        plain = all(part.isidentifier() and not hasattr(Field, part) for part in self._path)
        return f"F.{'.'.join(self._path)}" if plain else f"F[{'.'.join(self._path)!r}]"

    def __hash__(self) -> int:
        return hash(self._path)

    def __eq__(self, other: object) -> Filter:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.is_null() if other is None else self._compared("eq", other)

    def __ne__(self, other: object) -> Filter:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.not_null() if other is None else self._compared("ne", other)

    def __lt__(self, other: Value) -> Filter:
        return self._compared("lt", other)

    def __le__(self, other: Value) -> Filter:
        return self._compared("le", other)

    def __gt__(self, other: Value) -> Filter:
        return self._compared("gt", other)

    def __ge__(self, other: Value) -> Filter:
        return self._compared("ge", other)

    def in_(self, values: Iterable[Value]) -> Filter:
        """Match one of these values. An empty list matches no row.

        Args:
            values: Numbers, texts, dates, enums, or rows that have ``id``.

        >>> F.status.in_([1, 2])
        F.status.in_([1, 2])
        """
        return Comparison(self._path, "in", many(self, values))

    def not_in(self, values: Iterable[Value]) -> Filter:
        """Match none of these values. Null does not match.

        Args:
            values: As in `in_`.

        >>> ~F.status.in_([1, 2])
        F.status.not_in([1, 2])
        """
        return Comparison(self._path, "not_in", many(self, values))

    def like(self, pattern: str) -> Filter:
        """Match the whole text by a pattern. Case and accents count.

        Args:
            pattern: ``*`` stands for any text, ``_`` for one character.

        >>> matching = F.name.like("srv-*")
        """
        return self._matching("like", pattern)

    def ilike(self, pattern: str) -> Filter:
        """Match the whole text by a pattern. Case and accents do not count.

        Args:
            pattern: As in `like`.
        """
        return self._matching("ilike", pattern)

    def contains(self, text: str) -> Filter:
        """Match a text anywhere in the field. Case and accents do not count.

        Args:
            text: No character is a wildcard.

        >>> matching = F.name.contains("printer")
        """
        return self._matching("contains", text)

    def startswith(self, text: str) -> Filter:
        """Match a text at the start of the field, as `contains` does.

        Args:
            text: No character is a wildcard.
        """
        return self._matching("startswith", text)

    def endswith(self, text: str) -> Filter:
        """Match a text at the end of the field, as `contains` does.

        Args:
            text: No character is a wildcard.
        """
        return self._matching("endswith", text)

    def under(self, item: Value) -> Filter:
        """Match an item of a tree (a category, a location, a group, an entity) and all below it.

        Args:
            item: Its name, its full path, its id, or a row that has ``id``.

        >>> below = F.category.under("Hardware")
        """
        return self._compared("under", item)

    def is_null(self) -> Filter:
        """Match a field without a value; of a relation: nothing is related."""
        return Comparison(self._path, "is_null")

    def not_null(self) -> Filter:
        """Match a field with a value; the empty text is one."""
        return Comparison(self._path, "not_null")

    def is_empty(self) -> Filter:
        """Match a field without a value, with the empty text, or with 0."""
        return Comparison(self._path, "is_empty")

    def _compared(self, operator: str, value: object) -> Filter:
        return Comparison(self._path, operator, plain(value, repr(self)))

    def _matching(self, operator: str, text: object) -> Filter:
        if not isinstance(text, str):
            raise GlpiValidationError(f"{self!r}.{operator}() takes a text, not {text!r:.60}")
        return Comparison(self._path, operator, text)


class Fields:
    """Where filters begin: ``F.name`` or ``F["name"]`` is a field.

    >>> from glpi_utils import F
    >>> (F.urgency >= 4) & F["category.name"].contains("printer")
    (F.urgency >= 4) & F.category.name.contains('printer')
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Field:
        if name.startswith("_"):
            raise AttributeError(name)
        return Field(named(name))

    def __getitem__(self, name: str) -> Field:
        return Field(named(name))

    def __repr__(self) -> str:
        return "F"

    def __reduce__(self) -> str:
        return "F"


F: Final = Fields()


def _parts(node: object, kind: type[Every | Some]) -> tuple[Filter, ...]:
    if not isinstance(node, Filter):
        raise TypeError(f"a filter is combined with filters, not with {short(node)}; put comparisons in parentheses")
    return node.parts if isinstance(node, kind) else (node,)
