"""A server that takes its time: so long for each request, each row, each row counted; so many requests at once."""

from __future__ import annotations

import asyncio
import heapq
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from glpi_utils.testing.http.wire import Answer

_RANGE = re.compile(r"(\d+)-(-?\d+)/(\d+)")


class Work(NamedTuple):
    """What a request makes the server do: `rows` it gives, `counted` rows its count goes over, `skipped` before them."""

    rows: int
    counted: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """What a request costs, in seconds, and how many `workers` there are.

    `fixed` for the request, `per_row` for each row that it gives, `per_counted` for each row that the count of its list
    goes over, `per_skipped` for each row ahead of its first. On an 11.0.6 with 3 200 tickets a page of 500 took 0.59
    seconds, `limit=1` with a filter 0.06 to 0.08, `limit=1&start=k` 0.06 to 0.07.
    """

    fixed: float
    per_row: float = 0.0
    workers: int = 1
    per_counted: float = 4e-6
    per_skipped: float = 2e-6

    def __post_init__(self) -> None:
        if min(self.fixed, self.per_row, self.per_counted, self.per_skipped) < 0 or self.workers < 1:
            raise ValueError("pace: (seconds a request, seconds a row, workers), nothing negative, at least one worker")

    @classmethod
    def read(cls, text: str) -> Pace:
        """Read what the command line says: `0.1,0.0016,2`."""
        parts = text.split(",")
        if len(parts) != 3:
            raise ValueError("pace: three numbers: seconds a request, seconds a row, workers")
        return cls(float(parts[0]), float(parts[1]), int(parts[2]))

    def seconds(self, work: Work) -> float:
        """Return how long a worker is busy with it."""
        counting = self.per_counted * work.counted + self.per_skipped * work.skipped
        return self.fixed + self.per_row * work.rows + counting


class Workers:
    """The workers of one running server: who comes when all are busy waits for the one that is free first.

    They keep their own time: what the loop is late with one request is not added to the next. Requests are executed in
    a thread of their own, one at a time, so that a large page does not hold up an answer that is due.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.worked = 0.0
        """The seconds that all workers were busy, as the pace has it; what nobody waited for included."""
        self.thread = ThreadPoolExecutor(1, "glpi-double-execution")
        self._free = [0.0] * pace.workers
        self._slots = asyncio.Semaphore(pace.workers)

    async def serve(self, execute: Callable[[], Answer]) -> Answer:
        """Execute when a worker is free, answer when it has taken its time."""
        loop = asyncio.get_running_loop()
        clock = loop.time
        arrived = clock()
        async with self._slots:
            begun = max(arrived, heapq.heappop(self._free))
            due = begun
            try:
                answer, spent = await loop.run_in_executor(self.thread, self._executed, execute)
                self.worked += spent
                due += spent
                await asyncio.sleep(max(0.0, due - clock()))
            finally:
                heapq.heappush(self._free, due)
        return answer

    def _executed(self, execute: Callable[[], Answer]) -> tuple[Answer, float]:
        answer = execute()
        return answer, self.pace.seconds(work_of(answer))


def work_of(answer: Answer) -> Work:
    """Return what an answer cost: its rows, and what its Content-Range says of the count and of those before.

    The rows are counted, not taken from the range: GLPI's range of a page that is not full is larger than the page.
    """
    if answer.status >= 300 or not answer.body:
        return Work(0)
    counted = _RANGE.fullmatch(answer.header("Content-Range") or "")
    total, first = (int(counted[3]), int(counted[1])) if counted else (0, 0)
    return Work(_rows(answer.body), total, min(first, total))


def _rows(body: bytes) -> int:
    """Return how many rows a body holds: the length of a list, the `count` of a search; one thing is one."""
    if body[:1] not in (b"[", b"{"):
        return 1
    try:
        data: list[Any] | dict[str, Any] = orjson.loads(body)
    except ValueError:  # PHP said something behind it
        return 1
    if isinstance(data, list):
        return len(data)
    return int(data.get("count", 1)) if "totalcount" in data else 1
