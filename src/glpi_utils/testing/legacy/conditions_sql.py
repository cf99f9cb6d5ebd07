"""What one search criterion means as SQL over the row `t`: each search type for each kind of column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from glpi_utils.testing.legacy import names, option_lists, php, quirks
from glpi_utils.testing.legacy.option_tables import Option
from glpi_utils.testing.world.world import World

Condition = tuple[str, list[Any]]
STATUSES = {"notold": (1, 2, 3, 4), "old": (5, 6), "process": (2, 3), "notclosed": (1, 2, 3, 4, 5)}
NUMBERS = ("number", "integer", "timestamp", "decimal", "count")
OPPOSITE = {"<": ">", ">": "<"}
"""What `AND NOT` makes of a sign; an `=` behind it stays."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows are searched, and by whom."""

    world: World
    itemtype: str
    user: int

    @property
    def version(self) -> str:
        """The version of GLPI."""
        return self.world.version

    @property
    def options(self) -> dict[int, Option]:
        """The itemtype's search options."""
        return option_lists.of(self.itemtype, self.version)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is asked of a column; `negated`: its link says NOT."""

    searchtype: str
    value: str
    negated: bool = False

    @property
    def plain(self) -> Comparison:
        """The same, not negated."""
        return replace(self, negated=False)


def condition(scope: Scope, option: Option, comparison: Comparison) -> Condition:
    """Return one criterion as SQL. A search type that the column does not know changes its meaning without a word."""
    offered = option_lists.searchtypes(option, scope.itemtype, scope.version)
    means = "equals" if option.datatype in ("specific", "bool") else "contains"
    meant = comparison.searchtype if comparison.searchtype in (*offered, "empty") else means
    comparison = replace(comparison, searchtype=meant)
    if option.link:
        return (
            _hanging(scope, option, _turned(comparison))
            if option.datatype != "count"
            else _number(scope, option, comparison)
        )
    if option.key and meant != "empty":
        return _pointed(scope, option, _turned(comparison), f't."{option.key}"')
    column = value_of(scope, option)
    if meant == "empty":
        left_out = option.datatype == "specific" and option.field in (
            "urgency",
            "impact",
            "priority",
            "global_validation",
        )
        return ("1", []) if left_out else _not(_empty(option, column), comparison)
    if option.datatype in NUMBERS:
        return _number(scope, option, comparison)
    comparison = _turned(comparison)
    if option.datatype in ("specific", "bool"):
        return _not(_choice(option, column, comparison.value), comparison)
    if option.datatype in ("date", "datetime"):
        return _moment(scope, option, column, comparison)
    if comparison.searchtype == "equals":  # an itemlink is compared by its row
        return _not(("t.id = ?", [php.intval(comparison.value)]), comparison)
    if comparison.searchtype == "under":
        return _not((_below(scope, scope.itemtype, "t.id", comparison.value), []), comparison)
    return _text(scope, column, comparison)


def value_of(scope: Scope, option: Option) -> str:
    """Return a column's value, as SQL."""
    if option.datatype == "count":
        return f"({hanging(scope, option, 'count(*)')})"
    if option.key:
        return f'(SELECT x."{option.field}" FROM "{option.itemtype}" x WHERE x.id = t."{option.key}")'
    return f't."{option.field}"'


def _turned(comparison: Comparison) -> Comparison:
    """Return `notcontains` as the negation of `contains`."""
    if comparison.searchtype not in ("notcontains", "notequals", "notunder"):
        return comparison
    return Comparison(comparison.searchtype.removeprefix("not"), comparison.value, not comparison.negated)


def _not(positive: Condition, comparison: Comparison, *, null: bool = False) -> Condition:
    """Return the negation, where the comparison has one; `null`: rows without a value are found by it too."""
    if not comparison.negated:
        return positive
    return (f"NOT coalesce(({positive[0]}), 0)" if null else f"NOT ({positive[0]})"), positive[1]


def _empty(option: Option, column: str) -> Condition:
    if option.datatype in NUMBERS:
        return f"{column} IS NULL OR {column} = 0", []
    return f"{column} IS NULL OR {column} = ''" + (f" OR {column} = 0" if option.datatype == "specific" else ""), []


def _choice(option: Option, column: str, value: str) -> Condition:
    if value == "all":
        return "1", []
    if option.field == "status" and value in STATUSES:
        return f"{column} IN ({','.join(map(str, STATUSES[value]))})", []
    if option.field in ("urgency", "impact", "priority") and php.intval(value) <= 0:
        return f"{column} >= ?", [-php.intval(value)]  # "at least"
    return f"{column} = ?", [php.intval(value)]


