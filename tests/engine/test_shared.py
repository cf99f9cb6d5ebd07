"""One making for all who need it, in whatever order they come, go, or are stopped."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._engine.request.session import Shared
from glpi_utils._runtimes.asyncio_runtime import AsyncioRuntime
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network
from glpi_utils.exceptions import GlpiAuthError, GlpiTimeoutError
from tests.engine.stepping import Job, Stepping, Stopped


class Value:
    """A token pair: it knows what it was made from."""

    def __init__(self, number: int, before: Value | None) -> None:
        self.number, self.before = number, before


class Maker:
    """Makes values like a server with refresh tokens: each is good for one renewal."""

    def __init__(self, runtime: Stepping, steps: list[int], refusals: list[bool]) -> None:
        self.runtime, self.steps, self.refusals = runtime, steps, refusals
        self.current: Value | None = None
        self.asked_with: list[Value | None] = []
        self.made: list[Value] = []

    async def make(self, stale: Value | None) -> Value:
        number = len(self.asked_with)
        self.asked_with.append(stale)
        assert stale is self.current, "a value that was used up, or never the last one, is renewed"
        await self.runtime.pause(self.steps[number % len(self.steps)])
        if self.refusals[number % len(self.refusals)]:
            raise GlpiAuthError(f"no {number}")
        self.current = Value(number, stale)
        self.made.append(self.current)
        return self.current


async def worker(shared: Shared[Value], rounds: int, seen: list[Value]) -> None:
    """Use the value, find it stale, ask for a newer one."""
    mine: Value | None = None
    for _ in range(rounds):
        found = await shared.get(mine)
        assert found is not mine
        assert mine is None or found.number > mine.number
        seen.append(found)
        mine = found


orders = st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=150)


@settings(max_examples=300, deadline=None)
@given(
    rounds=st.lists(st.integers(1, 4), min_size=1, max_size=6),
    steps=st.lists(st.integers(0, 5), min_size=1, max_size=4),
    refusals=st.lists(st.booleans(), min_size=1, max_size=4).filter(lambda each: not all(each)),
    order=orders,
    stops=st.sets(st.integers(0, 150), max_size=4),
)
def test_any_order_of_renewals_makes_each_value_once_and_loses_none(
    rounds: list[int], steps: list[int], refusals: list[bool], order: list[tuple[int, bool]], stops: set[int]
) -> None:
    runtime = Stepping()
    maker = Maker(runtime, steps, refusals)
    shared = Shared[Value](cast("Runtime", runtime), "login", maker.make)
    seen: list[Value] = []
    workers = [Job(worker(shared, count, seen)) for count in rounds]
    at = 0
    while True:
        jobs = [job for job in (*workers, *runtime.spawned) if not job.done]
        if not jobs:
            break
        pick = order[at][0] if at < len(order) else at
        job = jobs[pick % len(jobs)]
        job.step(Stopped() if at in stops and job in workers else None)
        at += 1
    for job in workers:
        assert job.error is None or isinstance(job.error, GlpiAuthError | Stopped)
    for job in runtime.spawned:
        assert job.error is None or isinstance(job.error, GlpiAuthError), "a stopped worker took a renewal with it"
    assert shared.held is maker.current, "the last pair is kept"
    done = [each.before for each in maker.made]
    assert len(done) == len(set(done)), "one making for each stale value"
    assert set(seen) <= set(maker.made)
    chain = maker.made
    assert [each.before for each in chain] == [None, *chain[:-1]][: len(chain)]


def test_those_who_share_a_refusal_get_exceptions_of_their_own() -> None:
    runtime = Stepping()
    maker = Maker(runtime, [3], [True])
    shared = Shared[Value](cast("Runtime", runtime), "login", maker.make)
    workers = [Job(worker(shared, 1, [])) for _ in range(5)]
    while jobs := [job for job in (*workers, *runtime.spawned) if not job.done]:
        for job in jobs:
            job.step()
    found = [job.error for job in workers]
    assert len(maker.asked_with) == 1
    assert len({id(each) for each in found}) == 5
    assert {str(each) for each in found} == {"no 0"}
    assert all(each is not None and each.__context__ is None for each in found)


def test_what_was_begun_before_a_drop_is_nobodys() -> None:
    runtime = Stepping()
    maker = Maker(runtime, [2], [False])
    shared = Shared[Value](cast("Runtime", runtime), "login", maker.make)
    seen: list[Value] = []
    early = Job(worker(shared, 1, seen))
    while not runtime.spawned:
        early.step()
    shared.drop()
    while not early.done:
        runtime.spawned[0].step() if not runtime.spawned[0].done else early.step()
    assert seen == maker.made
    assert shared.held is None


def test_a_forked_child_holds_nothing() -> None:
    runtime = Stepping()
    shared = Shared[Value](cast("Runtime", runtime), "login", Maker(runtime, [0], [False]).make)
    first = Job(worker(shared, 1, []))
    while jobs := [job for job in (first, *runtime.spawned) if not job.done]:
        jobs[-1].step()
    assert shared.held is not None
    runtime.generation += 1
    assert shared.held is None


# on the runtimes that there are


class Slow:
    """Takes a moment, counts, refuses if told to."""

    def __init__(self, runtime: Runtime, error: Exception | None = None, seconds: float = 0.2) -> None:
        self.runtime, self.error, self.seconds = runtime, error, seconds
        self.makings = 0

    async def make(self, stale: object) -> object:
        self.makings += 1
        await self.runtime.sleep(self.seconds)
        if self.error is not None:
            raise self.error
        return object()


@pytest.mark.parametrize("error", [None, GlpiAuthError("no")])
def test_many_threads_share_one_making(error: Exception | None) -> None:
    runtime = BlockingRuntime(Network())
    slow = Slow(runtime, error)
    shared = Shared[object](runtime, "login", slow.make)
    barrier = threading.Barrier(20)
    found: list[Any] = []

    def ask() -> None:
        barrier.wait()
        try:
            found.append(run(shared.get()))
        except GlpiAuthError as refusal:
            found.append(refusal)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run(runtime.close())
    assert slow.makings == 1
    assert len({id(each) for each in found}) == (20 if error else 1)
    assert len(found) == 20


@pytest.mark.parametrize("error", [None, GlpiAuthError("no")])
def test_many_tasks_share_one_making(error: Exception | None) -> None:
    async def story() -> None:
        runtime = AsyncioRuntime(Network())
        slow = Slow(runtime, error)
        shared = Shared[object](runtime, "login", slow.make)
        asked = [asyncio.create_task(shared.get()) for _ in range(20)]
        await asyncio.sleep(0.05)
        asked[0].cancel()
        found: list[Any] = await asyncio.gather(*asked, return_exceptions=True)
        await runtime.close()
        assert slow.makings == 1
        assert isinstance(found[0], asyncio.CancelledError)
        assert len({id(each) for each in found[1:]}) == (19 if error else 1)

    asyncio.run(story())


def test_who_has_waited_long_enough_goes_and_the_making_goes_on() -> None:
    blocking = BlockingRuntime(Network())
    release, makings = threading.Event(), list[object]()

    async def make(stale: object) -> object:
        makings.append(stale)
        assert release.wait(60)
        return object()

    shared = Shared[object](blocking, "login", make)
    with pytest.raises(GlpiTimeoutError, match="login is still under way"):
        run(shared.get(None, 0.05))
    release.set()
    assert run(shared.get()) is shared.held
    run(blocking.close())
    assert len(makings) == 1


def test_the_same_in_an_event_loop() -> None:
    async def story() -> None:
        looping = AsyncioRuntime(Network())
        slow = Slow(looping)
        shared = Shared[object](looping, "login", slow.make)
        with pytest.raises(GlpiTimeoutError, match="login is still under way"):
            await shared.get(None, 0.05)
        assert await shared.get() is shared.held
        await looping.close()
        assert slow.makings == 1

    asyncio.run(story())
