"""The checks of the transports, that nothing is left behind, hold here too."""

from __future__ import annotations

from tests.transports.conftest import nothing_left

__all__ = ["nothing_left"]