def _text(scope: Scope, column: str, comparison: Comparison) -> Condition:
    value = comparison.value.strip()
    if value.upper() == "NULL":
        return _not((f"{column} IS NULL OR {column} = ''", []), comparison)
    if value in ("$", "^$"):
        return _not((f"{column} IS NULL", []), comparison)
    if not quirks.is_ten(scope.version) and re.search(r"[\r\n]", value):
        return _not(("0", []), comparison)
    looked_at, wanted = quirks.searched_text(column, value, scope.version)
    return _not((f"{looked_at} LIKE ?", [pattern(wanted)]), comparison, null=True)


def pattern(value: str) -> str:
    """Return a LIKE pattern: anywhere, unless anchored by `^` or `$`; only `%` is a wildcard."""
    start, end = value.startswith("^"), value.endswith("$")
    text = value[1 if start else 0 : len(value) - 1 if end else len(value)]
    escaped = text.replace("\\", "\\\\").replace("_", "\\_")
    return ("" if start else "%") + escaped + ("" if end else "%")


def _number(scope: Scope, option: Option, comparison: Comparison) -> Condition:
    """Return a comparison of numbers: `notcontains` means the same as `contains`; a negation turns the sign round."""
    column = value_of(scope, option)
    negated = comparison.negated != (
        comparison.searchtype == "notequals" or (comparison.searchtype[:3] == "not" and option.link != "")
    )
    compared = re.fullmatch(r"\s*([<>])(=?)\s*(-?)\s*([0-9]+(?:\.[0-9]+)?)\s*", comparison.value)
    if compared:
        sign, equal, minus, digits = compared.groups()
        return f"{column} {OPPOSITE[sign] if negated else sign}{equal} ?", [_as_number(minus + digits)]
    if php.is_numeric(comparison.value):
        return f"{column} {'<>' if negated else '='} ?", [_as_number(comparison.value)]
    if comparison.searchtype == "equals" or not quirks.anchored_number_matches(scope.version):
        return "0", []
    return _not((f"{column} LIKE ?", [pattern(comparison.value)]), comparison, null=True)


def _as_number(text: str) -> int | float:
    return php.intval(text) if re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", text) else float(text)


def _moment(scope: Scope, option: Option, column: str, comparison: Comparison) -> Condition:
    if comparison.searchtype == "contains":
        return _text(scope, column, comparison)
    when = relative(comparison.value, scope.world.clock().astimezone(scope.world.zone)) or comparison.value
    if comparison.searchtype in ("lessthan", "morethan"):
        full = f"{when} 00:00:00" if len(when) == 10 and option.datatype == "datetime" else when
        return _not((f"{column} {'<' if comparison.searchtype == 'lessthan' else '>'} ?", [full]), comparison)
    if option.datatype == "date":
        return _not((f"{column} = ?", [when]), comparison)
    return _not((f"{column} LIKE ?", [f"{when}%"]), comparison, null=True)


def _pointed(scope: Scope, option: Option, comparison: Comparison, key: str) -> Condition:
    """Return a comparison of the row that a foreign key names: by id, place in a tree, text. No row is null."""
    there = key if option.itemtype == "Entity" else f"nullif({key}, 0)"
    if comparison.searchtype == "equals":
        wanted = scope.user if comparison.value == "myself" else php.intval(comparison.value)
        or_none = f" OR {there} IS NULL" if wanted == 0 else ""
        return _not((f"{there} = ?{or_none}", [wanted]), comparison, null=True)
    if comparison.searchtype == "under":
        return _not((_below(scope, option.itemtype, there, comparison.value), []), comparison, null=True)
    of = f'FROM "{option.itemtype}" x WHERE x.id = {key}'
    if comparison.searchtype == "empty" or comparison.value.strip().upper() == "NULL":
        return _not((f"NOT EXISTS (SELECT 1 {of} AND coalesce(x.\"{option.field}\", '') <> '')", []), comparison)
    if option.itemtype == "User":
        text, args = _person(scope, comparison.plain)
    else:
        text, args = _text(scope, f'x."{option.field}"', comparison.plain)
    return _not((f"(SELECT ({text}) {of})", args), comparison, null=True)


