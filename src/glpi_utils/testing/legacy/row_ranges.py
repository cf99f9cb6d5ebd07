"""Lists and sub-items: `GET /Ticket`, `GET /Ticket/1/ITILFollowup`: windows by offset, LIKE filters, totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.legacy import deprecated, names, php, quirks, rendering, replies, single_rows
from glpi_utils.testing.legacy.parameters import Parameters
from glpi_utils.testing.legacy.refusals import Fatal, Refused, bad_request, range_exceeded, right_missing
from glpi_utils.testing.legacy.session_call import Call
from glpi_utils.testing.legacy.target import Target
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.knowledge import Column
from glpi_utils.testing.world.rights import SELF_SERVICE, Who, marks, visible
from glpi_utils.testing.world.store import quoted
from glpi_utils.testing.world.world import World

LIST_LIMIT = 20
ACCEPTED = 1000
"""`max_input_vars`: what Accept-Range says, and nothing heeds."""


@dataclass(frozen=True, slots=True)
class Window:
    """The rows asked for, both ends included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many rows fit; zero or less when the range is inverted."""
        return self.last - self.first + 1


def answer(call: Call, target: Target) -> Answer:
    """Return a page of rows with its headers."""
    spelt = target.itemtype
    itemtype = deprecated.itemtype_of(spelt, call.version)
    columns = call.world.columns(itemtype)
    if columns is None:
        raise Fatal  # an abstract class has no table
    how = rendering.show(call, spelt)
    if not call.may("read", itemtype):
        raise right_missing()
    window = asked_window(call.parameters, list_limit(call.session))
    order = _order(call, columns, itemtype)
    where, args = _where(call, target, itemtype, columns)
    if window.size <= 0 and (refusal := quirks.inverted_range(call.version)):
        raise refusal
    only_id = call.parameters.on("only_id")
    rows = _rows(call.world, itemtype, where, args, order, window, "id" if only_id else "*")
    call.world.between(len(rows))
    total = counted(call.world, call.who, itemtype, where, args)
    if window.first > total:
        raise range_exceeded(total)
    last = _last(call, window, total)
    headers = _headers(window, last, total, spelt)
    if not only_id and quirks.memory_limit(len(rows), call.version):
        return replies.fatal(call.req, Fatal(), call.version, headers)
    shown = [_shown(call.world, itemtype, row, how, only_id=only_id) for row in rows]
    return replies.as_json(call.req, shown, _status(window, last, total), headers)


def asked_window(parameters: Parameters, limit: int) -> Window:
    """Return the window of `range=a-b`, else of the user's list limit."""
    text = parameters.get("range", f"0-{limit - 1}")
    if php.is_array(text):
        raise Fatal
    if not re.fullmatch(r"[0-9]+-[0-9]+", str(text)):
        raise bad_request("range must be in format : [start-end] with integers")
    first, _, last = str(text).partition("-")
    return Window(int(first), int(last))


def list_limit(session: LegacySession) -> int:
    """Return how many rows the user's screen shows."""
    return int(session.data.get("user", {}).get("list_limit") or LIST_LIMIT)


def _order(call: Call, columns: dict[str, Column], itemtype: str) -> str:
    sort, order = call.parameters.get("sort", "id"), call.parameters.get("order", "ASC")
    if php.is_array(sort) or php.is_array(order):
        raise Fatal
    if str(order).upper() not in ("ASC", "DESC"):
        raise bad_request("order must be DESC or ASC")
    if sort not in columns:
        raise bad_request(f"sort param is not a field of {names.table(itemtype, call.version)}")
    way = quirks.direction(str(order), call.version)
    return f'"{sort}" {way}' + ("" if sort == "id" else f", id {way}")  # equal rows come as the index has them


def _where(call: Call, target: Target, itemtype: str, columns: dict[str, Column]) -> tuple[str, list[Any]]:
    conditions = [visible(call.world, call.who, itemtype)]
    if "is_deleted" in columns:
        conditions.append(("is_deleted = ?", [int(call.parameters.on("is_deleted"))]))
    if target.parent is not None:
        conditions.append(_of_parent(call, target, itemtype, columns))
    conditions.extend(_of_texts(call.world, call.parameters.get("searchText"), itemtype, columns))
    texts = [text for text, _ in conditions if text]
    return " AND ".join(f"({text})" for text in texts), [arg for text, args in conditions if text for arg in args]


def _of_parent(call: Call, target: Target, itemtype: str, columns: dict[str, Column]) -> tuple[str, list[Any]]:
    """Return the filter that the columns allow; where none fits there is none: `/Computer/8/Software` lists all."""
    parent, parent_id = str(target.parent), target.parent_id or 0
    row = single_rows.readable(call, parent, parent_id)
    own_key, child_key = names.foreign_key(parent, call.version), names.foreign_key(itemtype, call.version)
    if own_key in columns:
        return f'"{own_key}" = ?', [parent_id]
    if "itemtype" in columns and "items_id" in columns:
        return "itemtype = ? AND items_id = ?", [parent, parent_id]
    if child_key in row:
        return "id = ?", [row[child_key]]
    if row.get("itemtype") and "items_id" in row:
        return ("id = ?", [row["items_id"]]) if row["itemtype"] == itemtype else ("0", [])
    return "", []


