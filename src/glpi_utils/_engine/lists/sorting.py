"""Walking a list in an order of the caller's: a shared row shows that the list changed, and nothing more."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from ..._dialects.shared.shapes import is_id
from ..._wire import Page
from ...exceptions import GlpiIncompleteError, GlpiValidationError
from .plan import Item, Key, Part, Plan, Short, counted
from .walk_state import key_of, of_runs, runs


class Sorted(Plan):
    """Rows in an order of the caller's. The shared row shows that the list changed; nothing shows which rows moved.

    ``stable``: rows that are equal in that order have a fixed order among them. ``by_id``: the order is by id, so that
    the last row can be read at the end. ``counted_over_joins`` as in `Ranges`. The measure of progress is the row where
    the next range begins: each page comes whole, or the next range begins further on.
    """

    rises = contradicted = False

    def __init__(self, *, stable: bool, counted_over_joins: bool = False, by_id: bool = False) -> None:
        self._stable, self._by_id = stable, by_id
        self.counted_over_joins = counted_over_joins
        self.ids = array("q")
        self._bound: int | None = None
        self._start = self._flying = 0
        self._came = 0  # rows that were given
        self._opening: Any = None
        self._border: Any = None
        self._short = self._done = False

    @property
    def done(self) -> bool:
        """Whether all has come."""
        return self._done

    @property
    def all_counted_came(self) -> bool:
        """Check whether as many rows came as were counted."""
        return len(self.ids) >= (self._bound or 0)

    def brought(self, rows: Sequence[Item]) -> None:
        """Note rows that came from elsewhere."""
        self.ids.extend(row["id"] for row in rows)

    def learnt(self, *, counted_over_joins: bool, total: int | None) -> None:
        """Take whether the list is counted over joins, and the right count if it is known."""
        self.counted_over_joins = counted_over_joins
        if counted_over_joins:
            self.total = total

    def next(self, size: int) -> Part | None:
        """Return the next range; at the end the last row or the first one again, for the count that comes with it."""
        if self._done or (self._flying and (self._bound is None or self.closing)):
            return None
        if self.closing:
            self._flying += 1
            return Part(1, top=self._by_id)
        if self._bound is not None and self._start >= self._bound:
            return None
        begin = max(0, self._start - 1)
        self._start = begin + max(2, size)
        self._flying += 1
        return Part(max(2, size), begin)

    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check that the border is the same row and the count the same."""
        self._check(part, page)
        end = part.start + len(page.items)
        self._flying -= 1
        first = self._bound is None
        self._bound = page.total
        if not self.counted_over_joins:
            self.total = page.total
        if self.closing:
            self._done = True
            return [], None
        if self._short:  # what is in flight lies behind the end
            self._done = self.doubtful = True
        if page.items:
            self._border = key_of(page.items[-1])
            self._opening = key_of(page.items[0]) if first else self._opening
        rows = page.items if first else page.items[1:]
        self._came += len(rows)
        self.ids.extend(row["id"] for row in rows if is_id(row.get("id")))
        if self._flying == 0 and (end >= (page.total or 0) or not rows):
            self.closing = True
        elif self._flying == 0:
            self._start = end
        return rows, None

    def _check(self, part: Part, page: Page) -> None:
        if page.total is None:
            raise Short(f"{part} came without a count, so that they cannot be checked")
        if not self.counted_over_joins:
            counted(page, part.size, part.start)
        elif len(page.items) < part.size and not self.closing and not self._short:
            self._short = True
            raise Short(f"{part} ended below the count of {page.total}")  # asked for again: the end comes twice
        several = len(page.items) >= part.size if self.counted_over_joins else len(page.items) < page.total
        if several and not self._stable and not self.closing:
            raise GlpiValidationError(
                "rows that are equal in this order come in none, so that a list of several pages "
                "may lose some: sort by id, sort the result, or say unstable=True"
            )
        border = self._opening if self.closing and not self._by_id else self._border
        first = key_of(page.items[0]) if page.items else None
        if self._bound is not None and (page.total != self._bound or first != border):
            raise self._changed(part, page.total)

    def _changed(self, part: Part, total: int | None) -> GlpiIncompleteError:
        return GlpiIncompleteError(
            "the list changed while it was read in an order of yours, so that rows may be missing: read it "
            "without sort= and sort the result, or try again",
            total=total,
            missing=f"rows around {part.start}",
        )

    def again(self, part: Part, size: int) -> None:
        """Begin anew with this range."""
        self._flying = 0
        if not self.closing:
            self._start = part.start + 1 if part.start else 0

    def place(self, held: Sequence[Key]) -> Item:
        """Return where it stands, as if the rows that are held back had not come."""
        out = {number for _, number in held}
        ids = runs(sorted(number for number in self.ids if number not in out))
        counts = {"total": self.total, "bound": self._bound, "joined": self.counted_over_joins}
        return {"at": self._came - len(held), "opening": self._opening, "ids": ids, **counts}

    def resume(self, place: Mapping[str, Any], last: Key) -> None:
        """Go on with the row that was handed on last. If another row is at its place, the list has changed."""
        self.total, self._bound, self.counted_over_joins = place["total"], place["bound"], place["joined"]
        self._start = self._came = int(place["at"])
        kind, number = place["opening"]
        self._opening, self._border, self.ids = (kind, number), last, of_runs(place["ids"])
        self.closing = self._start >= (self._bound or 0)
