"""Windows of ids against lists that are answered in three moments, and against servers that answer anything."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glpi_utils._engine.lists.pace import Pace
from glpi_utils._engine.lists.plan import Part
from glpi_utils._engine.lists.windows import Windows
from glpi_utils._wire import Page
from glpi_utils.exceptions import GlpiIncompleteError
from tests.engine.test_plans import List, ids
from tests.engine.test_walk import Asked

Row = dict[str, Any]


class Busy(List):
    """Reads the ids, then their rows, then the count, and others write in between."""

    def answer(self, part: Part) -> Page:
        self.change()
        self.asked += 1
        if part.top:
            last = self._all()[-1:]
            self.change()
            return Page([row for row in last if row["id"] in self.rows], 0, len(self.rows))
        found = self._inside(part)[part.start : part.start + part.size]
        self.change()
        rows = [row for row in found if row["id"] in self.rows]
        self.change()
        return Page(rows, part.start, len(self._inside(part)))

    def _inside(self, part: Part) -> list[Row]:
        low, high = part.low or 0, part.high
        return [row for row in self._all() if row["id"] >= low and (high is None or row["id"] < high)]

    def change(self) -> None:
        """Some go, some come, also in the middle: those are taken out of the trash."""
        self._turns(3)
        gone = sorted(self.ever - self.rows)
        if gone and self._dice.random() < self._churn / 4:
            self.rows.add(self._dice.choice(gone))


@settings(max_examples=150, deadline=None)
@given(
    ids=ids,
    size=st.integers(2, 60),
    flights=st.integers(1, 8),
    seed=st.integers(0, 2**32),
    churn=st.floats(0, 0.3),
)
def test_a_list_that_is_written_to_between_its_moments_loses_nothing_and_is_no_error(
    ids: set[int], size: int, flights: int, seed: int, churn: float
) -> None:
    server = Busy(ids, random.Random(seed), churn)
    reader = Asked(server, Windows(), Pace(size, flights))
    found = reader.read()
    assert len(found) == len(set(found)), "none twice"
    assert reader.walk.late or found == sorted(found), "in order, but for those of a second reading"
    assert server.throughout <= set(found) <= server.ever
    assert server.asked <= 60 + 8 * (1 + len(server.ever) // (size - 1))


CUTS: dict[str, Callable[[list[Row], random.Random], list[Row]]] = {
    "empty": lambda rows, dice: [],
    "cut": lambda rows, dice: rows[: dice.randint(0, len(rows))],
    "begun late": lambda rows, dice: rows[dice.randint(0, len(rows)) :],
    "holes": lambda rows, dice: [row for row in rows if dice.random() < 0.7],
    "doubled": lambda rows, dice: [row for row in rows for _ in range(2)],
    "reversed": lambda rows, dice: rows[::-1],
}
WHENS: dict[str, Callable[[int, int, random.Random], bool]] = {
    "once": lambda asked, first, dice: asked == first,
    "now and then": lambda asked, first, dice: dice.random() < 0.2,
    "from then on": lambda asked, first, dice: asked >= first,
}


class Lying(List):
    """Spoils answers: their rows, and the count where it is to fit them or to be false."""

    def __init__(self, ids: set[int], dice: random.Random, cut: str, count: str, when: str, first: int) -> None:
        super().__init__(ids, dice)
        self._cut, self._count, self._when, self._first = cut, count, when, first
        self.lied_first = False
        self._before: list[Row] = []

    def answer(self, part: Part) -> Page:
        page = super().answer(part)
        before, self._before = self._before, page.items
        if not WHENS[self._when](self.asked, self._first, self._dice):
            return page
        rows = before if self._cut == "repeated" else CUTS[self._cut](page.items, self._dice)
        lost = len(page.items) - len(rows)
        total = page.total or 0
        counts = {"true": total, "fits": total - lost, "false": self._dice.randint(0, 2 * total), "zero": 0}
        self.lied_first = self.lied_first or (self.asked == 1 and (rows, counts[self._count]) != (page.items, total))
        return Page(rows, part.start, max(0, counts[self._count]))


@settings(max_examples=150, deadline=None)
@given(
    number=st.integers(30, 400),
    step=st.integers(1, 5),
    size=st.integers(5, 60),
    flights=st.integers(1, 6),
    seed=st.integers(0, 2**32),
    cut=st.sampled_from([*CUTS, "repeated"]),
    count=st.sampled_from(["true", "fits", "false", "zero"]),
    when=st.sampled_from(list(WHENS)),
    first=st.integers(1, 9),
)
def test_whatever_a_server_answers_the_list_is_whole_or_an_error(
    number: int, step: int, size: int, flights: int, seed: int, cut: str, count: str, when: str, first: int
) -> None:
    server = Lying({each * step for each in range(number)}, random.Random(seed), cut, count, when, first)
    reader = Asked(server, Windows(), Pace(size, flights))
    found: list[int] = []
    try:
        found = reader.read()
    except GlpiIncompleteError:
        pass
    else:
        assert len(found) == len(set(found))
        assert reader.walk.late or found == sorted(found)
        consistent = when != "once" and count != "true"  # twice the same lie about the same rows is true for us
        alone = server.lied_first and server.asked <= 2  # a list that comes in one answer is as good as this answer
        assert consistent or alone or set(found) == server.ever
    assert server.asked <= 100 + 3 * number


class Spoilt(List):
    """Spoils the answers whose numbers are given, in one way."""

    def __init__(self, number: int, spoil: Callable[[Part, Page], Page], *which: int) -> None:
        super().__init__(set(range(1, number + 1)), random.Random(1))
        self._spoil, self._which = spoil, which
        self.parts: list[Part] = []

    def answer(self, part: Part) -> Page:
        self.parts.append(part)
        page = super().answer(part)
        return self._spoil(part, page) if not self._which or self.asked in self._which else page


def alike(kept: float) -> Callable[[Part, Page], Page]:
    """Rows and count are cut alike, as a session that lost its entity or a replica that lags would have it."""

    def spoil(part: Part, page: Page) -> Page:
        rows = page.items[: int(len(page.items) * kept)]
        return Page(rows, part.start, (page.total or 0) - len(page.items) + len(rows))

    return spoil


@pytest.mark.parametrize("flights", [1, 3])
@pytest.mark.parametrize("kept", [0.0, 0.6, 0.99])
@pytest.mark.parametrize("which", range(2, 12))
def test_an_answer_whose_rows_and_count_are_cut_alike_loses_nothing(which: int, kept: float, flights: int) -> None:
    server = Spoilt(900, alike(kept), which)
    assert Asked(server, Windows(), Pace(100, flights)).read() == list(range(1, 901))


@pytest.mark.parametrize("flights", [1, 3])
@pytest.mark.parametrize("which", range(2, 12))
def test_rows_that_one_answer_hides_are_read_again(which: int, flights: int) -> None:
    def hide(part: Part, page: Page) -> Page:
        seen = [row for row in server._all() if row["id"] % 3 and (part.low or 0) <= row["id"] < (part.high or 901)]
        return Page(seen[part.start : part.start + part.size], part.start, len(seen))

    server = Spoilt(900, hide, which)
    assert Asked(server, Windows(), Pace(100, flights)).read() == list(range(1, 901))


@pytest.mark.parametrize("number", [24, 900, 1500])
@pytest.mark.parametrize("flights", [1, 4])
def test_a_list_that_is_empty_behind_its_first_page_is_no_whole_list(number: int, flights: int) -> None:
    server = Spoilt(number, lambda part, page: Page([], part.start, 0), *range(2, 1000))
    reader = Asked(server, Windows(), Pace(number // 4, flights))
    with pytest.raises(GlpiIncompleteError, match=f"counted {number} before"):
        reader.read()
    assert server.asked < 20
    assert reader.runtime.slept, "pauses in between"


def test_windows_that_contradict_the_count_of_the_whole_are_an_error() -> None:
    server = Spoilt(900, lambda part, page: page if part.low is None else Page([], part.start, 0), *range(2, 1000))
    with pytest.raises(GlpiIncompleteError, match="row 900 is the last, but none comes behind row 100"):
        Asked(server, Windows(), Pace(100, 2)).read()
    assert server.asked < 60


def test_rows_that_go_ahead_of_a_page_move_it_and_what_lies_between_is_read() -> None:
    server, plan = List(set(range(1, 271)), random.Random(1)), Windows()
    first = plan.next(100)
    assert first is not None
    plan.accept(first, server.answer(first))
    second, third = plan.next(100), plan.next(100)
    assert (second, third) == (Part(100, 0, low=100), Part(100, 99, low=100))
    assert second is not None
    assert third is not None
    rows, _ = plan.accept(second, server.answer(second))
    assert rows[-1]["id"] == 199
    server.rows -= {120, 130, 140}
    assert plan.accept(third, server.answer(third)) == ([], Part(100, low=200, high=202))
    rows, rest = plan.accept(Part(100, low=200, high=202), Page([{"id": 200}, {"id": 201}], 0, 2))
    assert [row["id"] for row in rows] == [200, 201]
    assert rest == Part(1, low=202, high=271, counts=True), (
        "fewer are counted than before, so they are counted once more"
    )
    rows, rest = plan.accept(rest, Page([{"id": 202}], 0, 69))
    assert [row["id"] for row in rows] == list(range(202, 271))
    assert rest == Part(1, top=True), "three are missing to the first count: have they gone?"
    assert plan.accept(rest, Page([{"id": 270}], 0, 267)) == ([], rest), "an answer that is too low now and then?"
    assert plan.accept(rest, Page([{"id": 270}], 0, 267)) == ([], rest)
    assert plan.accept(rest, Page([{"id": 270}], 0, 267)) == ([], None)
    assert plan.done


def test_more_rows_than_are_counted_are_no_loss() -> None:
    server = Spoilt(631, lambda part, page: page._replace(total=(page.total or 0) - 1), 2)
    assert Asked(server, Windows(), Pace(500, 1)).read() == list(range(1, 632))
    assert server.parts[2:] == [Part(1, low=501, high=632, counts=True), Part(1, top=True)]


def test_fewer_rows_than_are_counted_are_settled_by_one_count() -> None:
    def gone(part: Part, page: Page) -> Page:
        server.rows -= {7, 8}
        return Page([row for row in page.items if row["id"] not in (7, 8)], part.start, 298)

    server = Spoilt(300, gone, 1)
    found = Asked(server, Windows(), Pace(100, 1)).read()
    assert found == [each for each in range(1, 301) if each not in (7, 8)]
    assert server.parts[1] == Part(1, low=0, high=101, counts=True)
    assert sum(part.counts for part in server.parts) == 1


def test_a_quiet_list_is_never_counted() -> None:
    server = Spoilt(3000, lambda part, page: page)
    assert Asked(server, Windows(), Pace(100, 4)).read() == list(range(1, 3001))
    assert not any(part.counts for part in server.parts)
    assert len(server.parts) == 31


def test_a_list_may_begin_later() -> None:
    server = Spoilt(900, lambda part, page: page)
    assert Asked(server, Windows(350), Pace(100, 3)).read() == list(range(351, 901))
    assert Asked(server, Windows(900), Pace(100, 3)).read() == []
    assert server.asked == 7