def _of_texts(world: World, wanted: Any, itemtype: str, columns: dict[str, Column]) -> list[tuple[str, list[Any]]]:
    """Return the conditions of `searchText[field]=v`: LIKE, also on numbers; a text instead of brackets is ignored."""
    conditions: list[tuple[str, list[Any]]] = []
    if not php.is_array(wanted) and not php.is_object(wanted):
        return conditions
    for field, value in php.entries(wanted):
        if field in rendering.undisclosed(itemtype):
            continue
        if field not in columns:
            message = f"Field {field} is not valid for {itemtype} item."
            raise Refused(400, "ERROR_FIELD_NOT_FOUND", message, documented=True)
        if php.is_array(value) or php.is_object(value):
            raise Fatal
        if not quirks.zero_is_no_filter(value, world.version):
            conditions.append(
                (f"{quirks.matched_text(str(field), str(value), world.version)} LIKE ?", [pattern(str(value))])
            )
    return conditions


def pattern(value: str) -> str:
    """Return a LIKE pattern: anywhere, unless anchored by `^` or `$`."""
    start, end = value.startswith("^"), value.endswith("$")
    text = value[1 if start else 0 : len(value) - 1 if end else len(value)]
    return ("" if start else "%") + text + ("" if end else "%")


def _rows(
    world: World, itemtype: str, where: str, args: list[Any], order: str, window: Window, columns: str
) -> list[dict[str, Any]]:
    limited = window.size > 0  # an inverted range has no limit (11)
    text = f"SELECT {columns} FROM {quoted(itemtype)}{f' WHERE {where}' if where else ''} ORDER BY {order}"
    return world.sql(
        f"{text} LIMIT ? OFFSET ?", [*args, window.size if limited else -1, window.first if limited else 0]
    )


def _shown(world: World, itemtype: str, row: dict[str, Any], how: rendering.Show, *, only_id: bool) -> dict[str, Any]:
    fields = row if only_id else rendering.fields_of(world, itemtype, row)
    shown = rendering.dressed(world, itemtype, fields, how)
    if how.keys and not only_id:
        shown["_keys_names"] = rendering.keys_names(world, itemtype, fields, how)
    return rendering.as_former(world, rendering.finished(world, shown, how), how)


def _last(call: Call, window: Window, total: int) -> int:
    """Return the end of the range. Without `range` it is one too high, up to 11.0.6: "0-20/5004" for 20 rows."""
    unasked = list_limit(call.session) - int(quirks.a_list_says_its_end(call.version))
    return min(window.last if "range" in call.parameters.bag else unasked, total - 1)


def _headers(window: Window, last: int, total: int, spelt: str) -> replies.Headers:
    accept = ("Accept-Range", f"{spelt} {ACCEPTED}")
    return (accept, ("Content-Range", f"{window.first}-{last}/{total}")) if total else (accept,)


def _status(window: Window, last: int, total: int) -> int:
    return 206 if last - window.first + 1 < total else 200


_OWN_TICKET = """(
    SELECT count(*) FROM (SELECT 1)
    LEFT JOIN "Ticket_User" requester ON requester.tickets_id = "Ticket".id AND requester.type = 1
    LEFT JOIN "Ticket_User" observer ON observer.tickets_id = "Ticket".id AND observer.type = 3
    LEFT JOIN "Ticket_User" assigned ON assigned.tickets_id = "Ticket".id AND assigned.type = 2
    WHERE "Ticket".users_id_recipient = ? OR requester.users_id = ? OR observer.users_id = ?
)"""
_TARGETS = ("Entity_KnowbaseItem", "Group_KnowbaseItem", "KnowbaseItem_Profile", "KnowbaseItem_User")
"""Whom an article is shown to: each table is joined, so that their rows multiply."""


def counted(world: World, who: Who, itemtype: str, where: str, args: list[Any]) -> int:
    """Return the number that stands in Content-Range."""
    times, more = _times(world, who, itemtype)
    if not times:
        return world.count(itemtype, where, args)
    text = f'SELECT coalesce(sum({times}), 0) AS n FROM "{itemtype}"{f" WHERE {where}" if where else ""}'
    return int(world.sql(text, [*more, *args])[0]["n"])


def _times(world: World, who: Who, itemtype: str) -> tuple[str, list[Any]]:
    """Return how often a row is counted, as SQL; empty: once, since nothing is joined for this profile."""
    if itemtype == "User":
        within = 'SELECT count(*) FROM "Profile_User" p WHERE p.users_id = "User".id'
        return f"max(1, ({within} AND p.entities_id IN ({marks(who.entities)})))", [*who.entities]
    if itemtype == "Ticket" and who.profile == SELF_SERVICE:
        return _OWN_TICKET, [who.user] * 3
    if itemtype == "KnowbaseItem":
        there = [name for name in _TARGETS if world.columns(name) is not None]
        counts = [
            f'max(1, (SELECT count(*) FROM "{name}" x WHERE x.knowbaseitems_id = "KnowbaseItem".id))' for name in there
        ]
        return " * ".join(counts), []
    return "", []
