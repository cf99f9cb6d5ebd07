"""Each topic is replayed once a run, however many tests ask; the table is printed at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conformance.recording import Recording
from tests.conformance.replay import Result, replay
from tests.conformance.table import lines

OUTCOME = pytest.StashKey[dict[Recording, list[Result]]]()


@pytest.fixture(scope="session")
def replayed(pytestconfig: pytest.Config) -> Callable[[Recording], list[Result]]:
    outcome = pytestconfig.stash.setdefault(OUTCOME, {})

    def results(recording: Recording) -> list[Result]:
        if recording not in outcome:
            outcome[recording] = replay(recording)
        return outcome[recording]

    return results


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    outcome = config.stash.get(OUTCOME, {})
    if outcome:
        terminalreporter.section("fidelity of the embedded GLPI")
        for line in lines(outcome):
            terminalreporter.write_line(line)
