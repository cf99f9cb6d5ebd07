"""Ten small tickets, one of them in a sub-entity."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import empty, fresh_ticket
from tests.conformance.scene import Scene

NAMES = {1: "t1", 2: "t2", 3: "t3", 4: "t4", 5: "t6", 6: "in-sub", 7: "new-1", 8: "new-2", 10: "new-4"}


def prepare(play: Play, *, with_base: bool = True) -> None:
    """Nothing but these."""
    empty(play)
    play.row(
        "Entity",
        1,
        name="Sub1",
        completename="Root entity > Sub1",
        entities_id=0,
        level=2,
        sons_cache=None,
        is_recursive=1,
    )
    for number, name in (NAMES | ({11: "base"} if with_base else {})).items():
        fresh_ticket(play, number, name)
    play.change("Ticket", 3, date="2026-03-01 12:00:00")
    play.change("Ticket", 4, date="2026-01-31 10:00:00")
    play.change("Ticket", 5, is_deleted=1)
    play.change("Ticket", 6, entities_id=1)


def prepare_later(play: Play) -> None:
    """This recording came last: tickets 1 and 2 have been worked on."""
    prepare(play)
    for number in (1, 2):
        play.change("Ticket", number, takeintoaccountdate="2026-11-24 19:33:05", takeintoaccount_delay_stat=1)


SCENE = Scene(prepare=prepare_later)
