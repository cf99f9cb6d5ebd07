"""Walking a list by ranges of rows that overlap by one: the shared row proves that nothing moved in between."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from .._dialects.shapes import is_id
from .._wire import Page
from ..exceptions import GlpiIncompleteError, GlpiValidationError
from .plan import Item, Moved, Part, Short, counted


class Ranges:
    """Rows in the order of their ids, as the legacy API lists them.

    When an earlier row goes, later ones move up and a plain range loses one in silence. Each
    range begins with the row before it. Is that row's id not above the last one taken, nothing was
    lost; else it is read backwards until it fits.
    """

    def __init__(self) -> None:
        self.total: int | None = None
        self.moved = False
        """Whether rows moved, or their number changed, while the list was read."""
        self._start = 0
        self._last = -1
        self._flying = 0
        self._ended = False

    @property
    def done(self) -> bool:
        """Whether the end was seen: what is in flight behind it can be left."""
        return self._ended

    def next(self, size: int) -> Part | None:
        """Give the next range."""
        if self._ended or (self.total is None and self._flying):
            return None
        if self.total is not None and self._start >= self.total:
            return None
        begin = max(0, self._start - 1)
        self._start = begin + max(2, size)
        self._flying += 1
        return Part(max(2, size), begin)

    def took(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check the border, then take what is new."""
        if page.total is not None:
            counted(page, part.size, part.start)
        ids = [_id(row) for row in page.items]
        if part.start and (not ids or ids[0] > self._last):
            raise self._again(part)
        if any(later <= earlier for earlier, later in pairwise(ids)):
            raise Short(f"{part} came out of order")
        fresh = [row for row, number in zip(page.items, ids, strict=True) if number > self._last]
        self._flying -= 1
        self._last = max(self._last, ids[-1] if ids else -1)
        self._count(page)
        end = part.start + len(ids)
        if page.total is None or end >= page.total:
            self._ended = True
        elif self._flying == 0:
            self._start = end
        return fresh, None

    def _count(self, page: Page) -> None:
        if self.total is None:
            self.total = page.total or 0
        elif page.total is not None and page.total != self.total:
            self.moved = True
            self.total = page.total

    def _again(self, part: Part) -> Moved:
        self.moved = True
        self._start = max(0, part.start - part.size) + 1 if part.start > part.size else 0
        self._flying = 0
        return Moved(f"the rows before {part} moved")

    def again(self, part: Part, size: int) -> None:
        """Begin anew with this range: how many rows it has decides where the next ones begin."""
        self._start, self._flying = (part.start + 1 if part.start else 0), 0


class Sorted:
    """Rows in an order of the caller's: the shared row tells that the list moved, and nothing more can be told.

    ``stable``: rows that are equal in that order have an order all the same.
    """

    def __init__(self, *, stable: bool) -> None:
        self._stable = stable
        self.total: int | None = None
        self._start = 0
        self._border: Any = None
        self._flying = 0

    @property
    def done(self) -> bool:
        """Whether all has come."""
        return self.total is not None and self._start >= self.total and not self._flying

    def next(self, size: int) -> Part | None:
        """Give the next range."""
        if (self.total is None and self._flying) or (self.total is not None and self._start >= self.total):
            return None
        begin = max(0, self._start - 1)
        self._start = begin + max(2, size)
        self._flying += 1
        return Part(max(2, size), begin)

    def took(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check that the border is the same row and the count the same."""
        if page.total is None:
            raise Short("a page came without Content-Range, so that it can not be checked")
        counted(page, part.size, part.start)
        if len(page.items) < page.total and not self._stable:
            raise GlpiValidationError(
                "rows that are equal in this order come in none, so that a list of several pages "
                "may lose some: sort by id, sort the result, or say unstable=True"
            )
        if self.total is not None and (
            page.total != self.total or not page.items or key(page.items[0]) != self._border
        ):
            raise GlpiIncompleteError(
                "the list changed while it was read in an order of yours, so that rows may be missing: read it "
                "without sort= and sort the result, or try again",
                total=page.total,
                missing=f"rows around {part.start}",
            )
        self._flying -= 1
        first = self.total is None
        self.total = page.total
        if page.items:
            self._border = key(page.items[-1])
        return page.items if first else page.items[1:], None

    def again(self, part: Part, size: int) -> None:
        """Begin anew with this range."""
        self._start, self._flying = (part.start + 1 if part.start else 0), 0


def key(row: Item) -> tuple[Any, Any]:
    """Tell a row from all others."""
    return row.get("_itemtype") or row.get("itemtype"), row.get("id")


def _id(row: Item) -> int:
    number = row.get("id")
    if not is_id(number):
        raise Short("a row came without its id")
    return number
