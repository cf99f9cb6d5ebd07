"""The controller: grows while that pays, halves on trouble, explains itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glpi_utils._engine.pace import LARGEST, MOST_FLIGHTS, SMALLEST, Pace


def drain(pace: Pace, pages: int, seconds_a_page: float, now: float = 0.0) -> float:
    for _ in range(pages):
        now += seconds_a_page / pace.flights
        pace.saw(pace.size, now)
    return now


def test_it_starts_with_two_pages_of_two_hundred() -> None:
    pace = Pace()
    assert (pace.size, pace.flights) == (200, 2)


def test_it_grows_to_its_caps_where_latency_is_all() -> None:
    pace = Pace()
    pace.began(0.0)
    drain(pace, 40, 0.1)
    assert (pace.size, pace.flights) == (LARGEST, MOST_FLIGHTS)


def test_it_stops_growing_where_more_brings_no_more() -> None:
    pace = Pace()
    pace.began(0.0)
    now = 0.0
    for _ in range(60):
        now += pace.size * 0.001  # one worker: a millisecond a row, whatever is in flight
        pace.saw(pace.size, now)
    assert pace.flights <= 2
    assert "no gain" in str(pace)


def test_trouble_halves_both_and_rest_brings_a_fixed_pace_back() -> None:
    pace = Pace(500, 8)
    pace.began(0.0)
    pace.trouble("500")
    assert (pace.size, pace.flights) == (250, 4)
    pace.trouble("500")
    assert (pace.size, pace.flights) == (125, 2)
    drain(pace, 9, 0.1)
    assert (pace.size, pace.flights) == (500, 8)


def test_throttled_it_sends_fewer_at_a_time() -> None:
    pace = Pace()
    pace.throttled()
    assert (pace.size, pace.flights) == (200, 1)


@given(st.lists(st.sampled_from(["page", "trouble", "throttled", "began"]), max_size=200), st.floats(0.0001, 10))
def test_it_stays_within_its_bounds(events: list[str], seconds: float) -> None:
    pace, now = Pace(), 0.0
    for event in events:
        now += seconds
        if event == "page":
            pace.saw(pace.size, now)
        elif event == "trouble":
            pace.trouble("x")
        elif event == "throttled":
            pace.throttled()
        else:
            pace.began(now)
        assert SMALLEST <= pace.size <= LARGEST
        assert 1 <= pace.flights <= MOST_FLIGHTS
