"""An event loop whose clock stands still while there is something to do, and jumps to the next thing due otherwise."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

T = TypeVar("T")


class Jumping(selectors.DefaultSelector):
    """Never waits: adds the time that it was to wait to the clock."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        """What is ready; nothing from outside ever is."""
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "nothing is due and nothing is ready: it would wait for ever"
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """The loop of one test."""

    def __init__(self) -> None:
        self.jumping = Jumping()
        super().__init__(self.jumping)

    def time(self) -> float:
        """The seconds since the loop was made."""
        return self.jumping.now


class AtOnce(Executor):
    """Runs what it gets right away, in the thread that gives it."""

    def submit(self, work: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Do it."""
        done: Future[T] = Future()
        done.set_result(work(*args, **kwargs))
        return done


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end, in no time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
