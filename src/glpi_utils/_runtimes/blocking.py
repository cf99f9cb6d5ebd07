"""Waiting blocks the thread. Nothing here gives way, so `run` drives a coroutine to its end in one step.

The engine is written as coroutines to be shared with asyncio; this is why there is ``async`` in the
synchronous stack, and it is all the machinery it takes.
"""

from __future__ import annotations

import time
from _thread import allocate_lock
from collections.abc import Callable, Coroutine, Hashable
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .._tracebacks import shorten
from .._wire import WireRequest
from ..exceptions import GlpiError
from .dice import drawn
from .forks import watch
from .network import Network

if TYPE_CHECKING:
    from weakref import finalize

    from .._engine.request.runtime import Flight, ResponseStream
    from .claims import BlockingClaim
    from .http_client import Pools
    from .threads import FairSemaphore, WorkerThreads

T = TypeVar("T")

PATIENCE = 0.1
"""Seconds that `close` waits, at most, for threads that were told to end."""


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never gives way; one that does is closed, and named in a `RuntimeError`."""
    try:
        work.send(None)
    except StopIteration as done:
        return cast("T", done.value)
    except GlpiError as error:
        shorten(error, 1)
        raise
    work.close()
    name = getattr(work, "__qualname__", repr(work))
    raise RuntimeError(f"{name} tried to wait for an event loop, and there is none in the blocking client")


class _Lock:
    """One of the runtime's locks, by name; it can be kept, and entered by many threads."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[], FairSemaphore]) -> None:
        self._find = find

    async def __aenter__(self) -> None:
        self._find().enter()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self._find().leave()


class BlockingRuntime:
    """The runtime of the synchronous clients: http.client and threads, urllib3 where there is a proxy."""

    now = staticmethod(time.monotonic)
    """Monotonic seconds."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.generation = 0
        """How many forks lie between the making of this runtime and here."""
        self._fresh()
        watch(self)

    def _fresh(self) -> None:
        self._guard = allocate_lock()
        self._pools: Pools | None = None
        self._crew: WorkerThreads | None = None
        self._locks: dict[str, FairSemaphore] = {}
        self._at_the_end: list[finalize[..., BlockingRuntime]] = []
        """What closes them where the client is dropped without close(), or the interpreter ends."""

    async def open(self, sending: WireRequest) -> ResponseStream:
        """Send it and block until the head of the answer is here."""
        pools = self._pools or self._open_pools()
        return pools.open(sending)

    def _open_pools(self) -> Pools:
        from weakref import finalize

        from .http_client import Pools

        with self._guard:
            if self._pools is None:
                self._pools = Pools(self._network)
                self._at_the_end.append(finalize(self, self._pools.close))
            return self._pools

    async def sleep(self, seconds: float) -> None:
        """Sleep; the cancellation of a flight wakes it."""
        from .threads import pause

        pause(seconds)

    def lock(self, name: str) -> _Lock:
        """The lock of that name."""
        return _Lock(lambda: self._gate(name))

    def claim(self, what: Hashable) -> BlockingClaim:
        """Stand in line for this."""
        from .claims import BlockingClaim

        return BlockingClaim(what)

    def _gate(self, name: str) -> FairSemaphore:
        gate = self._locks.get(name)
        if gate is None:
            from .threads import FairSemaphore

            gate = self._locks.setdefault(name, FairSemaphore(1))
        return gate

    def spawn(self, work: Callable[[], Coroutine[Any, Any, T]], *, here: bool = False) -> Flight[T]:
        """Run it on a thread of its own; ``here``: on the thread that asks for its result."""
        if here:
            from .threads import InlineWork

            return InlineWork(lambda: run(work()))
        return (self._crew or self._hire()).start(lambda: run(work()))

    def _hire(self) -> WorkerThreads:
        from weakref import finalize

        from .threads import WorkerThreads

        with self._guard:
            if self._crew is None:
                self._crew = WorkerThreads()
                self._at_the_end.append(finalize(self, self._crew.dismiss))
            return self._crew

    def draw(self) -> float:
        """A random number in [0, 1)."""
        return drawn()

    def handed(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Callable[[], T]:
        """A plain function."""
        return lambda: run(work())

    async def offload(self, work: Callable[[], T]) -> T:
        """Just do it: whoever calls is blocked anyway."""
        return work()

    def forked(self) -> None:
        """In a forked child: leave pool, threads and locks to the parent."""
        self.generation += 1
        pools = self._pools
        self._forget_the_end()
        self._fresh()
        if pools is not None:
            pools.abandon()

    async def close(self) -> None:
        """Cut off what flies, close what idles. What other threads are reading ends as it would."""
        with self._guard:
            crew, pools = self._crew, self._pools
            self._crew, self._pools = None, None
            self._forget_the_end()
        try:
            if crew is not None:
                crew.dismiss(PATIENCE)
        finally:
            if pools is not None:
                pools.close()

    def _forget_the_end(self) -> None:
        """Detach what would hold the closed pools and threads for as long as the client lives."""
        while self._at_the_end:
            self._at_the_end.pop().detach()
