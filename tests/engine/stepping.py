"""A runtime whose coroutines are advanced one step at a time, in whatever order a test draws."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from types import TracebackType
from typing import Any


class Stopped(BaseException):
    """A cancellation."""


class _Step:
    """Gives way once."""

    def __await__(self) -> Generator[None]:
        yield


class Job:
    """A coroutine under way; also the flight of spawned work."""

    def __init__(self, work: Coroutine[Any, Any, Any]) -> None:
        self.work = work
        self.value: Any = None
        self.error: BaseException | None = None
        self.done = False

    def step(self, stop: BaseException | None = None) -> None:
        """Go on to the next place where it gives way, or to the end."""
        try:
            if stop is None:
                self.work.send(None)
            else:
                self.work.throw(stop)
        except StopIteration as end:
            self.value, self.done = end.value, True
        except BaseException as error:
            self.error, self.done = error, True

    async def result(self, seconds: float | None = None) -> Any:
        while not self.done:
            await _Step()
        await _Step()
        if self.error is not None:
            raise self.error
        return self.value

    def cancel(self) -> None:
        self.step(Stopped())


class _Lock:
    def __init__(self) -> None:
        self.held = False

    async def __aenter__(self) -> None:
        await _Step()
        while self.held:
            await _Step()
        self.held = True

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.held = False


class Stepping:
    """Only what `Shared` needs of a runtime."""

    def __init__(self) -> None:
        self.generation = 0
        self.spawned: list[Job] = []
        self._locks: dict[str, _Lock] = {}

    def lock(self, name: str) -> _Lock:
        return self._locks.setdefault(name, _Lock())

    def spawn(self, work: Callable[[], Coroutine[Any, Any, Any]], *, here: bool = False) -> Job:
        job = Job(work())
        self.spawned.append(job)
        return job

    async def pause(self, steps: int) -> None:
        for _ in range(steps):
            await _Step()
