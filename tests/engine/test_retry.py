"""The policy of repeats and the options of a call: values, checked when they are made."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils._engine.request.retry import Options, Retry
from glpi_utils.exceptions import GlpiValidationError

seconds = st.floats(0, 1e6)


@given(pause=seconds, factor=st.floats(1, 1e6), longest=seconds, attempt=st.integers(1, 10**6), draw=st.floats(0, 1))
def test_a_pause_lies_between_half_and_the_whole(
    pause: float, factor: float, longest: float, attempt: int, draw: float
) -> None:
    policy = Retry(attempts=10**6, pause=pause, factor=factor, longest=longest)
    waited = policy.wait(attempt, draw)
    assert math.isfinite(waited)
    assert min(pause, longest) / 2 <= waited <= longest
    assert policy.wait(1, 1.0) == min(pause, longest)


def test_pauses_grow_to_the_longest() -> None:
    policy = Retry()
    assert [policy.wait(attempt, 1.0) for attempt in range(1, 8)] == [0.5, 1, 2, 4, 8, 8, 8]
    assert [policy.wait(attempt, 0.0) for attempt in range(1, 4)] == [0.25, 0.5, 1]


@pytest.mark.parametrize("wrong", [0, -1, True, 1.5, "3", None])
def test_attempts_are_a_count(wrong: Any) -> None:
    with pytest.raises(GlpiValidationError, match="attempts"):
        Retry(attempts=wrong)


@pytest.mark.parametrize("name", ["pause", "factor", "longest"])
@pytest.mark.parametrize("wrong", [-1, True, "1", None, math.nan, math.inf])
def test_times_are_numbers(name: str, wrong: Any) -> None:
    with pytest.raises(GlpiValidationError, match=name):
        Retry(**{name: wrong})


def test_policies_compare_by_value() -> None:
    assert Retry(attempts=2) == Retry(attempts=2) != Retry(attempts=3)
    assert Retry() != (4, 0.5, 2.0, 8.0)
    assert len({Retry(), Retry(), Retry(pause=1)}) == 2
    assert repr(Retry(attempts=2)) == "Retry(attempts=2, pause=0.5, factor=2.0, longest=8.0)"


def test_a_whole_call_takes_four_times_the_timeout() -> None:
    assert Options().longest == 120
    assert Options().changed(timeout=5).longest == 20
    assert Options().changed(timeout=5, max_time=7).longest == 7


def test_what_is_not_given_stays() -> None:
    first = Options().changed(timeout=5, headers={"A": "1"}, read_only=True, scope={"GLPI-Entity": "1"})
    second = first.changed(headers={"B": "2"}, read_only=None, timeout=None, scope={"GLPI-Profile": "4"})
    assert second.headers == {"A": "1", "B": "2"}
    assert (second.timeout, second.read_only) == (5, True)
    assert second.scope == {"GLPI-Entity": "1", "GLPI-Profile": "4"}
    assert first.headers == {"A": "1"}, "the first is as it was"
    assert first.changed(read_only=False).read_only is False


@pytest.mark.parametrize("retries", [0, 1, 5])
def test_retries_are_repeats(retries: int) -> None:
    assert Options().changed(retries=retries).retry.attempts == retries + 1
    policy = Retry(attempts=7)
    assert Options().changed(retries=policy).retry is policy


@pytest.mark.parametrize("wrong", [-1, True, 1.5, "3", []])
def test_other_retries_are_refused(wrong: Any) -> None:
    with pytest.raises(GlpiValidationError, match="retries"):
        Options().changed(retries=wrong)


@pytest.mark.parametrize("name", ["timeout", "max_time"])
@pytest.mark.parametrize("wrong", [0, -1, True, "3", math.nan, math.inf, 1e7])
def test_other_times_are_refused(name: str, wrong: Any) -> None:
    with pytest.raises(GlpiValidationError, match=name):
        Options().changed(**{name: wrong})
