"""Headers that change the scope; recorded on PHP's built-in server, where a create is told by 200."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

RIGHTS = Cue(free=("body.active_profile.rights.*",))
NOW = "2026-11-24 04:12:28"


def prepare(play: Play) -> None:
    """Three entities, one under the other, each with a computer."""
    seed(play)
    play.row("Entity", 1, name="hl E1", completename="Root entity > hl E1", entities_id=0, level=2)
    play.row("Entity", 2, name="hl E2", completename="Root entity > hl E1 > hl E2", entities_id=1, level=3)
    for entity, name in enumerate(("hl root pc", "hl e1 pc", "hl e2 pc")):
        play.row("Computer", 8192 + entity, name=name, entities_id=entity, date_creation=NOW, date_mod=NOW)


SCENE = Scene(
    prepare=prepare,
    cues={
        "session with {}": RIGHTS,
        'session with {"GLPI-Entity": "1"}': RIGHTS,
        'session with {"GLPI-Entity": "9999"}': RIGHTS,
        'session with {"GLPI-Profile": "1"}': RIGHTS,
        'session with {"GLPI-Profile": "999"}': RIGHTS,
        'session with {"GLPI-Profile": "4"}': RIGHTS,
    },
)
