"""The verbs that the engine may wait on; a runtime says what waiting means."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from .._wire import Sending

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Opened(Protocol):
    """An answer whose head is here. `read` or `close` must follow; both give the connection back."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]:
        """Lower-case names; repeated ones joined by ``, ``."""
        ...

    async def read(self) -> bytes:
        """The whole body; a cut one raises `Fault` (SENT)."""
        ...

    async def chunk(self) -> bytes:
        """The next piece of the body, empty at its end."""
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


class Runtime(Protocol):
    """Six verbs, and a clock and dice: the engine has neither of its own."""

    async def open(self, sending: Sending) -> Opened:
        """Send it and wait for the head of the answer. Raises `Fault`, nothing else of its own.

        No redirect is followed, nothing is repeated. Counts against the limit of requests in flight
        until the body was read or closed.
        """
        ...

    async def sleep(self, seconds: float) -> None: ...
    def lock(self, name: str) -> AbstractAsyncContextManager[None]:
        """The lock of that name: one per runtime, and per event loop where there are loops."""
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
        """Run blocking work (a file, a CPU-heavy step) where it holds nobody up."""
        ...

    @property
    def generation(self) -> int:
        """Grows in a forked child: what was opened before belongs to the parent."""
        ...

    async def close(self) -> None:
        """Close what is open here. The runtime can be used again afterwards."""
        ...
