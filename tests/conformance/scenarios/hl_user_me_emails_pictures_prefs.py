"""Oneself, one's addresses, pictures and preferences."""

from __future__ import annotations

from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Scene

SCENE = Scene(prepare=seed)
