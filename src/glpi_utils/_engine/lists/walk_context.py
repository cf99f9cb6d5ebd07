"""What a walk works with, and what it tells of its progress."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, Protocol

from ..._wire import Operation, Page
from ..request.report import Report
from ..request.retry import Retry
from ..request.runtime import Runtime
from .plan import Item, Part

Fetch = Callable[[Operation[Any], bool], Awaitable[Any]]
"""(ask, with repeats) -> its answer."""
Mend = Callable[[list[Item]], Awaitable[list[Item]]]


class Progress(NamedTuple):
    """What ``on_page`` is told: rows so far, the server's count (None: it has none), rows per second."""

    rows: int
    total: int | None
    rate: float


class Opinion(Protocol):
    """A second opinion on how many rows a list has."""

    async def learn(self, plan: Any) -> None:
        """Return the plan what is known of its count, before a second page is asked for or one again."""
        ...

    async def missing(self, plan: Any) -> list[Item]:
        """Return the rows that the plan did not get."""
        ...


class WalkContext(NamedTuple):
    """What a walk works with."""

    runtime: Runtime
    report: Report
    fetch: Fetch
    operation: Callable[[Part], Operation[Page]]
    reread: Mend
    retry: Retry
    longest: float
    """How many seconds a walk may wait without a new page: what one call may take, ``max_time``."""
    on_page: Callable[[Progress], object] | None = None
    picks: bool = False
    """Whether ``reread`` leaves rows out, so that the server's count is not theirs."""
    before: Callable[[], Awaitable[None]] | None = None
    """What must have been settled when the first page is asked for."""
    second: Opinion | None = None
    """What tells how many rows there really are, where the list's own count may be too high."""

    def tell(self, rows: int, total: int | None, began: float | None) -> None:
        """Call ``on_page`` with how far the walk is."""
        if self.on_page is not None:
            now = self.runtime.now()
            self.on_page(Progress(rows, total, rows / max(now - (began or now), 1e-9)))
