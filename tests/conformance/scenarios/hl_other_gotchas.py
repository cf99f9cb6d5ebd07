"""Filters on items and joins, duplicates, a trashed project."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Scene


def prepare(play: Play) -> None:
    """The seed, a project and a problem."""
    seed(play)
    play.row("Project", 2, name="hl proj t", priority=1)
    play.row("Problem", 2, name="hl problem", content="c", status=1, urgency=3, impact=3, priority=3)


SCENE = Scene(prepare=prepare)
