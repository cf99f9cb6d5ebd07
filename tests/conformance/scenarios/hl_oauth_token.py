"""Asking for tokens: every grant and every way to get it wrong."""

from __future__ import annotations

from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

SCENE = Scene(
    prepare=seed,
    cues={
        # the pair of the exchange before: a password grant without scope
        "call API with a token that has no scope": Cue(token=lambda play: play.pairs[-1].access),
    },
)
