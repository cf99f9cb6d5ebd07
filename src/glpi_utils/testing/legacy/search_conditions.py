"""What one search criterion means as SQL over the row `t`: each search type for each kind of column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from glpi_utils.testing.legacy import names, php, quirks, search_options
from glpi_utils.testing.legacy.search_columns import Option
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
        return search_options.of(self.itemtype, self.version)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a column; `negated`: its link says NOT."""

    searchtype: str
    value: str
    negated: bool = False

    @property
    def plain(self) -> Asked:
        """The same, not negated."""
        return replace(self, negated=False)


def condition(scope: Scope, option: Option, asked: Asked) -> Condition:
    """One criterion. A search type that the column does not know changes its meaning in silence."""
    offered = search_options.searchtypes(option, scope.itemtype, scope.version)
    means = "equals" if option.datatype in ("specific", "bool") else "contains"
    meant = asked.searchtype if asked.searchtype in (*offered, "empty") else means
    asked = replace(asked, searchtype=meant)
    if option.link:
        return _hanging(scope, option, _turned(asked)) if option.datatype != "count" else _number(scope, option, asked)
    if option.key and meant != "empty":
        return _pointed(scope, option, _turned(asked), f't."{option.key}"')
    column = value_of(scope, option)
    if meant == "empty":
        left_out = option.datatype == "specific" and option.field in (
            "urgency",
            "impact",
            "priority",
            "global_validation",
        )
        return ("1", []) if left_out else _not(_empty(option, column), asked)
    if option.datatype in NUMBERS:
        return _number(scope, option, asked)
    asked = _turned(asked)
    if option.datatype in ("specific", "bool"):
        return _not(_choice(option, column, asked.value), asked)
    if option.datatype in ("date", "datetime"):
        return _moment(scope, option, column, asked)
    if asked.searchtype == "equals":  # an itemlink is compared by its row
        return _not(("t.id = ?", [php.intval(asked.value)]), asked)
    if asked.searchtype == "under":
        return _not((_below(scope, scope.itemtype, "t.id", asked.value), []), asked)
    return _text(scope, column, asked)


def value_of(scope: Scope, option: Option) -> str:
    """A column's value, as SQL."""
    if option.datatype == "count":
        return f"({hanging(scope, option, 'count(*)')})"
    if option.key:
        return f'(SELECT x."{option.field}" FROM "{option.itemtype}" x WHERE x.id = t."{option.key}")'
    return f't."{option.field}"'


def _turned(asked: Asked) -> Asked:
    """`notcontains` as the negation of `contains`."""
    if asked.searchtype not in ("notcontains", "notequals", "notunder"):
        return asked
    return Asked(asked.searchtype.removeprefix("not"), asked.value, not asked.negated)


def _not(found: Condition, asked: Asked, *, null: bool = False) -> Condition:
    """The negation, where it is asked for; `null`: a row without a value is found by it too."""
    if not asked.negated:
        return found
    return (f"NOT coalesce(({found[0]}), 0)" if null else f"NOT ({found[0]})"), found[1]


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


def _text(scope: Scope, column: str, asked: Asked) -> Condition:
    value = asked.value.strip()
    if value.upper() == "NULL":
        return _not((f"{column} IS NULL OR {column} = ''", []), asked)
    if value in ("$", "^$"):
        return _not((f"{column} IS NULL", []), asked)
    if not quirks.is_ten(scope.version) and re.search(r"[\r\n]", value):
        return _not(("0", []), asked)
    looked_at, wanted = quirks.searched_text(column, value, scope.version)
    return _not((f"{looked_at} LIKE ?", [pattern(wanted)]), asked, null=True)


def pattern(value: str) -> str:
    """A LIKE pattern: anywhere, unless anchored by `^` or `$`; `%` is a wildcard, `_` and a backslash are not."""
    start, end = value.startswith("^"), value.endswith("$")
    text = value[1 if start else 0 : len(value) - 1 if end else len(value)]
    escaped = text.replace("\\", "\\\\").replace("_", "\\_")
    return ("" if start else "%") + escaped + ("" if end else "%")


def _number(scope: Scope, option: Option, asked: Asked) -> Condition:
    """A number: `notcontains` means as much as `contains`, and a negation turns the sign round."""
    column = value_of(scope, option)
    negated = asked.negated != (
        asked.searchtype == "notequals" or (asked.searchtype[:3] == "not" and option.link != "")
    )
    compared = re.fullmatch(r"\s*([<>])(=?)\s*(-?)\s*([0-9]+(?:\.[0-9]+)?)\s*", asked.value)
    if compared:
        sign, equal, minus, digits = compared.groups()
        return f"{column} {OPPOSITE[sign] if negated else sign}{equal} ?", [_as_number(minus + digits)]
    if php.is_numeric(asked.value):
        return f"{column} {'<>' if negated else '='} ?", [_as_number(asked.value)]
    if asked.searchtype == "equals" or not quirks.anchored_number_matches(scope.version):
        return "0", []
    return _not((f"{column} LIKE ?", [pattern(asked.value)]), asked, null=True)


def _as_number(text: str) -> int | float:
    return php.intval(text) if re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", text) else float(text)


def _moment(scope: Scope, option: Option, column: str, asked: Asked) -> Condition:
    if asked.searchtype == "contains":
        return _text(scope, column, asked)
    when = relative(asked.value, scope.world.clock().astimezone(scope.world.zone)) or asked.value
    if asked.searchtype in ("lessthan", "morethan"):
        full = f"{when} 00:00:00" if len(when) == 10 and option.datatype == "datetime" else when
        return _not((f"{column} {'<' if asked.searchtype == 'lessthan' else '>'} ?", [full]), asked)
    if option.datatype == "date":
        return _not((f"{column} = ?", [when]), asked)
    return _not((f"{column} LIKE ?", [f"{when}%"]), asked, null=True)


