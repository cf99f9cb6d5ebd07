"""Business rules of tickets, changes and problems: status, dates, priority, service levels."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from glpi_utils.testing.world import quirks
from glpi_utils.testing.world.column_values import MOMENT, ZERO, Refusal, Row, number
from glpi_utils.testing.world.itil import ASSIGNED, CLOSED, NEW, PENDING, REFUSED, SOLVED, WAITING
from glpi_utils.testing.world.knowledge import Itemtype
from glpi_utils.testing.world.mails import queue_mails
from glpi_utils.testing.world.rights import SELF_SERVICE, Who
from glpi_utils.testing.world.ruled_writes import Rules, Writes
from glpi_utils.testing.world.rules_actors import add_actors, add_one
from glpi_utils.testing.world.rules_links import add_items, add_link, solve_duplicates

# GLPI's default matrix: urgency across, impact down.
PRIORITY = ((1, 1, 2, 2, 2), (1, 2, 2, 3, 3), (2, 2, 3, 4, 4), (2, 3, 4, 4, 5), (2, 3, 4, 5, 5))
_DATES = ("date", "solvedate", "closedate")


def priority(urgency: Any, impact: Any) -> int:
    """Return the priority that follows from urgency and impact; the mean where the matrix knows neither."""
    one, other = number(urgency), number(impact)
    if 1 <= one <= 5 and 1 <= other <= 5:
        return PRIORITY[other - 1][one - 1]
    return round((one + other) / 2)


class Itil(Rules):
    """Tickets, changes, problems."""

    def adding(self, world: Writes, kind: Itemtype, values: Row, who: Who) -> None:
        """Fill in what a new one has by itself."""
        self.check_dates(values)
        now = world.now()
        values["date"] = values.get("date") or now
        values["name"] = values.get("name") or excerpt(values.get("content"))
        values["content"] = values.get("content") or ""
        for column in ("urgency", "impact", "status", "type"):
            if column in kind.columns and values.get(column) in (None, "", 0):
                values[column] = kind.columns[column].default
        if not values.get("priority"):
            values["priority"] = priority(values["urgency"], values["impact"])
        if not values.get("users_id_recipient"):
            values["users_id_recipient"] = who.user
        values["users_id_lastupdater"] = who.user
        values.update(promised(world, {}, values) if kind.name == "Ticket" else {})
        if kind.name == "Ticket" and not values.get("requesttypes_id"):
            values["requesttypes_id"] = 1
        if (
            kind.name != "Change"
            and values["status"] == NEW
            and any(values.get(f"_{k}_id_assign") for k in ("users", "groups", "suppliers"))
        ):
            values["status"] = ASSIGNED
        if kind.name == "Ticket" and quirks.long_titles_are_cut(world.version):
            values["name"] = str(values["name"])[:255]
        if number(values["status"]) in (SOLVED, CLOSED):
            ended = self.end(values, number(values["status"]), now)
            values.update({name: value for name, value in ended.items() if name != "begin_waiting_date"})

    def added(self, world: Writes, kind: Itemtype, id: int, values: Row, who: Who) -> None:
        """Add actors and linked assets that came along."""
        add_actors(world, kind.name, id, values, who)
        if kind.name == "Ticket":
            add_items(world, id, values.get("items_id"), who)
            add_link(world, id, values.get("_link"), who)
        queue_mails(world, kind.name, id, "new", values)

    def changing(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Fill in what follows from the change."""
        if values.get("content") == "" and quirks.an_empty_description_is_refused(world.version):
            raise Refusal("Mandatory fields are not filled. Please correct: Description")
        restores = row["is_deleted"] and values.get("is_deleted") in (0, "0", False)
        if restores and row["status"] == CLOSED and "status" not in values:  # seen: 10.0.19, 11.0.6
            raise Refusal("")
        self.check_dates(values)
        self.check_order(row, values)
        values.update(promised(world, row, values) if kind.name == "Ticket" else {})
        if ("urgency" in values or "impact" in values) and "priority" not in values:
            values["priority"] = priority(values.get("urgency", row["urgency"]), values.get("impact", row["impact"]))
        status = number(values.get("status", row["status"]))
        if status != row["status"]:
            values.update({k: v for k, v in self.turn(row, status, world.now()).items() if k not in values})
            if row["status"] == NEW and who.user and who.profile != SELF_SERVICE:
                values.update(taken_into_account(row, world.now()))
        add_actors(world, kind.name, row["id"], values, who)
        add_one(world, kind.name, row["id"], values, who)

    def changed(self, world: Writes, kind: Itemtype, row: Row, values: Row, who: Who) -> None:
        """Link a ticket as it was asked, and solve its duplicates along."""
        if kind.name == "Ticket":
            add_link(world, row["id"], values.get("_link"), who)
            solve_duplicates(world, row, values, who)
        opened = number(values.get("status", row["status"])) not in (SOLVED, CLOSED)
        if row["status"] in (SOLVED, CLOSED) and opened:
            answer_solution(world, kind.name, row["id"], REFUSED, who, waiting=True)

    def check_dates(self, values: Row) -> None:
        """Refuse dates that are not written as the database writes them; leave out empty ones."""
        for column in _DATES:
            value = values.get(column)
            if (column in values and (value in ("", 0) or (column == "date" and value is None))) or (
                column != "date" and value == "null"
            ):
                del values[column]
            elif column == "date" and value == "null":
                raise Refusal("Column 'date' cannot be null", "sql", 1048)
            elif value not in (None, "NULL") and not is_moment(value):
                raise Refusal("Incorrect value for date field.")

    def check_order(self, row: Row, values: Row) -> None:
        """Leave out dates of a solution that lie before the opening."""
        opened = str(values.get("date", row["date"]) or "")
        solved = number(values.get("status", row["status"])) in (SOLVED, CLOSED)
        for column in ("time_to_resolve", "solvedate") if solved else ("time_to_resolve",):
            if is_moment(values.get(column)) and str(values[column]) < opened:
                del values[column]

    def turn(self, row: Row, status: int, now: str) -> Row:
        """Return what else a change of status sets."""
        changes: Row = {}
        if row["begin_waiting_date"] and row["status"] in (WAITING, SOLVED) and status != CLOSED:
            waited = seconds(row["begin_waiting_date"], now) if row["status"] == WAITING else 0
            changes |= {"begin_waiting_date": None, "waiting_duration": int(row["waiting_duration"] or 0) + waited}
        if status == WAITING:
            changes["begin_waiting_date"] = now
        if status in (SOLVED, CLOSED):
            changes |= self.end(row, status, now)
        elif row["status"] in (SOLVED, CLOSED):
            changes |= {"solvedate": None, "closedate": None, "solve_delay_stat": 0, "close_delay_stat": 0}
        return changes

    def end(self, row: Row, status: int, now: str) -> Row:
        """Return the dates and durations of what is solved or closed."""
        lasted = max(0, seconds(str(row.get("date") or now), now) - int(row.get("waiting_duration") or 0))
        changes: Row = {}
        if not row.get("solvedate"):
            changes |= {"solvedate": now, "solve_delay_stat": lasted}
        if status == SOLVED:
            changes["begin_waiting_date"] = now
        elif not row.get("closedate"):
            changes |= {"closedate": now, "close_delay_stat": lasted}
        return changes


