"""Everything that hangs on a ticket: followups, tasks, validations, solutions, the team."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import fresh_ticket, seed
from tests.conformance.scene import Cue, Scene


def prepare(play: Play) -> None:
    """The seed and one new ticket."""
    seed(play)
    fresh_ticket(play, 32824, "hl timeline")


SCENE = Scene(
    prepare=prepare,
    cues={
        "self-service reads timeline of a foreign ticket": Cue(token="post-only"),
        "self-service adds followup on foreign ticket": Cue(token="post-only"),
        "tech adds followup": Cue(token="tech"),
        "tech deletes own followup": Cue(token="tech"),
        "normal (observer) adds solution": Cue(token="normal"),
    },
)
