"""Asking for a new password where no mail is sent."""

from __future__ import annotations

from tests.conformance.scenarios.seed import seed
from tests.conformance.scene import Scene

SCENE = Scene(prepare=seed)
