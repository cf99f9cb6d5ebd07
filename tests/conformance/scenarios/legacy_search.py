"""The search engine over computers and tickets."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.legacy_list_items import prepare as with_lists
from tests.conformance.scene import Scene


def prepare(play: Play) -> None:
    """As for the lists."""
    with_lists(play)


SCENE = Scene(prepare=prepare, tickets=2_000)
