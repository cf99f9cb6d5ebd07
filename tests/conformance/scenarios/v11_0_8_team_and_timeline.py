"""Who works on a ticket and what is said in it; changes and problems likewise; approvals."""

from __future__ import annotations

from datetime import timedelta

from tests.conformance.play import Play
from tests.conformance.scenarios.newer import WHEN, as_noted, seed, tickets
from tests.conformance.scene import Cue, Scene

BEGUN = WHEN + timedelta(minutes=8, seconds=30)
UUID = "ff6021b1-1827-4735-92f0-e523f9f90fc8"
LATER = f"{BEGUN:%Y-%m-%d %H:%M:%S}"


def prepare(play: Play) -> None:
    """Two tickets, a group, a supplier, and that the first answers are the recorder's."""
    seed(play)
    tickets(play, {4287: "nv-tm", 4288: "nv-tm2"})
    play.row("Group", 1, name="Service Desk", completename="Service Desk", level=1, is_recursive=1)
    play.row("Supplier", 1, name="Contoso Supplies", is_recursive=1)
    play.row("Problem", 1, name="a problem", status=1)


def of_post_only(play: Play) -> None:
    """His own ticket."""
    tickets(play, {4363: "nv-ts"}, recipient=3)
    play.row("Ticket_User", 5510, tickets_id=4363, users_id=3, type=1)


def of_the_technician(play: Play) -> None:
    """One that nobody else sees."""
    tickets(play, {4364: "nv-secret"}, recipient=2)
    play.wind("Ticket_User", 5513)


def tell_a_secret(play: Play) -> None:
    """What glpi said there, and what was to be done."""
    said = {"users_id": 2, "timeline_position": 4, **dict.fromkeys(("date", "date_creation", "date_mod"), LATER)}
    followup = {"itemtype": "Ticket", "items_id": 4364, **said}
    play.row("ITILFollowup", 1707, content="nv-secret public followup", **followup)
    play.row("TicketTask", 624, tickets_id=4364, content="nv-task", state=1, uuid=UUID, **said)
    play.row("ITILFollowup", 1708, content="nv-secret private followup", is_private=1, **followup)


SCENE = Scene(
    prepare=prepare,
    when=BEGUN,
    cues=as_noted(
        "team_and_timeline",
        {
            "team add as post-only (own ticket of post-only): requester user 3": Cue(before=of_post_only),
            "team add as normal (own ticket of post-only): observer user 5": Cue(token="normal"),
            "legacy Ticket_User as technician 1": Cue(before=of_the_technician),
            "team of a ticket that the user may not see": Cue(before=tell_a_secret, token="post-only"),
            "timeline of a ticket that the user may not see": Cue(token="post-only"),
            "answer as tech, the approver": Cue(token="tech"),
            "refuse without comment as tech": Cue(token="tech"),
        },
    ),
)
