"""Work beside its caller on daemon threads, and waits that a cancellation ends at once.

Every lock may be taken twice by one thread: the collector runs anywhere, and may find a walk or a client to close.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Any, Generic, TypeVar, cast

from .._caller import with_caller
from ..exceptions import GlpiConnectionError, GlpiTimeoutError

T = TypeVar("T")

IDLE = 0.5
"""Seconds for which a thread without work stays for the next one."""


class Cancelled(BaseException):
    """Raised in work that was cancelled, wherever it waits: no `except Exception` may swallow it."""


_here = threading.local()


def current() -> Work[Any] | None:
    """The work that this thread does; None on a thread that is not ours."""
    return getattr(_here, "work", None)


class Work(Generic[T]):
    """One piece of work (a `Flight`): how it ended, and how to end what it waits for."""

    def __init__(self) -> None:
        self._guard = threading.RLock()
        self._wake: Callable[[], None] | None = None
        self._cancelled = False
        self._ended = False
        self._value: T | None = None
        self._error: BaseException | None = None
        self._waiting: list[threading.Event] = []

    @property
    def done(self) -> bool:
        """Has it ended, or was it cancelled?"""
        return self._ended

    @property
    def cancelled(self) -> bool:
        """Was it told to stop?"""
        return self._cancelled

    async def result(self, seconds: float | None = None) -> T:
        """Block until it ends. Cancelling the thread that waits does not cancel the work."""
        if not self._ended:
            ended = threading.Event()
            with self._guard:
                if self._ended:
                    ended.set()
                self._waiting.append(ended)
            wait(ended, seconds)
            if not self._ended:
                raise GlpiTimeoutError("it did not end within the time allowed")
        if self._error is not None:
            raise self._error
        return cast("T", self._value)

    def cancel(self) -> None:
        """Stop it: what it waits for ends, who waits for it is told. Returns at once."""
        if sys.is_finalizing():  # the thread that did it has been stopped for good, perhaps with the lock in its hands
            return
        with self._guard:
            if self._ended:
                return
            self._cancelled = True
            if self._wake is not None:
                self._wake()
        self.settle(None, _given_up())

    def settle(self, value: T | None, error: BaseException | None) -> None:
        """Return how it ended; only the first word counts."""
        if isinstance(error, Cancelled):  # that is told to the work alone, not to those who wait for it
            error = _given_up()
        with self._guard:
            if self._ended:
                return
            self._value, self._error, self._ended = value, error, True
            waiting, self._waiting = self._waiting, []
        for ended in waiting:
            ended.set()

    def begin(self, wake: Callable[[], None]) -> None:
        """A wait begins that ``wake`` can end; raises `Cancelled` when it need not begin."""
        with self._guard:
            if self._cancelled:
                raise Cancelled
            self._wake = wake

    def end(self) -> bool:
        """The wait is over. Was the work cancelled?"""
        with self._guard:
            self._wake = None
            return self._cancelled


class InlineWork(Work[T]):
    """Work that whoever asks for its result does himself; it can be cancelled from elsewhere like any other."""

    def __init__(self, call: Callable[[], T]) -> None:
        super().__init__()
        self._call = call

    async def result(self, seconds: float | None = None) -> T:
        """Do it, if nobody has."""
        if not self._ended:
            before = current()
            _here.work = self
            try:
                self.settle(self._call(), None)
            except Cancelled as stop:
                if before is not None and before.cancelled:
                    raise
                self.settle(None, stop)
            except Exception as error:  # noqa: BLE001  raised right below
                self.settle(None, error)
            finally:
                _here.work = before
        return await super().result(seconds)

    def cancel(self) -> None:
        """Stop it; it is its own thread that tells how it ended."""
        if sys.is_finalizing():
            return
        with self._guard:
            self._cancelled = True
            if self._wake is not None:
                self._wake()


def _given_up() -> GlpiConnectionError:
    return GlpiConnectionError("the client was closed, or the work given up, before the answer came")


def wait(event: threading.Event, seconds: float | None = None) -> None:
    """Wait for the event; a cancellation of this thread's work sets it and raises `Cancelled`."""
    work = current()
    if work is None:
        _wait(event, seconds)
        return
    work.begin(event.set)
    try:
        _wait(event, seconds)
    finally:
        cancelled = work.end()
    if cancelled:
        raise Cancelled


