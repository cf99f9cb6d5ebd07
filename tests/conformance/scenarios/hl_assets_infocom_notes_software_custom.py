"""What hangs on a computer, lists of types, a custom asset; recorded on PHP's built-in server, where a create is told by 200."""

from __future__ import annotations

from glpi_utils.testing.faults.troubles import create_status
from tests.conformance.play import Play
from tests.conformance.scenarios.seed import many_computers, seed
from tests.conformance.scene import Cue, Scene


def prepare(play: Play) -> None:
    """The seed, and three computers in three entities that the topic of the headers had left."""
    seed(play)
    many_computers(play, 50)
    play.server.faults.add(create_status(200))
    play.clear("Glpi\\CustomAsset\\MyTypeAsset")
    play.row("Entity", 1, name="hl E1", completename="Root entity > hl E1", entities_id=0, level=2)
    play.row("Entity", 2, name="hl E2", completename="Root entity > hl E1 > hl E2", entities_id=1, level=3)
    for entity, name in enumerate(("hl root pc", "hl e1 pc", "hl e2 pc")):
        dates = dict.fromkeys(("date_creation", "date_mod"), "2026-11-24 04:12:28")
        play.row("Computer", 8192 + entity, name=name, entities_id=entity, **dates)


SCENE = Scene(
    prepare=prepare,
    spelt={"HlThing": "MyType"},
    cues={"custom asset types": Cue(free=("body.0.name",))},  # its label
)
