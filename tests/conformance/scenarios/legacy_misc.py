"""Spellings of the URL, verbs, odd itemtypes."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import many_logs, seed
from tests.conformance.scene import Cue, Scene

SEEDED = Cue(free=("body.content",))  # the seed was written with SQL: 10 never sanitised it

FIRST_LOGGED = {"10.0.17": ("RuleImportAsset", 808), "11.0.6": ("Glpi\\Form\\Form", 965)}
"""The first entry and how many there were before this topic, whose own create makes one more."""


def prepare(play: Play) -> None:
    """The seed and the history of a fresh server."""
    seed(play, paragraphs=True)
    itemtype, number = FIRST_LOGGED[play.version]
    many_logs(play, number, itemtype=itemtype, items_id=1)


SCENE = Scene(
    prepare=prepare,
    cues={
        "GLPI 11 alias /api.php/v1": SEEDED,
        "item trailing slash": SEEDED,
        "double slash": SEEDED,
        'Python-style True/False in the query ("False" is truthy)': SEEDED,
        "wrong verb on endpoint (ignored)": Cue(free=("body.active_profile.*",)),
    },
)
