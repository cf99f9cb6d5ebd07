"""A forked child opens its own connections and leaves its parent's alone."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.asyncio_runtime import AsyncioRuntime
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import WireRequest
from tests.transports.server import Server, always, answer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


async def fetch(runtime: Runtime, url: str) -> bytes:
    return await (await runtime.open(WireRequest("GET", url, {}))).read()


def in_a_child(work: Callable[[], None]) -> None:
    """Do it in a forked child; what fails there fails here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of forks beside threads: that is the point
        pid = os.fork()
    if pid == 0:
        signal.alarm(20)  # what hangs here must not outlive the tests
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize("tls", [False, True])
def test_blocking(tls: bool, server_tls: Any, ca_file: Any) -> None:
    runtime = BlockingRuntime(Network(verify=ca_file, limit=1))
    inside, leave = threading.Event(), threading.Event()

    async def hold() -> None:
        async with runtime.lock("held"):
            opened = await runtime.open(WireRequest("GET", server.url(), {}))  # the only place in flight
            inside.set()
            leave.wait(10)
            await opened.read()

    def child() -> None:
        assert runtime.generation == 1

        async def story() -> None:
            async with runtime.lock("held"):
                assert await runtime.spawn(lambda: fetch(runtime, server.url())).result() == b"x"

        run(story())
        run(runtime.close())

    with Server(always(answer(b"x")), server_tls if tls else None) as server:
        run(fetch(runtime, server.url()))
        flight = runtime.spawn(hold)
        assert inside.wait(5)
        in_a_child(child)
        leave.set()
        run(flight.result())
        assert run(fetch(runtime, server.url())) == b"x"
        assert runtime.generation == 0
        run(runtime.close())
    assert server.connections == 2


@pytest.mark.parametrize("tls", [False, True])
def test_looping(tls: bool, server_tls: Any, ca_file: Any) -> None:
    runtime = AsyncioRuntime(Network(verify=ca_file))

    def child() -> None:
        assert runtime.generation == 1

        async def story() -> None:
            assert await fetch(runtime, server.url()) == b"x"
            await runtime.close()

        thread = threading.Thread(target=lambda: asyncio.run(story()))  # this one's loop is, still, the parent's
        thread.start()
        thread.join()

    async def parent() -> None:
        assert await fetch(runtime, server.url()) == b"x"
        in_a_child(child)
        assert await fetch(runtime, server.url()) == b"x"
        await runtime.close()

    with Server(always(answer(b"x")), server_tls if tls else None) as server:
        asyncio.run(parent())
    assert server.connections == 2
    assert len(server.heard) == 3
