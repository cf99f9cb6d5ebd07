"""A filter's tokens made into SQL, with MySQL's way of comparing."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from glpi_utils.testing.high_level import quirks
from glpi_utils.testing.high_level.rsql_lexer import UNARY, Kind, RsqlError, Token, tokens
from glpi_utils.testing.high_level.schemas import Property
from glpi_utils.testing.world.column_values import ZERO

Args = tuple[Any, ...]
Sql = tuple[str, Args]

_COMPARES = {"==": "=", "!=": "<>", "=lt=": "<", "=le=": "<=", "=gt=": ">", "=ge=": ">="}
_TRUE = frozenset({"1", "true", "on", "yes"})
_NUMBER = re.compile(r"^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_DATE = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?")


class BrokenFilter(Exception):
    """The database does not know a column that the schema promises: 500."""


@dataclass(slots=True)
class Condition:
    """Part of a WHERE: the text stands there without parentheses, as GLPI puts it."""

    sql: str = ""
    args: list[Any] = field(default_factory=list[Any])
    joins: set[str] = field(default_factory=set[str])


def compiled(
    text: str, properties: dict[str, Property], version: str, *, newer: bool = False, lenient: bool = False
) -> Condition:
    """Return the condition that a filter stands for; `RsqlError` is a 400, `BrokenFilter` a 500. `newer`: see `tokens`.

    `lenient`: conditions with a property or an operator that nobody knows are left out, as GraphQL does.
    """
    compiler = _Compiler(properties, version)
    for token in tokens(text, newer=newer):
        compiler.take(token)
    if compiler.invalid and not lenient:
        raise RsqlError("RSQL query has invalid filters", compiler.ignored | compiler.invalid)
    if compiler.broken:
        raise BrokenFilter("Unknown column in 'WHERE' (1054)")
    compiler.made.sql = compiler.finish()
    return compiler.made


class _Compiler:
    def __init__(self, properties: dict[str, Property], version: str) -> None:
        self.properties = properties
        self.version = version
        self.made = Condition()
        self.invalid: dict[str, str] = {}
        self.ignored: dict[str, str] = {}
        self.broken = False
        self.computed = 0
        """How many fields of custom assets were named: one alone, outside parentheses, is understood."""
        self.grouped = False
        self.groups: list[list[str]] = [[]]
        """Each open group as SQL words; a trailing AND or OR waits for what follows it."""
        self.name = ""
        self.property: Property | None = None
        self.operator: str | None = None

    def take(self, token: Token) -> None:
        match token.kind:
            case Kind.PROPERTY:
                self._name(token.text)
            case Kind.OPERATOR:
                self._operator(token.text)
            case Kind.VALUE | Kind.NO_VALUE:
                self._value(token)
            case Kind.AND | Kind.OR:
                words = self.groups[-1]
                if words and words[-1] not in {"AND", "OR"}:
                    words.append(token.kind.name)
            case Kind.OPEN:
                self.groups.append([])
                self.grouped = True
                self.broken |= self.computed > 0
            case Kind.CLOSE if len(self.groups) > 1:
                self._append(_joined(self.groups.pop(), around=True))
            case _:
                self.broken = True

    def finish(self) -> str:
        return _joined(self.groups[0])

    def _append(self, sql: str) -> None:
        if sql:
            self.groups[-1].append(sql)

    def _name(self, name: str) -> None:
        self.name, self.property = name, None
        known = self.properties.get(name)
        if known is None and quirks.unknown_property_is_ignored(self.version):
            self.ignored[name] = "Unknown property"
            self.broken |= len(self.groups) > 1
        elif known is None:
            self.invalid[name] = "Unknown property"
        elif known.state == "mapped":
            self.invalid[name] = "Mapped properties cannot be used in RSQL"
        else:
            self.computed += known.state == "computed"
            self.broken |= known.state == "broken" or self.computed > 1 or bool(self.computed and self.grouped)
            self.property = known

    def _operator(self, operator: str) -> None:
        known = operator in _OPERATORS and quirks.knows_operator(self.version, operator)
        self.operator = operator if known else None
        if self.operator is None and self.property is not None:
            self.invalid[self.name] = "Unknown operator"

    def _value(self, token: Token) -> None:
        prop, operator = self.property, self.operator
        self.property = self.operator = None
        if prop is None or operator is None:
            return
        if token.kind is Kind.NO_VALUE and operator not in UNARY:
            raise RsqlError(f'RSQL query is missing a value in filter for property "{self.name}"')
        value = _unquoted(token.text)
        if prop.kind == "bool":
            value = "1" if value.strip().lower() in _TRUE else "0"
        repaired = operator == "=notempty=" and not quirks.notempty_matches_nothing(self.version)
        sql, args = _filled(prop, value) if repaired else _OPERATORS[operator](prop, value)
        self._append(sql)
        self.made.args.extend(args)
        if prop.join:
            self.made.joins.add(prop.join)


def _joined(words: list[str], *, around: bool = False) -> str:
    if words and words[-1] in {"AND", "OR"}:
        words = words[:-1]
    sql = " ".join(words)
    return f"({sql})" if around and sql else sql


def _unquoted(text: str) -> str:
    for quote in ('"', "'"):
        if len(text) > 1 and text.startswith(quote) and text.endswith(quote) and "\n" not in text:
            return text[1:-1]
    return text


def number(text: str) -> float | int:
    """Return what MySQL makes of a text that it compares with a number: its leading digits, else 0."""
    match = _NUMBER.match(text)
    value = float(match[0]) if match else 0.0
    return int(value) if value.is_integer() and abs(value) < 2**63 else value


def moment(text: str) -> str | None:
    """Return a date as it is stored; the zone is ignored. None when it is no date."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"


