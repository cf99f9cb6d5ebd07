"""A ticket from the cradle to the grave."""

from __future__ import annotations

from tests.conformance.scenarios.seed import fresh_ticket, seed
from tests.conformance.scene import Cue, Scene

POST_ONLY = Cue(token="post-only")

SCENE = Scene(
    prepare=seed,
    cues={
        "force=false in the query string": Cue(before=lambda play: fresh_ticket(play, 32814, "hl force")),
        "self-service user reads a ticket he cannot see": POST_ONLY,
        "self-service lists tickets": POST_ONLY,
        "self-service creates a ticket": POST_ONLY,
        "self-service updates own ticket": POST_ONLY,
        "self-service deletes own ticket": POST_ONLY,
        "self-service reads own ticket": POST_ONLY,
        "tech creates": Cue(token="tech"),
        "observer (normal) updates ticket": Cue(token="normal"),
        "tech purges ticket without right": Cue(token="tech"),
        "self-service lists computers": POST_ONLY,
        "self-service reads computer": POST_ONLY,
        "self-service creates computer": POST_ONLY,
    },
)
