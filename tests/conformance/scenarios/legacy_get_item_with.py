"""The `with_*` options of the computer and the ticket of `legacy_get_item`."""

from __future__ import annotations

from tests.conformance.scenarios.legacy_get_item import prepare
from tests.conformance.scene import Scene

SCENE = Scene(prepare=prepare, tickets=60)