def answer_solution(world: Writes, itemtype: str, id: int, status: int, who: Who, *, waiting: bool = False) -> None:
    """Accept or refuse the last solution; `waiting`: only one that nobody has answered."""
    for solution in world.select("ITILSolution", "itemtype=? AND items_id=?", (itemtype, id), "id DESC", 1):
        if not waiting or solution["status"] == PENDING:
            answer = {"status": status, "users_id_approval": who.user, "date_approval": world.now()}
            world.store.change("ITILSolution", solution["id"], answer)


def taken_into_account(row: Row, now: str) -> Row:
    """Return what changes when the first one works on a ticket: it is taken into account."""
    if "takeintoaccountdate" not in row or row["takeintoaccountdate"]:
        return {}
    delay = max(1, seconds(row["date"], now)) if row["date"] else 1
    return {"takeintoaccountdate": now, "takeintoaccount_delay_stat": delay}


def excerpt(content: Any) -> str:
    """Return the title that GLPI makes of a description."""
    text = re.sub(r"<[^>]*>", "", str(content or "")).strip()
    return text if len(text) <= 70 else text[:70] + "…"


def is_moment(value: Any) -> bool:
    """Check whether a value is written as `2026-01-31 10:00:00`; zeros are."""
    if value == ZERO:
        return True
    try:
        datetime.strptime(str(value), MOMENT)  # noqa: DTZ007
    except ValueError:
        return False
    return True


def seconds(start: str, end: str) -> int:
    """Return the seconds between two moments of the database."""
    begin, finish = (datetime.strptime(text, MOMENT) for text in (start, end))  # noqa: DTZ007
    return int((finish - begin).total_seconds())


_UNITS = {"minute": 60, "hour": 3600, "day": 86400, "month": 30 * 86400}
# The level of a ticket -> its itemtype, what it counts from (None: now), the date it sets, the column of its next step.
LEVELS = {
    "slas_id_ttr": ("SLA", "date", "time_to_resolve", "slalevels_id_ttr"),
    "slas_id_tto": ("SLA", "date", "time_to_own", None),
    "olas_id_ttr": ("OLA", None, "internal_time_to_resolve", "olalevels_id_ttr"),
    "olas_id_tto": ("OLA", None, "internal_time_to_own", None),
}
STEPS = {"SLA": ("SlaLevel", "slas_id"), "OLA": ("OlaLevel", "olas_id")}


def promised(world: Writes, row: Row, values: Row) -> Row:
    """Return the dates that follow from new levels, without calendars; a level that is taken away leaves its dates."""
    made: Row = {}
    for column, (itemtype, counted_from, due, step) in LEVELS.items():
        new = number(values.get(column))
        level = world.get(itemtype, new) if new > 0 and new != row.get(column) else None
        if level is None:
            continue
        begin = str({**row, **values}.get(counted_from) or world.now()) if counted_from else world.now()
        made[due] = later(begin, level)
        if counted_from is None:
            made[column.replace("olas_id", "ola") + "_begin_date"] = begin
        steps = world.select(STEPS[itemtype][0], f"{STEPS[itemtype][1]}=?", (new,), "execution_time", 1)
        if step and steps:
            made[step] = steps[0]["id"]
    return made


def later(begin: str, level: Row) -> str:
    """Return that moment and the time of a level."""
    seconds = int(level["number_time"] or 0) * _UNITS.get(str(level["definition_time"]), 3600)
    return (datetime.strptime(begin, MOMENT) + timedelta(seconds=seconds)).strftime(MOMENT)  # noqa: DTZ007


def put_off(world: Writes, itemtype: str, id: int, values: Row) -> None:
    """Keep the reason why a ticket waits, where a followup says it."""
    before = world.get(itemtype, id) or {}
    known = ("pendingreasons_id", "followup_frequency", "followups_before_resolution")
    reason: dict[str, Any] = {name: values.get(name) or 0 for name in known}
    reason |= {"itemtype": itemtype, "items_id": id, "bump_count": 0, "last_bump_date": world.now()}
    world.store.remove("PendingReason_Item", "itemtype=? AND items_id=?", (itemtype, id))
    world.store.add("PendingReason_Item", {**reason, "previous_status": before.get("status")})
