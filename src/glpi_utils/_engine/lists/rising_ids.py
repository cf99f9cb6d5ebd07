"""Reading all ids that GLPI's search engine knows, in rising order: no row that goes moves another."""

from __future__ import annotations

from ..._wire import Page
from ...exceptions import GlpiIncompleteError
from .plan import Item, Part, Plan, Short

_FEW = 20  # rows, or a tenth, that may be gone when the whole is counted anew
_ROUNDS = 3  # readings that did not bring one more row, though more are counted


class RisingIds(Plan):
    """The ids after the last one, page by page: no row that goes can move another.

    At the end the whole is counted anew. Where more are counted than came, it is read once more for those not known:
    so the measure of progress is the rows known, and after `_ROUNDS` readings without one more it is incomplete.
    Rows that were trashed or changed meanwhile came and are counted no more, so that more may be known than are there.
    """

    placeless = "the search engine is asked for ids"

    def __init__(self, *, closing: bool = True) -> None:
        self._checks = closing
        self._known: set[int] = set()
        self._next, self._rounds, self._came = 0, 0, -1
        self._flying = self._ended = False

    @property
    def done(self) -> bool:
        """Whether the last page has come."""
        return self._ended

    def next(self, size: int) -> Part | None:
        """Return the next page, once the one before it has come; at the end the first row, for the count of the whole."""
        if self._ended or self._flying:
            return None
        self._flying = True
        return Part(1, low=0, top=True) if self.closing else Part(size, low=self._next)

    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check that the ids rise, and take those that are new."""
        numbers: list[int] = [row["id"] for row in page.items]
        if page.total is None or numbers != sorted(set(numbers)) or (numbers and numbers[0] < (part.low or 0)):
            raise Short(f"{part} came out of order")
        if not numbers and page.total:
            raise Short(f"the server counts {page.total} rows there and gave none")
        if part.top:
            self._held_against(page.total)
            self._flying = False
            return [], None
        self._flying = False
        fresh = [row for row in page.items if row["id"] not in self._known]
        self._known.update(row["id"] for row in fresh)
        self.total = page.total if self.total is None else self.total
        self._next = numbers[-1] + 1 if numbers else self._next
        if len(numbers) >= page.total:
            self.closing, self._ended = self._checks, not self._checks
        return fresh, None

    def _held_against(self, total: int) -> None:
        if len(self._known) - total > max(_FEW, len(self._known) // 10):
            raise Short(f"the search engine gave {len(self._known)} rows and now counts {total}")
        self.total = total
        if len(self._known) >= total:
            self._ended = True
            return
        self._rounds = 1 if len(self._known) > self._came else self._rounds + 1
        self._came = len(self._known)
        if self._rounds > _ROUNDS:
            raise GlpiIncompleteError(
                f"the search engine counts {total} rows and gave {len(self._known)}, however often it was asked. "
                ".items holds the rows that did arrive.",
                total=total,
                missing="rows in between",
            )
        self._next, self.closing = 0, False

    def again(self, part: Part, size: int) -> Part:
        """Return the page again with fewer rows."""
        return part._replace(size=min(part.size, size))
