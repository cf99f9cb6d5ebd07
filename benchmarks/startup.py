"""What a fresh process pays: importing, constructing a client, the first answer."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from . import rooms
from .runs import Server
from .samples import Aim, Samples, Section, ratios, table

CONSTRUCT = (
    "from glpi_utils.oauth import GlpiOAuthClient; GlpiOAuthClient('https://glpi.example.com', 'a', 'b', 'c', 'd')"
)
CONSTRUCT_LEGACY = "from glpi_utils import GlpiAPI; GlpiAPI('https://glpi.example.com', 'a')"
FIRST = """
from glpi_utils.oauth import GlpiOAuthClient
with GlpiOAuthClient({url!r}, 'a', 'b', 'c', 'd') as api:
    api.authenticate()
    assert api.ticket.get(1)['id'] == 1
"""
FIRST_LEGACY = """
from glpi_utils import GlpiAPI
with GlpiAPI({url!r}, 'app') as api:
    api.login('user', 'password')
    assert api.ticket.get(1)['id'] == 1
"""
Measure = Callable[[str, str], float]


class Comparison(NamedTuple):
    """One program, ours and the peer's: both have these import paths and constructors."""

    name: str
    measure: Measure
    program: str
    limit: float


def whole(room: str, program: str) -> float:
    """Milliseconds from starting an interpreter to its end."""
    began = time.perf_counter()
    command = [str(rooms.python(room)), "-I", "-c", program]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def within(room: str, program: str) -> float:
    """Milliseconds that a program takes inside a fresh interpreter, without the interpreter's own start and end."""
    timed = f"import time; began = time.perf_counter(); exec({program!r}); print((time.perf_counter() - began) * 1000)"
    command = [str(rooms.python(room)), "-I", "-c", timed]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])


def in_turn(one: Callable[[], float], other: Callable[[], float], turns: int) -> tuple[Samples, Samples]:
    """Run two measures in turn, each first every other time, after one run of each that warms the disk cache."""
    one(), other()
    ones, others = [], []
    for turn in range(turns):
        if turn % 2:
            others.append(other())
            ones.append(one())
        else:
            ones.append(one())
            others.append(other())
    return Samples(tuple(ones)), Samples(tuple(others))


def comparisons(server: Server) -> list[Comparison]:
    """Give the programs. The server answers at once, from a process of its own."""
    first, legacy = FIRST.format(url=server.url), FIRST_LEGACY.format(url=server.url)
    return [
        Comparison("import and construct, `GlpiOAuthClient`", within, CONSTRUCT, 0.5),
        Comparison("the same, whole process", whole, CONSTRUCT, 0.5),
        Comparison("import and construct, `GlpiAPI`", within, CONSTRUCT_LEGACY, 0.5),
        Comparison("the same, whole process", whole, CONSTRUCT_LEGACY, 0.5),
        Comparison("first answer, high-level API, inside the process", within, first, 0.9),
        Comparison("the same, whole process", whole, first, 0.9),
        Comparison("first answer, legacy API, inside the process", within, legacy, 0.9),
        Comparison("the same, whole process", whole, legacy, 0.9),
    ]


def section(server: Server, *, quick: bool) -> Section:
    """Measure, and write the part of the report."""
    turns = 5 if quick else 15
    server.set(total=20_000)
    imported, bare = in_turn(lambda: whole(rooms.OURS, "import glpi_utils"), lambda: whole(rooms.OURS, "pass"), turns)
    over = imported.median - bare.median
    aims = [Aim("`import glpi_utils` over a bare interpreter", over, 10, " ms")]
    rows: list[list[str]] = []
    for each in comparisons(server):
        ours, peers = in_turn(
            partial(each.measure, rooms.OURS, each.program), partial(each.measure, rooms.PEER, each.program), turns
        )
        ratio, (low, high) = ours.median / peers.median, ratios(ours, peers).middle()
        name = each.name if not each.name.startswith("the same") else f"{rows[-1][0].split(',')[0]}, whole process"
        rows.append(
            [each.name, ours.shown("ms", 1), peers.shown("ms", 1), f"**{ratio:.2f}**", f"{low:.2f} to {high:.2f}"]
        )
        aims.append(Aim(f"{name}, of glpi-utils 1.5.0's time", ratio, each.limit))
    lines = [
        f"Fresh processes, medians of {turns} interleaved runs, in brackets the middle half.",
        f"`import glpi_utils` takes {imported.shown('ms', 1)}, a bare interpreter {bare.shown('ms', 1)}.",
        "",
        *table(["measure", "ours", "glpi-utils 1.5.0", "ratio", "spread of the ratio"], rows),
        "",
        "First answer: log in and read one ticket. Ours reads the list of API versions as well.",
    ]
    return Section("Start-up", lines, aims)
