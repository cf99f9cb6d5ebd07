"""Reading a whole list, page after page, each row once, or saying what is missing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from .._dialects.shapes import is_id
from .._wire import Page
from ..exceptions import GlpiAPIError, GlpiConnectionError, GlpiIncompleteError, GlpiMaintenanceError

Item = dict[str, Any]
FetchPage = Callable[[int, int, int | None, bool], Awaitable[Page]]
"""(start, size, after, last chance) -> a page; before the last chance a broken answer is not repeated inside."""

_SMALLEST = 20


class How(NamedTuple):
    """How a list can be walked.

    ``keyset``: by asking for the rows after an id. ``ordered``: rows come by growing id, so one row
    of overlap proves that nothing moved. ``attempts``: how often a short answer is asked for again.
    """

    keyset: bool
    ordered: bool
    attempts: int


class Walk:
    """An object, not a generator: `next` gives the next page of the caller's size, None at the end."""

    def __init__(self, fetch: FetchPage, how: How, size: int, inner: int) -> None:
        self._fetch, self._how = fetch, how
        self._size, self._inner = size, max(2, inner)  # one row of each page may be overlap
        self._start, self._last = 0, 0
        self._waiting: list[Item] = []
        self._seen: set[tuple[Any, Any]] = set()
        self._ended = False
        self.total: int | None = None
        """The server's count at the first page."""
        self.verified = False
        """Whether the server counts the rows, so that their number could be checked."""

    def close(self) -> None:
        """Read no more."""
        self._ended = True
        self._waiting = []

    async def next(self) -> list[Item] | None:
        """Give the next page; the last may be shorter."""
        while len(self._waiting) < self._size and not self._ended:
            await self._more()
        page, self._waiting = self._waiting[: self._size], self._waiting[self._size :]
        return page or None

    async def _more(self) -> None:
        page = await self._whole()
        if self._shifted(page):
            self._start = max(0, page.start - self._inner + 1)
            return
        if self.total is None:
            self.total, self.verified = page.total, page.total is not None
        fresh = self._fresh(page)
        if self._key() is not None and page.items and not fresh:
            raise self._stuck(page)
        self._waiting += fresh
        self._advance(page, fresh)

    def _shifted(self, page: Page) -> bool:
        """Check the row of overlap: where earlier rows went, the list has moved up, so go back until it fits."""
        if self._how.keyset or not self._how.ordered or page.start == 0:
            return False
        return not page.items or _id(page.items[0]) > self._last

    async def _whole(self) -> Page:
        """Fetch the next page; one that holds fewer rows than the server counts is asked for again."""
        left = self._how.attempts
        while True:
            left -= 1
            page = await self._sized()
            expected = self._expected(page)
            if expected is None or len(page.items) == expected:
                return page
            if left <= 0:
                raise self._incomplete(page, expected)

    async def _sized(self) -> Page:
        """Fetch, with half the rows when the server breaks on so many (its memory is limited)."""
        while True:
            smallest = self._inner <= _SMALLEST
            try:
                return await self._fetch(self._from(), self._inner, self._key(), smallest)
            except (GlpiAPIError, GlpiConnectionError) as error:
                if smallest or not _too_large(error):
                    raise
                self._inner = max(_SMALLEST, self._inner // 2)

    def _key(self) -> int | None:
        return self._last if self._how.keyset and self._last else None

    def _from(self) -> int:
        if self._how.keyset and self._last:
            return 0
        return max(0, self._start - 1) if self._how.ordered else self._start

    def _expected(self, page: Page) -> int | None:
        return None if page.total is None else max(0, min(self._inner, page.total - page.start))

    def _fresh(self, page: Page) -> list[Item]:
        if page.total is None and not all("id" in row for row in page.items):
            return page.items  # an index: it has no ids and comes whole
        if self._how.ordered:
            return [row for row in page.items if _id(row) > self._last]
        return [row for row in page.items if self._first_time(row)]

    def _first_time(self, row: Item) -> bool:
        key = (row.get("_itemtype") or row.get("itemtype"), row.get("id"))
        new = key not in self._seen
        self._seen.add(key)
        return new or "id" not in row

    def _advance(self, page: Page, fresh: list[Item]) -> None:
        """Find out where the next page begins, or that there is none."""
        if self._how.ordered and fresh and "id" in fresh[-1]:
            self._last = max(self._last, *(_id(row) for row in fresh))
        end = page.start + len(page.items)
        self._start = end
        if page.total is None:
            self._ended = len(page.items) < self._inner or not fresh or "id" not in fresh[-1]
        else:
            self._ended = not page.items or end >= page.total

    def _stuck(self, page: Page) -> GlpiIncompleteError:
        return GlpiIncompleteError(
            f"the server was asked for the rows after id {self._last} and gave others; .items holds the rows that did arrive",
            items=self._waiting,
            total=self.total,
            missing=f"ids above {self._last}",
        )

    def _incomplete(self, page: Page, expected: int) -> GlpiIncompleteError:
        after = f"ids above {self._last}" if self._last else f"rows from {page.start} on"
        return GlpiIncompleteError(
            f"the server counts {page.total} rows and gave {len(page.items)} of the {expected} asked for, "
            f"{self._how.attempts} times: {after} are missing. .items holds the rows that did arrive.",
            items=self._waiting,
            total=self.total if self.total is not None else page.total,
            missing=after,
        )


def _id(row: Item) -> int:
    number = row.get("id")
    if not is_id(number):
        raise GlpiIncompleteError("a row came without its id, so that it can not be told whether rows are missing")
    return number


def _too_large(error: GlpiAPIError | GlpiConnectionError) -> bool:
    """Tell what may be the size of the page: no answer in time, a broken one, a server error that is no JSON."""
    if isinstance(error, GlpiConnectionError):
        return error.sent
    if isinstance(error, GlpiMaintenanceError) or error.error_code is not None:
        return False
    return error.status_code is None or error.status_code < 300 or error.status_code >= 500
