"""Walking a High-Level list by windows of ids, several at a time, each with a count of its own."""

from __future__ import annotations

from math import sqrt
from typing import Any

from .._dialects.shapes import is_id
from .._wire import Page
from .plan import Item, Part, Short, counted

_DENSE = 0.91  # from here on windows as wide as a page cost at most 1.1 x the requests of offsets


class Windows:
    """The first page tells the count and the density, the last row where it ends; then windows in between.

    Every row that existed throughout lies in a window, and a window's rows are checked against
    its own count. Requests never exceed 1.1 x those of offset paging plus 3: where ids are
    sparse, a window is sent ahead only while the worst case stays within that, else the rows
    after the last id are asked for, one page after the other.
    """

    def __init__(self) -> None:
        self.total: int | None = None
        self._top: int | None = None
        self._top_asked = False
        self._next = 0  # ids from here on are not asked for yet
        self._drained = 0  # ids below this have come
        self._asked = self._flying = self._came = 0
        self._dense = self._ended = False
        self._alone = False  # what flies says where the next begins
        self._border: tuple[int, set[Any]] = (-1, set())

    @property
    def done(self) -> bool:
        """Whether all has come."""
        return self._ended and not self._flying

    def next(self, size: int) -> Part | None:
        """Give the next part."""
        if self._ended or ((self.total is None or self._alone) and self._flying):
            return None
        if self.total is None:
            return self._ask(Part(size))
        if self._top is None:
            return self._before_the_top(size)
        if self._next > self._top:
            return self._beyond(size)
        return self._window(size, self._top)

    def _beyond(self, size: int) -> Part | None:
        """Where rows are short of the first count, see that none lie above the top: it may have been told wrongly."""
        if self._flying:
            return None
        if self._came >= (self.total or 0):
            self._ended = True
            return None
        self._alone = True
        return self._ask(Part(size, low=self._next))

    def _before_the_top(self, size: int) -> Part | None:
        if not self._top_asked:
            self._top_asked = True
            return self._ask(Part(1, top=True))
        ahead = self._next - self._drained  # rows that the windows in flight hold, if all is as dense as the first page
        if not self._dense or ahead >= self._left() or not self._affordable(size):
            return None
        return self._ahead(size, size)

    def _window(self, size: int, top: int) -> Part | None:
        if self._dense:
            return self._ahead(size, size)
        if not self._affordable(size):
            if self._flying:
                return None
            self._alone = True
            return self._ask(Part(size, low=self._next, high=top + 1))
        density = (self._left() or 1) / max(1, top - self._drained + 1)
        return self._ahead(size, max(size, int((size - 2 * sqrt(size)) / density)))

    def _left(self) -> int:
        return max(0, (self.total or 0) - self._came)

    def _affordable(self, size: int) -> bool:
        """Whether one more window keeps the worst case (all in flight come back empty) within the bound."""
        worst = self._asked + 1 + -(-self._left() // size)
        return worst <= 1.1 * -(-(self.total or 0) // size) + 3

    def _ahead(self, size: int, width: int) -> Part:
        low, high = self._next, self._next + width
        if self._top is not None:
            high = min(high, self._top + 1)
        self._next = high
        return self._ask(Part(size, low=low, high=high))

    def _ask(self, part: Part) -> Part:
        self._asked += 1
        self._flying += 1
        return part

    def took(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check a window: every id inside, each once, in order, as many as the server counts."""
        if page.total is None:
            return self._took_uncounted(part, page)
        if part.top:
            return self._took_the_top(page)
        total = counted(page, part.size)
        fresh = self._checked(part, page.items)
        self._flying -= 1
        self._came += len(fresh)
        if self.total is None:
            self.total = total
            return self._took_the_first(page, total, fresh)
        whole = len(page.items) >= total
        self._ended = self._ended or (whole and part.high is None)
        self._drained = (part.high or self._next) if whole else self._after(page.items[-1])
        if not whole and not fresh:  # a whole page of a union's rows that share one id: only a larger one goes on
            return fresh, self._ask(part._replace(size=part.size * 2))
        if self._alone:
            self._alone, self._next = False, self._drained
            return fresh, None
        return fresh, None if whole else self._ask(part._replace(low=self._drained))

    def _took_uncounted(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Take a list that has no count, an index say: whole where it is shorter than was asked for, or has no ids."""
        longer = len(page.items) >= part.size and any("id" in row for row in page.items)
        if self.total is not None or part.top or longer:
            raise Short("a page came without Content-Range, so that it can not be checked")
        self._flying, self._ended = 0, True
        return page.items, None

    def _took_the_first(self, page: Page, total: int, fresh: list[Item]) -> tuple[list[Item], Part | None]:
        if len(page.items) >= total:
            self._ended = True
            return fresh, None
        first, last = _id(page.items[0]), _id(page.items[-1])
        self._next = self._drained = self._after(page.items[-1])
        self._dense = len(page.items) >= _DENSE * (last - first + 1)
        return fresh, None

    def _took_the_top(self, page: Page) -> tuple[list[Item], Part | None]:
        counted(page, 1)
        self._flying -= 1
        self._top = _id(page.items[0]) if page.items else self._next - 1
        self._dense = self._left() >= _DENSE * (self._top - self._drained + 1)
        return [], None

    def again(self, part: Part, size: int) -> Part:
        """Give a window again with fewer rows; the rest of it follows by itself."""
        return part._replace(size=min(part.size, size))

    def _checked(self, part: Part, rows: list[Item]) -> list[Item]:
        low, high = part.low or 0, part.high
        keys: set[Any] = set()
        last = -1
        for row in rows:
            number = _id(row)
            if number < last or number < low or (high is not None and number >= high):
                raise Short(f"row {number} does not belong into {part}")
            last = number
            keys.add((number, row.get("_itemtype")))
        if len(keys) != len(rows):
            raise Short(f"a row of {part} came twice")
        border, known = self._border
        fresh = [row for row in rows if row["id"] != border or (border, row.get("_itemtype")) not in known]
        if rows:
            self._border = (last, {key for key in keys if key[0] == last} | (known if last == border else set()))
        return fresh

    def _after(self, row: Item) -> int:
        """Give the id to go on from: in a union of types others may share the last id."""
        return _id(row) + (0 if "_itemtype" in row else 1)


def _id(row: Item) -> int:
    number = row.get("id")
    if not is_id(number):
        raise Short("a row came without its id")
    return number
