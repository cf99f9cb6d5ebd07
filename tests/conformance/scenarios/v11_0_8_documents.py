"""Documents: made without a file, uploaded by the legacy API, downloaded, at tickets."""

from __future__ import annotations

from datetime import timedelta

from tests.conformance.play import Play
from tests.conformance.scenarios.hl_documents_and_files import DRAWN
from tests.conformance.scenarios.newer import WHEN, as_noted, seed, tickets
from tests.conformance.scene import Cue, Scene


def prepare(play: Play) -> None:
    """Two tickets."""
    seed(play)
    tickets(play, {4291: "nv-doc", 4292: "nv-doc2"})
    play.wind("Document_Item", 103)


SCENE = Scene(
    prepare=prepare,
    when=WHEN + timedelta(minutes=12),
    cues=as_noted("documents", {"legacy upload attached to the ticket": Cue(free=DRAWN)}),
)
