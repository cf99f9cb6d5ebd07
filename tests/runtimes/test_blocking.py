"""The blocking runtime: `run`, threads, Ctrl-C, sharing by threads."""

from __future__ import annotations

import contextvars
import gc
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from functools import partial

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.http_client import Pools
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import WireRequest
from tests.transports.server import Peer, Server, always, answer


@pytest.fixture
def runtime() -> Iterator[BlockingRuntime]:
    runtime = BlockingRuntime(Network())
    yield runtime
    run(runtime.close())


async def fetch(runtime: Runtime, url: str) -> bytes:
    return await (await runtime.open(WireRequest("GET", url, {}))).read()


async def give(value: int) -> int:
    return value


def test_it_is_a_runtime(runtime: BlockingRuntime) -> None:
    as_one: Runtime = runtime  # mypy compares the two
    assert as_one.generation == 0


def test_run_gives_the_value() -> None:
    assert run(give(7)) == 7


def test_run_lets_errors_through() -> None:
    async def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        run(fail())


def test_run_refuses_what_waits_for_a_loop_by_name_and_cleans_up() -> None:
    cleaned = []

    class Never:
        def __await__(self) -> Generator[None, None, None]:
            yield

    async def wants_a_loop() -> None:
        try:
            await Never()
        finally:
            cleaned.append(True)

    with pytest.raises(RuntimeError, match="wants_a_loop tried to wait for an event loop"):
        run(wants_a_loop())
    assert cleaned == [True]


def test_spawn_copies_the_context_and_names_the_thread(runtime: BlockingRuntime) -> None:
    who = contextvars.ContextVar("who", default="nobody")

    async def look() -> tuple[str, str, bool]:
        seen = who.get()
        who.set("changed")
        thread = threading.current_thread()
        return seen, thread.name, thread.daemon

    for name in ("first", "second"):
        who.set(name)
        seen, thread, daemon = run(runtime.spawn(look).result())
        assert seen == name
        assert re.match(r"glpi-\d", thread)
        assert daemon
    assert who.get() == "second"


def test_a_thread_that_has_nothing_to_do_takes_the_next_work(runtime: BlockingRuntime) -> None:
    async def me() -> int:
        return threading.get_ident()

    idents = set()
    for _ in range(10):
        idents.add(run(runtime.spawn(me).result()))
        until = time.monotonic() + 10
        while not vars(vars(runtime)["_crew"])["_idle"]:  # the result is there before its thread has put itself down
            assert time.monotonic() < until
            time.sleep(0.001)
    assert len(idents) == 1


def test_idle_threads_go_by_themselves(runtime: BlockingRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glpi_utils._runtimes.threads.IDLE", 0.05)
    run(runtime.spawn(lambda: give(1)).result())
    until = time.monotonic() + 2
    while any(re.match(r"glpi-\d", thread.name) for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert run(runtime.spawn(lambda: give(2)).result()) == 2


def test_an_error_reaches_everybody_who_asks(runtime: BlockingRuntime) -> None:
    async def fail() -> None:
        raise KeyError("x")

    flight = runtime.spawn(fail)
    for _ in range(2):
        with pytest.raises(KeyError):
            run(flight.result())


def test_work_of_work(runtime: BlockingRuntime) -> None:
    async def outer() -> int:
        flights = [runtime.spawn(partial(give, number)) for number in range(5)]
        return sum([await flight.result() for flight in flights])

    assert run(runtime.spawn(outer).result()) == 10


def test_a_lock_lets_one_in_at_a_time(runtime: BlockingRuntime) -> None:
    inside, most = [0], [0]
    lock = runtime.lock("kept")

    async def work() -> None:
        async with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            await runtime.sleep(0.002)
            inside[0] -= 1

    flights = [runtime.spawn(work) for _ in range(20)]
    for flight in flights:
        run(flight.result())
    assert most == [1]

    async def both() -> None:
        async with runtime.lock("a"), runtime.lock("b"):
            pass

    run(both())


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_surfaces_at_once_while_a_result_is_awaited(runtime: BlockingRuntime) -> None:
    flight = runtime.spawn(lambda: runtime.sleep(60))
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(flight.result())
    run(runtime.close())
    assert time.monotonic() - began < 20


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_in_a_request_frees_its_connection_and_its_place() -> None:
    def talk(peer: Peer) -> None:
        if peer.number == 1:
            peer.hear()
            peer.server.released.wait(20)
        always(answer(b"x"))(peer)

    runtime = BlockingRuntime(Network(limit=1))
    with Server(talk) as server:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            run(fetch(runtime, server.url()))
        assert run(fetch(runtime, server.url())) == b"x"
        run(runtime.close())


def test_close_does_not_wait_for_a_thread_that_can_not_be_stopped(runtime: BlockingRuntime) -> None:
    release = threading.Event()

    async def stubborn() -> None:
        release.wait(60)

    flight = runtime.spawn(stubborn)
    began = time.monotonic()
    run(runtime.close())
    assert time.monotonic() - began < 20
    assert flight.done
    release.set()


def test_threads_share_the_pool_and_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(Pools):
        def __init__(self, network: Network) -> None:
            time.sleep(0.02)  # all threads are there before the first pool is made
            super().__init__(network)

    monkeypatch.setattr("glpi_utils._runtimes.http_client.Pools", Slow)
    runtime = BlockingRuntime(Network(limit=4))
    ready = threading.Barrier(20)
    got: list[bytes] = []

    def work() -> None:
        ready.wait()
        got.extend(run(fetch(runtime, server.url())) for _ in range(10))

    with Server(always(answer(b"x"))) as server:
        threads = [threading.Thread(target=work) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        run(runtime.close())
    assert got == [b"x"] * 200
    assert server.connections <= 4


def test_a_client_that_is_dropped_leaves_nothing_open() -> None:
    runtime = BlockingRuntime(Network())
    with Server(always(answer(b"x"))) as server:
        run(fetch(runtime, server.url()))
        run(runtime.spawn(partial(give, 1)).result())
        del runtime
        gc.collect()


def test_the_interpreter_ends_while_work_goes_on() -> None:
    program = """
import time
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network
runtime = BlockingRuntime(Network())
runtime.spawn(lambda: runtime.sleep(60))
time.sleep(0.05)
"""
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - began < 30


def test_clock_dice_and_offload(runtime: BlockingRuntime) -> None:
    assert abs(runtime.now() - time.monotonic()) < 20
    assert all(0 <= runtime.draw() < 1 for _ in range(100))
    assert len({runtime.draw() for _ in range(100)}) > 90
    assert run(runtime.offload(threading.get_ident)) == threading.get_ident()
    began = time.monotonic()
    run(runtime.sleep(0.05))
    assert 0.04 < time.monotonic() - began < 20