def _typed(prop: Property, text: str) -> Any:
    if text in {"null", "NULL"}:
        return None
    if prop.kind in {"int", "bool", "decimal"}:
        return number(text)
    if prop.kind in {"date", "datetime"}:
        stored = moment(text) or ZERO  # the database takes any other word for the day before all days
        return stored[:10] if prop.kind == "date" else stored
    return text


def _compare(sign: str) -> Callable[[Property, str], Sql]:
    """Return a comparison; the text `null` is NULL: equal finds the empty rows, the others none."""

    def compared(prop: Property, text: str) -> Sql:
        if sign == "=" and text.lower() == "null":
            return f"{prop.sql} IS NULL", ()
        return f"{prop.sql} {sign} ?", (_typed(prop, text),)

    return compared


def _in(prop: Property, text: str) -> Sql:
    values = [_typed(prop, item) for item in items(text)]
    return f"{prop.sql} IN ({', '.join('?' * len(values))})", tuple(values)


def items(text: str) -> list[str]:
    """Return the values of `(a,"b,c",'d')`: CSV rules, then backslashes go, then quotes that are left on both sides."""
    if not re.fullmatch(r"\(.*\)", text):
        raise RsqlError(f"Invalid RSQL array: {text}")
    inner = text[1:-1]
    row: Iterable[str] = next(csv.reader([inner], skipinitialspace=', "' in inner), [""])
    return [_unquoted_item(re.sub(r"\\(.?)", r"\1", item)) for item in row]


def _unquoted_item(item: str) -> str:
    for quote in ('"', "'"):
        if re.fullmatch(rf"\s*{quote}.*{quote}\s*", item):
            return item[1:-1]
    return item


def _like(prop: Property, text: str) -> Sql:
    return f"LIKE_BINARY(?, {prop.sql})", (_pattern(text),)


def _ilike(prop: Property, text: str) -> Sql:
    return f"{prop.sql} LIKE ?", (_pattern(text),)


def _pattern(text: str) -> str:
    """Return a LIKE pattern: `*` is any text; `%` and `_` are one character."""
    return text.replace("%", "_").replace("*", "%")


def _not(operator: Callable[[Property, str], Sql]) -> Callable[[Property, str], Sql]:
    def turned(prop: Property, text: str) -> Sql:
        sql, args = operator(prop, text)
        return f"NOT ({sql})", args

    return turned


def _empty(prop: Property, _: str) -> Sql:
    if prop.kind in {"date", "datetime"}:
        return f"{prop.sql} IS NULL", ()
    nothing = "''" if prop.kind == "text" else "0"
    return f"({prop.sql} = {nothing} OR {prop.sql} IS NULL)", ()


def _filled(prop: Property, _: str) -> Sql:
    if prop.kind in {"date", "datetime"}:
        return f"{prop.sql} IS NOT NULL", ()
    nothing = "''" if prop.kind == "text" else "0"
    return f"({prop.sql} <> {nothing} AND {prop.sql} IS NOT NULL)", ()


_OPERATORS: dict[str, Callable[[Property, str], Sql]] = {
    **{name: _compare(sign) for name, sign in _COMPARES.items()},
    "=in=": _in,
    "=out=": _not(_in),
    "=like=": _like,
    "=ilike=": _ilike,
    "=notlike=": _not(_like),
    "=notilike=": _not(_ilike),
    "=isnull=": lambda prop, _: (f"{prop.sql} IS NULL", ()),
    "=notnull=": lambda prop, _: (f"{prop.sql} IS NOT NULL", ()),
    "=empty=": _empty,
    "=notempty=": lambda prop, _: (f"{prop.sql} <> NULL", ()),
}
