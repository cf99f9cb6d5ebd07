"""API clients and their App-Tokens."""

from __future__ import annotations

from tests.conformance.play import Play
from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Cue, Scene


def read_token(play: Play) -> None:
    """The recorder read the new client's token from the database: no API shows it."""
    play.app_token = play.sql('SELECT app_token FROM "APIClient" WHERE id = 2')[0]["app_token"]


SCENE = Scene(
    prepare=seed,
    cues={
        "initSession with valid App-Token": Cue(before=read_token),
        "App-Token of a deleted client": Cue(before=lambda play: play.clear("APIClient", where="id = 2")),
    },
)
