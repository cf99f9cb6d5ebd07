"""How long a walk takes, and what it costs the server, whatever the ids are like: a server of so many workers, a clock of ours.

Nothing sleeps here: an answer is ready when a worker that was free first has spent its seconds on it, and whoever waits
for it puts the clock forward to then.
"""

from __future__ import annotations

import heapq
import random
from bisect import bisect_left
from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any, NamedTuple

import pytest

from glpi_utils._engine.lists.pace import Pace
from glpi_utils._engine.lists.plan import Part
from glpi_utils._engine.lists.windows import Windows
from glpi_utils._wire import Operation, Page
from tests.engine.fakes import Flown, Told
from tests.engine.test_plans import List
from tests.engine.test_walk import Asked

TICKETS, COMPUTERS = (0.05, 0.0011), (0.05, 0.0002)
"""Seconds for a request and for each of its rows."""
SKIPPED = 5e-6
"""Seconds for each row that a page begins behind: MariaDB reads them in vain."""
Kinds = dict[str, Callable[[int], list[int]]]


class Workers(Told):
    """A runtime before a server that works on so many requests at once, in the order in which they come."""

    def __init__(self, pace: tuple[float, float], workers: int) -> None:
        super().__init__()
        self._fixed, self._per_row = pace
        self._free = [self.clock] * workers
        self._due = 0.0
        self.worked = self.probed = 0.0

    def works(self, part: Part, rows: int) -> None:
        """Let a worker spend its time."""
        seconds = self._fixed + self._per_row * rows + SKIPPED * part.start
        self._due = max(self.clock, heapq.heappop(self._free)) + seconds
        heapq.heappush(self._free, self._due)
        self.worked += seconds
        self.probed += seconds if part.counts else 0.0

    def spawn(self, work: Callable[[], Coroutine[Any, Any, Any]], *, here: bool = False) -> Flown:
        flown = Flown(work())
        return Due(self, flown, self._due)


class Due(Flown):
    """A flight whose end lies in the future."""

    def __init__(self, runtime: Workers, flown: Flown, due: float) -> None:
        self._runtime, self._flown, self._due = runtime, flown, due

    async def result(self, seconds: float | None = None) -> Any:
        self._runtime.clock = max(self._runtime.clock, self._due)
        return await self._flown.result()


class Sparse(List):
    """A list that does not change, found by bisection: large ones take no time."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__(set(), random.Random(1))
        self._ids = ids

    def answer(self, part: Part) -> Page:
        low = bisect_left(self._ids, part.low or 0)
        high = len(self._ids) if part.high is None else bisect_left(self._ids, part.high)
        begin = min(high, low + part.start)
        found = self._ids[begin : min(high, begin + part.size)]
        return Page([{"id": each} for each in found], part.start, high - low)


class Timed(Asked):
    """A walk over such a server."""

    def __init__(self, ids: list[int], pace: tuple[float, float], workers: int, **more: Any) -> None:
        self._workers = Workers(pace, workers)
        super().__init__(Sparse(ids), Windows(), Pace(**more), runtime=self._workers)

    async def _fetch(self, ask: Operation[Any], repeats: bool) -> Any:
        answer = await super()._fetch(ask, repeats)
        part = self.parts[-1][0]
        self._workers.works(part, len(answer.data()))
        return answer


class Cost(NamedTuple):
    """What reading a list took: seconds in all, of the server's work, of it for counts alone."""

    seconds: float
    worked: float
    probed: float


@cache
def ours(ids: tuple[int, ...], pace: tuple[float, float], workers: int, streams: bool) -> Cost:
    timed = Timed(list(ids), pace, workers)
    timed.walk.streams = streams
    assert timed.read() == list(ids)
    server = timed._workers
    return Cost(server.clock - 1000.0, server.worked, server.probed)


def loop(rows: int, pace: tuple[float, float]) -> float:
    """Return the seconds of a plain loop over pages of 500, which are the server's too."""
    pages = max(1, -(-rows // 500))
    return sum(pace[0] + SKIPPED * 500 * page for page in range(pages)) + pace[1] * rows


def thinned(rows: int, one_in: int, gone: bool = True) -> list[int]:
    dice = random.Random(7)
    ids: list[int] = []
    number = 0
    while len(ids) < rows:
        number += 1
        if (dice.random() < 1 / one_in) != gone:
            ids.append(number)
    return ids


def clusters(rows: int) -> list[int]:
    dice = random.Random(8)
    ids: list[int] = []
    number = 1
    while len(ids) < rows:
        ids += range(number, number + dice.randint(1, 400))
        number = ids[-1] + dice.choice([2, 50, 3000, 100_000])
    return ids[:rows]


KINDS: Kinds = {
    "contiguous": lambda rows: list(range(1, rows + 1)),
    "1 in 10 gone": lambda rows: thinned(rows, 10),
    "1 in 3 gone": lambda rows: thinned(rows, 3),
    "a gap": lambda rows: [*range(1, rows // 2), *range(rows * 20, rows * 20 + rows - rows // 2 + 1)],
    "clusters": clusters,
    "a jump by millions": lambda rows: [*range(1, rows - 20), *range(5_000_000, 5_000_021)],
    "a filter of 1 in 2": lambda rows: thinned(rows // 2, 2, gone=False),
    "a filter of 1 in 10": lambda rows: thinned(rows // 10, 10, gone=False),
    "a filter of 1 in 1000": lambda rows: thinned(rows // 1000, 1000, gone=False),
    "the newest alone": lambda rows: list(range(rows * 9, rows * 9 + rows // 10)),
}


@pytest.mark.parametrize("workers", [2, 8])
@pytest.mark.parametrize("pace", [TICKETS, COMPUTERS], ids=["tickets", "computers"])
@pytest.mark.parametrize("rows", [6000, 20000])
@pytest.mark.parametrize("streams", [False, True], ids=["list", "stream"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_walk_costs_the_same_whatever_the_ids_are_like(
    kind: str, streams: bool, rows: int, pace: tuple[float, float], workers: int
) -> None:
    ids = tuple(KINDS[kind](rows))
    cost = ours(ids, pace, workers, streams)
    contiguous = ours(tuple(range(1, len(ids) + 1)), pace, workers, streams)
    assert cost.seconds <= 1.2 * contiguous.seconds
    assert cost.seconds <= 1.05 * loop(len(ids), pace)
    assert cost.worked <= 1.15 * loop(len(ids), pace)
    assert cost.probed <= 0.1 * (cost.worked - cost.probed)


@pytest.mark.parametrize("workers", [1, 2, 8])
@pytest.mark.parametrize("pace", [TICKETS, COMPUTERS], ids=["tickets", "computers"])
def test_lists_of_any_length_take_no_longer_than_a_plain_loop(pace: tuple[float, float], workers: int) -> None:
    for rows in [*range(40), *range(440, 560), *range(900, 1600, 10), 2000, 2500, 3000, 4000, 9999]:
        cost = ours(tuple(range(1, rows + 1)), pace, workers, False)
        assert cost.seconds <= 1.05 * loop(rows, pace), rows
        assert cost.worked <= 1.15 * loop(rows, pace), rows


@pytest.mark.parametrize("workers", [2, 8])
def test_workers_are_kept_busy(workers: int) -> None:
    cost = ours(tuple(range(1, 20_001)), TICKETS, workers, False)
    least = (20_000 * TICKETS[1] + 20 * TICKETS[0]) / workers
    assert cost.seconds <= {2: 1.15, 8: 2.0}[workers] * least