def _pointed(scope: Scope, option: Option, asked: Asked, key: str) -> Condition:
    """A row that a foreign key names: by id, by its place in a tree, by its text. No row is null, as in a left join."""
    there = key if option.itemtype == "Entity" else f"nullif({key}, 0)"
    if asked.searchtype == "equals":
        wanted = scope.user if asked.value == "myself" else php.intval(asked.value)
        or_none = f" OR {there} IS NULL" if wanted == 0 else ""
        return _not((f"{there} = ?{or_none}", [wanted]), asked, null=True)
    if asked.searchtype == "under":
        return _not((_below(scope, option.itemtype, there, asked.value), []), asked, null=True)
    of = f'FROM "{option.itemtype}" x WHERE x.id = {key}'
    if asked.searchtype == "empty" or asked.value.strip().upper() == "NULL":
        return _not((f"NOT EXISTS (SELECT 1 {of} AND coalesce(x.\"{option.field}\", '') <> '')", []), asked)
    if option.itemtype == "User":
        text, args = _person(scope, asked.plain)
    else:
        text, args = _text(scope, f'x."{option.field}"', asked.plain)
    return _not((f"(SELECT ({text}) {of})", args), asked, null=True)


def _person(scope: Scope, asked: Asked) -> Condition:
    """A user by text: the login, the names, both names together."""
    places = ("x.name", "x.realname", "x.firstname", "(x.realname || ' ' || x.firstname)")
    found = [_text(scope, place, asked) for place in places]
    return " OR ".join(f"({each})" for each, _ in found), [arg for _, args in found for arg in args]


def _below(scope: Scope, itemtype: str, key: str, value: str) -> str:
    return f"{key} IN ({','.join(map(str, below(scope.world, itemtype, php.intval(value))))})"


def below(world: World, itemtype: str, id: int) -> list[int]:
    """A row of a tree and all beneath it."""
    key = names.foreign_key(itemtype, world.version)
    found = [id]
    for one in found:
        found.extend(row["id"] for row in world.select(itemtype, f'"{key}" = ?', [one]) if row["id"] not in found)
    return found


def _hanging(scope: Scope, option: Option, asked: Asked) -> Condition:
    """Rows that hang on the searched one, or are linked to it."""
    source = hanging(scope, option)
    if asked.searchtype == "empty" or asked.value.strip().upper() == "NULL":
        return _not((f"NOT EXISTS ({source})", []), asked)
    if option.link == option.itemtype:
        return _child(scope, option, source, asked)
    if asked.searchtype == "equals" and asked.value == "0":
        return _not((f"NOT EXISTS ({source})", []), asked)
    text, args = _pointed(scope, option, asked.plain, f'l."{option.key}"')
    if asked.negated and not option.apart:  # another of the rows is enough
        inner = f"NOT coalesce(({text}), 0)"
        return f"EXISTS ({source} AND {inner}) OR NOT EXISTS ({source})", args
    return _not((f"EXISTS ({source} AND ({text}))", args), asked)


def _child(scope: Scope, option: Option, source: str, asked: Asked) -> Condition:
    """A column of the rows that hang on the searched one; negated, one row that does not fit is enough."""
    column = replace(option, link="", itemtype="", key="")
    text, args = condition(scope, column, asked)
    inner = re.sub(r"\bt\.", "l.", text)
    found = f"EXISTS ({source} AND ({inner}))"
    return (f"{found} OR NOT EXISTS ({source})" if asked.negated and option.datatype == "text" else found), args


def hanging(scope: Scope, option: Option, what: str = "1") -> str:
    """The SELECT of the link's rows, called `l`, that belong to a row `t`."""
    return f'SELECT {what} FROM "{option.link}" l WHERE {belongs(scope, option, "l")}'


def belongs(scope: Scope, option: Option, link: str) -> str:
    """Whether a row of the link, called so, belongs to a row `t`."""
    columns = scope.world.columns(option.link) or {}
    own = names.foreign_key(scope.itemtype, scope.version)
    by_type = f"{link}.itemtype = '{scope.itemtype}' AND {link}.items_id = t.id"
    mine = f'{link}."{own}" = t.id' if own in columns else by_type
    return f"{mine} AND {link}.{option.condition}" if option.condition else mine


_UNITS = {"MINUTE": "minutes", "HOUR": "hours", "DAY": "days", "WEEK": "weeks"}


def relative(value: str, now: datetime) -> str | None:
    """`-7DAY`, `NOW`, `TODAY`, `BEGINMONTH` as the moment they mean; None for what is a date itself.

    What counts in days or longer starts with its day.
    """
    if value == "TODAY":
        return now.strftime("%Y-%m-%d")
    if value in ("BEGINMONTH", "BEGINYEAR"):
        return now.strftime("%Y-%m-01" if value == "BEGINMONTH" else "%Y-01-01")
    found = re.fullmatch(r"(-?\d+)(MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)", value)
    if found:
        number, unit = int(found.group(1)), found.group(2)
        if unit in _UNITS:
            form = "%Y-%m-%d %H:%M:%S" if unit in ("MINUTE", "HOUR") else "%Y-%m-%d"
            return (now + timedelta(**{_UNITS[unit]: number})).strftime(form)
        months = now.year * 12 + now.month - 1 + number * (12 if unit == "YEAR" else 1)
        day = min(now.day, 28)
        return now.replace(year=months // 12, month=months % 12 + 1, day=day).strftime("%Y-%m-%d")
    return now.strftime("%Y-%m-%d %H:%M:%S") if value == "NOW" else None
