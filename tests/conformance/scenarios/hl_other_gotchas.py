"""Filters on items and joins, duplicates, a trashed project."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import many_users, seed
from tests.conformance.scene import Cue, Scene


def prepare(play: Play) -> None:
    """The seed with its 506 users, a project and a problem."""
    seed(play)
    many_users(play, 506)
    play.row("Project", 2, name="hl proj t", priority=1)
    play.row("Problem", 2, name="hl problem", content="c", status=1, urgency=3, impact=3, priority=3)


SCENE = Scene(
    prepare=prepare,
    # others had worked on ticket 2 meanwhile
    cues={"PATCH with no change": Cue(free=("body.take_into_account_date", "body.user_editor"))},
)
