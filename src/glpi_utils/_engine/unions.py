"""Walking a union of several types by windows of ids: its rows come in an order of their own, if in any."""

from __future__ import annotations

from typing import Any

from .._dialects.shapes import is_id
from .._wire import Page
from .plan import Item, Part, Short, counted


class Unions:
    """One window after the other, each small enough to come whole: then the order in it does not matter.

    A row is known by its type and its id, since several may share the id.
    """

    def __init__(self) -> None:
        self.total: int | None = None
        self._next = self._left = self._width = 0
        self._flying = self._ended = False

    @property
    def done(self) -> bool:
        """Whether all has come."""
        return self._ended

    def next(self, size: int) -> Part | None:
        """Give the next window; where the rest should fit into one page, all of the rest."""
        if self._ended or self._flying:
            return None
        self._flying = True
        if self.total is None:
            return Part(size)
        if self._left <= size:
            return Part(size, low=self._next)
        return Part(size, low=self._next, high=self._next + self._width)

    def took(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Take a window that came whole; ask for half of one that did not."""
        if page.total is None:
            raise Short("a page came without Content-Range, so that it can not be checked")
        total = page.total if len(page.items) == page.total else counted(page, part.size)  # some routes know no limit
        rows = _checked(part, page.items)
        first = self.total is None
        self.total = total if self.total is None else self.total
        if part.high is None:
            self._left = total
        if len(rows) < total:
            return [], self._narrower(part, rows)
        self._flying, self._ended = False, part.high is None
        self._left = self._left - len(rows) if rows else 0  # after an empty window, look whether anything is left
        if part.high is not None:
            self._next = part.high
            self._width *= 2 if len(rows) * 4 < part.size else 1
        return rows if first else sorted(rows, key=_place), None

    def _narrower(self, part: Part, rows: list[Item]) -> Part:
        if part.high is None:
            self._width = self._width or max(1, part.size // max(1, len({row.get("_itemtype") for row in rows})))
        elif self._width > 1:
            self._width //= 2
        else:  # more rows share one id than fit into a page
            return part._replace(size=part.size * 2)
        return part._replace(low=self._next, high=self._next + self._width)

    def again(self, part: Part, size: int) -> Part:
        """Give a window again with fewer rows."""
        return part._replace(size=min(part.size, size))


def _checked(part: Part, rows: list[Item]) -> list[Item]:
    keys: set[tuple[int, Any]] = set()
    for row in rows:
        number = row.get("id")
        if not is_id(number):
            raise Short("a row came without its id")
        if number < (part.low or 0) or (part.high is not None and number >= part.high):
            raise Short(f"row {number} does not belong into {part}")
        keys.add((number, row.get("_itemtype")))
    if len(keys) != len(rows):
        raise Short(f"a row of {part} came twice")
    return rows


def _place(row: Item) -> tuple[int, str]:
    return row["id"], str(row.get("_itemtype"))
