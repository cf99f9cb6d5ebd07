"""One computer and one ticket, read in every way."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import fresh_ticket, seed
from tests.conformance.scene import Cue, Scene

COMPUTER = {"10.0.17": 8197, "11.0.6": 8199}
TICKET = {"10.0.17": 32776, "11.0.6": 32837}
NOW = "2026-11-24 04:21:40"


def prepare(play: Play) -> None:
    """The seed, a computer with awkward texts and a ticket on it."""
    seed(play, paragraphs=True, keep_tickets=True)
    play.row(
        "Computer",
        COMPUTER[play.version],
        name='legtest <b>& "PC" é',
        comment="line1\nline2 <script>x</script>",
        serial="LT-1",
        locations_id=1,
        date_creation=NOW,
        date_mod=NOW,
    )
    fresh_ticket(play, TICKET[play.version], "legtest ticket on pc")
    link = {"itemtype": "Computer", "items_id": COMPUTER[play.version], "tickets_id": TICKET[play.version]}
    play.row("Item_Ticket", 1, **link)


SEEDED = Cue(free=("body.*.content",))  # the seed was written with SQL: 10 never sanitised it
# an entity's columns are settings; what a fresh one has in them is the recorded server's affair
CONFIGURED = Cue(free=("body.*", "!body.id", "!body.name", "!body.completename", "!body.level", "!body.entities_id"))

SCENE = Scene(
    prepare=prepare,
    tickets=60,
    cues={"Entity 0": CONFIGURED, "Ticket id 0": SEEDED, "Ticket id -1": SEEDED, "Ticket id abc": SEEDED},
)
