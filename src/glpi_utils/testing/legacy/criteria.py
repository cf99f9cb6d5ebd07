"""Search criteria as SQL over one itemtype, called `t`: what each search type means for each kind of column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from glpi_utils.testing.legacy import lists, names, php, quirks, searchoptions
from glpi_utils.testing.legacy.errors import Fatal, SqlFailed, bad_request
from glpi_utils.testing.legacy.options import Option
from glpi_utils.testing.world import World

Condition = tuple[str, list[Any]]
STATUSES = {"notold": (1, 2, 3, 4), "old": (5, 6), "process": (2, 3), "notclosed": (1, 2, 3, 4, 5)}
UNITS = {"MINUTE": "minutes", "HOUR": "hours", "DAY": "days", "WEEK": "weeks"}
SOFTWARE = (
    'SELECT v.softwares_id FROM "Item_SoftwareVersion" i JOIN "SoftwareVersion" v ON v.id = i.softwareversions_id '
    "WHERE i.itemtype = 'Computer' AND i.items_id = t.id"
)
"""The software of a computer: the one relation that criteria on a second itemtype follow here."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows are searched, and by whom."""

    world: World
    itemtype: str
    user: int

    @property
    def options(self) -> dict[int, Option]:
        """The itemtype's search options."""
        return searchoptions.of(self.itemtype, self.world.version)


def check(given: Any, options: dict[int, Option]) -> None:
    """GLPI's own check; it stops at the first nested group, and what stands after that is not looked at."""
    for _, criterion in php.entries(given):
        if not php.is_named(criterion):
            raise Fatal
        if "criteria" in criterion:
            check(criterion["criteria"], options)
            return
        if any(criterion.get(key) is None for key in ("field", "searchtype", "value")):
            raise bad_request("Malformed search criteria")
        field = str(criterion["field"])
        if not re.fullmatch(r"[0-9]+", field) or int(field) not in options:
            raise bad_request("Bad field ID in search criteria")
        if options[int(field)].nosearch:
            raise bad_request("Forbidden field ID in search criteria")


def fields(given: Any) -> list[int]:
    """The columns that criteria speak of, those of a second itemtype left out."""
    found: list[int] = []
    for _, criterion in php.entries(given):
        if "criteria" in criterion:
            found.extend(fields(criterion["criteria"]))
        elif not php.truthy(criterion.get("meta")):
            found.append(php.intval(criterion.get("field")))
    return found


def joined(scope: Scope, given: Any) -> Condition:
    """All criteria of one level, linked as they say, with SQL's own precedence of AND and OR."""
    text, args = "", list[Any]()
    for _, criterion in php.entries(given):
        found = _one(scope, criterion)
        if found is None:
            continue
        link = str(criterion.get("link") or "AND").upper()
        operator, _, negated = link.partition(" ")
        piece = f"NOT coalesce(({found[0]}), 0)" if negated == "NOT" else f"({found[0]})"
        text = f"{text} {operator if operator == 'OR' else 'AND'} {piece}" if text else piece
        args.extend(found[1])
    return text, args


def _one(scope: Scope, criterion: dict[str, Any]) -> Condition | None:
    if "criteria" in criterion:
        inner = joined(scope, criterion["criteria"])
        return inner if inner[0] else None
    option_id, value = php.intval(criterion["field"]), criterion["value"]
    searchtype = str(criterion["searchtype"])
    value = str(int(value)) if isinstance(value, bool) else str(value)
    if value == "" and searchtype != "empty":
        return None
    if php.truthy(criterion.get("meta")):
        return _of_second_itemtype(scope, str(criterion.get("itemtype") or ""), option_id, searchtype, value)
    option = scope.options.get(option_id)
    return condition(scope, option, searchtype, value) if option else None


def _of_second_itemtype(scope: Scope, itemtype: str, option_id: int, searchtype: str, value: str) -> Condition:
    if (scope.itemtype, itemtype) != ("Computer", "Software"):
        table = names.table(itemtype, scope.world.version)
        raise quirks.search_sql_error(f"Unknown column '{table}.name' in 'SELECT'", scope.world.version)
    other = Scope(scope.world, itemtype, scope.user)
    option = other.options.get(option_id)
    if option is None:
        raise SqlFailed(f"Unknown column '{option_id}' in 'WHERE'")
    text, args = condition(other, option, searchtype, value)
    inner = re.sub(r"\bt\.", "s.", text)
    return f'EXISTS (SELECT 1 FROM "Software" s WHERE s.id IN ({SOFTWARE}) AND ({inner}))', args


def condition(scope: Scope, option: Option, searchtype: str, value: str) -> Condition:
    """One criterion. A search type that the column does not know changes its meaning in silence."""
    if option.datatype == "specific":
        return _specific(option, value)
    offered = searchoptions.searchtypes(option, scope.itemtype, scope.world.version)
    meant = searchtype if searchtype in offered or searchtype == "empty" else "contains"
    if meant in ("notcontains", "notequals", "notunder"):
        text, args = _meant(scope, option, meant.removeprefix("not"), value)
        return f"NOT coalesce(({text}), 0)", args
    return _meant(scope, option, meant, value)


