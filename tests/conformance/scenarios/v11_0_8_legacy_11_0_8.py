"""The legacy API of 11.0.8: its tokens, ranges, guards that are gone."""

from __future__ import annotations

from datetime import timedelta

from tests.conformance.play import Play
from tests.conformance.scenarios.newer import HELPDESK_TYPES, WHEN, crowd, first_computer, seed
from tests.conformance.scenarios.seed import many_computers
from tests.conformance.scene import Cue, Scene
from tests.conformance.wire import Outgoing

BEGUN = WHEN + timedelta(minutes=15)
ROWS = Cue(free=("body.*",))
"""Which rows lie there depends on the thousands of others."""
FOUND = Cue(free=("body.data.*",))


def prepare(play: Play) -> None:
    """The crowd, its computers and places, some of them in another entity."""
    seed(play)
    crowd(play, 3144)
    first_computer(play)
    play.row("Computer", 12, name="pc-00012")
    many_computers(play, 1001)
    play.sql('UPDATE "Ticket" SET entities_id = 1 WHERE id BETWEEN 9 AND 183')
    play.change("Location", 1, date_mod="2026-11-30 17:05:09", date_creation="2026-11-30 17:05:09")
    for number in range(2, 46):
        above = {"locations_id": 1} if number > 2 else {}
        entity = {"entities_id": 2, "is_recursive": 0} if number == 44 else {"is_recursive": 1}
        play.row("Location", number, name=f"Room {number:03}", completename=f"Room {number:03}", **above, **entity)
    for number, name in enumerate(("Service Desk", "Network", "Field"), 1):
        play.row("Group", number, name=name, completename=name, level=1, is_recursive=1)
    types = HELPDESK_TYPES.replace(", ", ",")
    told = {"helpdesk_hardware": 3, "helpdesk_item_type": types, "managed_domainrecordtypes": "[-1]"}
    made = {"date_creation": None, "date_mod": "2026-11-30 17:12:04", "last_rights_update": "2026-11-30 17:12:05"}
    play.change("Profile", 4, comment="", **told, **made)


def tamper(play: Play, out: Outgoing) -> None:
    """One letter of a good token is another."""
    token = play.session()
    out.headers["Session-Token"] = ("A" if token[0] != "A" else "B") + token[1:]


SCENE = Scene(
    prepare=prepare,
    when=BEGUN,
    cues={
        "kill": Cue(session=lambda play: play.sessions[0]),
        "after kill": Cue(session=lambda play: play.sessions[0]),
        "kill again": Cue(session=lambda play: play.sessions[0]),
        "tampered token": Cue(edit=tamper),
        "no range: /Ticket": ROWS,
        "no range: /Computer": ROWS,
        "no range: /Location": ROWS,
        "no range: /search/Ticket": FOUND,
        "range=0-49": ROWS,
        "range=10-5": ROWS,
        "tickets from entity 1": ROWS,
        "recursive rows of the root, seen from entity 1": ROWS,
    },
)
