"""The ordered window over a plan: what is in flight, what is asked for again, how it ends."""

from __future__ import annotations

import random
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glpi_utils._engine.lists.pace import Pace
from glpi_utils._engine.lists.plan import Part, Plan
from glpi_utils._engine.lists.ranges import Ranges
from glpi_utils._engine.lists.walk import Walk
from glpi_utils._engine.lists.walk_context import Progress, WalkContext
from glpi_utils._engine.lists.windows import Windows
from glpi_utils._engine.request.report import Report
from glpi_utils._engine.request.retry import Retry
from glpi_utils._redactor import Redactor
from glpi_utils._wire import Operation, Page, Request, Response
from glpi_utils.exceptions import (
    GlpiAPIError,
    GlpiAuthError,
    GlpiConnectionError,
    GlpiIncompleteError,
    GlpiMaintenanceError,
    GlpiRateLimitError,
)
from tests.engine.fakes import Told
from tests.engine.test_plans import List

T = TypeVar("T")
Row = dict[str, Any]


def done(work: Coroutine[Any, Any, T]) -> T:
    try:
        work.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    raise AssertionError("it waited for something")


def reset() -> GlpiConnectionError:
    error = GlpiConnectionError("reset")
    error.sent = True
    return error


BREAKS: dict[str, Callable[[], Exception]] = {
    "500": lambda: GlpiAPIError("the server failed", 500),
    "garbage": lambda: GlpiAPIError("cannot be used", 200),
    "reset": reset,
}


