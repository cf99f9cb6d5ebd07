"""What a walk works with, and what it tells of its progress; which list it reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ..._dialects.shared.query import Listing
from ..._wire import Operation, Page, Request
from ..request.report import Report
from ..request.retry import Retry
from ..request.runtime import Runtime
from .plan import Item, Part

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Fetch = Callable[[Operation[Any], bool], Coroutine[Any, Any, Any]]
"""(operation, with repeats) -> its answer."""
Mend = Callable[[list[Item]], Awaitable[list[Item]]]


class Progress(NamedTuple):
    """What ``on_page`` is told: rows so far, the server's count (None: it has none), rows per second."""

    rows: int
    total: int | None
    rate: float


class Opinion(Protocol):
    """A second opinion on how many rows a list has."""

    async def learn(self, plan: Any) -> None:
        """Pass on to the plan what is known of its count, before a second page is asked for or one again."""
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


class Origin(NamedTuple):
    """Which list a walk reads."""

    core: Core
    resource: Resource
    listing: Listing
    parts: int
    """How many lists make up this one."""
    fixed: bool
    """Whether rows have one order."""

    def identity(self) -> Item:
        """Return what must be the same where a walk goes on."""
        from hashlib import sha256

        dialect, listing = self.core.dialect, self.listing
        words = [listing.params, listing.filter, listing.sort, listing.start, listing.limit, listing.trash]
        words += [sorted(self.core.options.scope.items())]
        return {
            "server": dialect.url(Request("GET", "", versioned=False), ""),
            "itemtype": self.resource.itemtype,
            "query": sha256(repr(words).encode()).hexdigest()[:16],
        }

    def obstacle(self) -> str:
        """Return why this list cannot be read on elsewhere; "" where it can."""
        if self.listing.keep is not None:
            return "a filter that is finished here (client_side=True) leaves rows out that the server counts"
        if self.parts > 1:
            return (
                "include_deleted=True reads two lists here, one after the other: read them one by one, "
                "with include_deleted=False and with params={'is_deleted': 1}"
            )
        return "" if self.fixed else "rows that are equal in this order have none, so that no place in it can be kept"
