"""No protection of a walk, no rule of a write is there for nothing: without it, the test that `table` names fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutations.table import MUTANTS

ROOT = Path(__file__).resolve().parents[2]
PYTEST = (sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider")


def play(mutant: str, killers: tuple[str, ...]) -> tuple[int, str]:
    """The tests, on the mutant: how pytest ended, and what it said."""
    words = [*PYTEST, "-p", "tests.mutations.plugin", *killers]
    found = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "MUTANT": mutant}, capture_output=True, text=True, timeout=100, check=False
    )
    return found.returncode, found.stdout + found.stderr


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_is_killed(mutant: str) -> None:
    killers = MUTANTS[mutant].killers
    code, said = play(mutant, killers)
    assert "the mutant was in place" in said, said
    assert code == 1, f"without it nothing fails: {said}"
    assert f"{len(killers)} failed" in said, said
    assert " error" not in said.splitlines()[-1]
