"""Walking a list by ranges of rows that overlap by one: the shared row proves that nothing moved in between."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise

from ..._dialects.shared.shapes import is_id
from ..._wire import Page
from ...exceptions import GlpiIncompleteError
from .places import RangesPlace
from .plan import Item, Moved, Part, Proof, Short, up_to

_IDLE = 10  # answers in a row that bring no new row: then no more is to be had
_FEW = 20  # rows, or a tenth, that may be counted at first and be gone before they are read: a second opinion is not needed
_FEW_CUT = 5  # pages
_FEW_MORE = 3  # rows, or a tenth, that may have gone before they were counted
_ROUNDS = 3  # times that a list is read on or read again without one more row


class Ranges(RangesPlace):
    """Rows in the order of their ids, as the legacy API lists them.

    When an earlier row is deleted, later rows move up, and plain ranges lose one without notice. So each range begins
    with the last row of the range before it. If the id of that row is not above the last id taken, nothing was lost.
    Else the list is read from further back, twice as far each time. A page may hold fewer rows than are counted: the
    next range begins where the page ended.

    At the end the rows are compared with the count, which is read again together with the last row. Rows behind the
    last one taken are read, up to the row that was the last one then; rows created later need not be read. Where rows
    before it are missing, the list is read once more for the rows that are not known.

    ``counted_over_joins``: the count is too high. ``doubts``: it may be too high. `doubtful` is True at the end where
    something else must prove that no row is missing.
    """

    def __init__(self, *, counted_over_joins: bool = False, doubts: bool = False, closing: bool = True) -> None:
        self.counted_over_joins = counted_over_joins
        self._doubts = doubts
        self.ids = array("q")
        """The ids of the rows that came: how many there are is the measure of progress."""
        self._checks = closing
        self._bound: int | None = None  # the server's latest count, which joins make too high
        self._first = self._most = self._flying = 0
        self._start = 0  # the next range begins with the row before this one
        self._end = 0  # where the page ended that was taken last
        self._last = -1
        self._back = self._idle = self._shorts = self._cut = self._missed = self._rounds = 0
        self._patience = _IDLE
        self._came = -1  # rows known when the list was last read on
        self._until: int | None = None
        self._known: set[int] | None = None
        self._done = self._seen_last = False

    @property
    def done(self) -> bool:
        """Whether the end was seen: what is in flight behind it can be left."""
        return self._done

    def learnt(self, *, counted_over_joins: bool, total: int | None) -> None:
        """Take whether the list is counted over joins, and the right count if it is known."""
        self.counted_over_joins = counted_over_joins
        if counted_over_joins:
            self.total = total
            self.closing = self.closing or (self._flying == 0 and total is not None and len(self.ids) >= total)

    def next(self, size: int) -> Part | None:
        """Return the next range, or at the end the question for the last row."""
        if self._done or (self._flying and (self._bound is None or self.closing)):
            return None
        if self.closing:
            self._done = self._settled()
            if self._done:
                return None
            self._flying = 1
            return Part(1, top=True)
        last = self.total if self.counted_over_joins and self.total is not None else self._bound
        if last is not None and self._start >= last and self._flying:
            return None
        begin = max(0, self._start - 1)
        self._start = begin + max(2, size)
        self._flying += 1
        return Part(max(2, size), begin)

    def _settled(self) -> bool:
        """Check whether every row came up to the row that was the last one, or a second opinion is needed."""
        if not self._checks:
            self.doubtful = False
            return True
        odd = max(len(self.ids) - self._most, self._missed) > len(self.ids) // 100
        self.doubtful = (
            self.doubtful or odd or self.contradicted or (self.counted_over_joins and len(self.ids) < self._wanted)
        )
        if (
            self.doubtful
        ):  # the last row, or a second reading, tells something, unless the count is known from elsewhere
            read = self.counted_over_joins or self._known is not None or len(self.ids) >= self._wanted
            return (self._seen_last and read) or (self.counted_over_joins and self.total is not None)
        enough = self._until is not None and self._last >= self._until and len(self.ids) >= self._wanted
        self.total = len(self.ids) if enough and self.counted_over_joins else self.total
        return enough

    @property
    def _wanted(self) -> int:
        """The number of rows that must come: the latest count, or the right count if that is known and higher."""
        return max(self._bound or 0, (self.total or 0) if self.counted_over_joins else 0)

    @property
    def contradicted(self) -> bool:
        """Whether the answers contradict each other, so that the same question is no second opinion.

        Many pages held fewer rows than they count, rows were left out, the count fell far, more rows came than were ever counted.
        """
        came, many = len(self.ids), max(_FEW, self._first // 10)
        gone = not self._bound and 0 < came < self._first
        fell = not self.counted_over_joins and self._most - (self._bound or 0) > many
        return self._cut > _FEW_CUT or gone or fell or max(came - self._most, self._missed) > many

    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check the border, then take what is new."""
        if part.top:
            return self._took_the_last(page)
        numbers = [_id(row) for row in page.items]
        if any(later <= earlier for earlier, later in pairwise(numbers)):
            raise Short(f"{part} came out of order")
        if part.start and (not numbers or numbers[0] > self._last):
            raise self._lost(part, moved=bool(numbers) and part.start < self._end)
        if page.total is None:
            raise Short(f"{part} were refused, as if there were none")
        if part.start + len(numbers) - page.total > max(_FEW_MORE, len(numbers) // 10):
            raise Short(f"the server counts {page.total} rows and gave {len(numbers)} from {part.start} on")
        fresh = self._fresh(page.items, numbers)
        end = part.start + len(numbers)
        if len(numbers) < min(part.size, page.total - part.start) and not self._may_be_short(fresh):
            raise Short(
                f"the server counts {page.total} rows and gave {len(numbers)} of {part}, {len(fresh)} of them new"
            )
        self._flying -= 1
        self._back, self._end = 0, end
        self._note(numbers, fresh)
        self._count(page.total)
        if self._idle > self._patience:
            raise self._incomplete(page.total)
        enough = self.counted_over_joins and self.total is not None and len(self.ids) >= self.total
        self.closing = end >= page.total or self.doubtful or enough
        if not self.closing and self._flying == 0:
            self._start = end
        return fresh, None

    def _fresh(self, rows: list[Item], numbers: list[int]) -> list[Item]:
        """Return the rows behind the last one; in a second reading the rows that are not known.

        An unknown row before the last one was deleted after its page was requested, or an earlier page left it out.
        """
        known = self._known
        if known is not None:
            return [row for row, number in zip(rows, numbers, strict=True) if number not in known]
        if numbers and numbers[0] < self._last:
            came = self._all()
            self._missed += sum(number < self._last and number not in came for number in numbers)
        return [row for row, number in zip(rows, numbers, strict=True) if number > self._last]

    def _may_be_short(self, fresh: list[Item]) -> bool:
        """Check whether a page may hold fewer rows than are counted: it was read twice, or the count is too high.

        A page without a new row is the end of a list that is counted over joins. Where nobody knows whether the list is
        counted over joins, such a page is the end if it comes twice.
        """
        self._shorts += 1
        if fresh:
            taken = self.counted_over_joins or self._shorts > 1
            self._cut += taken
            return taken
        self.doubtful = bool(self.ids) and (self.counted_over_joins or (self._doubts and self._shorts > 1))
        return self.doubtful

    def _note(self, numbers: list[int], fresh: list[Item]) -> None:
        grown = bool(numbers) and numbers[-1] > self._last
        self._shorts = 0
        if fresh or grown:
            self._idle, self._patience = 0, _IDLE
        else:
            self._idle += 1
        self._last = max(self._last, numbers[-1] if numbers else -1)
        self.ids.extend(row["id"] for row in fresh)
        if self._known is not None:
            self._known.update(row["id"] for row in fresh)

    def _count(self, total: int) -> None:
        if self._bound is None:
            self._first = total
        elif total != self._bound:
            self.moved = True
        self._bound, self._most = total, max(self._most, total)
        if not self.counted_over_joins:
            self.total = total

    def _took_the_last(self, page: Page) -> tuple[list[Item], Part | None]:
        """Take the last row and the count, which come in one answer: read on, read again, or end."""
        total = page.total or 0
        gone = not total and bool(self.ids)
        self._shorts += gone
        if page.total is None or len(page.items) != min(1, total) or (gone and self._shorts < 3):
            raise Short("the last row was asked for and did not come")
        self._flying = self._shorts = 0
        self._seen_last = True
        self._count(total)
        top = _id(page.items[0]) if page.items else -1
        if top > self._last:
            self._until = top if self._until is None else self._until
            self._go_on(self._end, total)
        elif self.counted_over_joins and top in self._all():
            self._done = True
            self.doubtful = self.doubtful or len(self.ids) < self._wanted
            self.total = self.total if self.doubtful else len(self.ids)
        elif total and (len(self.ids) < total or top not in self._all()):
            self.moved = True
            self._known = self._all()
            self._last = -1
            self._go_on(0, total)
        else:
            self._done = True
            self.total = total
            self.doubtful = gone or self.contradicted
        return [], None

    @property
    def all_counted_came(self) -> bool:
        """Check whether as many rows came as were counted at first."""
        return len(self.ids) >= self._first

    def proof(self, last: int) -> Proof | None:
        """Return the question for the row that should be the last one: its place tells whether all before it came."""
        if not (self.moved or self.doubtful or self._cut or self._missed or self._seen_last):
            return None
        rows = up_to(last, self.ids)
        return Proof(Part(1, start=max(0, rows - 1)), rows, last)

    def brought(self, rows: Sequence[Item]) -> None:
        """Note rows that came from elsewhere."""
        self.ids.extend(row["id"] for row in rows)

    def _all(self) -> set[int]:
        return set(self.ids) if self._known is None else self._known

    def _go_on(self, start: int, total: int) -> None:
        """Read on, or read again; after several rounds without a new row the list is incomplete."""
        self._rounds = 1 if len(self.ids) > self._came else self._rounds + 1
        self._came = len(self.ids)
        if self._rounds > _ROUNDS:
            raise self._incomplete(total)
        self._start = self._end = start
        self._bound, self.closing, self.doubtful = max(total, start + 1), False, False

    def _lost(self, part: Part, *, moved: bool) -> Moved:
        """Go back: to where the page before ended, unless rows ``moved``, then twice as far each time, to the beginning."""
        self.moved = True
        self._back = max(self._back, part.size) if moved else self._back
        self._idle += 1
        if self._idle > self._patience:
            raise self._incomplete(self._bound)
        back = min(self._back, self._end)
        self._patience += back // max(1, part.size)  # as many pages of known rows may come now
        self._start, self._flying = self._end - back, 0
        self._back = max(part.size, 2 * self._back)
        return Moved(f"the rows before {part} moved")

    def _incomplete(self, total: int | None) -> GlpiIncompleteError:
        missing = f"rows from {self._end} on" if self._known is None else "rows in between"
        return GlpiIncompleteError(
            f"the server counts {total} rows and gave {len(self.ids)}, however often it was asked: {missing} are missing. "
            ".items holds the rows that did arrive.",
            total=total,
            missing=missing,
        )

    def again(self, part: Part, size: int) -> None:
        """Begin again with this range: its number of rows decides where the next ranges begin."""
        self._flying = 0
        if not part.top:
            self._start = part.start + 1 if part.start else 0


def _id(row: Item) -> int:
    number = row.get("id")
    if not is_id(number):
        raise Short("a row came without its id")
    return number
