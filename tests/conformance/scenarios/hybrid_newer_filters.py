"""Unknown properties and new operators in filters, as a server of 11.0.8 takes them."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios import hybrid_newer_create_delete_dates as written
from tests.conformance.scenarios.seed import fresh_ticket
from tests.conformance.scene import Scene


def prepare(play: Play) -> None:
    """What the recording of writes had left."""
    written.prepare(play)
    for number, name in ((7, "new-1"), (8, "new-2"), (10, "new-4")):
        fresh_ticket(play, number, name, "x")


SCENE = Scene(prepare=prepare)
