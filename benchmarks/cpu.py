"""CPU per page against a loop that does nothing but fetch and decode."""

from __future__ import annotations

from .runs import HAND, HAND_ASYNC, OURS, OURS_ASYNC, ROWS, Job, Server, interleaved
from .samples import Aim, Section, table

LIMIT = 1.25


def section(server: Server, *, quick: bool) -> Section:
    """Measure, and write the part of the report."""
    turns, rows, aims = (3 if quick else 5), [], []
    for page in (100, 500):
        for flying in (1, 4, 16):
            pairs = [
                (Job(OURS, page, flying), Job(HAND, page, flying)),
                (Job(OURS_ASYNC, page, flying), Job(HAND_ASYNC, page, flying)),
            ]
            found = interleaved(server, [job for pair in pairs for job in pair], turns)
            for kind, (ours, hand) in zip(("threads", "asyncio"), pairs, strict=True):
                mine, his = found[ours].cpu, found[hand].cpu
                ratio = mine.median / his.median
                pages = 1000 * page / ROWS
                seen = f"{found[ours].server_cpu.median / mine.median:.2f}"
                row = [str(page), str(flying), kind, mine.shown("ms", 2, pages), his.shown("ms", 2, pages)]
                rows.append([*row, f"**{ratio:.2f}**", f"{found[ours].requests.median:.0f}", seen])
                aims.append(
                    Aim(f"CPU per page, pages of {page}, {flying} in flight, {kind}, of the loop's", ratio, LIMIT)
                )
    head = ["page", "in flight", "kind", "ours, CPU per page", "by hand", "ratio", "our requests", "server / our CPU"]
    lines = [
        f"user+sys of the client process over {ROWS} rows, divided by the pages; medians of {turns} interleaved runs,",
        "in brackets the middle half; the server answers at once. By hand: urllib3 on a pool of threads, or aiohttp,",
        "with orjson, the same page size and as many connections; no checks.",
        "",
        *table(head, rows),
    ]
    return Section("CPU per page", lines, aims)
