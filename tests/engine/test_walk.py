"""A walk gives each row that was there all the time once, or says that it can not: whatever happens between its pages."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glpi_utils._engine.walk import How, Walk
from glpi_utils._wire import Page
from glpi_utils.exceptions import (
    GlpiAPIError,
    GlpiAuthError,
    GlpiConnectionError,
    GlpiIncompleteError,
    GlpiMaintenanceError,
    GlpiRateLimitError,
)

T = TypeVar("T")
KEYSET, OVERLAP, PLAIN = How(True, True, 3), How(False, True, 3), How(False, False, 3)


def done(work: Coroutine[Any, Any, T]) -> T:
    try:
        work.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    raise AssertionError("it waited for something")


@dataclass
class Change:
    """What happens before a fetch: rows that go (by position), rows that are made."""

    gone: tuple[int, ...] = ()
    new: int = 0


@dataclass
class Server:
    """A list as GLPI gives it; `troubles` say what becomes of the answers, in order, then all is well."""

    how: How
    ids: list[int]
    changes: Sequence[Change] = ()
    troubles: Sequence[str] = ()
    counts: bool = True
    most: int = 10**6
    """Rows per page that its memory can hold."""
    asked: list[tuple[int, int, int | None, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ever = self.throughout = set(self.ids)
        self._next = max(self.ids, default=0) + 1

    async def fetch(self, start: int, rows: int, after: int | None, last_chance: bool) -> Page:
        at = len(self.asked)
        assert at < 500, "endless"
        self.asked.append((start, rows, after, last_chance))
        if at < len(self.changes) and at > 0:
            self._change(self.changes[at])
        trouble = self.troubles[at] if at < len(self.troubles) else ""
        if rows > self.most:
            raise GlpiAPIError("out of memory", 500)
        if trouble in BREAKS:
            raise BREAKS[trouble]
        found = [each for each in self.ids if after is None or each > after]
        if not self.how.keyset and start >= len(found) and found:
            return Page([], start, None)  # legacy: ERROR_RANGE_EXCEED_TOTAL
        page = found[start : start + rows]
        kept = page[: len(page) // 2] if trouble == "short" else [] if trouble == "empty" else page
        return Page([{"id": each} for each in kept], start, len(found) if self.counts else None)

    def _change(self, change: Change) -> None:
        for position in change.gone:
            if self.ids:
                self.throughout = self.throughout - {self.ids.pop(position % len(self.ids))}
        made = range(self._next, self._next + change.new)
        self._next += change.new
        self.ids.extend(made)
        self.ever = self.ever | set(made)

    def walk(self, size: int, inner: int | None = None) -> Walk:
        return Walk(self.fetch, self.how, size, size if inner is None else inner)


BREAKS: dict[str, Exception] = {
    "500": GlpiAPIError("the server failed", 500),
    "garbage": GlpiAPIError("can not be used", 200),
    "reset": GlpiConnectionError("reset"),
}
BREAKS["reset"].sent = True  # type: ignore[attr-defined]


def rows(walk: Walk, size: int) -> list[int]:
    """All ids; every page but the last is full."""
    found: list[list[dict[str, Any]]] = []
    while (page := done(walk.next())) is not None:
        found.append(page)
    assert all(len(page) == size for page in found[:-1])
    assert all(found)
    return [row["id"] for page in found for row in page]


ids = st.sets(st.integers(1, 400), max_size=120).map(sorted)
sizes = st.integers(1, 60)
changing = st.lists(
    st.builds(Change, st.lists(st.integers(0, 200), max_size=8).map(tuple), st.integers(0, 5)), max_size=12
)
troubling = st.lists(st.sampled_from(["", "", "short", "empty", "500", "garbage", "reset"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(how=st.sampled_from([KEYSET, OVERLAP, PLAIN]), there=ids, size=sizes, inner=sizes)
def test_a_list_at_rest_comes_whole(how: How, there: list[int], size: int, inner: int) -> None:
    server = Server(how, list(there))
    walk = server.walk(size, inner)
    assert rows(walk, size) == there
    assert walk.verified
    assert walk.total == len(there)


@settings(max_examples=250, deadline=None)
@given(how=st.sampled_from([KEYSET, OVERLAP]), there=ids, size=sizes, changes=changing)
def test_a_changing_list_loses_and_repeats_nothing(
    how: How, there: list[int], size: int, changes: list[Change]
) -> None:
    server = Server(how, list(there), changes)
    found = rows(server.walk(size), size)
    assert len(found) == len(set(found))
    assert server.throughout <= set(found) <= server.ever


@settings(max_examples=250, deadline=None)
@given(how=st.sampled_from([KEYSET, OVERLAP]), there=ids, size=sizes, changes=changing, troubles=troubling)
def test_under_trouble_it_comes_whole_or_says_so(
    how: How, there: list[int], size: int, changes: list[Change], troubles: list[str]
) -> None:
    server = Server(how, list(there), changes, troubles)
    walk = server.walk(size)
    found: list[int] = []
    try:
        while (page := done(walk.next())) is not None:
            found += [row["id"] for row in page]
    except (GlpiIncompleteError, GlpiAPIError, GlpiConnectionError):
        assert any(troubles)
    else:
        assert server.throughout <= set(found) <= server.ever
    assert len(found) == len(set(found))


@pytest.mark.parametrize("how", [KEYSET, OVERLAP, PLAIN])
@pytest.mark.parametrize("trouble", ["short", "empty"])
def test_a_short_answer_is_asked_for_again(how: How, trouble: str) -> None:
    server = Server(how, list(range(1, 101)), troubles=["", trouble, trouble])
    assert rows(server.walk(30), 30) == list(range(1, 101))


@pytest.mark.parametrize("how", [KEYSET, OVERLAP, PLAIN])
def test_one_that_stays_short_is_incomplete_and_keeps_what_came(how: How) -> None:
    server = Server(how, list(range(1, 101)), troubles=["", *["short"] * 9])
    walk = server.walk(50, 40)
    with pytest.raises(GlpiIncompleteError, match="3 times") as caught:
        rows(walk, 50)
    assert [row["id"] for row in caught.value.items] == list(range(1, 41))
    assert (caught.value.total, len(server.asked)) == (100, 4)
    assert caught.value.missing


def test_rows_without_ids_can_not_be_proven() -> None:
    async def fetch(start: int, rows: int, after: int | None, last_chance: bool) -> Page:
        return Page([{"name": "x"}], start, 5)

    with pytest.raises(GlpiIncompleteError, match="id"):
        done(Walk(fetch, KEYSET, 1, 2).next())


def test_a_server_that_ignores_the_question_does_not_hold_it_for_ever() -> None:
    asked: list[int] = []

    async def fetch(start: int, rows: int, after: int | None, last_chance: bool) -> Page:
        asked.append(start)
        assert len(asked) < 20, "endless"
        return Page([{"id": each} for each in range(1, rows + 1)], start, 100)

    walk = Walk(fetch, KEYSET, 10, 10)
    assert done(walk.next())
    with pytest.raises(GlpiIncompleteError, match="after id 10"):
        done(walk.next())


def test_an_index_without_ids_and_count_comes_in_one_piece() -> None:
    async def fetch(start: int, rows: int, after: int | None, last_chance: bool) -> Page:
        return Page([{"itemtype": "Ticket"}, {"itemtype": "Computer"}], start, None)

    walk = Walk(fetch, PLAIN, 50, 500)
    assert done(walk.next()) == [{"itemtype": "Ticket"}, {"itemtype": "Computer"}]
    assert done(walk.next()) is None
    assert not walk.verified


@pytest.mark.parametrize("how", [KEYSET, OVERLAP, PLAIN])
@settings(max_examples=60, deadline=None)
@given(there=ids, size=sizes)
def test_without_a_count_it_ends_at_a_short_page_unverified(how: How, there: list[int], size: int) -> None:
    server = Server(how, list(there), counts=False)
    walk = server.walk(size)
    assert rows(walk, size) == there
    assert walk.verified is False
    assert walk.total is None


@pytest.mark.parametrize("most", [20, 100, 333])
def test_pages_shrink_to_what_the_server_can_hold(most: int) -> None:
    server = Server(KEYSET, list(range(1, 1001)), most=most)
    assert rows(server.walk(500), 500) == list(range(1, 1001))
    assert sum(rows > most for _, rows, _, _ in server.asked) <= 5
    assert all(last_chance is (rows <= 20) for _, rows, _, last_chance in server.asked)


def test_they_shrink_no_further_than_to_twenty() -> None:
    server = Server(KEYSET, list(range(1, 101)), most=19)
    with pytest.raises(GlpiAPIError, match="memory"):
        done(server.walk(500).next())
    assert [rows for _, rows, _, _ in server.asked] == [500, 250, 125, 62, 31, 20]


@pytest.mark.parametrize(
    "error",
    [
        GlpiConnectionError("refused"),
        GlpiMaintenanceError("page", 200),
        GlpiAuthError("no", 401),
        GlpiRateLimitError("slower", 429),
        GlpiAPIError("bad filter", 500, "ERROR"),
        GlpiAPIError("bad filter", 400, "ERROR_INVALID_PARAMETER"),
    ],
)
def test_what_does_not_depend_on_the_size_is_raised_at_once(error: Exception) -> None:
    asked: list[int] = []

    async def fetch(start: int, rows: int, after: int | None, last_chance: bool) -> Page:
        asked.append(rows)
        raise error

    with pytest.raises(type(error)):
        done(Walk(fetch, KEYSET, 500, 500).next())
    assert asked == [500]


def test_closed_it_reads_no_more() -> None:
    server = Server(KEYSET, list(range(1, 101)))
    walk = server.walk(10)
    assert done(walk.next())
    walk.close()
    assert done(walk.next()) is None
    assert len(server.asked) == 1
