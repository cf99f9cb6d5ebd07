"""Walking 20 000 tickets while each answer takes its time: the same page size, and everybody's defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .runs import (
    GLPI_API,
    GLPI_REST,
    HAND,
    OURS,
    OURS_ASYNC,
    OURS_LEGACY,
    PEER,
    PYTHON_CLIENT,
    ROWS,
    Job,
    Outcomes,
    Server,
    interleaved,
)
from .samples import Aim, Section, table

TOLERANCE = 1.05
PART = ROWS // 5
"""Rows that the slow rivals read where answers take long; they go page by page, so the time grows with the rows."""

SLOW = (PYTHON_CLIENT, GLPI_API, GLPI_REST)
DEFAULTS = {20: 10.0, 100: 20.0}
SAME_PAGE = {20: 7.0, 100: 12.0}
TURNS = {0: 7, 20: 3, 100: 2}
SAME_PAGE_TURNS = {20: 5, 100: 2}


class Bar(NamedTuple):
    """Seconds of one client at one latency, for the picture."""

    client: str
    latency: int
    seconds: float


def same_page(server: Server, *, quick: bool) -> Section:
    """Pages of 100 on both sides, sixteen at once here."""
    rows, aims = [], []
    for latency, limit in SAME_PAGE.items():
        jobs = [Job(OURS, 100, 16), Job(OURS_ASYNC, 100, 16), Job(PEER, 100)]
        found = interleaved(server, jobs, 1 if quick else SAME_PAGE_TURNS[latency], latency=latency / 1000)
        his = found[jobs[-1]].wall
        for job in jobs[:-1]:
            mine = found[job].wall
            ratio = his.median / mine.median
            rows.append([f"{latency} ms", job.client.name, mine.shown("s"), his.shown("s"), f"**{ratio:.1f}**"])
            name = f"20 000 tickets, page 100, 16 in flight, {latency} ms, {job.client.name}, times as fast as 1.5.0"
            aims.append(Aim(name, ratio, limit, at_least=True))
    lines = table(["latency", "ours", "seconds", "glpi-utils 1.5.0", "times as fast"], rows)
    return Section("20 000 tickets, pages of 100, `concurrency=16`", lines, aims)


def defaults(server: Server, *, quick: bool) -> tuple[Section, list[Bar]]:
    """Everybody at its defaults, and a sequential loop with pages of 500."""
    rows, bars, aims = [], list[Bar](), []
    for latency in (0, 20, 100):
        scaled = latency > 0
        slow = [Job(client, rows=PART if scaled else ROWS) for client in SLOW]
        jobs = [Job(OURS), Job(OURS_ASYNC), Job(OURS_LEGACY), Job(HAND, 500, 1), Job(PEER), *slow]
        turns = 1 if quick else TURNS[latency]
        found = interleaved(server, jobs, turns, latency=latency / 1000)
        seconds = {job: outcome.wall.median * ROWS / job.rows for job, outcome in found.items()}
        bars += [Bar(job.client.name, latency, value) for job, value in seconds.items()]
        rows += [_row(latency, job, found[job], seconds) for job in jobs]
        aims += _aims(latency, jobs, seconds)
    head = ["latency", "client", "seconds", "rows a second", "requests", "client CPU", "ours is so many times as fast"]
    lines = [
        "At defaults; the hand-written loop reads pages of 500 one after the other. glpi-api and glpi-rest read single",
        "ranges: a loop over ranges of 50 stands around them. Medians; the brackets hold the extremes.",
        f"Where answers take time, the last three read {PART} rows, and their seconds are those times {ROWS // PART}.",
        "",
        *table(head, rows),
    ]
    return Section("20 000 tickets at everybody's defaults", lines, aims), bars


def _row(latency: int, job: Job, outcome: Outcomes, seconds: Mapping[Job, float]) -> list[str]:
    scale = ROWS / job.rows
    ours = next(value for each, value in seconds.items() if each.client is OURS)
    return [
        f"{latency} ms",
        job.client.name,
        outcome.wall.shown("s", 2, scale),
        f"{ROWS / seconds[job]:.0f}",
        f"{outcome.requests.median * scale:.0f}",
        outcome.cpu.shown("s", 2, scale),
        f"{seconds[job] / ours:.1f}",
    ]


def _aims(latency: int, jobs: list[Job], seconds: Mapping[Job, float]) -> list[Aim]:
    ours = {job.client: seconds[job] for job in jobs[:3]}
    peer = next(seconds[job] for job in jobs if job.client is PEER)
    fastest = min(value for job, value in seconds.items() if job.client not in (*ours, HAND))
    hand = next(seconds[job] for job in jobs if job.client is HAND)
    aims = []
    if latency in DEFAULTS:
        for client in (OURS, OURS_ASYNC):
            name = f"at defaults, {latency} ms, {client.name}, times as fast as glpi-utils 1.5.0"
            aims.append(Aim(name, peer / ours[client], DEFAULTS[latency], at_least=True))
    for client, mine in ours.items():
        name = f"at defaults, {latency} ms, {client.name}, time of the fastest rival's"
        aims.append(Aim(name, mine / fastest, TOLERANCE))
        name = f"at defaults, {latency} ms, {client.name}, time of a sequential loop's with pages of 500"
        aims.append(Aim(name, mine / hand, TOLERANCE))
    return aims
