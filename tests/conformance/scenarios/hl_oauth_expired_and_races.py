"""A token that says itself that its time is up."""

from __future__ import annotations

from tests.conformance.scenarios import tokens
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene

SCENE = Scene(
    prepare=seed,
    cues={
        "expired JWT (exp in the past)": Cue(token=tokens.expired),
        "expired JWT on POST /token with Authorization header": Cue(token=tokens.expired),
    },
)
