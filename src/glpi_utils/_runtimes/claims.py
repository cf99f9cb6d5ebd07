"""Claims: of several calls of this process that want the same, one goes first, on whichever thread or event loop they are.

No lock is held while somebody waits; who is woken looks anew, so a waiter that has died in the meantime holds nobody up.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from .._engine.request.runtime import Turn
from ..exceptions import GlpiError, GlpiTimeoutError
from .forks import watch

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Future

Settles = Callable[[Any], bool]
Wake = Callable[[], None]


class _Line:
    """Those who want the same: whether one of them goes first now, and what the last one passed to `Claim.end`."""

    __slots__ = ("ending", "holder", "members", "rounds", "wakes")

    def __init__(self) -> None:
        self.holder: int | None = None
        """The thread of the one that goes first; None where nobody does."""
        self.members = self.rounds = 0
        self.ending: object = None
        self.wakes: list[Wake] = []


class Register:
    """All lines of a process; a forked child begins with none."""

    def __init__(self) -> None:
        self.forked()
        watch(self)

    def forked(self) -> None:
        """Begin anew: what is claimed in the parent is no affair of the child."""
        self.guard = threading.RLock()  # twice by one thread: the collector may end a call while another one looks
        self.lines: dict[Hashable, _Line] = {}


REGISTER = Register()


class Claim:
    """One call's place in a line. `leave` must follow."""

    def __init__(self, what: Hashable) -> None:
        self._what, self._guard, self._lines = what, REGISTER.guard, REGISTER.lines
        self._holds = False
        with self._guard:
            self._line = self._lines.setdefault(what, _Line())
            self._line.members += 1
            self._rounds = self._line.rounds

    def step(self, settles: Settles, wake: Wake) -> Turn | None:
        """Go first, or take the end of a call that went first meanwhile. None: another call goes first; its end calls ``wake``."""
        with self._guard:
            line = self._line
            line.wakes.append(wake)  # before the look: the collector may end the other call at any point
            if line.holder is not None:
                return None
            self.forget(wake)
            if line.rounds > self._rounds and settles(line.ending):
                return Turn(False, line.ending)
            line.holder = threading.get_ident()
            self._holds = True
            return Turn(True, line.ending)

    def forget(self, wake: Wake) -> None:
        """Wake this one no more."""
        with self._guard:
            if wake in self._line.wakes:
                self._line.wakes.remove(wake)

    def end(self, ending: object) -> None:
        """Let the next call go first, and hand ``ending`` to it. Does nothing if this call does not go first."""
        with self._guard:
            line = self._line
            if not self._holds or self._lines is not REGISTER.lines:
                return  # in a forked child those who wait are on the parent's threads and loops
            self._holds, line.holder, line.ending = False, None, ending
            line.rounds += 1
            wakes, line.wakes = line.wakes, []
        for wake in wakes:
            wake()

    def leave(self) -> None:
        """Leave the line; the last one takes it away."""
        self.end(None)
        with self._guard:
            self._line.members -= 1
            if not self._line.members and self._lines.get(self._what) is self._line:
                del self._lines[self._what]

    def over(self) -> GlpiTimeoutError:
        """Return the error of who has waited long enough."""
        return GlpiTimeoutError("another call of this process was still at it when the time allowed was over")


class BlockingClaim(Claim):
    """A place where the thread waits."""

    async def turn(self, seconds: float, settles: Settles) -> Turn:
        """Wait for one's turn, or for what settles it."""
        from .threads import wait

        until = time.monotonic() + seconds
        while True:
            freed = threading.Event()
            turn = self.step(settles, freed.set)
            if turn is not None:
                return turn
            try:
                if self._line.holder == threading.get_ident():
                    raise GlpiError(
                        "another call that waits on this very thread is creating the same item, and would never end: "
                        "do not block an event loop (use the asynchronous client there), nor create in a hook"
                    )
                wait(freed, max(0.0, until - time.monotonic()))
            finally:
                self.forget(freed.set)
            if not freed.is_set():
                raise self.over()


class AsyncioClaim(Claim):
    """A place where a task waits."""

    async def turn(self, seconds: float, settles: Settles) -> Turn:
        """Wait for one's turn, or for what settles it."""
        from asyncio import get_running_loop, wait

        loop = get_running_loop()
        until = loop.time() + seconds
        while True:
            freed = loop.create_future()
            wake = _waker(loop, freed)
            turn = self.step(settles, wake)
            if turn is not None:
                return turn
            try:
                await wait((freed,), timeout=max(0.0, until - loop.time()))
            finally:
                self.forget(wake)
            if not freed.done():
                raise self.over()


def _waker(loop: AbstractEventLoop, freed: Future[None]) -> Wake:
    def wake() -> None:
        try:
            loop.call_soon_threadsafe(_resolve, freed)
        except RuntimeError:
            pass  # that loop has been closed

    return wake


def _resolve(freed: Future[None]) -> None:
    if not freed.done():
        freed.set_result(None)
