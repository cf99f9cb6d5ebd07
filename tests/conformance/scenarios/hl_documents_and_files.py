"""Documents: made here without a file, uploaded and attached by the legacy API, downloaded here."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import fresh_ticket, seed
from tests.conformance.scene import Cue, Scene


def prepare(play: Play) -> None:
    """The seed and two tickets."""
    seed(play)
    fresh_ticket(play, 32827, "hl docs")
    fresh_ticket(play, 32829, "hl docs 2")
    play.wind("Document_Item", 1)


DRAWN = tuple(f"body.upload_result.filename.0.{name}" for name in ("name", "url", "deleteUrl", "prefix", "id"))
SCENE = Scene(
    prepare=prepare,
    cues={
        "legacy multipart upload with itemtype+items_id": Cue(free=DRAWN),
        "self-service downloads a document he cannot see": Cue(token="post-only"),
    },
)
