"""A server that behaves as a real one: each request costs a fixed time and a time per row, few are worked on at once."""

from __future__ import annotations

from .runs import HAND, OURS, OURS_ASYNC, PEER, Job, Server, interleaved
from .samples import Aim, Section, table

FIXED, PER_ROW, WORKERS = 0.1, 0.0016, 2
LARGEST = 1000
LIMIT = 1.15


def floor(rows: int) -> float:
    """Give the least seconds: pages of 1 000, all workers busy all the time."""
    return (rows * PER_ROW + -(-rows // LARGEST) * FIXED) / WORKERS


def section(server: Server, *, quick: bool) -> Section:
    """Measure, and write the part of the report."""
    total = 10_000 if quick else 20_000
    jobs = [Job(OURS, rows=total), Job(OURS_ASYNC, rows=total)]
    others = [Job(HAND, 500, 1, rows=4000), Job(PEER, rows=2000)]
    setting = {"fixed": FIXED, "per_row": PER_ROW, "workers": WORKERS}
    found = interleaved(server, jobs, 1 if quick else 2, **setting) | interleaved(server, others, 1, **setting)
    rows, aims = [], []
    for job, outcome in found.items():
        ratio = outcome.wall.median / floor(job.rows)
        seen = f"{outcome.requests.median:.0f}"
        rows.append(
            [
                job.client.name,
                str(job.rows),
                outcome.wall.shown("s"),
                f"{floor(job.rows):.2f} s",
                f"**{ratio:.2f}**",
                seen,
            ]
        )
        if job in jobs:
            aims.append(Aim(f"paced server, {job.client.name}, of the floor", ratio, LIMIT))
    lines = [
        f"{FIXED} s and {PER_ROW * 1000} ms a row, {WORKERS} workers: what a real GLPI 11.0.6 on two cores does. The floor is",
        "rows x 1.6 ms and requests of 1 000 rows x 0.1 s, over both workers.",
        "",
        *table(["client, at its defaults", "rows", "seconds", "floor", "of the floor", "requests"], rows),
    ]
    return Section("A paced server", lines, aims)
