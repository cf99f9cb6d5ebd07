"""A part of a whole list: the rows that ``start=``, ``limit=`` or ``range=`` ask for."""

from __future__ import annotations

from typing import Any

from ..._dialects.shared.query import Listing
from ..._dialects.shared.shapes import is_id

Item = dict[str, Any]


class Slice:
    """Takes ``limit`` rows (None: all) from row ``start`` on, out of walks that follow one another."""

    def __init__(self, start: int, limit: int | None) -> None:
        self._start, self._limit = start, limit
        self._skip, self._left = start, limit
        self.whole = start == 0
        """Whether no row was left out so far."""
        self._of: object = None
        self._begin()

    def _begin(self) -> None:
        """Begin with another list: places are those in one list."""
        self.last = self._passed = -1
        """The highest id of the rows that were taken; of those before them."""
        self._first: int | None = None
        self.cut: list[Item] = []
        """Rows behind the last one that was wanted, which came with it."""

    @property
    def ended(self) -> bool:
        """Whether all rows have come that were asked for."""
        return self._left == 0

    @property
    def ahead(self) -> int | None:
        """How many rows must still pass; None: all there are."""
        return None if self._left is None else self._skip + self._left

    def pass_over(self) -> int:
        """Return how many rows lie before the first that is wanted, for a walk that begins there."""
        passed, self._skip = self._skip, 0
        self.whole = not passed
        return passed

    def goes_on(self, handed: int, last: object) -> None:
        """Begin where so many rows were taken already, with the one of id ``last`` at their end."""
        self._skip, self.last = 0, last if is_id(last) else self.last
        if self._limit is not None:
            self._left = max(0, self._limit - handed)

    @property
    def out_of_place(self) -> bool:
        """Whether, by their ids, rows were taken that lie before the part, or left out that lie in it."""
        before = self._first is not None and self._first < self._passed
        return before or any(row["id"] < self.last for row in self.cut if is_id(row.get("id")))

    def total(self, counted: int | None) -> int | None:
        """Return how many of so many rows are wanted; None where nobody counts them."""
        if counted is None:
            return None
        rest = max(0, counted - self._start)
        return rest if self._limit is None else min(rest, self._limit)

    def of(self, rows: list[Item], walk: object) -> list[Item]:
        """Take what is wanted of rows that come next, out of this walk."""
        if walk is not self._of and self._of is not None:
            self._begin()
        self._of = walk
        first = min(self._skip, len(rows))
        self._skip -= first
        end = len(rows) if self._left is None else min(len(rows), first + self._left)
        if self._left is not None:
            self._left -= end - first
        self.whole, self.cut = self.whole and end == len(rows), self.cut + rows[end:]
        taken = rows[first:end]
        self._passed = max([self._passed, *_ids(rows[:first])])
        if ids := _ids(taken):
            self.last = max(self.last, *ids)
            self._first = min(ids) if self._first is None else min(self._first, *ids)
        return taken


def _ids(rows: list[Item]) -> list[int]:
    return [number for row in rows if is_id(number := row.get("id"))]


def sliced(listing: Listing) -> Slice | None:
    """Return the part of a list that was asked for; None where that is all of it."""
    if not listing.start and listing.limit is None:
        return None
    return Slice(listing.start, listing.limit)
