"""A walk that is stopped anywhere, kept as JSON and read on elsewhere keeps its promise, whoever writes meanwhile."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glpi_utils._engine.lists.pace import Pace
from glpi_utils._engine.lists.ranges import Ranges
from glpi_utils._engine.lists.sorting import Sorted
from glpi_utils._engine.lists.unions import Unions
from glpi_utils._engine.lists.walk_state import key_of, of_runs, runs
from glpi_utils._engine.lists.windows import Windows
from glpi_utils.exceptions import GlpiIncompleteError
from tests.engine.test_plans import List, Row, ids
from tests.engine.test_unions import Moments, keys
from tests.engine.test_walk import Asked, done
from tests.engine.test_windows import CUTS, WHENS, Busy, Lying

Make = Callable[[], Any]
STOPS = st.lists(st.integers(1, 120), min_size=1, max_size=4)
"""How many rows are handed on in each leg but the last."""


def relay(make: Make, server: List, pace: tuple[int, int], stops: list[int]) -> list[Row]:
    """Read in legs, each with a plan of its own that goes on from what the one before it said."""
    handed: list[Row] = []
    place: Any = None
    for stop in [*stops, None]:
        plan = make()
        if place is not None:
            plan.resume(place, tuple(json.loads(json.dumps(key_of(handed[-1])))))
        walk, came = Asked(server, plan, Pace(*pace)).walk, list[Row]()
        while stop is None or len(came) < stop:
            rows = done(walk.next())
            if rows is None:
                if len(came) <= (stop or len(came)):
                    return handed + came
                break
            came += rows
        handed, held = handed + came[:stop], came[stop:] if stop is not None else []
        walk.close()
        place = json.loads(json.dumps(plan.place([key_of(row) for row in held])))
        server._turns(30)
    raise AssertionError("the last leg reads to the end")


@settings(max_examples=200, deadline=None)
@given(
    ids=ids,
    pace=st.tuples(st.integers(2, 60), st.integers(1, 6)),
    stops=STOPS,
    seed=st.integers(0, 2**32),
    churn=st.floats(0, 0.3),
)
def test_windows(ids: set[int], pace: tuple[int, int], stops: list[int], seed: int, churn: float) -> None:
    server = Busy(ids, random.Random(seed), churn)
    try:
        found = [row["id"] for row in relay(Windows, server, pace, stops)]
    except GlpiIncompleteError:
        assert churn > 0
        assert len(server.rows) < 5, "of a few rows the last one may go each time that it is asked for"
        return
    assert len(found) == len(set(found)), "none twice"
    assert server.throughout <= set(found) <= server.ever


@settings(max_examples=200, deadline=None)
@given(
    ids=ids,
    pace=st.tuples(st.integers(2, 60), st.integers(1, 6)),
    stops=STOPS,
    seed=st.integers(0, 2**32),
    churn=st.floats(0, 0.3),
)
def test_ranges(ids: set[int], pace: tuple[int, int], stops: list[int], seed: int, churn: float) -> None:
    server = List(ids, random.Random(seed), churn)
    try:
        found = [row["id"] for row in relay(Ranges, server, pace, stops)]
    except GlpiIncompleteError:
        assert churn > 0, "a list that nobody writes to is read whole"
        return
    assert len(found) == len(set(found)), "none twice"
    assert server.throughout <= set(found) <= server.ever


@settings(max_examples=100, deadline=None)
@given(
    number=st.integers(0, 150),
    size=st.integers(25, 60),
    stops=STOPS,
    seed=st.integers(0, 2**32),
    churn=st.floats(0, 0.2),
)
@example(
    number=17, size=25, stops=[25], seed=106, churn=0.125
)  # a full page one of whose rows was deleted before it was read
def test_unions(number: int, size: int, stops: list[int], seed: int, churn: float) -> None:
    server = Moments(set(range(1, number + 1)), random.Random(seed), churn)
    found = relay(Unions, server, (size, 1), stops)
    assert len(found) == len(keys(found)), "none twice"
    assert {(each, kind) for each in server.throughout for kind in "AB"[: 1 + each % 2]} <= keys(found)


@settings(max_examples=100, deadline=None)
@given(ids=ids, pace=st.tuples(st.integers(2, 60), st.integers(1, 6)), stops=STOPS, churn=st.sampled_from([0.0, 0.2]))
def test_an_order_of_the_callers_is_whole_or_an_error(
    ids: set[int], pace: tuple[int, int], stops: list[int], churn: float
) -> None:
    server = List(ids, random.Random(1), churn)
    expected = sorted(ids)
    try:
        found = [row["id"] for row in relay(lambda: Sorted(stable=True), server, pace, stops)]
    except GlpiIncompleteError:
        assert churn, "a list that nobody writes to is read whole"
    else:
        assert len(found) == len(set(found))
        assert server.throughout <= set(found)
        assert churn or found == expected


@settings(max_examples=200, deadline=None)
@given(
    number=st.integers(30, 300),
    pace=st.tuples(st.integers(5, 60), st.integers(1, 6)),
    stops=STOPS,
    seed=st.integers(0, 2**32),
    cut=st.sampled_from([*CUTS, "repeated"]),
    count=st.sampled_from(["true", "fits", "false", "zero"]),
    when=st.sampled_from(list(WHENS)),
    first=st.integers(1, 9),
)
def test_windows_of_a_server_that_lies_are_whole_or_an_error(
    number: int,
    pace: tuple[int, int],
    stops: list[int],
    seed: int,
    cut: str,
    count: str,
    when: str,
    first: int,
) -> None:
    server = Lying(set(range(number)), random.Random(seed), cut, count, when, first)
    try:
        found = [row["id"] for row in relay(Windows, server, pace, stops)]
    except GlpiIncompleteError:
        return
    assert len(found) == len(set(found))
    consistent = when != "once" and count != "true"
    alone = server.lied_first and server.asked <= 2
    assert consistent or alone or set(found) == server.ever


@settings(max_examples=50, deadline=None)
@given(numbers=st.sets(st.integers(0, 10**12)) | st.sets(st.integers(0, 60)))
def test_ids_are_written_in_runs(numbers: set[int]) -> None:
    assert of_runs(runs(sorted(numbers))).tolist() == sorted(numbers)


def test_runs_of_neighbours_take_little() -> None:
    assert len(runs(range(1, 1_000_001))) < 20
    assert len(runs(range(1, 1_000_001, 2))) < 1_000_001


@pytest.mark.parametrize("make", [Windows, Ranges], ids=["windows", "ranges"])
def test_what_is_read_on_costs_what_is_left(make: Make) -> None:
    server = List(set(range(1, 3001)), random.Random(1))
    relay(make, server, (100, 2), [2000])
    assert server.asked < 30 + 8, "the first 2 000 rows are not read again"
