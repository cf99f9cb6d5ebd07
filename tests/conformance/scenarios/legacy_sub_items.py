"""What hangs on the ticket and the computer of `legacy_get_item`."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.legacy_get_item import COMPUTER, NOW, TICKET
from tests.conformance.scenarios.legacy_get_item import prepare as with_items
from tests.conformance.scenarios.seed import many_computers, many_logs
from tests.conformance.scene import Cue, Scene

FIRST_FOLLOWUP = {"10.0.17": 32769, "11.0.6": 33800}


def prepare(play: Play) -> None:
    """Two followups, a port, an infocom, a software."""
    with_items(play)
    many_computers(play, 5001)
    ticket, computer = TICKET[play.version], COMPUTER[play.version]
    for place, content in enumerate(("first", "second")):
        play.row(
            "ITILFollowup",
            FIRST_FOLLOWUP[play.version] + place,
            itemtype="Ticket",
            items_id=ticket,
            content=content,
            users_id=2,
            timeline_position=1,
            **dict.fromkeys(("date", "date_creation", "date_mod"), NOW),
        )
    many_logs(play, 7, itemtype="Ticket", items_id=ticket, user_name="glpi (2)")
    play.row("NetworkPort", 1, itemtype="Computer", items_id=computer, name="eth0", date_creation=NOW, date_mod=NOW)
    play.row("Infocom", 1, itemtype="Computer", items_id=computer, date_creation=NOW, date_mod=NOW)
    play.row("Software", 1, name="legtest soft", date_creation=NOW, date_mod=NOW, is_helpdesk_visible=1, is_valid=1)


SHAPE = Cue(free=("body.*",))

SCENE = Scene(
    prepare=prepare,
    tickets=60,
    cues=dict.fromkeys(
        (
            "Ticket/Log",
            "Ticket/ITILFollowup",
            "Ticket/ITILFollowup range + hateoas",
            "Ticket/TicketFollowup deprecated alias",
            "sub-item by id",
            "sub-item by id with a wrong parent id",
            "unrelated sub-itemtype (no filter?)",
            "Computer/NetworkPort",
            "Computer/Infocom",
        ),
        SHAPE,
    ),
)