def pause(seconds: float) -> None:
    """Sleep; a cancellation of this thread's work raises `Cancelled`."""
    if current() is None:
        time.sleep(seconds)
    else:
        wait(threading.Event(), seconds)


def _wait(event: threading.Event, seconds: float | None) -> None:
    if sys.platform != "win32":
        event.wait(seconds)
        return
    until = None if seconds is None else time.monotonic() + seconds
    while not event.wait(0.1 if until is None else min(0.1, max(0.0, until - time.monotonic()))):
        if until is not None and time.monotonic() >= until:  # Ctrl-C does not interrupt a wait on Windows
            return


class FairSemaphore:
    """Lets a number of holders in, the others in the order in which they came. A lock is a gate for one."""

    def __init__(self, places: int) -> None:
        self._places = self._free = places
        self._guard = threading.RLock()
        self._queue: deque[threading.Event] = deque()

    def enter(self, seconds: float | None = None) -> bool:
        """Take a place, or wait for one; False where none is free in time."""
        with self._guard:
            if self._free:
                self._free -= 1
                return True
            mine = threading.Event()
            self._queue.append(mine)
        try:
            wait(mine, seconds)
        except BaseException:
            if not self._forgone(mine):
                self.leave()
            raise
        return mine.is_set() or not self._forgone(mine)

    def _forgone(self, mine: threading.Event) -> bool:
        """Leave the queue; False where the place was given meanwhile."""
        with self._guard:
            if mine not in self._queue:
                return False
            self._queue.remove(mine)
            return True

    def leave(self) -> None:
        """Return the place to the next in line."""
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free = min(self._free + 1, self._places)


class WorkerThreads:
    """Daemon threads that stay a moment after their work: starting one costs more than waking it."""

    def __init__(self) -> None:
        self._guard = threading.RLock()
        self._idle: list[queue.SimpleQueue[Callable[[], None] | None]] = []
        self._threads: set[threading.Thread] = set()
        self._works: set[Work[Any]] = set()
        self._numbers = count(1)
        self._over = False

    def start(self, call: Callable[[], T]) -> Work[T]:
        """Do it beside the caller, in a copy of the caller's context; after `dismiss` it is given up at once."""
        work: Work[T] = Work()
        context = with_caller()

        def job() -> None:
            _here.work = work
            try:
                work.settle(context.run(call), None)
            except BaseException as error:  # noqa: BLE001  whoever asks for the result gets it
                work.settle(None, error)
            finally:
                _here.work = None
                self._works.discard(work)

        with self._guard:
            if self._over:
                work.cancel()
                return work
            self._works.add(work)
            inbox = self._idle.pop() if self._idle else None
            if inbox is not None:
                inbox.put(job)
            else:
                self._hire(job)
        return work

    def _hire(self, job: Callable[[], None]) -> None:
        name = f"glpi-{next(self._numbers)}"
        thread = threading.Thread(target=self._serve, args=(job,), name=name, daemon=True)
        self._threads.add(thread)
        thread.start()

    def _serve(self, first: Callable[[], None]) -> None:
        inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        job: Callable[[], None] | None = first
        del first
        while job is not None:
            job()
            job = None
            with self._guard:
                if self._over:
                    break
                self._idle.append(inbox)
            job = self._next(inbox)
        with self._guard:
            self._threads.discard(threading.current_thread())

    def _next(self, inbox: queue.SimpleQueue[Callable[[], None] | None]) -> Callable[[], None] | None:
        try:
            return inbox.get(timeout=IDLE)
        except queue.Empty:
            with self._guard:
                if inbox in self._idle:
                    self._idle.remove(inbox)
                    return None
            return inbox.get()  # somebody has just taken us on

    def dismiss(self, patience: float = 0.0) -> None:
        """Cancel what goes on and let the threads go; wait for them no longer than that."""
        with self._guard:
            self._over = True
            idle, self._idle = self._idle, []
            works, threads = list(self._works), list(self._threads)
        for inbox in idle:
            inbox.put(None)
        for work in works:
            work.cancel()
        until = time.monotonic() + patience
        for thread in threads:
            left = until - time.monotonic()
            if left > 0 and thread.is_alive() and thread is not threading.current_thread():
                thread.join(left)
