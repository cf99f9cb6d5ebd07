"""With several processes each test runs in one of them: the process that hands them out checks that all of them ran."""

from __future__ import annotations

from typing import Any

import pytest

RAN: pytest.StashKey[dict[str, set[str]]] = pytest.StashKey()
MISSING = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    ran: dict[str, set[str]] = {"collected": set(), "ran": set()}
    config.stash[RAN] = ran
    config.stash[MISSING] = []


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what one process collected and ran; an interrupted one says nothing."""
    record = getattr(node, "workeroutput", {}).get("behaviour", {})
    for word, tests in node.config.stash[RAN].items():
        tests.update(record.get(word, ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    ran = session.config.stash[RAN]
    if not session.testsfailed:  # a failure is reported already, and may have stopped the rest
        session.config.stash[MISSING] = sorted(ran["collected"] - ran["ran"])
    if session.config.stash[MISSING]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for test in config.stash[MISSING]:
        terminalreporter.write_line(f"collected, but neither run nor skipped: {test}", red=True)