class Asked:
    """A server behind a walk; `troubles` say what becomes of the answers, in order, then all is well."""

    def __init__(
        self,
        server: List,
        plan: Plan,
        pace: Pace,
        troubles: list[str] | None = None,
        most: int = 10**6,
        padding: int = 0,
        longest: float = 120.0,
        runtime: Told | None = None,
    ) -> None:
        self.server, self.troubles, self.most = server, list(troubles or []), most
        self._padding = "x" * padding
        self.parts: list[tuple[Part, bool]] = []
        self.runtime = runtime or Told()
        self.seen: list[Progress] = []
        self._by_path: dict[str, Part] = {}
        report = Report(Redactor(), {})
        means = WalkContext(
            self.runtime, report, self._fetch, self._ask, self._mend, Retry(), longest, self.seen.append
        )
        self.walk = Walk(plan, pace, means)

    def _ask(self, part: Part) -> Operation[Page]:
        self._by_path[repr(part)] = part

        def read(response: Response) -> Page:
            total = response.headers.get("total", "")
            return Page(response.data(), part.start, int(total) if total else None)

        return Operation(Request("GET", repr(part)), read)

    async def _fetch(self, ask: Operation[Any], repeats: bool) -> Any:
        part = self._by_path[ask.request.path]
        assert len(self.parts) < 2000, "endless"
        self.parts.append((part, repeats))
        trouble = self.troubles.pop(0) if self.troubles else ""
        if part.size > self.most:
            raise GlpiAPIError("out of memory", 500)
        if trouble in BREAKS:
            raise BREAKS[trouble]()
        page = self.server.answer(part)
        rows = page.items
        if trouble in ("short", "empty", "hole"):
            rows = {"short": rows[: len(rows) // 2], "empty": [], "hole": rows[::2]}[trouble]
        headers = {} if page.total is None else {"total": str(page.total)}
        body = orjson.dumps([{**row, "x": self._padding} for row in rows] if self._padding else rows)
        return ask.read(Response(200, headers, body[:-1] if trouble == "cut" else body))

    async def _mend(self, rows: list[Row]) -> list[Row]:
        return rows

    def read(self) -> list[int]:
        found: list[int] = []
        while (rows := done(self.walk.next())) is not None:
            found += [row["id"] for row in rows]
        return found


def asked(ids: set[int], plan: Plan, pace: Pace | None = None, **more: Any) -> Asked:
    return Asked(List(ids, random.Random(1)), plan, pace or Pace(30, 3), **more)


PLANS: list[type[Plan]] = [Windows, Ranges]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("pace", [(None, None), (7, 1), (40, 8), (None, 1), (3, None)])
def test_a_list_comes_whole_and_in_order(plan: type[Plan], pace: tuple[int | None, int | None]) -> None:
    server = asked(set(range(1, 1501)), plan(), Pace(*pace))
    assert server.read() == list(range(1, 1501))
    assert server.walk.total == 1500
    assert server.seen[-1].rows == 1500


@settings(max_examples=200, deadline=None)
@given(
    plan=st.sampled_from(PLANS),
    ids=st.sets(st.integers(1, 500), max_size=150),
    seed=st.integers(0, 2**32),
    churn=st.floats(0, 0.6),
    troubles=st.lists(st.sampled_from(["", "", "short", "empty", "500", "garbage", "reset"]), max_size=12),
)
def test_under_trouble_it_keeps_the_promise_or_says_so(
    plan: type[Plan], ids: set[int], seed: int, churn: float, troubles: list[str]
) -> None:
    server = Asked(List(ids, random.Random(seed), churn), plan(), Pace(64, 3), troubles)
    found: list[int] = []
    try:
        while (rows := done(server.walk.next())) is not None:
            found += [row["id"] for row in rows]
    except (GlpiIncompleteError, GlpiAPIError, GlpiConnectionError):
        assert any(troubles)
    else:
        assert server.server.throughout <= set(found) <= server.server.ever
    assert len(found) == len(set(found))


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("trouble", ["short", "empty", "cut", "hole"])
def test_a_short_answer_is_asked_for_again(plan: type[Plan], trouble: str) -> None:
    server = asked(set(range(1, 101)), plan(), troubles=["", trouble, trouble])
    assert server.read() == list(range(1, 101))


def test_one_that_stays_short_is_incomplete_and_says_where() -> None:
    server = asked(set(range(1, 101)), Ranges(), Pace(40, 1), troubles=["", *["short"] * 99])
    assert done(server.walk.next()) == [{"id": each} for each in range(1, 41)]
    with pytest.raises(GlpiIncompleteError, match="4 times") as caught:
        server.read()
    assert caught.value.total == 100
    assert caught.value.missing.startswith("rows ")


def test_windows_that_stay_short_are_read_by_many_small_ones() -> None:
    server = asked(set(range(1, 101)), Windows(), Pace(40, 1), troubles=["", *["short"] * 9])
    assert server.read() == list(range(1, 101))


def test_windows_that_stay_empty_are_incomplete_and_say_where() -> None:
    server = asked(set(range(1, 101)), Windows(), Pace(40, 1), troubles=["", *["empty"] * 9])
    assert done(server.walk.next()) == [{"id": each} for each in range(1, 41)]
    with pytest.raises(GlpiIncompleteError, match="4 times") as caught:
        server.read()
    assert caught.value.total == 100
    assert caught.value.missing == "ids 40 to the last"
    assert len(server.runtime.slept) == 2, "pauses in between"


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("most", [20, 100, 333])
def test_pages_shrink_to_what_the_server_can_hold(plan: type[Plan], most: int) -> None:
    server = asked(set(range(1, 1001)), plan(), Pace(500, 1), most=most)
    assert server.read() == list(range(1, 1001))
    assert all(repeats is (part.size <= 20 or part.top) for part, repeats in server.parts)


def test_they_shrink_no_further_than_to_twenty() -> None:
    server = asked(set(range(1, 101)), Windows(), Pace(500, 1), most=19)
    with pytest.raises(GlpiAPIError, match="memory"):
        server.read()
    assert [part.size for part, _ in server.parts] == [500, 250, 125, 62, 31, 20]


@pytest.mark.parametrize(
    "error",
    [
        GlpiConnectionError("refused"),
        GlpiMaintenanceError("page", 200),
        GlpiAuthError("no", 401),
        GlpiAPIError("bad filter", 500, "ERROR"),
        GlpiAPIError("bad filter", 400, "ERROR_INVALID_PARAMETER"),
    ],
)
def test_what_does_not_depend_on_the_size_is_raised_at_once(error: Exception) -> None:
    server = asked({1}, Windows())
    server.troubles = ["no"]
    BREAKS["no"] = lambda: error
    with pytest.raises(type(error)):
        server.read()
    assert len(server.parts) == 1


def slower(seconds: float | None) -> GlpiRateLimitError:
    error = GlpiRateLimitError("slower", 429)
    error.retry_after = seconds
    return error


def test_a_server_that_asks_for_a_pause_gets_it() -> None:
    server = asked(set(range(1, 101)), Windows())
    BREAKS["slower"] = lambda: slower(3.0)
    server.troubles = ["", "slower"]
    assert server.read() == list(range(1, 101))
    assert server.runtime.slept == [3.0]


@pytest.mark.parametrize(
    ("seconds", "times", "longest", "slept"),
    [
        (4.0, 1, 1.0, []),
        (3600.0, 1, 120.0, []),
        (1e300, 1, 1e6, []),
        (4.0, 3, 10.0, [4.0, 4.0]),
        (None, 3, 13.0, [6.0, 6.0]),
    ],
)
def test_no_pause_that_a_server_asks_for_outlives_what_a_call_may_take(
    seconds: float | None, times: int, longest: float, slept: list[float]
) -> None:
    server = asked(set(range(1, 101)), Windows(), Pace(30, 1), longest=longest)
    BREAKS["slower"] = lambda: slower(seconds)
    server.troubles = ["", *["slower"] * times]
    assert done(server.walk.next())
    with pytest.raises(GlpiRateLimitError):
        server.read()
    assert server.runtime.slept == slept
    assert done(server.walk.next()) is None, "it is closed"


def test_a_new_page_gives_a_walk_its_time_anew() -> None:
    server = asked(set(range(1, 101)), Windows(), Pace(20, 1), longest=5.0)
    BREAKS["slower"] = lambda: slower(3.0)
    server.troubles = ["", "", "slower", "", "slower", "", "slower"]
    assert server.read() == list(range(1, 101))
    assert server.runtime.slept == [3.0, 3.0, 3.0]


def test_no_more_waits_than_three_thousand_rows_or_sixteen_megabytes() -> None:
    server = asked(set(range(1, 20001)), Windows(), Pace(1000, 16), padding=5000)
    assert done(server.walk.next())
    while done(server.walk.next()) is not None:
        assert sum(part.size for part, _, _ in server.walk._flying) <= 3200


def test_closed_it_reads_no_more() -> None:
    server = asked(set(range(1, 101)), Windows())
    assert done(server.walk.next())
    server.walk.close()
    assert done(server.walk.next()) is None


def test_closed_by_another_it_does_not_just_end() -> None:
    server = asked(set(range(1, 101)), Windows())
    assert done(server.walk.next())
    server.walk.close("the client was closed")
    with pytest.raises(GlpiConnectionError, match="closed"):
        done(server.walk.next())


def test_small_rows_may_wait_in_larger_numbers() -> None:
    server = asked(set(range(1, 20001)), Windows(), Pace(1000, 8))
    waiting = 0
    while done(server.walk.next()) is not None:
        waiting = max(waiting, len(server.walk._flying))
    assert waiting == 8


def test_where_rows_are_let_go_pages_are_smaller_and_fewer_wait() -> None:
    server = asked(set(range(1, 20001)), Windows(), Pace(1000, 16))
    server.walk.streams = True
    waiting = 0
    while done(server.walk.next()) is not None:
        waiting = max(waiting, sum(part.size for part, _, _ in server.walk._flying))
    assert waiting == 3000
    assert max(part.size for part, _ in server.parts) == 500
