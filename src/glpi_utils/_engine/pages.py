"""What walks look like to `async for`: pages of rows, or rows one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Self

from .walk import Walk

Item = dict[str, Any]


class AsyncPages(AsyncIterator[list[Item]]):
    """The pages of a walk: ``async for page in api.ticket.iter_pages()``."""

    def __init__(self, walks: Sequence[Walk]) -> None:
        self._walks = list(walks)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Item]:
        page = await self.next()
        if page is None:
            raise StopAsyncIteration
        return page

    async def next(self) -> list[Item] | None:
        """Give the next page, None at the end."""
        while self._walks:
            page = await self._walks[0].next()
            if page is not None:
                return page
            self._walks.pop(0)
        return None

    async def aclose(self) -> None:
        """Read no more."""
        self.stop()

    def stop(self) -> None:
        """Read no more."""
        for walk in self._walks:
            walk.close()
        self._walks.clear()


class AsyncRows(AsyncIterator[Item]):
    """The rows of a walk: ``async for ticket in api.ticket.iter_items()``."""

    def __init__(self, pages: AsyncPages) -> None:
        self.pages = pages
        self._rows: list[Item] = []

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        if not self._rows:
            self._rows = list(reversed(await self.pages.__anext__()))
        return self._rows.pop()

    async def aclose(self) -> None:
        """Read no more."""
        self.pages.stop()
