"""A type of assets that somebody defined, with fields of its own."""

from __future__ import annotations

from datetime import timedelta

from tests.conformance.play import Play
from tests.conformance.scenarios.newer import WHEN, seed
from tests.conformance.scene import Cue, Scene

TYPE = "Glpi\\CustomAsset\\MyTypeAsset"


def prepare(play: Play) -> None:
    """None there yet; the recorded server had made three."""
    seed(play)
    play.wind(TYPE, 4)


SCENE = Scene(
    prepare=prepare,
    when=WHEN + timedelta(minutes=17),
    spelt={"NvType": "MyType", "nvtext": "colour", "nvnum": "weight"},
    cues={"create second": Cue(before=lambda play: play.wind(TYPE, 5))},
)
