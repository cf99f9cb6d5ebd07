"""A filter's OR at the top escapes the parent ticket."""

from __future__ import annotations

from tests.conformance.scenarios.hl_filter_wrapping_11_0_6 import prepare
from tests.conformance.scene import Scene

SCENE = Scene(prepare=prepare)
