"""The seed of the runs: printed at the end, set by GLPI_CHAOS_SEED."""

from __future__ import annotations

import os
import random

import pytest

GIVEN = os.environ.get("GLPI_CHAOS_SEED", "")
SEED = int(GIVEN) if GIVEN else random.randrange(10**6)
_used: list[int] = []


@pytest.fixture
def chaos_seed() -> int:
    """Decides what is read, what goes wrong and what happens to the rows; only the clock is free."""
    _used.append(SEED)
    return SEED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how to see the same again."""
    if _used:
        terminalreporter.write_line(f"chaos: GLPI_CHAOS_SEED={SEED} repeats these runs")
