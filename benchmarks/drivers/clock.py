"""What all drivers share: the order to walk, and the clocks, which start after one `get(1)`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Row = Any


class Order(NamedTuple):
    """What to read: ``page`` and ``in_flight`` None mean the client's own defaults.

    ``way``: "all" makes one list, "pages" looks at each page and lets it go.
    """

    url: str
    total: int
    page: int | None = None
    in_flight: int | None = None
    way: str = "all"


def order() -> Order:
    """Read it from the command line."""
    return Order(**json.loads(sys.argv[1]))


def told(began: tuple[float, float], ids: Iterable[int], total: int) -> None:
    """Stop the clocks, then check that each row came once, then print."""
    measured = {"wall": time.perf_counter() - began[0], "cpu": time.process_time() - began[1], "peak": peak()}
    got = sorted(ids)
    if got != list(range(1, total + 1)):
        sys.exit(f"{len(got)} rows, {len(set(got))} of them different, instead of {total}")
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


def measure(get_one: Callable[[], object], everything: Callable[[], Sequence[Row]], total: int) -> None:
    """Measure the making of one list."""
    get_one()
    began = start()
    rows = everything()
    told(began, (number(row) for row in rows), total)


def measure_pages(get_one: Callable[[], object], pages: Callable[[], Iterable[Sequence[Row]]], total: int) -> None:
    """Measure looking at page after page; of the rows only a count and a sum are kept."""
    get_one()
    began = start()
    count, added = 0, 0
    for page in pages():
        count += len(page)
        added += sum(map(number, page))
    whole = count == total and added == total * (total + 1) // 2
    told(began, range(1, total + 1) if whole else range(count), total)


async def measure_async(
    get_one: Callable[[], Awaitable[object]], everything: Callable[[], Awaitable[Sequence[Row]]], total: int
) -> None:
    """Measure the making of one list, awaited."""
    await get_one()
    began = start()
    rows = await everything()
    told(began, (number(row) for row in rows), total)
