"""Planners against lists that change while they are read: any densities, page sizes, births, deaths, borders."""

from __future__ import annotations

import random
from collections import deque
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glpi_utils._engine.lists.plan import Moved, Part, Plan, Short, Whole
from glpi_utils._engine.lists.ranges import Ranges
from glpi_utils._engine.lists.sorting import Sorted
from glpi_utils._engine.lists.unions import Unions
from glpi_utils._engine.lists.windows import Windows
from glpi_utils._wire import Page
from glpi_utils.exceptions import GlpiIncompleteError, GlpiValidationError

Row = dict[str, Any]


class List:
    """A server's list: rows by id, some of them of several types, changed at random between answers."""

    def __init__(self, ids: set[int], dice: random.Random, churn: float = 0.0, *, union: bool = False) -> None:
        self.rows = set(ids)
        self.throughout = set(ids)
        self.ever = set(ids)
        self.asked = 0
        self._dice, self._churn, self._union = dice, churn, union

    def change(self) -> None:
        self._turns(1000)

    def _turns(self, most: int) -> None:
        while self.rows and most and self._dice.random() < self._churn:
            most -= 1
            if self._dice.random() < 0.6:
                gone = self._dice.choice(sorted(self.rows))
                self.rows.discard(gone)
                self.throughout.discard(gone)
            else:
                born = max(self.ever) + self._dice.randint(1, 3)
                self.rows.add(born)
                self.ever.add(born)

    def _all(self) -> list[Row]:
        if not self._union:
            return [{"id": number} for number in sorted(self.rows)]
        return [{"id": number, "_itemtype": kind} for number in sorted(self.rows) for kind in "AB"[: 1 + number % 2]]

    def answer(self, part: Part) -> Page:
        self.change()
        self.asked += 1
        rows = self._all()
        if part.top:
            return Page(rows[-1:], 0, len(rows))
        if part.low is not None or part.high is not None:
            inside = [
                row for row in rows if row["id"] >= (part.low or 0) and (part.high is None or row["id"] < part.high)
            ]
            return Page(inside[part.start : part.start + part.size], part.start, len(inside))
        if part.start > len(rows):
            return Page([], part.start, None)  # the legacy API: ERROR_RANGE_EXCEED_TOTAL
        return Page(rows[part.start : part.start + part.size], part.start, len(rows))


