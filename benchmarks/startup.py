"""What a fresh process pays: importing, constructing a client, the first answer."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

RUNS = 15
CONSTRUCT = (
    "from glpi_utils.oauth import GlpiOAuthClient; GlpiOAuthClient('https://glpi.example.com', 'a', 'b', 'c', 'd')"
)
CONSTRUCT_LEGACY = "from glpi_utils import GlpiAPI; GlpiAPI('https://glpi.example.com', 'a')"


@dataclass(frozen=True)
class Samples:
    """Milliseconds of one program, in the order of the runs."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    def __str__(self) -> str:
        low, _, high = statistics.quantiles(self.values, n=4)
        return f"{self.median:.1f} ms ({low:.1f} to {high:.1f})"


@dataclass(frozen=True)
class Comparison:
    """One measure, ours and the other's, and what the ratio may be at most."""

    name: str
    ours: Samples
    other: Samples
    limit: float

    @property
    def ratio(self) -> float:
        """Of the medians."""
        return self.ours.median / self.other.median

    @property
    def spread(self) -> str:
        """Of the ratios of neighbouring runs, the middle half."""
        ratios = [mine / his for mine, his in zip(self.ours.values, self.other.values, strict=True)]
        low, _, high = statistics.quantiles(ratios, n=4)
        return f"{low:.2f} to {high:.2f}"


def whole(interpreter: Path, program: str) -> float:
    """Milliseconds from starting an interpreter to its end."""
    began = time.perf_counter()
    subprocess.run([str(interpreter), "-I", "-c", program], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def within(interpreter: Path, program: str) -> float:
    """Milliseconds that a program takes inside a fresh interpreter, without the interpreter's own start and end."""
    timed = f"import time; began = time.perf_counter(); exec({program!r}); print((time.perf_counter() - began) * 1000)"
    done = subprocess.run([str(interpreter), "-I", "-c", timed], check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])


def interleaved(one: Callable[[], float], other: Callable[[], float]) -> tuple[Samples, Samples]:
    """Run two measures in turn, each first every other time, after one run of each that warms the disk cache."""
    one(), other()
    ones, others = [], []
    for turn in range(RUNS):
        if turn % 2:
            others.append(other())
            ones.append(one())
        else:
            ones.append(one())
            others.append(other())
    return Samples(tuple(ones)), Samples(tuple(others))


def compare(
    name: str, measure: Callable[[Path, str], float], ours: Path, peer: Path, program: str, limit: float
) -> Comparison:
    """The same program, ours and the peer's: both have these import paths and constructors."""
    one, other = interleaved(lambda: measure(ours, program), lambda: measure(peer, program))
    return Comparison(name, one, other, limit)


@contextmanager
def embedded_glpi() -> Iterator[dict[str, str]]:
    """An embedded GLPI in a process of its own; how to reach it."""
    with subprocess.Popen(
        [sys.executable, "-m", "glpi_utils.testing", "--json"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield json.loads(server.stdout.readline())
        finally:
            server.terminate()


def first_answer(glpi: dict[str, str]) -> str:
    """A program that logs in and reads one ticket by the high-level API."""
    names = ("url", "client_id", "client_secret", "username", "password")
    arguments = ", ".join(repr(glpi[name]) for name in names)
    return (
        "from glpi_utils.oauth import GlpiOAuthClient\n"
        f"with GlpiOAuthClient({arguments}) as api:\n"
        "    api.authenticate()\n"
        "    assert api.ticket.get(1)['id'] == 1\n"
    )


def first_answer_legacy(glpi: dict[str, str]) -> str:
    """The same by the legacy API."""
    return (
        "from glpi_utils import GlpiAPI\n"
        f"with GlpiAPI({glpi['url']!r}) as api:\n"
        f"    api.login({glpi['username']!r}, {glpi['password']!r})\n"
        "    assert api.ticket.get(1)['id'] == 1\n"
    )
