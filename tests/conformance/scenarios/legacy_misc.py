"""Spellings of the URL, verbs, odd itemtypes."""

from __future__ import annotations

from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

SEEDED = Cue(free=("body.content",))  # the seed was written with SQL: 10 never sanitised it

SCENE = Scene(
    prepare=lambda play: seed(play, paragraphs=True),
    cues={
        "GLPI 11 alias /api.php/v1": SEEDED,
        "item trailing slash": SEEDED,
        "double slash": SEEDED,
        'Python-style True/False in the query ("False" is truthy)': SEEDED,
        "wrong verb on endpoint (ignored)": Cue(free=("body.active_profile.*",)),
    },
)
