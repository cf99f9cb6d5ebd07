"""Pages and sorting over 20 012 tickets."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import exhaust_memory, fresh_ticket, seed
from tests.conformance.scene import Cue, Scene

LATER = {32773: "peer_c", 32774: "peer_x2", 32777: "peer_x2", 32778: "", 32779: "peer_k"}
ROWS = Cue(free=("body.*",))
"""Which rows lie there depends on the thousands of others."""


def prepare(play: Play) -> None:
    """The seed among the double's own tickets, and what earlier recordings had left at the end."""
    seed(play, keep_tickets=True)
    play.sql('UPDATE "Ticket" SET is_deleted = 0')
    play.row("Ticket_User", 200, tickets_id=19_991, users_id=7, type=1)
    for number, name in LATER.items():
        fresh_ticket(play, number, name, {32778: "", 32779: "kw"}.get(number, "c"))
    exhaust_memory(play)
    play.sql('UPDATE "Ticket" SET is_deleted = 1 WHERE id IN (32774, 32777)')


SCENE = Scene(
    prepare=prepare,
    tickets=20_007,
    cues={
        "last page exact": ROWS,
        "last page partial": ROWS,
        "start without limit": ROWS,
        "is_deleted filter": ROWS,
        "sort multi": ROWS,
        "sort nested dropdown": ROWS,
    },
)