def _person(scope: Scope, comparison: Comparison) -> Condition:
    """Return a comparison of a user by text: the login, the names, both names together."""
    places = ("x.name", "x.realname", "x.firstname", "(x.realname || ' ' || x.firstname)")
    conditions = [_text(scope, place, comparison) for place in places]
    return " OR ".join(f"({each})" for each, _ in conditions), [arg for _, args in conditions for arg in args]


def _below(scope: Scope, itemtype: str, key: str, value: str) -> str:
    return f"{key} IN ({','.join(map(str, below(scope.world, itemtype, php.intval(value))))})"


def below(world: World, itemtype: str, id: int) -> list[int]:
    """Return the ids of a row of a tree and of all beneath it."""
    key = names.foreign_key(itemtype, world.version)
    ids = [id]
    for one in ids:
        ids.extend(row["id"] for row in world.select(itemtype, f'"{key}" = ?', [one]) if row["id"] not in ids)
    return ids


def _hanging(scope: Scope, option: Option, comparison: Comparison) -> Condition:
    """Return a comparison of rows that hang on the searched one, or are linked to it."""
    source = hanging(scope, option)
    if comparison.searchtype == "empty" or comparison.value.strip().upper() == "NULL":
        return _not((f"NOT EXISTS ({source})", []), comparison)
    if option.link == option.itemtype:
        return _child(scope, option, source, comparison)
    if comparison.searchtype == "equals" and comparison.value == "0":
        return _not((f"NOT EXISTS ({source})", []), comparison)
    text, args = _pointed(scope, option, comparison.plain, f'l."{option.key}"')
    if comparison.negated and not option.apart:  # another of the rows is enough
        inner = f"NOT coalesce(({text}), 0)"
        return f"EXISTS ({source} AND {inner}) OR NOT EXISTS ({source})", args
    return _not((f"EXISTS ({source} AND ({text}))", args), comparison)


def _child(scope: Scope, option: Option, source: str, comparison: Comparison) -> Condition:
    """Return a comparison with rows that hang on the searched one; negated, one that does not fit is enough."""
    column = replace(option, link="", itemtype="", key="")
    text, args = condition(scope, column, comparison)
    inner = re.sub(r"\bt\.", "l.", text)
    exists = f"EXISTS ({source} AND ({inner}))"
    return (f"{exists} OR NOT EXISTS ({source})" if comparison.negated and option.datatype == "text" else exists), args


def hanging(scope: Scope, option: Option, what: str = "1") -> str:
    """Return the SELECT of the link's rows, called `l`, that belong to a row `t`."""
    return f'SELECT {what} FROM "{option.link}" l WHERE {belongs(scope, option, "l")}'


def belongs(scope: Scope, option: Option, link: str) -> str:
    """Check whether a row of the link, called so, belongs to a row `t`."""
    columns = scope.world.columns(option.link) or {}
    own = names.foreign_key(scope.itemtype, scope.version)
    by_type = f"{link}.itemtype = '{scope.itemtype}' AND {link}.items_id = t.id"
    mine = f'{link}."{own}" = t.id' if own in columns else by_type
    return f"{mine} AND {link}.{option.condition}" if option.condition else mine


_UNITS = {"MINUTE": "minutes", "HOUR": "hours", "DAY": "days", "WEEK": "weeks"}


def relative(value: str, now: datetime) -> str | None:
    """Return the moment that `-7DAY`, `NOW`, `TODAY`, `BEGINMONTH` mean; None for what is a date itself.

    What counts in days or longer starts with its day.
    """
    if value == "TODAY":
        return now.strftime("%Y-%m-%d")
    if value in ("BEGINMONTH", "BEGINYEAR"):
        return now.strftime("%Y-%m-01" if value == "BEGINMONTH" else "%Y-01-01")
    match = re.fullmatch(r"(-?\d+)(MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)", value)
    if match:
        number, unit = int(match.group(1)), match.group(2)
        if unit in _UNITS:
            form = "%Y-%m-%d %H:%M:%S" if unit in ("MINUTE", "HOUR") else "%Y-%m-%d"
            return (now + timedelta(**{_UNITS[unit]: number})).strftime(form)
        months = now.year * 12 + now.month - 1 + number * (12 if unit == "YEAR" else 1)
        day = min(now.day, 28)
        return now.replace(year=months // 12, month=months % 12 + 1, day=day).strftime("%Y-%m-%d")
    return now.strftime("%Y-%m-%d %H:%M:%S") if value == "NOW" else None
