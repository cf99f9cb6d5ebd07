"""Followups, tasks, validations, solutions, actors and links of a ticket through the legacy API."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import fresh_ticket, seed
from tests.conformance.scene import Cue, Scene

TICKET = {"10.0.17": 32780, "11.0.6": 32842}
OTHER = {"10.0.17": 32776, "11.0.6": 32837}
WATCHED = {"10.0.17": 32779, "11.0.6": 32841}


def prepare(play: Play) -> None:
    """The seed, the ticket, one to link it with, and one that post-only watches."""
    seed(play, paragraphs=True)
    fresh_ticket(play, TICKET[play.version], "legtest timeline")
    fresh_ticket(play, OTHER[play.version], "legtest ticket on pc")
    fresh_ticket(play, WATCHED[play.version], "legtest t1b")
    play.row("Ticket_User", 900, tickets_id=WATCHED[play.version], users_id=3, type=3)


POST_ONLY = Cue(session="post-only")

SCENE = Scene(
    prepare=prepare,
    cues={
        # 11 makes a step row behind the validation; its id depends on what was validated before
        "list TicketValidation": Cue(free=("body.*.itils_validationsteps_id",)),
        "validation after answer": Cue(free=("body.itils_validationsteps_id",)),
        "answer a validation as the target user": Cue(session="tech"),
        "post-only creates a ticket": POST_ONLY,
        "post-only followup on a ticket of others (right missing)": POST_ONLY,
        "post-only list is restricted": POST_ONLY,
        "post-only reads a ticket of others": POST_ONLY,
    },
)
