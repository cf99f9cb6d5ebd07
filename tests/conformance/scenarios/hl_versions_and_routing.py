"""Prefixes, methods, OPTIONS, the legacy API under /api.php/v1, /status."""

from __future__ import annotations

from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

OPENED_HERE = Cue(session=lambda play: play.sessions[-1])

SCENE = Scene(
    prepare=lambda play: seed(play, paragraphs=False),
    cues={
        "legacy API under v1 with session token": OPENED_HERE,
        "HL API with legacy session token": OPENED_HERE,
        "legacy killSession": OPENED_HERE,
    },
)
