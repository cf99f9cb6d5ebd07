"""What all drivers share: the order to walk, and the clocks, which start after one `get(1)`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..shapes import FILTER, shape

Row = Any


class Order(NamedTuple):
    """What to read: ``page`` and ``in_flight`` None mean the client's own defaults.

    ``way``: "all" makes one list, "pages" looks at each page and lets it go. ``shape``: how the ids lie; ``total`` of them.
    """

    url: str
    total: int
    page: int | None = None
    in_flight: int | None = None
    way: str = "all"
    shape: str = ""

    @property
    def expected(self) -> Sequence[int]:
        """Give the ids of the rows that belong into the result, in order."""
        return shape(self.shape, self.total).rows

    @property
    def filter(self) -> str | None:
        """Give the filter to read with, if any."""
        return None if shape(self.shape, self.total).matching is None else FILTER


def order() -> Order:
    """Read it from the command line."""
    return Order(**json.loads(sys.argv[1]))


def told(began: tuple[float, float], ids: Iterable[int], expected: Sequence[int]) -> None:
    """Stop the clocks, then check that each row came once, then print."""
    measured = {"wall": time.perf_counter() - began[0], "cpu": time.process_time() - began[1], "peak": peak()}
    got = sorted(ids)
    if got != list(expected):
        sys.exit(f"{len(got)} rows, {len(set(got))} of them different, instead of {len(expected)}")
    print(json.dumps(measured))


def start() -> tuple[float, float]:
    """Start the clocks: wall and user+sys."""
    return time.perf_counter(), time.process_time()


def peak() -> float:
    """Give the largest resident size of this process so far, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would tell the parent's, from before the exec
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    if sys.platform == "win32":
        return 0.0
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def number(row: Row) -> int:
    """Give the id of a row, a dict or an object."""
    found: int = row["id"] if isinstance(row, dict) else row.id
    return found


def measure(get_one: Callable[[], object], everything: Callable[[], Sequence[Row]], expected: Sequence[int]) -> None:
    """Measure the making of one list."""
    get_one()
    began = start()
    rows = everything()
    told(began, (number(row) for row in rows), expected)


def measure_pages(
    get_one: Callable[[], object], pages: Callable[[], Iterable[Sequence[Row]]], expected: Sequence[int]
) -> None:
    """Measure looking at page after page; of the rows only a count and a sum are kept."""
    get_one()
    began = start()
    count, added = 0, 0
    for page in pages():
        count += len(page)
        added += sum(map(number, page))
    whole = count == len(expected) and added == sum(expected)
    told(began, expected if whole else range(count), expected)


async def measure_async(
    get_one: Callable[[], Awaitable[object]],
    everything: Callable[[], Awaitable[Sequence[Row]]],
    expected: Sequence[int],
) -> None:
    """Measure the making of one list, awaited."""
    await get_one()
    began = start()
    rows = await everything()
    told(began, (number(row) for row in rows), expected)