def walk(plan: Plan, server: List, size: int, flights: int, dice: random.Random, trouble: float = 0.0) -> list[Row]:
    """Read as `Walk` does: up to ``flights`` ahead, answered at any time before their turn, taken in order."""
    found: list[Row] = []
    flying: deque[list[Any]] = deque()
    in_a_row = 0
    for _ in range(20_000):
        while len(flying) < flights and (part := plan.next(size)) is not None:
            flying.append([part, None])
        if not flying:
            return found
        for flight in dice.sample(list(flying), len(flying)):
            if flight[1] is None and (flight is flying[0] or dice.random() < 0.7):
                flight[1] = server.answer(flight[0])
        part, page = flying[0]
        try:
            if dice.random() < trouble:
                raise Short
            rows, rest = plan.accept(part, page)
        except Moved:
            flying.clear()
            continue
        except Short as problem:
            in_a_row += 1
            if in_a_row > 50:
                raise GlpiIncompleteError("the server contradicts itself") from None
            part = problem.instead or part
            again = plan.again(part, max(2, part.size // 2))
            flying.popleft()
            flying.clear() if again is None else flying.appendleft([again, None])
            continue
        in_a_row = 0 if rows else in_a_row
        flying.popleft()
        found += rows
        if rest is not None:
            flying.appendleft([rest, None])
        if plan.done:
            flying.clear()
    raise AssertionError("the walk does not end")


ids = st.one_of(
    st.sets(st.integers(0, 3000), max_size=300),
    st.integers(0, 400).map(lambda most: set(range(1, most))),
    st.tuples(st.integers(1, 50), st.integers(1, 40)).map(lambda it: {n * it[0] for n in range(1, it[1])}),
    st.tuples(st.integers(1, 200), st.integers(10_000, 10**9)).map(lambda it: {*range(1, it[0]), it[1]}),
)


@settings(max_examples=300, deadline=None)
@given(ids=ids, size=st.integers(1, 60), flights=st.integers(1, 8), seed=st.integers(0, 2**32), union=st.booleans())
def test_windows_read_a_quiet_list_once_in_order_by_no_more_requests_than_offsets(
    ids: set[int], size: int, flights: int, seed: int, union: bool
) -> None:
    dice = random.Random(seed)
    server = List(ids, dice, union=union)
    size = max(size, 2)
    expected = server._all()
    assert walk(Windows(), server, size, flights, dice) == expected
    if not union:
        assert server.asked <= 2 + len(ids) // (size - 1)


@settings(max_examples=300, deadline=None)
@example(
    ids=set(range(1, 38)), size=2, flights=7, seed=9914, churn=0.671875, trouble=0.0
)  # every row is deleted meanwhile
@given(
    ids=ids,
    size=st.integers(1, 60),
    flights=st.integers(1, 8),
    seed=st.integers(0, 2**32),
    churn=st.floats(0, 0.7),
    trouble=st.sampled_from([0.0, 0.2]),
)
def test_windows_keep_the_promise_while_rows_come_and_go(
    ids: set[int], size: int, flights: int, seed: int, churn: float, trouble: float
) -> None:
    dice = random.Random(seed)
    server = List(ids, dice, churn)
    try:
        found = [row["id"] for row in walk(Windows(), server, size, flights, dice, trouble)]
    except GlpiIncompleteError:
        assert len(server.rows) < 5, "a list that went nearly whole is no list that was read"
    else:
        _promised(found, server)


@settings(max_examples=300, deadline=None)
@given(
    ids=ids,
    size=st.integers(1, 60),
    flights=st.integers(1, 8),
    seed=st.integers(0, 2**32),
    churn=st.floats(0, 0.6),
    trouble=st.sampled_from([0.0, 0.2]),
)
def test_ranges_keep_the_promise_while_rows_come_and_go(
    ids: set[int], size: int, flights: int, seed: int, churn: float, trouble: float
) -> None:
    dice = random.Random(seed)
    server = List(ids, dice, churn)
    found = [row["id"] for row in walk(Ranges(), server, size, flights, dice, trouble)]
    _promised(found, server)


class Unordered(List):
    """A union of types: its rows come in any order, the same for every question."""

    def __init__(self, ids: set[int], dice: random.Random, churn: float = 0.0) -> None:
        super().__init__(ids, dice, churn, union=True)
        self._places: dict[Any, float] = {}

    def _all(self) -> list[Row]:
        return sorted(super()._all(), key=lambda row: self._places.setdefault(tuple(row.items()), self._dice.random()))


@settings(max_examples=60, deadline=None)
@given(
    ids=ids,
    size=st.integers(2, 60),
    seed=st.integers(0, 2**32),
    churn=st.sampled_from([0.0, 0.1, 0.3]),
    trouble=st.sampled_from([0.0, 0.2]),
)
def test_unions_keep_the_promise_whatever_their_order(
    ids: set[int], size: int, seed: int, churn: float, trouble: float
) -> None:
    dice = random.Random(seed)
    server = Unordered(ids, dice, churn)
    rows = walk(Unions(), server, size, 3, dice, trouble)
    keys = {(row["id"], row["_itemtype"]) for row in rows}
    assert len(keys) == len(rows), "none twice"
    assert {(number, kind) for number in server.throughout for kind in "AB"[: 1 + number % 2]} <= keys
    assert {number for number, _ in keys} <= server.ever


def _promised(found: list[int], server: List) -> None:
    assert len(found) == len(set(found)), "none twice"
    assert found == sorted(found)
    assert server.throughout <= set(found), "every id that existed throughout"
    assert set(found) <= server.ever, "none that never existed"


def test_a_range_whose_border_moved_is_read_backwards() -> None:
    plan = Ranges()
    server = List(set(range(1, 301)), random.Random(1))
    first = plan.next(100)
    assert first == Part(100, 0)
    plan.accept(first, server.answer(first))
    server.rows -= set(range(1, 31))
    second = plan.next(100)
    assert second == Part(100, 99)
    with pytest.raises(Moved):
        plan.accept(second, server.answer(second))
    assert plan.moved
    back = plan.next(100)
    assert back == Part(100, 0)
    rows, _ = plan.accept(back, server.answer(back))
    assert [row["id"] for row in rows] == list(range(101, 131)), "what a plain range would have lost"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page([], 0, 2), "none of those counted"),
        (Page([{"id": 1}, {"id": 1}], 0, 2), "one twice"),
        (Page([{"id": 2}, {"id": 1}], 0, 2), "out of order"),
        (Page([{"name": "x"}, {"id": 1}], 0, 2), "a row without an id"),
        (Page([{"id": each} for each in range(10)], 0, None), "no count, and as many as were asked for"),
    ],
)
def test_a_page_that_can_not_be_right_is_short(page: Page, why: str) -> None:
    plan = Windows()
    part = plan.next(10)
    assert part is not None
    with pytest.raises(Short):
        plan.accept(part, page)


def test_a_row_outside_its_window_is_refused() -> None:
    plan = Windows()
    with pytest.raises(Short, match="does not belong"):
        plan.accept(Part(10, low=5, high=8), Page([{"id": 9}], 0, 1))


def test_an_index_without_ids_and_count_comes_whole() -> None:
    for plan in (Windows(), Whole()):
        part = plan.next(10)
        assert part is not None
        rows, rest = plan.accept(part, Page([{"name": "a"}, {"name": "b"}], 0, None))
        assert (len(rows), rest, plan.total, plan.next(10)) == (2, None, None, None)


def test_an_order_of_the_callers_is_refused_where_equal_rows_have_none() -> None:
    server = List(set(range(30)), random.Random(1))
    plan = Sorted(stable=False)
    part = plan.next(10)
    assert part is not None
    with pytest.raises(GlpiValidationError, match="unstable=True"):
        plan.accept(part, server.answer(part))


def test_a_sorted_list_that_moves_is_an_error() -> None:
    server = List(set(range(1, 31)), random.Random(1))
    plan = Sorted(stable=True)
    part = plan.next(10)
    assert part is not None
    plan.accept(part, server.answer(part))
    server.rows.discard(3)
    part = plan.next(10)
    assert part is not None
    with pytest.raises(GlpiIncompleteError, match="changed"):
        plan.accept(part, server.answer(part))
