"""Time that runs out, without waiting for it: short time-outs only where nothing will come, and a clock that is turned."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._wire import WireRequest
from glpi_utils.testing import Fault, GlpiServer
from tests.behaviour.adapter import bare

SHORT = 0.1
LONG = 60.0
Open = Callable[[WireRequest], Any]


def runtime_of(api: AsyncClient) -> Any:
    """The runtime of a client of either kind."""
    client: Any = bare(api)
    core = client._core if isinstance(client, AsyncClient) else client._inner._core
    return core.session.runtime


def patient(api: AsyncClient) -> AsyncClient:
    """The client with time-outs that no loaded machine reaches."""
    return api.with_options(timeout=LONG, max_time=LONG)


def impatient(monkeypatch: pytest.MonkeyPatch, api: AsyncClient, hangs: Callable[[], bool]) -> AsyncClient:
    """A client that has long for everything, but not for the answer to a request that will hang."""
    _opening(monkeypatch, api, lambda sending: sending._replace(read_timeout=SHORT) if hangs() else sending)
    return patient(api)


def unconnected(monkeypatch: pytest.MonkeyPatch, api: AsyncClient, silent: Callable[[], bool]) -> AsyncClient:
    """The same where nobody will take the connection."""

    def short(sending: WireRequest) -> WireRequest:
        return sending._replace(connect_timeout=SHORT, read_timeout=SHORT) if silent() else sending

    _opening(monkeypatch, api, short)
    return patient(api)


def _opening(monkeypatch: pytest.MonkeyPatch, api: AsyncClient, change: Callable[[WireRequest], WireRequest]) -> None:
    runtime = runtime_of(api)
    opened: Open = runtime.open

    async def hasty(sending: WireRequest) -> Any:
        return await opened(change(sending))

    monkeypatch.setattr(runtime, "open", hasty)


def first(number: float) -> Callable[[], bool]:
    """Whether it is one of the first so many times that this is asked."""
    asked = 0

    def one_of_them() -> bool:
        nonlocal asked
        asked += 1
        return asked <= number

    return one_of_them


class Turned:
    """The runtime's clock, turned by pauses and by time-outs that run out; nothing else takes time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, api: AsyncClient, hangs: bool) -> None:
        self.at = 1000.0
        runtime = runtime_of(api)
        self._opened: Open = runtime.open
        self._hangs = hangs
        monkeypatch.setattr(runtime, "open", self._open)
        monkeypatch.setattr(runtime, "now", lambda: self.at)
        monkeypatch.setattr(runtime, "sleep", self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.at += seconds

    async def _open(self, sending: WireRequest) -> Any:
        """What hangs takes as long as it may; it is not waited for."""
        if not self._hangs:
            return await self._opened(sending._replace(connect_timeout=LONG, read_timeout=LONG, longest=None))
        self.at += min(sending.read_timeout, sending.longest or LONG)
        return await self._opened(sending._replace(connect_timeout=LONG, read_timeout=SHORT, longest=None))


async def arrived(kind: str, condition: Callable[[], object]) -> None:
    """Wait until it is so on the server."""
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        (await asyncio.sleep(0.005)) if kind == "async" else time.sleep(0.005)


def holding(fault: Fault, glpi: GlpiServer) -> Callable[[], bool]:
    """Whether a request hangs on it now."""
    return lambda: glpi.do(lambda _world: bool(fault.release.waiting))


def closed(glpi: GlpiServer, number: int) -> Callable[[], bool]:
    """Whether the server has closed the connection of this number."""
    front = glpi._front
    assert front is not None
    return lambda: glpi.do(
        lambda _world: all(link.number != number or line.is_closing() for line, link in front.links.items())
    )


def interrupting(glpi: GlpiServer, hang: Fault) -> threading.Thread:
    """Presses Ctrl-C as soon as a request hangs."""
    main = threading.main_thread().ident
    assert main is not None

    def press() -> None:
        asyncio.run(arrived("async", holding(hang, glpi)))
        signal.pthread_kill(main, signal.SIGINT)

    return threading.Thread(target=press, daemon=True)
