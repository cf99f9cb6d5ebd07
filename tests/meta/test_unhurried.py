"""No test depends on how fast the machine is: what would make one do so is looked for in the tests themselves."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, settings

TESTS = Path(__file__).resolve().parents[1]
OWN = ("chaos", "faults", "testing")
"""Folders in which no time-out is shorter than a second."""


def lines(pattern: str, *folders: str) -> list[str]:
    """Where a pattern stands in the tests."""
    files = [path for folder in folders for path in (TESTS / folder).rglob("*.py")]
    return [
        f"{path.relative_to(TESTS)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if path != Path(__file__) and re.search(pattern, line)
    ]


def test_property_tests_have_no_deadline() -> None:
    assert settings.get_current_profile_name() == "unhurried"
    default = settings()
    assert default.deadline is None
    assert HealthCheck.too_slow in default.suppress_health_check
    assert settings(max_examples=3).deadline is None
    assert lines(r"suppress_health_check=(?!.*too_slow)", ".") == [], "they replace what the profile says"


def test_no_client_of_a_test_has_a_short_time_out() -> None:
    short = lines(r"\b(timeout|connect_timeout|read_timeout)=0?\.\d", *OWN)
    assert short == [], "tests/faults/patience.py makes what hangs end early, and nothing else"


def test_nothing_is_held_against_a_wall_clock() -> None:
    timed = lines(r"assert .*(monotonic|perf_counter)\(\) - \w+ < [0-5]\b", *OWN, "engine", "runtimes", "transports")
    assert timed == [], "wait for what is to come, or for what must not come: tests/testing/virtual.py, talking.py"
