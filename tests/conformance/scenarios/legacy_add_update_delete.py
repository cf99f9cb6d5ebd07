"""Creating, changing, trashing, purging and restoring, one by one and in bulk."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

LOCATION = {"10.0.17": 73, "11.0.6": 95}
NEXT_ACTOR = {"10.0.17": 40959, "11.0.6": 40963}


def prepare(play: Play) -> None:
    """The seed and a location to be deleted."""
    seed(play, paragraphs=True)
    play.row("Location", LOCATION[play.version], name="legtest site", completename="legtest site", level=1)


SCENE = Scene(
    prepare=prepare,
    cues={
        "add ticket full": Cue(before=lambda play: play.wind("Ticket_User", NEXT_ACTOR[play.version])),
        # the seed was written with SQL: 10 never sanitised it
        "unknown verb LINK (acts as GET?)": Cue(free=("body.comment",)),
    },
)
