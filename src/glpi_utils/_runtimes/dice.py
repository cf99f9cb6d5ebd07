"""The dice: from the system, since keys are drawn too and ``random.seed`` of the caller must not repeat them."""

from __future__ import annotations

import os


def drawn() -> float:
    """A random number in [0, 1)."""
    return (int.from_bytes(os.urandom(7), "big") >> 3) / (1 << 53)
