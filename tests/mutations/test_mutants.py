"""No protection of a walk, no rule of a write is there for nothing: without it, the test that `table` names fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutations.playing import FORKS, in_a_fork, in_a_new_process
from tests.mutations.table import MUTANTS

pytestmark = pytest.mark.mutants


def killed(mutant: str, code: int | None, output: str) -> None:
    """Each of its tests failed, on the mutant, and for no other reason than an assertion or an error within the test."""
    assert "the mutant was in place" in output, output
    assert code == 1, f"without it nothing fails: {output}"
    assert f"{len(MUTANTS[mutant].killers)} failed" in output, output
    assert " error" not in output.splitlines()[-1]


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_is_killed(mutant: str, tmp_path: Path) -> None:
    play = in_a_fork if FORKS else in_a_new_process
    killed(mutant, *play(mutant, MUTANTS[mutant].killers, tmp_path / "log"))


def test_without_forks_it_is_killed_as_well(tmp_path: Path) -> None:
    mutant = "secrets are compared"
    killed(mutant, *in_a_new_process(mutant, MUTANTS[mutant].killers, tmp_path / "log"))
