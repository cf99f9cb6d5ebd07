"""Waiting gives way to the event loop. Sessions, locks and limits belong to one loop and go with it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Coroutine, Hashable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .._caller import with_caller
from .._wire import WireRequest
from ..exceptions import GlpiConnectionError, GlpiError, GlpiTimeoutError
from .dice import drawn
from .forks import watch
from .network import Network

if TYPE_CHECKING:
    import asyncio

    from .._engine.request.runtime import Flight, ResponseStream
    from .aiohttp import Session
    from .claims import AsyncioClaim

T = TypeVar("T")

_GIVEN_UP = "the client was closed, or the work given up, before the answer came"
PATIENCE = 0.1
"""Seconds that `close` waits, at most, for tasks that were cancelled."""


class _Place:
    """What belongs to one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.session: Session | None = None
        self.locks: dict[str, asyncio.Lock] = {}
        self.tasks: set[asyncio.Task[Any]] = set()

    def abandon(self) -> None:
        """The loop is closed: so is all that was opened there."""
        session, self.session = self.session, None
        if session is not None:
            session.abandon()


class _Lock:
    """One of the runtime's locks, by name; it can be kept, and is the loop's own when it is entered."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[], asyncio.Lock]) -> None:
        self._find = find

    async def __aenter__(self) -> None:
        await self._find().acquire()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self._find().release()


class _Task(Generic[T]):
    """Work beside its caller, as a task."""

    def __init__(self, task: asyncio.Task[T]) -> None:
        self._task = task

    async def result(self, seconds: float | None = None) -> T:
        """Wait for it; who is cancelled meanwhile takes only himself away."""
        from asyncio import sleep, wait

        if self._task.done():
            await sleep(0)  # who finds one result ready after the other would keep what was begun since from being sent
        else:
            await wait((self._task,), timeout=seconds)
            if not self._task.done():
                raise GlpiTimeoutError("it did not end within the time allowed")
        if self._task.cancelled():
            raise GlpiConnectionError(_GIVEN_UP)
        return self._task.result()

    def cancel(self) -> None:
        """Stop it; any thread may, for the collector may run on any."""
        loop = self._task.get_loop()
        if self._task.done() or loop.is_closed() or sys.is_finalizing():
            return
        from asyncio import _get_running_loop

        if _get_running_loop() is loop:
            self._task.cancel()
            return
        try:
            loop.call_soon_threadsafe(self._task.cancel)
        except RuntimeError:
            pass  # it has just been closed

    @property
    def done(self) -> bool:
        """Has it ended?"""
        return self._task.done()


class _Lazy(Generic[T]):
    """A task that begins when its result is asked for. Who is cancelled while he waits takes it with him."""

    def __init__(self, start: Callable[[], _Task[T]]) -> None:
        self._start = start
        self._task: _Task[T] | None = None
        self._cancelled = False

    async def result(self, seconds: float | None = None) -> T:
        """Begin, and wait for the end."""
        if self._cancelled:
            raise GlpiConnectionError(_GIVEN_UP)
        if self._task is None:
            self._task = self._start()
        try:
            return await self._task.result(seconds)
        except BaseException:
            if not self._task.done:
                self._task.cancel()
                self._task = None
            raise

    def cancel(self) -> None:
        """Stop it, or do not even begin."""
        self._cancelled = True
        if self._task is not None:
            self._task.cancel()

    @property
    def done(self) -> bool:
        """Has it ended?"""
        return self._cancelled or (self._task is not None and self._task.done)


class AsyncioRuntime:
    """The runtime of the asyncio clients: aiohttp and tasks, in one event loop at a time."""

    now = staticmethod(time.monotonic)
    """Monotonic seconds."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.generation = 0
        """How many forks lie between the making of this runtime and here."""
        self._place: _Place | None = None
        watch(self)

    def _here(self) -> _Place:
        from asyncio import get_running_loop

        loop = get_running_loop()
        place = self._place
        if place is not None and place.loop is loop:
            return place
        if place is not None:
            if not place.loop.is_closed():
                raise GlpiError(
                    "this client is at work in another event loop: use one client per loop, or close that loop first"
                )
            place.abandon()
        self._place = place = _Place(loop)
        return place

    async def open(self, sending: WireRequest) -> ResponseStream:
        """Send it and wait for the head of the answer."""
        place = self._here()
        session = place.session
        if session is None:
            from .aiohttp import Session

            session = place.session = Session(self._network)
            await session.start()
        return await session.open(sending)

    async def sleep(self, seconds: float) -> None:
        """Let others work meanwhile."""
        from asyncio import sleep

        await sleep(seconds)

    def lock(self, name: str) -> _Lock:
        """The lock of that name, one per event loop."""
        return _Lock(lambda: self._lock(name))

    def claim(self, what: Hashable) -> AsyncioClaim:
        """Stand in line for this."""
        from .claims import AsyncioClaim

        return AsyncioClaim(what)

    def _lock(self, name: str) -> asyncio.Lock:
        from asyncio import Lock

        return self._here().locks.setdefault(name, Lock())

    def spawn(self, work: Callable[[], Coroutine[Any, Any, T]], *, here: bool = False) -> Flight[T]:
        """Run it as a task, which is held until it ends; ``here``: one that begins when its result is asked for."""
        return _Lazy(lambda: self._spawn(work)) if here else self._spawn(work)

    def _spawn(self, work: Callable[[], Coroutine[Any, Any, T]]) -> _Task[T]:
        place = self._here()
        task = place.loop.create_task(work(), context=with_caller())
        place.tasks.add(task)
        task.add_done_callback(place.tasks.discard)
        task.add_done_callback(_noticed)
        return _Task(task)

    def draw(self) -> float:
        """A random number in [0, 1)."""
        return drawn()

    def handed(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Callable[[], Coroutine[Any, Any, T]]:
        """A coroutine function."""
        return work

    async def offload(self, work: Callable[[], T]) -> T:
        """Do it on a thread."""
        from asyncio import CancelledError, ensure_future, shield, to_thread, wait

        task = ensure_future(to_thread(work))
        try:
            return await shield(task)
        except CancelledError:
            while not task.done():
                try:
                    await wait((task,))
                except CancelledError:
                    continue
            _noticed(task)
            raise

    def forked(self) -> None:
        """In a forked child: leave the parent's connections alone, even their closing would reach its event loop."""
        self.generation += 1
        if self._place is not None:
            _of_the_parent.append(self._place)
            self._place = None

    async def close(self) -> None:
        """Cancel what flies, close what is open in this loop."""
        from asyncio import current_task, get_running_loop, wait

        place = self._place
        if place is None:
            return
        if place.loop is not get_running_loop():
            if place.loop.is_closed():
                self._place = None
                place.abandon()
            return
        self._place = None
        tasks = place.tasks - {current_task()}
        for task in tasks:
            task.cancel()
        if tasks:
            await wait(tasks, timeout=PATIENCE)
        if place.session is not None:
            await place.session.close()


_of_the_parent: list[_Place] = []
"""Kept, so that nothing is finalized here that still lives in the parent."""


def _noticed(task: asyncio.Task[Any]) -> None:
    """Whoever wants the outcome asks for it; asyncio need not complain when nobody does."""
    if not task.cancelled():
        task.exception()
