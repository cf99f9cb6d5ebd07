"""The asyncio runtime: one loop after the other, tasks, cancellation of those who wait."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import time
from typing import Any

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.asyncio_runtime import AsyncioRuntime
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import WireRequest
from glpi_utils.exceptions import GlpiError
from tests.transports.server import Peer, Server, Talk, always, answer


async def fetch(runtime: Runtime, url: str) -> bytes:
    return await (await runtime.open(WireRequest("GET", url, {}))).read()


def silent_until(number: int) -> Talk:
    """Connections before that one get no answer."""

    def talk(peer: Peer) -> None:
        if peer.number < number:
            peer.server.released.wait(20)
        else:
            always(answer(b"x"))(peer)

    return talk


def test_it_is_a_runtime() -> None:
    as_one: Runtime = AsyncioRuntime(Network())  # mypy compares the two
    assert as_one.generation == 0


@pytest.mark.parametrize("closing", [True, False], ids=["closed", "left open"])
def test_one_asyncio_run_after_the_other(closing: bool) -> None:
    runtime = AsyncioRuntime(Network())

    async def story() -> None:
        async with runtime.lock("a"):
            assert await fetch(runtime, server.url()) == b"x"
        flights = [runtime.spawn(lambda: fetch(runtime, server.url())) for _ in range(3)]
        assert [await flight.result() for flight in flights] == [b"x"] * 3
        if closing:
            await runtime.close()

    with Server(always(answer(b"x"))) as server:
        for _ in range(3):
            asyncio.run(story(), debug=True)
            gc.collect()
    assert len(server.heard) == 12


@pytest.mark.parametrize("tls", [False, True])
def test_a_loop_closed_without_a_word(tls: bool, server_tls: Any, ca_file: Any) -> None:
    runtime = AsyncioRuntime(Network(verify=ca_file))
    with Server(always(answer(b"x")), server_tls if tls else None) as server:
        for _ in range(3):
            loop = asyncio.new_event_loop()
            assert loop.run_until_complete(fetch(runtime, server.url())) == b"x"
            loop.close()
        asyncio.run(fetch(runtime, server.url()))
        gc.collect()
    assert server.connections == 4


def test_closing_after_the_loop_was_closed_without_a_word() -> None:
    runtime = AsyncioRuntime(Network())
    with Server(always(answer(b"x"))) as server:
        loop = asyncio.new_event_loop()
        loop.run_until_complete(fetch(runtime, server.url()))
        loop.close()
        asyncio.run(runtime.close())


def test_what_was_in_flight_when_asyncio_run_ended_is_forgotten() -> None:
    runtime = AsyncioRuntime(Network(limit=1))

    async def leave() -> None:
        runtime.spawn(lambda: fetch(runtime, server.url()))
        await asyncio.sleep(0.05)

    with Server(silent_until(3)) as server:
        for _ in range(2):
            asyncio.run(leave())
        assert asyncio.run(fetch(runtime, server.url())) == b"x"


def test_two_loops_at_once_are_refused_and_the_first_goes_on() -> None:
    runtime = AsyncioRuntime(Network())
    problems: list[BaseException] = []

    def elsewhere() -> None:
        try:
            asyncio.run(fetch(runtime, server.url()))
        except BaseException as problem:
            problems.append(problem)

    async def story() -> None:
        await fetch(runtime, server.url())
        thread = threading.Thread(target=elsewhere)
        thread.start()
        await asyncio.to_thread(thread.join)
        await fetch(runtime, server.url())
        await runtime.close()

    with Server(always(answer(b"x"))) as server:
        asyncio.run(story())
    (problem,) = problems
    assert isinstance(problem, GlpiError)
    assert "another event loop" in str(problem)
    assert server.connections == 1


def test_who_is_cancelled_while_waiting_takes_only_himself_away() -> None:
    async def story() -> None:
        runtime = AsyncioRuntime(Network())
        finish = asyncio.Event()

        async def work() -> int:
            await finish.wait()
            return 7

        flight = runtime.spawn(work)
        waiter = asyncio.ensure_future(flight.result())
        await asyncio.sleep(0)
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await flight.result()
        assert not flight.done
        finish.set()
        assert await flight.result() == 7
        await runtime.close()

    asyncio.run(story())


def test_nobody_complains_about_an_error_that_nobody_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        runtime = AsyncioRuntime(Network())

        async def fail() -> None:
            await asyncio.sleep(0.01)
            raise KeyError("x")

        waiter = asyncio.ensure_future(runtime.spawn(fail).result())
        await asyncio.sleep(0)
        waiter.cancel()
        runtime.spawn(fail)
        gc.collect()  # spawned tasks are held
        await asyncio.sleep(0.05)
        gc.collect()
        await runtime.close()

    with caplog.at_level(logging.DEBUG, "asyncio"):
        asyncio.run(story())
    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []


def test_cancelling_a_request_frees_its_place() -> None:
    async def story() -> None:
        runtime = AsyncioRuntime(Network(limit=1))
        for _ in range(3):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await fetch(runtime, server.url("/silent"))
        assert await fetch(runtime, server.url()) == b"x"
        await runtime.close()

    with Server(silent_until(4)) as server:
        asyncio.run(story())


def test_close_is_quick_even_if_a_task_will_not_go() -> None:
    async def story() -> None:
        runtime = AsyncioRuntime(Network())

        async def stubborn() -> None:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                await asyncio.sleep(60)

        runtime.spawn(stubborn)
        await asyncio.sleep(0.01)
        began = time.monotonic()
        await runtime.close()
        assert time.monotonic() - began < 20

    asyncio.run(story())


def test_clock_dice_and_offload() -> None:
    async def story() -> None:
        runtime = AsyncioRuntime(Network())
        assert abs(runtime.now() - time.monotonic()) < 20
        assert all(0 <= runtime.draw() < 1 for _ in range(100))
        assert await runtime.offload(threading.get_ident) != threading.get_ident()
        lock = runtime.lock("kept")
        async with lock:
            assert not await _enters(runtime)
        assert await _enters(runtime)

    asyncio.run(story())


async def _enters(runtime: AsyncioRuntime) -> bool:
    try:
        async with asyncio.timeout(0.02), runtime.lock("kept"):
            return True
    except TimeoutError:
        return False
