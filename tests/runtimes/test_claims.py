"""Lines of calls that want the same: one goes first at a time, none is forgotten, nothing is left, on threads and in loops."""

from __future__ import annotations

import asyncio
import gc
import random
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils._engine.request.runtime import Claim, Runtime, Turn
from glpi_utils._runtimes import claims
from glpi_utils._runtimes.asyncio_runtime import AsyncioRuntime
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network
from glpi_utils.exceptions import GlpiConnectionError, GlpiTimeoutError
from tests.once.crowd import in_line, until

NEVER: Callable[[Any], bool] = lambda _said: False  # noqa: E731
ALWAYS: Callable[[Any], bool] = lambda _said: True  # noqa: E731


@pytest.fixture(autouse=True)
def empty_register() -> Any:
    yield
    assert claims.REGISTER.lines == {}


def blocking() -> Runtime:
    return BlockingRuntime(Network())


class Room:
    """Where only one may be at a time; counts who was there."""

    def __init__(self) -> None:
        self.inside = self.visits = self.worst = 0
        self._guard = threading.Lock()

    def enter(self) -> None:
        with self._guard:
            self.inside += 1
            self.visits += 1
            self.worst = max(self.worst, self.inside)

    def leave(self) -> None:
        with self._guard:
            self.inside -= 1


async def visit(runtime: Runtime, room: Room, dice: random.Random, nap: Callable[[float], Any]) -> None:
    """Wait for one's turn, be in the room, and leave; some lose patience or fail in between."""
    claim = runtime.claim("room")
    try:
        try:
            turn = await claim.turn(0.001 if dice.random() < 0.2 else 60, NEVER)
        except GlpiTimeoutError:
            return
        assert turn.held
        room.enter()
        try:
            waits = nap(dice.random() / 500)
            if waits is not None:
                await waits
        finally:
            room.leave()
        if dice.random() < 0.7:
            claim.end("done")
    finally:
        claim.leave()


@pytest.mark.parametrize("seed", range(3))
def test_one_at_a_time_on_six_threads_and_in_three_loops(seed: int) -> None:
    room, errors = Room(), list[BaseException]()

    def on_a_thread(number: int) -> None:
        dice, runtime = random.Random(seed * 100 + number), BlockingRuntime(Network())
        for _ in range(15):
            run(visit(runtime, room, dice, time.sleep))

    def in_a_loop(number: int) -> None:
        dice, runtime = random.Random(seed * 100 + number), AsyncioRuntime(Network())

        async def story() -> None:
            tasks = [asyncio.create_task(visit(runtime, room, dice, asyncio.sleep)) for _ in range(15)]
            for task in tasks[::4]:
                await asyncio.sleep(dice.random() / 200)
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert {type(each) for each in ended} <= {type(None), asyncio.CancelledError}, ended

        asyncio.run(story())

    def guarded(work: Callable[[int], None], number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(on_a_thread, number)) for number in range(6)]
    threads += [threading.Thread(target=guarded, args=(in_a_loop, 10 + number)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive(), "somebody waits for ever"
    assert errors == []
    assert room.visits > 40
    assert (room.worst, room.inside) == (1, 0)


def test_what_was_said_settles_those_who_waited_and_no_newcomer() -> None:
    first, second, newcomer = blocking().claim("x"), blocking().claim("x"), blocking()
    assert run(first.turn(0, ALWAYS)) == Turn(True, None)
    first.end("said")
    late = newcomer.claim("x")
    assert run(second.turn(0, ALWAYS)) == Turn(False, "said")
    assert run(late.turn(0, ALWAYS)) == Turn(True, "said"), "it was said before it came; it may know of it"
    for each in (first, second, late):
        each.leave()


def test_who_does_not_take_it_for_an_end_has_the_next_turn() -> None:
    first, second = blocking().claim("x"), blocking().claim("x")
    run(first.turn(0, NEVER))
    first.end("said")
    first.end("again")
    assert run(second.turn(0, NEVER)) == Turn(True, "said")
    first.leave()
    with pytest.raises(GlpiTimeoutError):
        run(_from_another_thread(lambda: blocking().claim("x")))
    second.leave()


async def _from_another_thread(make: Callable[[], Claim]) -> None:
    errors: list[BaseException] = []

    def work() -> None:
        claim = make()
        try:
            run(claim.turn(0, NEVER))
        except BaseException as error:
            errors.append(error)
        finally:
            claim.leave()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    raise errors[0]


def test_a_cancelled_thread_leaves_the_line() -> None:
    runtime = BlockingRuntime(Network())
    holder = runtime.claim("x")
    run(holder.turn(0, NEVER))

    async def wait() -> None:
        claim = runtime.claim("x")
        try:
            await claim.turn(60, NEVER)
        finally:
            claim.leave()

    flight = runtime.spawn(wait)
    until(lambda: in_line() == 2)
    flight.cancel()
    with pytest.raises(GlpiConnectionError):
        run(flight.result())
    until(lambda: in_line() == 1)
    holder.leave()
    run(runtime.close())


def test_a_loop_that_was_closed_with_a_waiter_holds_nobody_up() -> None:
    """Its waiter cannot be woken any more; the next one has its turn all the same, and the collector takes it away."""
    holder, next_one = blocking().claim("x"), blocking().claim("x")
    run(holder.turn(0, NEVER))
    loop, runtime = asyncio.new_event_loop(), AsyncioRuntime(Network())

    async def wait() -> None:
        claim = runtime.claim("x")
        try:
            await claim.turn(60, NEVER)
        finally:
            claim.leave()

    work = wait()
    task: Any = loop.create_task(work)
    loop.run_until_complete(asyncio.sleep(0))
    task._log_destroy_pending = False
    assert in_line() == 3
    loop.close()
    holder.end("said")
    assert run(next_one.turn(0, NEVER)).held
    next_one.leave()
    holder.leave()
    work.close()
    assert claims.REGISTER.lines == {}


def test_nothing_waits_for_the_collector() -> None:
    """What ended in errors, on either side, is gone with the errors."""
    gc.collect()
    gc.disable()
    try:
        first, second = blocking().claim("x"), blocking().claim("x")
        run(first.turn(0, ALWAYS))
        first.end(ValueError("said"))
        try:
            raise run(second.turn(0, ALWAYS)).ending
        except ValueError:
            pass
        first.leave()
        second.leave()
        del first, second
        left = [each for each in gc.get_objects() if isinstance(each, claims.Claim | claims._Line)]
    finally:
        gc.enable()
    assert left == []
