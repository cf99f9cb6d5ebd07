"""Measures and writes RESULTS.md and the pictures: `make bench`. It judges nothing; the table of aims says what was met.

`make bench BENCH=quick` repeats less and prints only; words such as `cpu latency` choose parts, printed only.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from . import checking, cpu, distributions, files, latency, memory, paced, pictures, rooms, startup, writing
from .runs import Server, server
from .samples import Section

RESULTS = Path(__file__).parent / "RESULTS.md"
PARTS = (
    "startup",
    "cpu",
    "pages",
    "defaults",
    "paced",
    "distributions",
    "memory",
    "scale",
    "checking",
    "writing",
    "files",
)


class Report:
    """What was measured so far."""

    def __init__(self, wanted: tuple[str, ...], *, quick: bool) -> None:
        self.wanted, self.quick = wanted, quick
        self.sections: list[Section] = []
        self.bars: list[latency.Bar] = []
        self.points: list[memory.Point] = []
        self.began = time.monotonic()
        self.load = _load()

    def measure(self, glpi: Server) -> None:
        """Measure each part that is wanted, in order."""
        for part in self.wanted:
            self.sections.append(self._part(part, glpi))
            spent = time.monotonic() - self.began
            print(f"{part} done, {spent:.0f} s since the start", file=sys.stderr, flush=True)

    def _part(self, part: str, glpi: Server) -> Section:
        if part == "defaults":
            section, self.bars = latency.defaults(glpi, quick=self.quick)
            return section
        if part == "scale":
            section, self.points = memory.scale(glpi, quick=self.quick)
            return section
        plain = {
            "startup": startup.section,
            "checking": checking.section,
            "writing": writing.section,
            "files": files.section,
            "cpu": cpu.section,
            "pages": latency.same_page,
            "paced": paced.section,
            "distributions": distributions.section,
            "memory": memory.memory,
        }
        return plain[part](glpi, quick=self.quick)

    def text(self) -> str:
        """Write the report: how, what was aimed at, what was measured."""
        aims = [aim for section in self.sections for aim in section.aims]
        lines = ["# What the clients cost", "", *self._circumstances(), "", "## Aims", ""]
        lines += [f"{sum(aim.met for aim in aims)} of {len(aims)} met.", ""]
        lines += ["| aim | limit | measured | |", "|---|---|---|---|", *(aim.row() for aim in aims)]
        for section in self.sections:
            lines += ["", f"## {section.title}", "", *section.lines]
        return "\n".join([*lines, ""])

    def source(self) -> str:
        """Say in one line where numbers come from."""
        return f"make bench, {datetime.now(UTC):%Y-%m-%d}, commit {_commit()}, Python {platform.python_version()}"

    def _circumstances(self) -> list[str]:
        minutes = (time.monotonic() - self.began) / 60
        others = [rooms.versions(name, name) for name in rooms.RIVALS if name != rooms.PEER]
        rivals = "; ".join([rooms.versions(rooms.PEER, "glpi-utils", "requests", "urllib3"), *others])
        load = f"load {self.load} at the start, {_load()} at the end (the measuring itself makes 1 to 2)"
        return [
            f"`make bench`, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_commit()}, {minutes:.1f} minutes.",
            f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}; {load}.",
            f"Ours: {rooms.versions(rooms.OURS, 'glpi-utils', 'urllib3', 'aiohttp', 'orjson')}.",
            f"Rivals: {rivals}. Each has an environment of its own.",
            "The server is canned bytes in a process of its own on loopback: recorded tickets of 43 fields, ids running.",
            "Each run is a fresh process; its clocks start after one `get(1)`; every run checks that each row came once.",
        ]


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=rooms.ROOT)
    return done.stdout.strip() or "unknown"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def main(words: list[str]) -> None:
    """Measure, print, and after a whole run write."""
    quick = "quick" in words
    chosen = tuple(part for part in PARTS if part in words)
    if unknown := set(words) - {"quick", *PARTS}:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; choose from quick, {', '.join(PARTS)}")
    rooms.make()
    report = Report(chosen or PARTS, quick=quick)
    with server() as glpi:
        report.measure(glpi)
    text = report.text()
    print(text)
    if not quick and not chosen:
        RESULTS.write_text(text, encoding="utf-8")
        pictures.draw(report.bars, report.points, report.source())


if __name__ == "__main__":
    main(sys.argv[1:])
