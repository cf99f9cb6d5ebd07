"""Ids with holes and lists with filters, on a server that takes its time: seconds, and the seconds that the server worked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .runs import HAND, OURS, PEER, Job, Outcomes, Server, interleaved
from .samples import Aim, Section, table
from .shapes import SHAPES, alike, shape

TOTAL = 6000
PACES = ((0.05, 0.0011), (0.05, 0.0002))
"""Seconds of a request and of each row: tickets; users and computers."""
CROWDS = (2, 8)
BOUNDS = {"as many contiguous rows": 1.2, "the plain loop": 1.05, "the plain loop's work": 1.15}
"""What our seconds, again our seconds, and our server's seconds of work may be, of those of these."""


class Line(NamedTuple):
    """One shape on one pace with so many workers: who took how long, and how long the server worked for it."""

    shape: str
    per_row: float
    workers: int
    ours: Outcomes
    contiguous: Outcomes
    loop: Outcomes
    peer: Outcomes | None

    def ratios(self) -> dict[str, float]:
        """Give our figures, of what each bound compares them with."""
        mine = self.ours.wall.median
        others = self.contiguous.wall.median, self.loop.wall.median
        work = self.ours.work.median / self.loop.work.median
        return dict(zip(BOUNDS, (mine / others[0], mine / others[1], work), strict=True))

    def row(self) -> list[str]:
        """Write the line of the table; what misses its bound is bold."""
        cells = [self.shape, f"{self.per_row * 1000:g} ms", str(self.workers)]
        for outcome in (self.ours, self.loop, self.peer):
            cells.append("" if outcome is None else f"{outcome.wall.median:.2f} s")
            cells.append("" if outcome is None else f"{outcome.work.median:.2f} s")
        for name, ratio in self.ratios().items():
            cells.append(f"{ratio:.2f}" if ratio <= BOUNDS[name] else f"**{ratio:.2f}**")
        return [*cells, f"{self.ours.requests.median:.0f}"]


def measured(server: Server, *, quick: bool) -> list[Line]:
    """Walk each shape; the sequential loops are walked once for each pace, since more workers do not help them."""
    total = TOTAL // 2 if quick else TOTAL
    ours = {name: Job(OURS, rows=total, shape=name) for name in SHAPES}
    contiguous = {name: Job(OURS, rows=alike(name, total)[1], shape=alike(name, total)[0]) for name in SHAPES}
    loops = {name: Job(HAND, 500, 1, rows=total, shape=name) for name in SHAPES}
    peers = {} if quick else {name: Job(PEER, rows=total, shape=name) for name in SHAPES}
    lines: list[Line] = []
    for fixed, per_row in PACES:
        setting = {"fixed": fixed, "per_row": per_row}
        alone = _walked(server, [*loops.values(), *peers.values()], workers=CROWDS[0], **setting)
        for workers in CROWDS:
            found = _walked(server, [*ours.values(), *contiguous.values()], workers=workers, **setting)
            lines += [
                Line(
                    name,
                    per_row,
                    workers,
                    found[ours[name]],
                    found[contiguous[name]],
                    alone[loops[name]],
                    alone[peers[name]] if peers else None,
                )
                for name in SHAPES
            ]
    return lines


def _walked(server: Server, jobs: Sequence[Job], **setting: float) -> dict[Job, Outcomes]:
    """Walk each once, in turn; what takes less than a second five times."""
    short = [job for job in dict.fromkeys(jobs) if len(shape(job.shape, job.rows).rows) * 8 < job.rows]
    long = [job for job in dict.fromkeys(jobs) if job not in short]
    return interleaved(server, long, 1, **setting) | interleaved(server, short, 5, **setting)


def section(server: Server, *, quick: bool) -> Section:
    """Measure, and write the part of the report."""
    lines = measured(server, quick=quick)
    aims = [aim for per_row in PACES for workers in CROWDS for aim in _aims(lines, per_row[1], workers)]
    head = ["distribution", "a row", "workers", "ours", "work", "plain loop", "work", "1.5.0", "work"]
    head += [f"of {name}" for name in BOUNDS]
    text = [
        f"{TOTAL // 2 if quick else TOTAL} ids, or what is left of them. 0.05 s a request, 4 µs for each row that is counted, 2 µs for",
        "each that is skipped: a count probe costs 0.05 to 0.08 s, as on a real 11.0.6. Work: the seconds that the server's",
        "workers were busy. The plain loop reads pages of 500 one after the other. A filtered list is compared with one",
        "whose filter leaves the first rows of the same table. At most "
        + ", ".join(f"{limit:g} of {name}" for name, limit in BOUNDS.items())
        + "; what is more is bold.",
        "",
        *table([*head, "our requests"], [line.row() for line in lines]),
    ]
    return Section("Distributions", text, aims)


def _aims(lines: list[Line], per_row: float, workers: int) -> list[Aim]:
    """Make one aim of each bound: what the worst distribution has."""
    chosen: Mapping[str, Line] = {
        line.shape: line for line in lines if (line.per_row, line.workers) == (per_row, workers)
    }
    aims: list[Aim] = []
    for name, limit in BOUNDS.items():
        worst = max(chosen, key=lambda shape: chosen[shape].ratios()[name])
        ratio = chosen[worst].ratios()[name]
        what = f"distributions, {per_row * 1000:g} ms a row, {workers} workers, of {name}; worst: {worst}"
        aims.append(Aim(what, ratio, limit))
    return aims
