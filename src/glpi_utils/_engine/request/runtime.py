"""The verbs that the engine may wait on; a runtime says what waiting means."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Hashable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple, Protocol, TypeVar

from ..._wire import WireRequest

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class ResponseStream(Protocol):
    """An answer whose head is here. `read` or `close` must follow; both give the connection back."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]:
        """Lower-case names; repeated ones joined by ``, ``."""
        ...

    async def read(self) -> bytes:
        """The whole body; a cut one raises `TransportError` (SENT)."""
        ...

    async def chunk(self, seconds: float | None = None) -> bytes:
        """The next piece of the body, empty at its end; waits no longer than so many seconds for it.

        None: until all of the request must be over. A cut body raises `TransportError` (SENT).
        """
        ...

    async def close(self) -> None:
        """Leave the rest unread: the connection is closed unless the body had ended."""
        ...


class Flight(Protocol[T_co]):
    """Work that goes on beside its caller."""

    async def result(self, seconds: float | None = None) -> T_co:
        """Wait for its end, no longer than so many seconds: then `GlpiTimeoutError`.

        A caller that goes, cancelled or too late, does not cancel the work.
        """
        ...

    def cancel(self) -> None:
        """Stop it: a blocked read is cut off, a sleep ends. Returns at once."""
        ...

    @property
    def done(self) -> bool: ...


class Turn(NamedTuple):
    """The result of a wait in line."""

    held: bool
    """True: the call goes first. False: `ending` settles it."""
    ending: Any
    """What the call before passed to `Claim.end`; None where it passed nothing, or there was no call before."""


class Claim(Protocol):
    """A place in line for what one call at a time may do in this process, whatever client, thread or loop it is on."""

    async def turn(self, seconds: float, settles: Callable[[Any], bool]) -> Turn:
        """Wait until no other call goes first, then go first; or until another call ended with what ``settles`` this one.

        After so many seconds it raises `GlpiTimeoutError`.
        """
        ...

    def end(self, ending: object) -> None:
        """Let the next call go first, and hand ``ending`` to those that wait. Does nothing if this call does not go first."""
        ...

    def leave(self) -> None:
        """Leave the line; must follow, whatever happens."""
        ...


class Runtime(Protocol):
    """Seven verbs, and a clock and dice: the engine has neither of its own."""

    async def open(self, sending: WireRequest) -> ResponseStream:
        """Send it and wait for the head of the answer. Raises `TransportError`, nothing else of its own.

        No redirect is followed, nothing is repeated. Counts against the limit of requests in flight
        until the body was read or closed.
        """
        ...

    async def sleep(self, seconds: float) -> None: ...
    def lock(self, name: str) -> AbstractAsyncContextManager[None]:
        """The lock of that name: one per runtime, and per event loop where there are loops."""
        ...

    def claim(self, what: Hashable) -> Claim:
        """Stand in the process-wide line for this; a forked child begins with no lines."""
        ...

    def spawn(self, work: Callable[[], Coroutine[Any, Any, T]], *, here: bool = False) -> Flight[T]:
        """Begin work beside the caller; ``here``: begin it only when its result is asked for, by whoever asks."""
        ...

    def now(self) -> float:
        """Monotonic seconds."""
        ...

    def draw(self) -> float:
        """A random number in [0, 1)."""
        ...

    def handed(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Callable[[], Any]:
        """Turn work into what users call outside of a client: a plain function, or one that is awaited."""
        ...

    async def offload(self, work: Callable[[], T]) -> T:
        """Run blocking work (a file, a CPU-heavy step) where it holds nobody up.

        Who is cancelled meanwhile goes when the work has ended: what it works on can be cleaned up then.
        """
        ...

    @property
    def generation(self) -> int:
        """Grows in a forked child: what was opened before belongs to the parent."""
        ...

    async def close(self) -> None:
        """Close what is open here. The runtime can be used again afterwards."""
        ...
