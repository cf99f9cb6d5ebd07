"""Bad input, refusals, rights of self-service users and technicians."""

from __future__ import annotations

from datetime import timedelta

from tests.conformance.play import Play
from tests.conformance.scenarios.newer import WHEN, as_noted, crowd, first_computer, seed, tickets
from tests.conformance.scenarios.seed import many_computers
from tests.conformance.scene import Cue, Scene
from tests.conformance.wire import Outgoing

BEGUN = WHEN + timedelta(minutes=8)
NOW = f"{BEGUN:%Y-%m-%d %H:%M:%S}"


def prepare(play: Play) -> None:
    """The crowd, the first computer and the recorder's."""
    seed(play)
    crowd(play)
    first_computer(play)
    play.row("Computer", 12, name="pc-00012")
    many_computers(play, 1002)
    play.clear("Ticket", where="id = 3120")
    play.row("Computer", 1043, name="nv-pc6", date_creation=NOW, date_mod=NOW)


def invalid_utf8(_: Play, out: Outgoing) -> None:
    """The recorder wrote what could be written."""
    out.body = b'{"name": "\xff"}'


def followup_of_another(play: Play) -> None:
    """glpi says something on the self-service user's ticket."""
    values = {"itemtype": "Ticket", "items_id": 4361, "content": "x", "users_id": 2, "timeline_position": 1}
    play.row("ITILFollowup", 1706, **values, date=NOW, date_creation=NOW, date_mod=NOW)


def ticket_of_the_technician(play: Play) -> None:
    """Another one."""
    tickets(play, {4362: "nv-te"})


CUES = {
    "invalid UTF-8": Cue(edit=invalid_utf8),
    "self-service PATCH of another's followup": Cue(before=followup_of_another),
    "technician PATCH {'name': 'nv-te2'}": Cue(before=ticket_of_the_technician),
}
SCENE = Scene(prepare=prepare, when=BEGUN, cues=as_noted("errors", CUES))
