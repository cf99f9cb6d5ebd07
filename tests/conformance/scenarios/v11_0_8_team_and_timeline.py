"""The topic `team_and_timeline` of 11.0.8, measured only until its rows are there."""

from __future__ import annotations

from tests.conformance.scenarios.newer import WHEN, seed
from tests.conformance.scene import Scene

SCENE = Scene(prepare=seed, when=WHEN)
