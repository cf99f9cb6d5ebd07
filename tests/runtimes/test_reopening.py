"""A client that is opened and closed often keeps nothing of the times before: no pool, thread, connection, TLS context."""

from __future__ import annotations

import asyncio
import gc
import ssl
import threading
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import AsyncGlpiOAuthClient, GlpiOAuthClient
from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.asyncio_runtime import AsyncioRuntime
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import WireRequest
from glpi_utils.testing import GlpiServer
from tests.transports.server import Server, always, answer

TIMES = 12
KINDS = (
    "Pools",
    "Origin",
    "WorkerThreads",
    "FairSemaphore",
    "Secured",
    "Plain",
    "Session",
    "Connector",
    "ClientSession",
    "SSLContext",
)


def alive() -> Counter[str]:
    """Return how many objects of each kind there are, and threads of ours."""
    gc.collect()
    found = Counter(
        type(each).__name__
        for each in gc.get_objects()
        if type(each).__name__ in KINDS and type(each).__module__.partition(".")[0] in ("glpi_utils", "aiohttp", "ssl")
    )
    found["thread"] = sum(thread.name.startswith("glpi-") for thread in threading.enumerate())
    return found


async def value() -> int:
    return 1


async def used(runtime: Runtime, url: str) -> None:
    """Open connections and start work beside the caller, then close."""
    assert await (await runtime.open(WireRequest("GET", url, {}))).read() == b"x"
    assert await runtime.spawn(value).result() == 1
    async with runtime.lock("a lock"):
        pass
    await runtime.close()


@pytest.mark.parametrize("kind", [BlockingRuntime, AsyncioRuntime])
def test_a_runtime_keeps_nothing(kind: Any, server_tls: ssl.SSLContext, ca_file: Path) -> None:
    runtime = kind(Network(verify=ca_file))
    seen: list[Counter[str]] = []

    async def often() -> None:
        await used(runtime, server.url())
        seen.append(alive())
        for _ in range(TIMES):
            await used(runtime, server.url())
        seen.append(alive())

    with Server(always(answer(b"x")), server_tls) as server:
        run(often()) if kind is BlockingRuntime else asyncio.run(often())
    assert seen[1] - seen[0] == Counter()


def test_a_client_keeps_nothing(glpi: GlpiServer) -> None:
    names = glpi.url, glpi.client_id, glpi.client_secret, "glpi", "glpi"
    api, awaited = GlpiOAuthClient(*names), AsyncGlpiOAuthClient(*names)

    def blocking() -> None:
        with api:
            api.ticket.get_all_pages(page_size=1, concurrency=2)

    async def looping() -> None:
        async with awaited:
            await awaited.ticket.get_all_pages(page_size=1, concurrency=2)

    for once in (blocking, partial(lambda: asyncio.run(looping()))):
        once()
        first = alive()
        for _ in range(3):
            once()
        assert alive() - first == Counter()


def test_a_client_that_is_dropped_after_a_close_leaves_nothing_open_either() -> None:
    before = alive()
    runtime = BlockingRuntime(Network())
    with Server(always(answer(b"x"))) as server:
        run(used(runtime, server.url()))
        run(run(runtime.open(WireRequest("GET", server.url(), {}))).read())
        del runtime
        assert alive() - before == Counter()
