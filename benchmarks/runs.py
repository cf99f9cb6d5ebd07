"""Runs clients against the canned server, each in a process of its own, in turn."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode

from . import rooms
from .samples import Samples

ROWS = 20_000


class Client(NamedTuple):
    """Who walks: a name for the report, its environment, its driver with arguments."""

    name: str
    room: str
    driver: str
    words: tuple[str, ...] = ()


OURS = Client("glpi_utils (this library)", rooms.OURS, "drive_ours")
OURS_ASYNC = Client("glpi_utils, asyncio", rooms.OURS, "drive_ours_async")
OURS_LEGACY = Client("glpi_utils, legacy API", rooms.OURS, "drive_ours", ("legacy",))
HAND = Client("urllib3 + orjson by hand", rooms.HAND, "drive_hand")
HAND_ASYNC = Client("aiohttp + orjson by hand", rooms.HAND, "drive_hand_async")
PEER = Client("glpi-utils 1.5.0", rooms.PEER, "drive_glpi_utils_1")
PYTHON_CLIENT = Client("glpi-python-client 0.6.5", "glpi-python-client", "drive_glpi_python_client")
GLPI_API = Client("glpi-api 0.7.0 (legacy API)", "glpi-api", "drive_legacy_rivals", ("glpi-api",))
GLPI_REST = Client("glpi-rest 0.1.0 (legacy API)", "glpi-rest", "drive_legacy_rivals", ("glpi-rest",))


class Job(NamedTuple):
    """One client's walk; None means the client's own default."""

    client: Client
    page: int | None = None
    in_flight: int | None = None
    way: str = "all"
    rows: int = ROWS
    shape: str = ""
    """How the ids lie, see `shapes`; `rows` of them."""


class Outcomes(NamedTuple):
    """What the runs of one job gave: seconds, CPU seconds, MB, and what the server saw of each."""

    wall: Samples
    cpu: Samples
    peak: Samples
    requests: Samples
    server_cpu: Samples
    work: Samples
    """Seconds that the workers of a paced server were busy with lists."""


class Server:
    """The canned server, as seen from here."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def set(self, **setting: float | str) -> None:
        """Choose how it answers from now on."""
        self._told(f"/-/set?{urlencode(setting)}")

    def seen(self) -> dict[str, float]:
        """Tell what it was asked since."""
        found: dict[str, float] = self._told("/-/seen")
        return found

    def _told(self, target: str) -> Any:
        with urllib.request.urlopen(self.url + target) as answer:
            return json.loads(answer.read())


@contextmanager
def server() -> Iterator[Server]:
    """Start a canned server; it ends with the block."""
    command = [sys.executable, "-m", "benchmarks.server"]
    with subprocess.Popen(command, cwd=rooms.ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Server(int(process.stdout.readline()))
        finally:
            process.terminate()


def interleaved(server: Server, jobs: Sequence[Job], turns: int, **setting: float) -> dict[Job, Outcomes]:
    """Run each job so many times, in turn; every other time in the opposite order."""
    found: dict[Job, list[dict[str, float]]] = {job: [] for job in jobs}
    for turn in range(turns):
        for job in jobs if turn % 2 == 0 else reversed(jobs):
            found[job].append(once(server, job, **setting))
    return {job: _outcomes(runs) for job, runs in found.items()}


def once(server: Server, job: Job, **setting: float) -> dict[str, float]:
    """Run a job once."""
    server.set(total=job.rows, shape=job.shape, **setting)
    told = {"url": server.url, "total": job.rows, "page": job.page, "in_flight": job.in_flight, "way": job.way}
    told["shape"] = job.shape
    module = f"benchmarks.drivers.{job.client.driver}"
    command = [str(rooms.python(job.client.room)), "-m", module, json.dumps(told), *job.client.words]
    done = subprocess.run(command, cwd=rooms.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{job} failed:\n{done.stdout}{done.stderr}")
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    seen = server.seen()
    return {**measured, "requests": seen["requests"], "server_cpu": seen["cpu"], "work": seen["work"]}


def _outcomes(runs: Sequence[dict[str, float]]) -> Outcomes:
    return Outcomes(*(Samples(tuple(run[name] for run in runs)) for name in Outcomes._fields))
