"""A ticket from the cradle to the grave, as 11.0.8 does it."""

from __future__ import annotations

from tests.conformance.scenarios.newer import WHEN, seed
from tests.conformance.scene import Scene

SCENE = Scene(prepare=seed, when=WHEN)