def _specific(option: Option, value: str) -> Condition:
    column = f't."{option.field}"'
    if value == "all":
        return "1", []
    if option.field == "status" and value in STATUSES:
        return f"{column} IN ({','.join(map(str, STATUSES[value]))})", []
    return f"{column} = ?", [php.intval(value)]


def _meant(scope: Scope, option: Option, searchtype: str, value: str) -> Condition:
    if option.link:
        return _hanging(scope, option, searchtype, value)
    if option.key:
        return _pointed(scope, option, searchtype, value, f't."{option.key}"')
    column = f't."{option.field}"'
    if searchtype == "empty":
        return f"{column} IS NULL OR {column} = ''", []
    if option.datatype in ("date", "datetime"):
        return _moment(scope, column, searchtype, value)
    if option.datatype in ("number", "timestamp"):
        return _number(scope, column, searchtype, value)
    if option.datatype == "bool":
        return f"{column} = ?", [php.intval(value)]
    if searchtype == "equals":  # an itemlink is compared by its row
        return "t.id = ?", [php.intval(value)]
    return _text(column, value)


def _text(column: str, value: str) -> Condition:
    if value == "NULL":
        return f"{column} IS NULL OR {column} = ''", []
    return f"{column} LIKE ?", [lists.pattern(value)]


def _number(scope: Scope, column: str, searchtype: str, value: str) -> Condition:
    compared = re.fullmatch(r"\s*([<>])(=?)\s*(-?)\s*([0-9]+(?:\.[0-9]+)?)\s*", value)
    if compared:
        sign, equal, minus, digits = compared.groups()
        return f"{column} {sign}{equal} ?", [_as_number(minus + digits)]
    if php.is_numeric(value):
        return f"{column} = ?", [_as_number(value)]
    if searchtype == "equals" or not quirks.anchored_number_matches(scope.world.version):
        return "0", []
    return f"{column} LIKE ?", [lists.pattern(value)]


def _as_number(text: str) -> int | float:
    return php.intval(text) if re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", text) else float(text)


def _moment(scope: Scope, column: str, searchtype: str, value: str) -> Condition:
    if searchtype == "contains":
        return _text(column, value)
    when = relative(value, scope.world.clock().astimezone(UTC)) or value
    if searchtype in ("lessthan", "morethan"):
        full = f"{when} 00:00:00" if len(when) == 10 else when
        return f"{column} {'<' if searchtype == 'lessthan' else '>'} ?", [full]
    return f"{column} LIKE ?", [f"{when}%"]


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
        if unit in UNITS:
            form = "%Y-%m-%d %H:%M:%S" if unit in ("MINUTE", "HOUR") else "%Y-%m-%d"
            return (now + timedelta(**{UNITS[unit]: number})).strftime(form)
        months = now.year * 12 + now.month - 1 + number * (12 if unit == "YEAR" else 1)
        day = min(now.day, 28)
        return now.replace(year=months // 12, month=months % 12 + 1, day=day).strftime("%Y-%m-%d")
    return now.strftime("%Y-%m-%d %H:%M:%S") if value == "NOW" else None


def _pointed(scope: Scope, option: Option, searchtype: str, value: str, key: str) -> Condition:
    """A row that a foreign key names: by id, by its place in a tree, by its text."""
    if searchtype == "empty":
        return f"{key} = 0 OR {key} IS NULL", []
    if searchtype == "equals":
        return f"{key} = ?", [scope.user if value == "myself" else php.intval(value)]
    if searchtype == "under":
        ids = below(scope.world, option.itemtype, php.intval(value))
        return f"{key} IN ({','.join(map(str, ids))})", []
    text, args = _text(f'x."{option.field}"', value)
    found = f'EXISTS (SELECT 1 FROM "{option.itemtype}" x WHERE x.id = {key} AND ({text}))'
    return (f"{key} = 0 OR NOT {found}" if value == "NULL" else found), args


def below(world: World, itemtype: str, id: int) -> list[int]:
    """A row of a tree and all beneath it."""
    key = names.foreign_key(itemtype, world.version)
    found = [id]
    for one in found:
        found.extend(row["id"] for row in world.select(itemtype, f'"{key}" = ?', [one]) if row["id"] not in found)
    return found


def _hanging(scope: Scope, option: Option, searchtype: str, value: str) -> Condition:
    """Rows that hang on the searched one, or are linked to it."""
    source = hanging(scope, option)
    if searchtype == "empty" or value == "NULL":
        return f"NOT EXISTS ({source})", []
    if option.link == option.itemtype:
        text, args = _text(f'l."{option.field}"', value)
    else:
        text, args = _pointed(scope, option, searchtype, value, f'l."{option.key}"')
    return f"EXISTS ({source} AND ({text}))", args


def hanging(scope: Scope, option: Option, what: str = "1") -> str:
    """The SELECT of the link's rows, called `l`, that belong to a row `t`."""
    columns = scope.world.columns(option.link) or {}
    own = names.foreign_key(scope.itemtype, scope.world.version)
    by_type = f"l.itemtype = '{scope.itemtype}' AND l.items_id = t.id"
    mine = f'l."{own}" = t.id' if own in columns else by_type
    condition = f" AND l.{option.condition}" if option.condition else ""
    return f'SELECT {what} FROM "{option.link}" l WHERE {mine}{condition}'
