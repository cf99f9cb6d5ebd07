"""A server that takes its time: so long for each request, so long for each row, so many requests at once."""

from __future__ import annotations

import asyncio
import heapq
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.wire import Answer

_RANGE = re.compile(r"(\d+)-(\d+)/\d+")


@dataclass(frozen=True, slots=True)
class Pace:
    """`fixed` seconds for a request, `per_row` for each row of its answer, `workers` of them at once."""

    fixed: float
    per_row: float = 0.0
    workers: int = 1

    def __post_init__(self) -> None:
        if min(self.fixed, self.per_row) < 0 or self.workers < 1:
            raise ValueError("pace: (seconds a request, seconds a row, workers), nothing negative, at least one worker")

    @classmethod
    def read(cls, text: str) -> Pace:
        """What the command line says: `0.1,0.0016,2`."""
        parts = text.split(",")
        if len(parts) != 3:
            raise ValueError("pace: three numbers: seconds a request, seconds a row, workers")
        return cls(float(parts[0]), float(parts[1]), int(parts[2]))


class Workers:
    """The workers of one running server: who comes when all are busy waits for the one that is free first.

    They keep their own time: what the loop is late with one request is not added to the next. Requests are executed in
    a thread of their own, one at a time, so that a large page does not hold up an answer that is due.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
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
                answer = await loop.run_in_executor(self.thread, execute)
                due += self.pace.fixed + self.pace.per_row * rows_of(answer)
                await asyncio.sleep(max(0.0, due - clock()))
            finally:
                heapq.heappush(self._free, due)
        return answer


def rows_of(answer: Answer) -> int:
    """How many rows an answer carries: what its Content-Range says, else the length of a list; one thing is one."""
    found = _RANGE.fullmatch(answer.header("Content-Range") or "")
    if found:
        return int(found[2]) - int(found[1]) + 1
    if answer.status >= 300 or not answer.body:
        return 0
    if not answer.body.startswith(b"["):
        return 1
    body: list[Any] = json.loads(answer.body)
    return len(body)
