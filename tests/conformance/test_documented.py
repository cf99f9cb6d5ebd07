"""The table of fidelity in docs/testing-your-code.md is what the replay finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.recording import Recording, recordings
from tests.conformance.replay import Result
from tests.conformance.verdict import is_gated

PAGE = Path(__file__).resolve().parents[2] / "docs" / "testing-your-code.md"


@pytest.mark.timeout(600)  # every topic is replayed, where no other test of this process has done so
def test_the_table_in_the_docs(replayed: Callable[[Recording], list[Result]]) -> None:
    found = {one.name: replayed(one) for one in recordings() if is_gated(one)}
    found["all"] = [result for results in found.values() for result in results]
    wanted = {name: f"{sum(one.alike for one in results)} of {len(results)}" for name, results in found.items()}
    rows = re.findall(r"^\| `?([\w./-]+)`? \| (\d+ of \d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == wanted
