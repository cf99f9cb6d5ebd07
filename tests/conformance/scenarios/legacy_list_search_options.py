"""The search options of tickets and computers, and of what has none."""

from __future__ import annotations

from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Scene

SCENE = Scene(prepare=seed)
