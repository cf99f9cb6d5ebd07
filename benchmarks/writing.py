"""What looking at a write costs, and what rows with datetimes cost those who ask for them."""

from __future__ import annotations

import json
import subprocess

from . import rooms
from .runs import Server
from .samples import Aim, Samples, Section, ratios, table

CALLS = 400
LIMIT = 1.15


def measured(server: Server, api: str, rounds: int) -> dict[str, Samples]:
    """CPU seconds of a call of each kind, round by round."""
    server.set(total=100)
    module = "benchmarks.drivers.drive_writes"
    command = [str(rooms.python(rooms.OURS)), "-m", module, server.url, api, str(rounds), str(CALLS)]
    done = subprocess.run(command, cwd=rooms.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stdout}{done.stderr}")
    found: dict[str, list[float]] = json.loads(done.stdout)
    return {name: Samples(tuple(values)) for name, values in found.items()}


def section(server: Server, *, quick: bool) -> Section:
    """Measure, and write the part of the report."""
    rounds, rows, aims = (5 if quick else 15), [], []
    for api, name in (("highlevel", "High-Level API"), ("legacy", "legacy API")):
        found = measured(server, api, rounds)
        looked = ratios(found["create"], found["create, off"])
        dated = ratios(found["page, dates"], found["page"])
        shown = [found[each].shown("µs", 0, 1e6) for each in ("create", "create, off", "page", "page, dates")]
        rows.append([name, *shown[:2], f"**{looked.median:.2f}**", *shown[2:], f"{dated.median:.2f}"])
        aims.append(Aim(f"CPU of a create that is looked at over one that is not, {name}", looked.median, LIMIT))
    lines = [
        f"Creates of a ticket with ten fields, answered at once by canned bytes: user+sys of the client process, {rounds} rounds of",
        f'{CALLS} in turn with `validate="off"`. A page of 100 tickets as text, which is what reading costs when nothing is asked',
        "for, and with `dates=True`.",
        "",
        *table(["API", "create", "not looked at", "ratio", "page as text", "with datetimes", "ratio"], rows),
    ]
    return Section("Looking at writes", lines, aims)
