"""Which GLPI is it, and who may know."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene


def prepare(play: Play) -> None:
    """The seed, and 290 settings, 248 of them GLPI's own."""
    seed(play)
    play.clear("Config")
    named = {
        1: ("version", play.version),
        2: ("show_jobs_at_login", "0"),
        3: ("dbversion", f"{play.version}@{'0' * 40}"),
    }
    for number in range(1, 291):
        name, value = named.get(number, (f"setting {number}", ""))
        play.row("Config", number, context="core" if number <= 248 else "inventory", name=name, value=value)


SCENE = Scene(
    prepare=prepare,
    cues={
        "config version as technician": Cue(token="tech"),
        "config version as self-service": Cue(token="post-only"),
        "config dbversion": Cue(free=("body.value",)),
    },
)
