"""Files: the peak of memory while 200 MiB go down and up, of the peak with 1 MiB; and the CPU time that a MiB costs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from . import rooms
from .runs import Server
from .samples import Aim, Samples, Section, table

SMALL, LARGE = 1, 200
FLAT = 1.1
"""What "flat" means here: the peak with the large file, of that with the small one."""
_BLOCKING = """
from glpi_utils import GlpiAPI
with GlpiAPI({url!r}, username="a", password="b", timeout=300) as api:
    {call}
"""
_ASYNC = """
import asyncio
from glpi_utils import AsyncGlpiAPI
async def main():
    async with AsyncGlpiAPI({url!r}, username="a", password="b", timeout=300) as api:
        await {call}
asyncio.run(main())
"""
_CALLS = {"download": "api.document.download({size}, {path!r})", "upload": "api.upload_document({path!r})"}
_MEASURE = """
import resource, time
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_maxrss / 1024, time.process_time())
"""


class Spent(NamedTuple):
    """What one process took."""

    peak: float
    seconds: float


def section(_server: Server, *, quick: bool) -> Section:
    """Measure, and write the part of the report."""
    turns = 1 if quick else 5
    rows, aims = [], []
    with _file_server() as url, tempfile.TemporaryDirectory() as folder:
        for kind, program in (("blocking", _BLOCKING), ("asyncio", _ASYNC)):
            for way in _CALLS:
                small, large = [], []
                for _ in range(turns):
                    small.append(_run(program, way, url, Path(folder), SMALL))
                    large.append(_run(program, way, url, Path(folder), LARGE))
                peaks = [Samples(tuple(each.peak for each in spent)) for spent in (small, large)]
                ratio = peaks[1].median / peaks[0].median
                cost = (Samples(tuple(each.seconds for each in large)).median - small[0].seconds) / (LARGE - SMALL)
                aims.append(Aim(f"{way} of {LARGE} MiB, {kind}, peak of that with {SMALL} MiB", ratio, FLAT))
                rows.append([f"{way}, {kind}", *(each.shown("MB", 1) for each in peaks), f"{cost * 1000:.1f} ms"])
    head = ["file", f"peak, {SMALL} MiB", f"peak, {LARGE} MiB", "client CPU per MiB"]
    lines = ["Largest resident size of the whole process. A download is hashed and written to a disk.", ""]
    return Section("Files", [*lines, *table(head, rows)], aims)


def _run(program: str, way: str, url: str, folder: Path, size: int) -> Spent:
    path = folder / f"{way}.bin"
    if way == "upload":
        with path.open("wb") as file:
            file.truncate(size * 1024 * 1024)
    call = _CALLS[way].format(size=size, path=str(path))
    command = [str(rooms.python(rooms.OURS)), "-I", "-W", "ignore", "-c", program.format(url=url, call=call) + _MEASURE]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    path.unlink()
    return Spent(*map(float, done.stdout.split()))


@contextmanager
def _file_server() -> Iterator[str]:
    command = [sys.executable, "-m", f"{__package__}.file_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
