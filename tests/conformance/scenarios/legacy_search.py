"""The search engine over 5007 computers and 20 000 tickets, and what earlier recordings had left among them."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.legacy_get_item import COMPUTER, TICKET
from tests.conformance.scenarios.legacy_list_items import prepare as with_lists
from tests.conformance.scenarios.seed import DAY, fresh_ticket, many_tickets
from tests.conformance.scene import Cue, Scene

SEEDED = 20_000
LEFT = {
    "10.0.17": {32770: "peer_a", 32771: "peer_b", 32772: "peer_c", 32773: "", 32774: "peer_pg3", 32778: "legtest t0"},
    "11.0.6": {32768: "peer_x", **dict.fromkeys((32769, 32775, 32778, 32779), ""), 32840: "legtest t0"}
    | {32780 + n: f"peer_{n:02}" for n in range(17)},
}
WORKED_ON = {"10.0.17": 32779, "11.0.6": 32841}
TRASHED = {"10.0.17": (), "11.0.6": (32774, 32777)}


def prepare(play: Play) -> None:
    """The lists' world with all tickets of the seed."""
    with_lists(play)
    play.clear("Ticket", where="id > 12 AND id < 30000")
    many_tickets(play, SEEDED)
    for number, name in LEFT[play.version].items():
        fresh_ticket(play, number, name)
        play.change("Ticket", number, date=f"{DAY} 04:2{4 if name.startswith('legtest') else 0}:00")
    play.change("Ticket", TICKET[play.version], date=f"{DAY} 04:21:36")
    for number in TRASHED[play.version]:
        fresh_ticket(play, number, "peer_x2")
        play.change("Ticket", number, is_deleted=1)
    fresh_ticket(play, WORKED_ON[play.version], "legtest t1b")
    play.change("Ticket", WORKED_ON[play.version], status=2, priority=4, itilcategories_id=1)
    play.change("Ticket", WORKED_ON[play.version], date=f"{DAY} 04:24:16")
    for place, (user, kind) in enumerate(((2, 1), (4, 2), (3, 3))):
        play.row("Ticket_User", 40_000 + place, tickets_id=WORKED_ON[play.version], users_id=user, type=kind)
    play.row("Monitor", 1, name="legtest mon")
    play.row("Software", 1, name="legtest soft", is_helpdesk_visible=1, is_valid=1)
    play.row("SoftwareVersion", 1, name="1.0", softwares_id=1)
    installed = {"itemtype": "Computer", "items_id": COMPUTER[play.version]}
    play.row("Item_SoftwareVersion", 1, softwareversions_id=1, **installed)
    for number in range(13, 26):
        play.row("ITILCategory", number, name=f"Category {number}", completename=f"Category {number}", level=1)


SCENE = Scene(
    prepare=prepare,
    tickets=0,
    cues={
        "date lessthan": Cue(free=("body.data.*.15",)),  # the 10 server was seeded two seconds later
        "date morethan relative -7DAY": Cue(free=("body.*",)),
    },
)
