"""Whatever a flight waits for, its cancellation ends that wait at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import WireRequest
from glpi_utils.exceptions import GlpiConnectionError, GlpiTimeoutError
from tests.transports.conftest import Waiting
from tests.transports.server import Peer, Server, answer

LONG, SOON = 60, 20
"""Seconds that nobody is to wait for, and what a busy machine may take instead."""

Work = Callable[[Runtime, Server], Coroutine[Any, Any, Any]]


async def _head(runtime: Runtime, server: Server) -> None:
    await runtime.open(WireRequest("GET", server.url("/silent"), {}))


async def _body(runtime: Runtime, server: Server) -> None:
    await (await runtime.open(WireRequest("GET", server.url("/half"), {}))).read()


async def _pieces(runtime: Runtime, server: Server) -> None:
    opened = await runtime.open(WireRequest("GET", server.url("/half"), {}))
    try:
        while await opened.chunk():
            pass
    finally:
        await opened.close()


async def _handshake(runtime: Runtime, server: Server) -> None:
    await runtime.open(WireRequest("GET", f"https://127.0.0.1:{server.port}/", {}))


async def _until_closed(runtime: Runtime, server: Server) -> None:
    await (await runtime.open(WireRequest("GET", server.url("/endless"), {}))).read()


async def _sleep(runtime: Runtime, server: Server) -> None:
    await runtime.sleep(LONG)


async def _lock(runtime: Runtime, server: Server) -> None:
    async with runtime.lock("held"):
        raise AssertionError


async def _result(runtime: Runtime, server: Server) -> None:
    other = runtime.spawn(lambda: runtime.sleep(LONG))
    try:
        await other.result()
    finally:
        other.cancel()


def talk(peer: Peer) -> None:
    while heard := peer.hear() if peer.sock.recv(1, 2) != b"\x16" else None:  # 2 is MSG_PEEK, 0x16 begins TLS
        path = heard.line.split()[1]
        if path == "/half":
            peer.send(answer(b"half", Content_Length="100"))
        elif path == "/endless":
            peer.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf")
        elif path != "/silent":
            peer.send(answer(b"fine"))
            continue
        break
    peer.server.released.wait(LONG)


WAITS = [_head, _body, _pieces, _until_closed, _handshake, _sleep, _lock, _result]


@pytest.mark.parametrize("work", WAITS, ids=lambda work: work.__name__[1:])
def test_cancelling_ends_it(waiting: Waiting, work: Work) -> None:
    async def once(runtime: Runtime) -> float:
        begun, ended = list[bool](), list[BaseException]()

        async def watched() -> None:
            begun.append(True)
            try:
                await work(runtime, server)
            except BaseException as error:
                ended.append(error)
                raise

        flight = runtime.spawn(watched)
        while not begun:
            await runtime.sleep(0.005)
        await runtime.sleep(0.1)
        assert not flight.done
        began = time.monotonic()
        flight.cancel()
        with pytest.raises(GlpiConnectionError, match="given up"):
            await flight.result()
        assert flight.done
        while not ended:
            assert time.monotonic() - began < SOON
            await runtime.sleep(0.005)
        assert not isinstance(ended[0], Exception)  # `except Exception` in the engine does not swallow it
        return time.monotonic() - began

    async def story(runtime: Runtime) -> None:
        async with runtime.lock("held"):
            assert await once(runtime) < SOON
        assert await (await runtime.open(WireRequest("GET", server.url(), {}))).read() == b"fine"

    with Server(talk) as server:
        waiting(story)


def test_waiting_for_a_place_can_be_cancelled(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        flights = [runtime.spawn(lambda: runtime.open(WireRequest("GET", server.url("/never"), {}))) for _ in range(3)]
        await runtime.sleep(0.1)
        for flight in flights:
            flight.cancel()
        await opened.read()
        assert await (await runtime.open(WireRequest("GET", server.url(), {}))).read() == b"fine"

    with Server(talk) as server:
        waiting(story, Network(limit=1))
    assert [heard.line.split()[1] for heard in server.heard] == ["/", "/"]


def test_what_was_cancelled_is_cut_off_at_the_server(waiting: Waiting) -> None:
    gone = threading.Event()

    def silent(peer: Peer) -> None:
        peer.hear()
        if peer.gone(5):
            gone.set()

    async def story(runtime: Runtime) -> None:
        flight = runtime.spawn(lambda: _head(runtime, server))
        await runtime.sleep(0.1)
        flight.cancel()
        await runtime.sleep(0.1)
        assert gone.is_set()

    with Server(silent) as server:
        waiting(story)


@pytest.mark.parametrize("work", [_head, _body, _sleep, _result], ids=lambda work: work.__name__[1:])
def test_closing_waits_for_nobody(waiting: Waiting, work: Work) -> None:
    async def story(runtime: Runtime) -> None:
        flights = [runtime.spawn(lambda: work(runtime, server)) for _ in range(4)]
        await runtime.sleep(0.1)
        began = time.monotonic()
        await runtime.close()
        assert time.monotonic() - began < SOON
        assert all(flight.done for flight in flights)

    with Server(talk) as server:
        waiting(story)


def test_cancelling_what_has_ended_changes_nothing(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        async def seven() -> int:
            return 7

        flight = runtime.spawn(seven)
        assert await flight.result() == 7
        flight.cancel()
        assert await flight.result() == 7
        assert flight.done

    waiting(story)


def test_work_cancelled_before_it_began_to_wait_does_not_wait(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        began = time.monotonic()
        for _ in range(20):
            runtime.spawn(lambda: runtime.sleep(LONG)).cancel()
        await runtime.close()
        assert time.monotonic() - began < SOON

    waiting(story)


def test_who_waits_no_longer_than_a_time_leaves_the_work_going(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        async def late() -> int:
            await runtime.sleep(0.15)
            return 7

        flight = runtime.spawn(late)
        with pytest.raises(GlpiTimeoutError):
            await flight.result(0.02)
        assert not flight.done
        assert await flight.result(5) == 7

    waiting(story)
