"""The rows that a search finds and the values of their columns, as the engine prints them raw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.legacy import conditions_sql, criteria_sql, option_lists, php
from glpi_utils.testing.legacy.conditions_sql import Scope
from glpi_utils.testing.legacy.option_tables import Option
from glpi_utils.testing.legacy.parameters import Parameters
from glpi_utils.testing.legacy.row_ranges import Window
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.world.rights import visible

SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The rows of a window: their ids and (AllAssets) itemtypes, and how many there are in all."""

    ids: list[int]
    itemtypes: list[str]
    total: int


def find(
    scope: Scope, call: Call, criteria: Any, sort: list[tuple[int, str]], window: Window, shown: list[int]
) -> SearchPage:
    """Return the rows of a window; `shown` are the columns, since some make several rows of one item."""
    types = option_lists.assets(scope.version) if scope.itemtype == "AllAssets" else [scope.itemtype]
    if len(types) == 1:
        text, args = _source(scope, call, criteria, [scope.options[one] for one in shown])
        order = ", ".join([*(f"{_value(scope, scope.options[one])} {way}" for one, way in sort), "t.id"])
        page = scope.world.sql(
            f"SELECT t.id {text} ORDER BY {order} LIMIT ? OFFSET ?", [*args, window.size, window.first]
        )
        if not php.values(criteria):  # with criteria GLPI counts what its one query found
            scope.world.between(len(page))
        total = int(scope.world.sql(f"SELECT count(*) AS n {text}", args)[0]["n"])
        return SearchPage([row["id"] for row in page], [scope.itemtype] * len(page), total)
    pairs: list[tuple[Any, int, str]] = []
    for itemtype in types:
        one = Scope(scope.world, itemtype, scope.user)
        text, args = _source(one, call, criteria, [])
        by_name = "lower(t.name)" if sort else "t.id"
        pairs.extend(
            (row["k"], row["id"], itemtype) for row in one.world.sql(f"SELECT {by_name} AS k, t.id {text}", args)
        )
    pairs.sort(key=lambda pair: (str(pair[0] or "") if sort else pair[0], pair[1]))
    page_of = pairs[window.first : window.last + 1]
    return SearchPage([one for _, one, _ in page_of], [itemtype for _, _, itemtype in page_of], len(pairs))


def _source(scope: Scope, call: Call, criteria: Any, shown: list[Option]) -> tuple[str, list[Any]]:
    columns = scope.world.columns(scope.itemtype) or {}
    seen, args = visible(scope.world, call.who, scope.itemtype)
    parts = [f't.id IN (SELECT id FROM "{scope.itemtype}" WHERE {seen})'] if seen else []
    if "is_deleted" in columns:
        parts.append(f"t.is_deleted = {int(call.parameters.on('is_deleted'))}")
    if "is_template" in columns:
        parts.append("t.is_template = 0")
    for after_grouping in (False, True):
        text, more = criteria_sql.joined(scope, criteria, after_grouping=after_grouping)
        if text:
            parts.append(f"({text})")
            args = [*args, *more]
    if "Software" in criteria_sql.required(criteria):
        parts.append(f"EXISTS ({criteria_sql.SOFTWARE})")
    where = f" WHERE {' AND '.join(parts)}" if parts else ""
    return f'FROM "{scope.itemtype}" t{_joins(scope, shown)}{where}', list(args)


def _joins(scope: Scope, shown: list[Option]) -> str:
    """Return one row of each item, where any column shown makes GLPI group; else one for each of what is joined."""
    if any(option.link and not option.ungrouped for option in shown):
        return ""
    several = [option for option in shown if option.ungrouped]
    return "".join(
        f' LEFT JOIN "{option.link}" u{option.id} ON {conditions_sql.belongs(scope, option, f"u{option.id}")}'
        for option in several
    )


def lines(scope: Scope, parameters: Parameters, page: SearchPage, shown: list[int]) -> list[dict[str, Any]]:
    """Return one line per row; keys are option numbers, or with uid_cols their uids."""
    by_uid = "uid_cols" in parameters.bag
    version = scope.version
    made: list[dict[str, Any]] = []
    for itemtype in dict.fromkeys(page.itemtypes):
        one = Scope(scope.world, itemtype, scope.user)
        ids = [key for key, of in zip(page.ids, page.itemtypes, strict=True) if of == itemtype]
        columns = [one.options[number] for number in shown if number in one.options]
        values = _values(one, columns, ids)
        keys = [option_lists.uid(option, itemtype, version) if by_uid else str(option.id) for option in columns]
        made.extend({**dict(zip(keys, values[key], strict=True)), "\0": (key, itemtype)} for key in ids)
    order = {pair: place for place, pair in enumerate(zip(page.ids, page.itemtypes, strict=True))}
    made.sort(key=lambda line: order[line["\0"]])
    for line in made:
        row_id, itemtype = line.pop("\0")
        _second_itemtype(scope, parameters, row_id, line, by_uid=by_uid)
        if scope.itemtype == "AllAssets":
            line |= {"id": row_id, "itemtype": itemtype}
    return made


def _values(scope: Scope, columns: list[Option], ids: list[int]) -> dict[int, list[Any]]:
    if not ids:
        return {}
    wanted = ", ".join(f"{_value(scope, option)} AS c{place}" for place, option in enumerate(columns)) or "1 AS c0"
    marks = ",".join(map(str, ids))
    rows = scope.world.sql(f'SELECT t.id AS row_id, {wanted} FROM "{scope.itemtype}" t WHERE t.id IN ({marks})')
    return {row["row_id"]: [_split(option, row[f"c{place}"]) for place, option in enumerate(columns)] for row in rows}


def _value(scope: Scope, option: Option) -> str:
    """Return the column as an SQL expression over `t`. Linked users come as their id, all else by name."""
    if option.link and option.datatype != "count":
        shown = f'l."{option.field}"'
        if option.link != option.itemtype:
            named = f'(SELECT x."{option.field}" FROM "{option.itemtype}" x WHERE x.id = l."{option.key}")'
            shown = f'CAST(l."{option.key}" AS TEXT)' if option.itemtype == "User" else named
        listed = conditions_sql.hanging(scope, option, f"DISTINCT {shown} AS v")
        return f"(SELECT group_concat(v, '{SEPARATOR}') FROM ({listed}) WHERE v IS NOT NULL)"
    return conditions_sql.value_of(scope, option)


def _split(option: Option, value: Any) -> Any:
    if not option.link or not isinstance(value, str):
        return value
    parts = value.split(SEPARATOR)
    return parts if len(parts) > 1 and not option.ungrouped else parts[0]


def _second_itemtype(scope: Scope, parameters: Parameters, id: int, line: dict[str, Any], *, by_uid: bool) -> None:
    """Add the columns of a second itemtype; without uid_cols they overwrite the first's of the same number.

    `metacriteria` are taken and filter nothing: their column is always an empty list.
    """
    for _, criterion in php.entries(parameters.get("criteria", [])):
        if php.truthy(criterion.get("meta")) and criterion.get("itemtype") == "Software":
            text = criteria_sql.SOFTWARE.replace("t.id", str(id))
            names = [row["name"] for row in scope.world.sql(f'SELECT name FROM "Software" WHERE id IN ({text})')]
            key = "Software.name" if by_uid else str(criterion.get("field"))
            line[key] = names[0] if len(names) == 1 else names
    for _, criterion in php.entries(parameters.get("metacriteria", [])):
        field = str(criterion.get("field"))
        line[f"{criterion.get('itemtype')}.name" if by_uid else field] = []
