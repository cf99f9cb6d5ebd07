"""A run in several processes fails where one of the tests that all collected ran in none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.behaviour import together


@pytest.mark.parametrize(
    ("ran", "failed", "status"),
    [
        ([["a"], ["b"]], 0, pytest.ExitCode.OK),
        ([["a"], []], 0, pytest.ExitCode.TESTS_FAILED),
        ([["a"], []], 1, pytest.ExitCode.OK),  # pytest itself says that it failed
    ],
)
def test_what_all_collected_must_have_run_somewhere(ran: list[list[str]], failed: int, status: int) -> None:
    config: Any = SimpleNamespace(stash=pytest.Stash())
    together.pytest_configure(config)
    for tests in ran:
        output = {"behaviour": {"collected": ["a", "b"], "ran": tests}}
        together.pytest_testnodedown(SimpleNamespace(config=config, workeroutput=output))
    session: Any = SimpleNamespace(config=config, testsfailed=failed, exitstatus=pytest.ExitCode.OK)
    together.pytest_sessionfinish(session)
    assert session.exitstatus is status
    assert config.stash[together.MISSING] == (["b"] if status else [])
