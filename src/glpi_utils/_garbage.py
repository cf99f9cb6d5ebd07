"""Building a large list without searching its rows for garbage over and over."""

from __future__ import annotations

import gc
import os
from _thread import RLock
from types import TracebackType
from typing import Final

__all__ = ["RESTING"]

_NEVER: Final = 1_000_000_000


class _Resting:
    """While anybody builds a list the collector looks at what is new alone: rows hold no cycles, and all are kept.

    The older generations come to their turn when the last list is whole. The setting is the whole process's, so it is
    counted who needs it, and what somebody else has set meanwhile stays.
    """

    def __init__(self) -> None:
        self._lock = RLock()  # a collection within may end another list of this thread's
        self._builders = 0
        self._before = self._ours = (0, 0, 0)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def _forked(self) -> None:
        """In a child: whoever built a list in the parent is not here, nor whoever held the lock."""
        self._lock = RLock()
        if self._builders:
            self._builders = 0
            self._restore()

    def __enter__(self) -> None:
        with self._lock:
            if self._builders == 0:
                self._before = gc.get_threshold()
                gc.set_threshold(self._before[0], _NEVER, _NEVER)
                self._ours = gc.get_threshold()  # Python 3.14 takes no third one
            self._builders += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._builders = max(0, self._builders - 1)
            if self._builders == 0:
                self._restore()

    def _restore(self) -> None:
        if gc.get_threshold() == self._ours:
            gc.set_threshold(*self._before)


RESTING: Final = _Resting()
