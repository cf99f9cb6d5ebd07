"""Memory: streaming stays flat, a list costs no more than the loop's; and the cost per row up to a million rows."""

from __future__ import annotations

from typing import NamedTuple

from .runs import HAND, HAND_ASYNC, OURS, OURS_ASYNC, PEER, Client, Job, Server, interleaved
from .samples import Aim, Section, table

FLAT = 1.15
"""What "flat" means here: the cost per row of the longest walk, of that of the shortest of at least 10 000."""


class Point(NamedTuple):
    """One walk of the scale table, for the picture."""

    rows: int
    microseconds: float
    cpu: float
    peak: float


def memory(server: Server, *, quick: bool) -> Section:
    """Measure peaks of resident memory."""
    turns = 1 if quick else 3
    pages = {rows: Job(OURS, way="pages", rows=rows) for rows in (10_000, 100_000)}
    lists = [(Job(OURS, 100, 16), Job(HAND, 100, 16)), (Job(OURS_ASYNC, 100, 16), Job(HAND_ASYNC, 100, 16))]
    by_default = (Job(OURS), Job(HAND, 1000, 8))  # what the defaults grow to
    jobs = [*pages.values(), *(job for pair in (*lists, by_default) for job in pair), Job(HAND, 500, 1), Job(PEER)]
    peaks = {job: outcome.peak for job, outcome in interleaved(server, jobs, turns).items()}
    short, long = (peaks[job].median for job in pages.values())
    aims = [
        Aim("iter_pages() over 100 000 rows, peak", long, 60, " MB"),
        Aim("the same, above the peak at 10 000 rows", long - short, 5, " MB"),
    ]
    for ours, hand in (*lists, by_default):
        how = "at defaults" if ours.page is None else "page 100, 16 in flight"
        ratio = peaks[ours].median / peaks[hand].median
        aims.append(Aim(f"get_all_pages(), 20 000 rows, {how}, {ours.client.name}, peak of the loop's", ratio, 1.1))
    rows = [[_named(job), str(job.rows), peaks[job].shown("MB", 1)] for job in jobs]
    lines = ["Largest resident size of the whole process, interpreter and imports included.", ""]
    return Section("Memory", [*lines, *table(["walk", "rows", "peak"], rows)], aims)


def _named(job: Job) -> str:
    way = "iter_pages" if job.way == "pages" else "one list"
    shape = "defaults" if job.page is None else f"page {job.page}, {job.in_flight} in flight"
    return f"{job.client.name}: {way}, {shape}"


def scale(server: Server, *, quick: bool) -> tuple[Section, list[Point]]:
    """Measure the cost per row of streaming, from ten thousand to a million rows."""
    sizes = (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000)
    points = [_point(server, OURS, size, 1 if size == 1_000_000 else 3) for size in sizes]
    first, last = points[0], points[-1]
    aims = [
        Aim(
            f"cost per row at {last.rows} rows, of that at {first.rows}, seconds",
            last.microseconds / first.microseconds,
            FLAT,
        ),
        Aim(f"cost per row at {last.rows} rows, of that at {first.rows}, CPU", last.cpu / first.cpu, FLAT),
    ]
    rows = [
        [str(each.rows), f"{each.microseconds:.1f} us", f"{each.cpu:.1f} us", f"{each.peak:.1f} MB"] for each in points
    ]
    lines = [
        "`iter_pages()` at defaults, the server answers at once. Growing pages make the longer walks the cheaper ones.",
        "",
        *table(["rows", "time per row", "client CPU per row", "peak"], rows),
    ]
    return Section("From ten thousand rows to a million", lines, aims), points


def _point(server: Server, client: Client, size: int, turns: int) -> Point:
    job = Job(client, way="pages", rows=size)
    found = interleaved(server, [job], turns)[job]
    return Point(size, found.wall.median / size * 1e6, found.cpu.median / size * 1e6, found.peak.median)
