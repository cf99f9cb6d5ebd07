"""Unions of types against servers that are written to between their moments, and against those that answer anything."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glpi_utils._engine.lists.pace import Pace
from glpi_utils._engine.lists.plan import Part
from glpi_utils._engine.lists.unions import Unions
from glpi_utils._wire import Page
from glpi_utils.exceptions import GlpiIncompleteError
from tests.engine.test_plans import Row, Unordered
from tests.engine.test_walk import Asked, done
from tests.engine.test_windows import CUTS, WHENS


class Moments(Unordered):
    """Reads the ids, then their rows, then the count, and others write in between."""

    def answer(self, part: Part) -> Page:
        self.change()
        self.asked += 1
        found = self._inside(part)[: part.size]
        self._turns(3)
        rows = [row for row in found if row["id"] in self.rows]
        self._turns(3)
        return Page(rows, part.start, len(self._inside(part)))

    def change(self) -> None:
        self._turns(3)

    def _inside(self, part: Part) -> list[Row]:
        low, high = part.low or 0, part.high
        return [row for row in self._all() if row["id"] >= low and (high is None or row["id"] < high)]


def keys(rows: list[Row]) -> set[tuple[int, str]]:
    return {(row["id"], row["_itemtype"]) for row in rows}


def read(reader: Asked) -> list[Row]:
    found: list[Row] = []
    while (rows := done(reader.walk.next())) is not None:
        found += rows
    return found


@settings(max_examples=100, deadline=None)
@given(
    number=st.integers(0, 150),
    size=st.integers(25, 60),
    seed=st.integers(0, 2**32),
    churn=st.floats(0, 0.2),
)
def test_what_others_write_meanwhile_is_no_loss_and_no_error(number: int, size: int, seed: int, churn: float) -> None:
    server = Moments(set(range(1, number + 1)), random.Random(seed), churn)
    found = read(Asked(server, Unions(), Pace(size, 1)))
    assert len(found) == len(keys(found)), "none twice"
    assert {(each, kind) for each in server.throughout for kind in "AB"[: 1 + each % 2]} <= keys(found)
    assert {each for each, _ in keys(found)} <= server.ever


class Lying(Unordered):
    """Spoils answers: their rows, and the count where it is to fit them."""

    def __init__(self, number: int, dice: random.Random, cut: str, count: str, when: str, first: int) -> None:
        super().__init__(set(range(1, number + 1)), dice)
        self._cut, self._count, self._when, self._first = cut, count, when, first

    def answer(self, part: Part) -> Page:
        page = super().answer(part)
        if not WHENS[self._when](self.asked, self._first, self._dice):
            return page
        rows = CUTS[self._cut](page.items, self._dice)
        lost = len(page.items) - len(rows) if self._count == "fits" else 0
        return Page(rows, part.start, max(0, (page.total or 0) - lost))


@settings(max_examples=150, deadline=None)
@given(
    number=st.integers(80, 200),
    size=st.integers(20, 60),
    seed=st.integers(0, 2**32),
    cut=st.sampled_from([cut for cut in CUTS if cut != "reversed"]),
    count=st.sampled_from(["true", "fits"]),
    when=st.sampled_from(["once", "from then on"]),
    first=st.integers(1, 9),
)
def test_whatever_a_server_answers_a_union_is_whole_or_an_error(
    number: int, size: int, seed: int, cut: str, count: str, when: str, first: int
) -> None:
    server = Lying(number, random.Random(seed), cut, count, when, first)
    reader = Asked(server, Unions(), Pace(size, 1))
    try:
        found = read(reader)
    except GlpiIncompleteError:
        pass
    else:
        assert len(found) == len(keys(found))
        consistent = (when == "from then on" and count == "fits") or server.asked == 1
        assert consistent or keys(found) == keys(server._all())
    assert server.asked <= 2000


@pytest.mark.parametrize("which", range(2, 9))
def test_a_window_whose_rows_and_count_are_cut_alike_is_read_again_at_the_end(which: int) -> None:
    server = Lying(200, random.Random(1), "cut", "fits", "once", which)
    reader = Asked(server, Unions(), Pace(60, 1))
    found = read(reader)
    assert keys(found) == keys(server._all())
