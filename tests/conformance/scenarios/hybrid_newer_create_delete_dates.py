"""Creating, dates, the trash, as a server of 11.0.8 does it: an 11.0.6 whose lines were retyped."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import empty, fresh_ticket
from tests.conformance.scene import Scene


def prepare(play: Play) -> None:
    """Six tickets."""
    empty(play)
    for number in range(1, 7):
        fresh_ticket(play, number, f"t{number}")


SCENE = Scene(prepare=prepare)
