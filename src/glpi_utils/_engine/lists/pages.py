"""What walks look like to `async for`: pages of rows, or rows one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, Self, cast

from ..._tracebacks import shorten
from ..._wire import Row
from ...exceptions import GlpiError
from .walk import Walk
from .walk_state import blank, key_of, state_of

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

    def __init__(self, walks: Sequence[Walk] | Later, size: int, state: dict[str, Any] | None = None) -> None:
        self._begun = blank() if state is None else state
        self._handed: int = self._begun["rows"]
        self.last: Any = self._begun["last"]
        """What the row is known by that was handed on last."""
        self._walk: Walk | None = None if callable(walks) or not walks else walks[0]
        self._held: list[Any] | None = None
        self._later = walks if callable(walks) else None
        self._walks: list[Walk] = [] if callable(walks) else list(walks)
        self._size = size
        self._rows: list[Any] = []
        self._at = 0
        self._stopped = self._ended = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Row]:
        try:
            if self._later is not None:
                later, self._later = self._later, None
                self._walks = list(await later())
                self._walk = self._walks[0] if self._walks else None
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
        if page:
            self._handed, self.last = self._handed + len(page), key_of(page[-1])
        self._rows[self._at : self._at + self._size] = [{}] * len(page)  # handed out: not kept here
        self._at += len(page)
        if not page:
            raise StopAsyncIteration
        return page

    def _take(self, walk: Walk, more: list[Any] | None) -> None:
        if more is None:
            self._walks = [each for each in self._walks if each is not walk]
            self._ended = not self._walks and not self._stopped
            return
        self._rows = self._rows[self._at :] + more if self._at < len(self._rows) else more
        self._at = 0

    async def aclose(self) -> None:
        """Read no more. The requests in flight are cut off. It returns at once, from any thread."""
        self.stop()

    def state(self) -> dict[str, Any]:
        """Return where the reading stands, as a value that `json` can write: ``iter_pages(state=...)`` goes on from it.

        Take it between two pages: the pages that you have got count as read. What is handed to ``state=`` must be with the same
        keywords, on the same server, in the same entity and profile; another list is refused (`GlpiValidationError`). It
        also works after the loop was left, and after an error. It holds the ids that came: runs of neighbours take little.

        Raises:
            GlpiUnsupportedError: Rows have no order to go on in (``sort`` by text on the legacy API, ``client_side=True``),
                the list is two (``include_deleted=True`` on the legacy API), or comes in one answer.

        >>> pages = api.ticket.iter_pages(page_size=10)
        >>> first, place = next(pages), pages.state()
        >>> rest = [row for page in api.ticket.iter_pages(page_size=10, state=place) for row in page]
        >>> len(first + rest) == api.ticket.count()
        True
        """
        return self.state_before([], self.last)

    def state_before(self, rows: Sequence[Any], last: Any) -> dict[str, Any]:
        """Return the state as if the last rows had not been handed on.

        Args:
            rows: The last rows that were handed on.
            last: What the row before them is known by.

        Returns:
            The state, as `state` gives it.
        """
        if self._walk is None:
            return dict(self._begun)
        waiting = self._held if self._held is not None else [key_of(row) for row in self._rows[self._at :]]
        held = [*(key_of(row) for row in rows), *waiting]
        return state_of(self._walk, self._handed - len(rows), last, held, ended=self._ended and not held)

    def stop(self) -> None:
        """Read no more. The requests in flight are cut off. It returns at once, from any thread."""
        if self._held is None:
            self._held = [key_of(row) for row in self._rows[self._at :]]
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
        self._left: list[Row] = []
        self._last: Any = pages.last

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Row:
        if not self._rows:
            self._rows = list(reversed(await self._pages.__anext__()))
        row = self._rows.pop()
        self._last = key_of(cast("dict[str, Any]", row))
        return row

    def state(self) -> dict[str, Any]:
        """Return where the reading stands, as the state of pages does: ``iter_items(state=...)`` goes on from it."""
        return self._pages.state_before([*self._left, *reversed(self._rows)], self._last)

    async def aclose(self) -> None:
        """Read no more. The requests in flight are cut off."""
        self._pages.stop()
        self._left, self._rows = [*self._left, *reversed(self._rows)], []
