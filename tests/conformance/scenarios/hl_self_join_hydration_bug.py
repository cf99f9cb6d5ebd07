"""A place and one below it on the same page, and the first of 505 users."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import DAY, many_users, seed
from tests.conformance.scene import Scene


def prepare(play: Play) -> None:
    """The seed with its users."""
    seed(play)
    many_users(play, 505)
    play.change("User", 2, last_login=f"{DAY} 04:14:08")


SCENE = Scene(prepare=prepare)
