"""Which connection a request takes, and how many requests are in flight."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import WireRequest
from tests.transports.conftest import Waiting
from tests.transports.server import Peer, Server, always, answer


async def fetch(runtime: Runtime, url: str, **said: Any) -> bytes:
    opened = await runtime.open(WireRequest("GET", url, {}, **said))
    return await opened.read()


def test_a_connection_is_used_again(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        for _ in range(3):
            await fetch(runtime, server.url())
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        while await opened.chunk():
            pass
        await opened.close()
        await fetch(runtime, server.url())

    with Server(always(answer(b"x" * 100_000))) as server:
        waiting(story)
    assert (len(server.heard), server.connections) == (5, 1)


def test_an_unread_answer_takes_its_connection_with_it(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        await opened.close()
        await opened.close()
        assert await opened.chunk() == b""
        await fetch(runtime, server.url())

    with Server(always(answer(b"x" * 10_000_000))) as server:
        waiting(story)
    assert server.connections == 2


def test_the_server_may_end_the_connection(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        for _ in range(2):
            assert await fetch(runtime, server.url()) == b"x"

    with Server(always(answer(b"x", Connection="close"))) as server:
        waiting(story)
    assert server.connections == 2


def test_a_connection_that_the_server_closed_meanwhile_is_noticed(waiting: Waiting) -> None:
    def talk(peer: Peer) -> None:
        peer.hear()
        peer.send(answer(b"once"))

    async def story(runtime: Runtime) -> None:
        for _ in range(5):
            assert await fetch(runtime, server.url()) == b"once"
            await runtime.sleep(0.05)

    with Server(talk) as server:
        waiting(story)
    assert (len(server.heard), server.connections) == (5, 5)


def test_a_connection_that_idled_too_long_is_not_used(waiting: Waiting) -> None:
    gone = threading.Semaphore(0)

    def talk(peer: Peer) -> None:
        always(answer())(peer)
        gone.release()

    async def story(runtime: Runtime) -> None:
        await fetch(runtime, server.url())
        await fetch(runtime, server.url(), max_idle=5.0)
        assert server.connections == 1
        await runtime.sleep(0.3)
        await fetch(runtime, server.url(), max_idle=0.2)
        assert server.connections == 2
        assert gone.acquire(timeout=2)  # the old one is closed, not kept for others
        await runtime.sleep(0.3)
        await fetch(runtime, server.url())
        assert server.connections == 2

    with Server(talk) as server:
        waiting(story)


def test_every_old_connection_goes_when_one_is_too_old(waiting: Waiting) -> None:
    met = threading.Barrier(3)
    gone = threading.Semaphore(0)

    def talk(peer: Peer) -> None:
        if peer.number > 3:
            always(answer())(peer)
            return
        peer.hear()
        met.wait(5)
        peer.send(answer())
        peer.hear()
        gone.release()

    async def story(runtime: Runtime) -> None:
        flights = [runtime.spawn(lambda: fetch(runtime, server.url())) for _ in range(3)]
        for flight in flights:
            await flight.result()
        await runtime.sleep(0.2)
        await fetch(runtime, server.url(), max_idle=0.1)
        assert all(gone.acquire(timeout=2) for _ in range(3))

    with Server(talk) as server:
        waiting(story)
    assert server.connections == 4


class Busy:
    """Answers slowly and keeps count of how many it answers at once."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._guard = seconds, threading.Lock()
        self.now = self.most = 0

    def __call__(self, peer: Peer) -> None:
        while peer.hear():
            with self._guard:
                self.now += 1
                self.most = max(self.most, self.now)
            time.sleep(self._seconds)
            with self._guard:
                self.now -= 1
            peer.send(answer(b"x"))


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_than_the_limit_is_in_flight(waiting: Waiting, limit: int) -> None:
    async def story(runtime: Runtime) -> None:
        flights = [runtime.spawn(lambda: fetch(runtime, server.url())) for _ in range(9)]
        assert [await flight.result() for flight in flights] == [b"x"] * 9

    busy = Busy(0.02)
    with Server(busy) as server:
        waiting(story, Network(limit=limit))
    assert busy.most == limit
    assert server.connections <= limit


def test_a_place_is_held_until_the_body_is_read(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        other = runtime.spawn(lambda: fetch(runtime, server.url()))
        await runtime.sleep(0.1)
        assert not other.done
        assert len(server.heard) == 1
        await opened.read()
        assert await other.result() == b"x"

        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        other = runtime.spawn(lambda: fetch(runtime, server.url()))
        await opened.close()
        assert await other.result() == b"x"

    with Server(always(answer(b"x"))) as server:
        waiting(story, Network(limit=1))


def test_a_runtime_can_be_used_after_its_close(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        for _ in range(2):
            assert await fetch(runtime, server.url()) == b"x"
            flight = runtime.spawn(lambda: fetch(runtime, server.url()))
            assert await flight.result() == b"x"
            await runtime.close()
            await runtime.close()

    with Server(always(answer(b"x"))) as server:
        waiting(story)
    assert server.connections == 2


def test_an_answer_opened_before_the_close_can_be_given_up_after_it(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        await runtime.close()
        await opened.close()

    with Server(always(answer(b"x"))) as server:
        waiting(story)
