"""What each kind of field makes of dates, of nothing, of words for nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.conformance.play import Play
from tests.conformance.recording import load
from tests.conformance.scenarios.newer import WHEN, seed, tickets
from tests.conformance.scene import Cue, Scene

OLD = {
    "task: PATCH both planned dates": {"planned_begin": "2026-02-02 02:02:02", "planned_end": "2026-02-02 03:02:02"},
    "infocom (pure date)": {"date_buy": "2026-02-02"},
}
"""Where the notes do not say it."""
NOW, LATER = f"{WHEN:%Y-%m-%d %H:%M:%S}", "2027-02-02 02:02:02"
FRESH = dict.fromkeys(range(4275, 4280), "nv-ct")
UUID = "0df13b2b-05bc-4479-8e98-9c6d6719155d"


def prepare(play: Play) -> None:
    """A ticket with a task, a computer, a budget, a contract."""
    seed(play)
    tickets(play, {4266: "nv-d"})
    now = dict.fromkeys(("date_creation", "date_mod"), NOW)
    play.row(
        "TicketTask",
        613,
        tickets_id=4266,
        content="t",
        users_id=2,
        state=1,
        timeline_position=1,
        **now,
        date=now["date_mod"],
        uuid=UUID,
    )
    play.row("State", 1, name="In use", completename="In use")
    play.row("State", 2, name="In stock", completename="In stock")
    play.row("Computer", 1042, name="nv-pc", serial="s", **now)
    play.row("Infocom", 6, itemtype="Computer", items_id=1042, order_number="o", **now)
    play.row("Budget", 1, name="nv-b", value=10, **now)
    play.row("Contract", 11, name="nv-c", **now)


def put_back(note: str, path: str) -> Callable[[Play], None] | None:
    """The recorder gave the field its old value again before it sent this."""
    if old := next((values for begin, values in OLD.items() if note.startswith(begin)), None):
        return lambda play: patch(play, path, old)
    found = re.search(r"PATCH (\w+)=.*\(before: (.*)\)$", note)
    if found is None:
        return None
    value: Any = ast.literal_eval(found[2])
    return lambda play: patch(play, path, {found[1]: value})


def patch(play: Play, path: str, values: dict[str, Any]) -> None:
    """A PATCH of the recorder's that was not kept."""
    headers = {"Authorization": f"Bearer {play.token()}", "Content-Type": "application/json"}
    play.send("PATCH", path, headers, values)


def plan(play: Play) -> None:
    """The task that was made here had a date: its ticket is planned, and no longer solved."""
    play.change("Ticket", 4266, status=3, solvedate=None, takeintoaccountdate=NOW, takeintoaccount_delay_stat=1)


def solve(play: Play) -> None:
    """Tickets that are solved."""
    for number in (4272, 4273, 4274):
        tickets(play, {number: "nv-pin"})
        play.change("Ticket", number, status=5, solvedate=LATER, takeintoaccountdate=NOW, takeintoaccount_delay_stat=1)


def cues() -> dict[str, Cue]:
    """One for each exchange that begins with the old value."""
    made: dict[str, Cue] = {}
    for exchange in load("11.0.8", "dates_and_clearing", "11.0.8").exchanges:
        before = put_back(exchange.note, exchange.request.path)
        if before is not None:
            made[exchange.note] = Cue(before=before)
        elif exchange.note.startswith("pinned"):
            made[exchange.note] = Cue(before=solve)
    made["task: PATCH planned_begin='2026-03-02 08:30:00'"] = Cue(before=plan)
    made["fresh ticket: PATCH content=''"] = Cue(before=lambda play: tickets(play, FRESH))
    return made


SCENE = Scene(prepare=prepare, when=WHEN + timedelta(minutes=4), cues=cues())
