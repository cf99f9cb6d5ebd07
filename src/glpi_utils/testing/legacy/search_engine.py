"""The search engine: `search/Ticket` with criteria, chosen columns, sort and range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.http import forms
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.legacy import criteria_sql, deprecated, option_tables, php, quirks, replies, row_ranges
from glpi_utils.testing.legacy import result_rows as rows
from glpi_utils.testing.legacy.conditions_sql import Scope
from glpi_utils.testing.legacy.parameters import Parameters
from glpi_utils.testing.legacy.refusals import Fatal, range_exceeded, right_missing
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.legacy.target import ABSTRACT
from glpi_utils.testing.world.credentials import LegacySession

ITIL = ("Ticket", "Change", "Problem")


@dataclass(frozen=True, slots=True)
class Sort:
    """The order asked for: `shown` is what the answer repeats, `used` what is done."""

    shown: list[int]
    order: list[str]
    used: list[tuple[int, str]]


def answer(call: Call, spelt: str) -> Answer:
    """Return a page of found rows with its headers."""
    itemtype = deprecated.itemtype_of(spelt, call.version)
    if itemtype != "AllAssets" and not call.may("read", itemtype):
        raise right_missing()
    scope = Scope(call.world, itemtype, call.session.user)
    criteria = call.parameters.get("criteria", [])
    if itemtype in ABSTRACT or not php.is_array(criteria) or not _are_criteria(call.parameters.get("metacriteria", [])):
        raise Fatal
    criteria_sql.check(criteria, scope.options)
    window = row_ranges.asked_window(call.parameters, row_ranges.list_limit(call.session))
    if window.size <= 0:
        text = (
            "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for"
        )
        raise quirks.search_sql_error(f"{text} the right syntax to use near '{window.size}' at line 4", call.version)
    sort = _sort(call.parameters, scope)
    shown = columns(scope, call, criteria, sort)
    page = rows.find(scope, call, criteria, sort.used, window, shown)
    if window.first > page.total:
        raise range_exceeded(page.total)
    body = _body(scope, call.parameters, sort, page, window, shown)
    accept = ("Accept-Range", f"{spelt} {row_ranges.ACCEPTED}")
    headers = (accept, ("Content-Range", body["content-range"])) if page.total else (accept,)
    return replies.as_json(call.req, body, 200 if len(page.ids) >= page.total else 206, headers)


def _are_criteria(criteria: Any) -> bool:
    return all(php.is_named(one) for _, one in php.entries(criteria))


def _sort(parameters: Parameters, scope: Scope) -> Sort:
    wanted = [php.intval(one) for one in _several(parameters.get("sort"))]
    wished = [str(one).upper() for one in _several(parameters.get("order"))]
    version = scope.version
    shown = wanted
    if not wanted:
        shown = quirks.default_sort(version)
    elif any(one not in scope.options for one in wanted):
        shown = quirks.unknown_sort(wanted, [one for one in wanted if one in scope.options], version)
    order = [wished[n] if n < len(wished) and wished[n] in ("ASC", "DESC") else "ASC" for n in range(len(shown))]
    used = [(one, way) for one, way in zip(shown, order, strict=True) if one in scope.options]
    return Sort(shown, order, used)


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return php.values(value) if php.is_array(value) else [value]


def columns(scope: Scope, call: Call, criteria: Any, sort: Sort) -> list[int]:
    """Return the columns shown: default ones, forced ones or those of the screen, the criteria's."""
    first = [2, 1] if scope.itemtype in ITIL else [1]
    if _several_entities(scope, call.session):
        first.append(80)
    forced = [php.intval(one) for one in _several(call.parameters.get("forcedisplay"))]
    if "forcedisplay" not in call.parameters.bag:
        forced = list(option_tables.SHOWN.get(scope.itemtype, option_tables.SHOWN_ELSEWHERE))
    if scope.itemtype == "AllAssets":
        forced = forced if "forcedisplay" in call.parameters.bag else [31]
    wanted = [*first, *forced, *criteria_sql.fields(criteria), *(one for one, _ in sort.used)]
    return [one for one in dict.fromkeys(wanted) if one in scope.options]


def _several_entities(scope: Scope, session: LegacySession) -> bool:
    """Check whether the search shows each row's entity: it does where there are several."""
    has = scope.itemtype == "AllAssets" or "entities_id" in (scope.world.columns(scope.itemtype) or {})
    return has and scope.itemtype != "User" and (len(session.entities) > 1 or scope.world.count("Entity") > 1)


def _inside(
    scope: Scope, parameters: Parameters, sort: Sort, window: row_ranges.Window, shown: list[int]
) -> dict[str, Any]:
    """Return part of what `rawdata` shows of the engine; the real one shows its SQL and the session's token, too."""
    columns = scope.world.columns(scope.itemtype) or {}
    search = {
        "itemtype": scope.itemtype,
        "criteria": forms.as_json(parameters.get("criteria", [])),
        "metacriteria": forms.as_json(parameters.get("metacriteria", [])),
        "sort": sort.shown,
        "order": sort.order,
        "start": str(window.first),
        "is_deleted": int(parameters.on("is_deleted")),
    }
    blank = {name: 0 if name == "entities_id" else "" for name in columns}
    item = {"showdebug": False, "taborientation": "vertical", "get_item_to_display_tab": True, "fields": blank}
    item |= {"input": [], "updates": []}
    if quirks.is_ten(scope.version):
        del search["itemtype"]
    inside = {"search": search, "itemtype": scope.itemtype, "item": item, "display_type": 0}
    return {**inside, "toview": shown, "meta_toview": []}


def _body(
    scope: Scope, parameters: Parameters, sort: Sort, page: rows.SearchPage, window: row_ranges.Window, shown: list[int]
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "totalcount": page.total,
        "count": len(page.ids),
        "sort": sort.shown,
        "order": sort.order,
    }
    lines = rows.lines(scope, parameters, page, shown)
    if quirks.texts_are_sanitised(scope.version):
        lines = [quirks.sanitised_deep(line) for line in lines]
    if lines:  # without any row there is no `data` either
        indexed = "withindexes" in parameters.bag
        body["data"] = dict(zip(map(str, page.ids), lines, strict=True)) if indexed else lines
        if "giveItems" in parameters.bag:
            cells = [{key: f"<span>{value}</span>" for key, value in line.items()} for line in lines]
            body["data_html"] = dict(zip(map(str, page.ids), cells, strict=True)) if indexed else cells
    if parameters.on("rawdata"):
        body["rawdata"] = _inside(scope, parameters, sort, window, shown)
    body["content-range"] = f"{window.first}-{min(window.last, page.total - 1)}/{page.total}"
    return body
