"""Which GLPI is it, and who may know."""

from __future__ import annotations

from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

SCENE = Scene(
    prepare=seed,
    cues={
        "config version as technician": Cue(token="tech"),
        "config version as self-service": Cue(token="post-only"),
        "config dbversion": Cue(free=("body.value",)),
    },
)
