"""The controller: grows while that pays, halves on trouble, explains itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils import AsyncGlpiOAuthClient
from glpi_utils._dialects.shared.query import Listing
from glpi_utils._engine.lists.pace import LARGEST, MOST_FLIGHTS, SMALLEST, Pace
from glpi_utils._engine.lists.walks import walks
from glpi_utils._engine.request.session import LearntPace


def drain(pace: Pace, pages: int, seconds_a_page: float, now: float = 0.0) -> float:
    for _ in range(pages):
        now += seconds_a_page / pace.flights
        pace.observe(pace.size, now)
    return now


def test_it_starts_with_two_pages_of_five_hundred() -> None:
    pace = Pace()
    assert (pace.size, pace.flights) == (520, 2)


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
        pace.observe(pace.size, now)
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
    assert (pace.size, pace.flights) == (520, 1)


def test_what_one_walk_does_changes_nothing_for_another_that_goes_on() -> None:
    learnt = LearntPace()
    one, other, alone = Pace(learnt=learnt), Pace(learnt=learnt), Pace()
    for pace in (one, other, alone):
        pace.began(0.0)
    now = 0.0
    for _ in range(40):
        drain(alone, 1, 0.1, now)
        now = drain(other, 1, 0.1, now)
        one.began(now)
        one.trouble("500")
        assert (other.size, other.flights, other.why) == (alone.size, alone.flights, alone.why)
    assert (one.size, one.flights) == (SMALLEST, 1)


def test_each_walk_of_a_client_has_a_pace_of_its_own() -> None:
    core = AsyncGlpiOAuthClient("https://glpi.test", "id", "secret", username="a", password="b")._core
    tickets, users = core.dialect.resource("Ticket"), core.dialect.resource("User")
    made = [*walks(core, tickets, Listing()), *walks(core, tickets, Listing()), *walks(core, users, Listing(), size=7)]
    assert len({id(walk._pace) for walk in made}) == 3


def test_a_walk_begins_with_what_the_one_before_has_learnt() -> None:
    learnt = LearntPace()
    pace = Pace(learnt=learnt)
    pace.began(0.0)
    drain(pace, 40, 0.1)
    later = Pace(learnt=learnt)
    assert (later.size, later.flights) == (LARGEST, MOST_FLIGHTS)
    later.trouble("500")
    assert (Pace(learnt=learnt).size, Pace(learnt=learnt).flights) == (500, 4)


def test_what_a_caller_fixed_is_learnt_by_nobody() -> None:
    learnt = LearntPace()
    fixed = Pace(30, 3, learnt)
    fixed.began(0.0)
    drain(fixed, 10, 0.1)
    fixed.trouble("500")
    assert (Pace(learnt=learnt).size, Pace(learnt=learnt).flights) == (520, 2)


@pytest.mark.parametrize(
    ("size", "flights", "rest", "rows"),
    [
        (1000, 2, None, 1000),
        (1000, 2, 5000, 1000),
        (1000, 2, 1500, 750),
        (1000, 8, 2500, 500),
        (1000, 2, 600, 620),
        (1000, 2, 1000, 500),
        (1000, 2, 30, 50),
        (62, 1, 50, 50),
        (20, 1, 15, 15),
    ],
)
def test_towards_the_end_pages_are_shared_out_evenly_but_never_small_for_its_sake(
    size: int, flights: int, rest: int | None, rows: int
) -> None:
    pace = Pace()
    pace.size, pace.flights = size, flights
    assert pace.share(size, rest) == rows
    assert Pace(size, flights).share(size, rest) == size, "what a caller fixed is kept"


@given(st.lists(st.sampled_from(["page", "trouble", "throttled", "began"]), max_size=200), st.floats(0.0001, 10))
def test_it_stays_within_its_bounds(events: list[str], seconds: float) -> None:
    pace, now = Pace(), 0.0
    for event in events:
        now += seconds
        if event == "page":
            pace.observe(pace.size, now)
        elif event == "trouble":
            pace.trouble("x")
        elif event == "throttled":
            pace.throttled()
        else:
            pace.began(now)
        assert SMALLEST <= pace.size <= LARGEST
        assert 1 <= pace.flights <= MOST_FLIGHTS
