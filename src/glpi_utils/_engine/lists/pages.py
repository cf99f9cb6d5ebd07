"""What walks look like to `async for`: pages of rows, or rows one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, Self

from ..._tracebacks import shorten
from ..._wire import Row
from ...exceptions import GlpiError
from .walk import Walk

Later = Callable[[], Coroutine[Any, Any, Sequence[Walk]]]
"""Makes walks, once something is known that the server has to tell."""


class AsyncPages(AsyncIterator[list[Row]]):
    """The pages of a list: ``async for page in api.ticket.iter_pages()``.

    Each is a list of rows; all have one size but the last. It is no generator. Leaving the loop ends the requests in
    flight at once, and another thread may end it while this one waits for a page.

    >>> for page in api.ticket.iter_pages(page_size=2):
    ...     print(len(page))
    ...     break
    2
    """

    def __init__(self, walks: Sequence[Walk] | Later, size: int) -> None:
        self._later = walks if callable(walks) else None
        self._walks: list[Walk] = [] if callable(walks) else list(walks)
        self._size = size
        self._rows: list[Any] = []
        self._at = 0
        self._stopped = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Row]:
        try:
            if self._later is not None:
                later, self._later = self._later, None
                self._walks = list(await later())
                if self._stopped:
                    self.stop()
            while len(self._rows) - self._at < self._size and self._walks:
                walk = self._walks[0]
                self._take(walk, await walk.next())
        except (Exception, KeyboardInterrupt, SystemExit) as error:
            was_stopped = self._stopped and isinstance(error, GlpiError)  # by another thread or task
            self.stop()  # as it ends a generator; a task that was cancelled may go on
            if not was_stopped:
                shorten(error, 1)
                raise
        page = self._rows[self._at : self._at + self._size]
        self._rows[self._at : self._at + self._size] = [{}] * len(page)  # handed out: not kept here
        self._at += len(page)
        if not page:
            raise StopAsyncIteration
        return page

    def _take(self, walk: Walk, more: list[Any] | None) -> None:
        if more is None:
            self._walks = [each for each in self._walks if each is not walk]
            return
        self._rows = self._rows[self._at :] + more if self._at < len(self._rows) else more
        self._at = 0

    async def aclose(self) -> None:
        """Read no more. The requests in flight are cut off. It returns at once, from any thread."""
        self.stop()

    def stop(self) -> None:
        """Read no more. The requests in flight are cut off. It returns at once, from any thread."""
        self._stopped = True
        for walk in self._walks:
            walk.close()
        self._walks.clear()
        self._later = None
        self._rows, self._at = [], 0


class AsyncRows(AsyncIterator[Row]):
    """The rows of a list, one by one: ``async for ticket in api.ticket.iter_items()``.

    Leaving the loop ends the requests in flight at once.

    >>> for ticket in api.ticket.iter_items():
    ...     print(ticket["id"])
    ...     break
    1
    """

    def __init__(self, pages: AsyncPages[Row]) -> None:
        self._pages = pages
        self._rows: list[Row] = []

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Row:
        if not self._rows:
            self._rows = list(reversed(await self._pages.__anext__()))
        return self._rows.pop()

    async def aclose(self) -> None:
        """Read no more. The requests in flight are cut off."""
        self._pages.stop()
        self._rows = []
