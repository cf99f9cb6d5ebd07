"""Until when a ticket shall be taken up and solved: service levels; and why one waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from glpi_utils.testing.world.values import MOMENT, Row, number
from glpi_utils.testing.world.writes import Writes

UNITS = {"minute": 60, "hour": 3600, "day": 86400, "month": 30 * 86400}
# The level of a ticket -> its itemtype, what it counts from (None: now), the date it sets, the column of its next step.
LEVELS = {
    "slas_id_ttr": ("SLA", "date", "time_to_resolve", "slalevels_id_ttr"),
    "slas_id_tto": ("SLA", "date", "time_to_own", None),
    "olas_id_ttr": ("OLA", None, "internal_time_to_resolve", "olalevels_id_ttr"),
    "olas_id_tto": ("OLA", None, "internal_time_to_own", None),
}
STEPS = {"SLA": ("SlaLevel", "slas_id"), "OLA": ("OlaLevel", "olas_id")}


def promised(world: Writes, row: Row, given: Row) -> Row:
    """The dates that follow from new levels; a level that is taken away leaves its dates behind. No calendar is looked at."""
    made: Row = {}
    for column, (itemtype, counted_from, due, step) in LEVELS.items():
        new = number(given.get(column))
        level = world.get(itemtype, new) if new > 0 and new != row.get(column) else None
        if level is None:
            continue
        begin = str({**row, **given}.get(counted_from) or world.now()) if counted_from else world.now()
        made[due] = later(begin, level)
        if counted_from is None:
            made[column.replace("olas_id", "ola") + "_begin_date"] = begin
        steps = world.select(STEPS[itemtype][0], f"{STEPS[itemtype][1]}=?", (new,), "execution_time", 1)
        if step and steps:
            made[step] = steps[0]["id"]
    return made


def later(begin: str, level: Row) -> str:
    """That moment and the time of a level."""
    seconds = int(level["number_time"] or 0) * UNITS.get(str(level["definition_time"]), 3600)
    return (datetime.strptime(begin, MOMENT) + timedelta(seconds=seconds)).strftime(MOMENT)  # noqa: DTZ007


def put_off(world: Writes, itemtype: str, id: int, given: Row) -> None:
    """A followup that says so keeps the reason why its ticket waits."""
    before = world.get(itemtype, id) or {}
    known = ("pendingreasons_id", "followup_frequency", "followups_before_resolution")
    values: dict[str, Any] = {name: given.get(name) or 0 for name in known}
    values |= {"itemtype": itemtype, "items_id": id, "bump_count": 0, "last_bump_date": world.now()}
    world.store.remove("PendingReason_Item", "itemtype=? AND items_id=?", (itemtype, id))
    world.store.add("PendingReason_Item", {**values, "previous_status": before.get("status")})
