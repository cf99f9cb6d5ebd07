"""What a walk asks for next, and what it makes of an answer: pure, without a server or a clock.

A plan gives `Part`s and is shown their pages in the order in which it gave them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import lt
from typing import Any, NamedTuple

from ..._dialects.shared.shapes import is_id
from ..._wire import Page
from ...exceptions import GlpiUnsupportedError
from .pace import ROOM

Item = dict[str, Any]
Key = tuple[Any, Any]
"""The type and the id of a row; the type is None where all rows are of one type."""
_ANSWERS = 3
_MANY = 10  # rows that may go between two answers, whatever part of the list they are


class Part(NamedTuple):
    """One request of a walk: ``size`` rows from row ``start`` on.

    ``low`` and ``high`` narrow the list to the ids from one on (None: from the first) and below one (None: to the last);
    ``start`` counts from there. ``top`` asks for the last row alone, ``counts`` for the number of rows alone.
    """

    size: int
    start: int = 0
    low: int | None = None
    high: int | None = None
    top: bool = False
    counts: bool = False

    def __str__(self) -> str:
        if self.top:
            return "the last row"
        if self.low is None and self.high is None:
            return "the whole list" if self.counts else f"rows {self.start} to {self.start + self.size - 1}"
        last = "the last" if self.high is None else str(self.high - 1)
        return f"ids {self.low or 0} to {last}"


class Highest:
    """The highest of several answers to one question: an answer that is too low now and then does not count."""

    def __init__(self) -> None:
        self.total, self.last = 0, -1
        self._answers = 0

    def enough(self, total: int, last: int = -1, *, agrees: bool) -> bool:
        """Note an answer; return whether no other is needed, since it ``agrees`` with all that came or is the third."""
        self.total, self.last = max(self.total, total), max(self.last, last)
        self._answers += 1
        return agrees or self._answers >= _ANSWERS


class Short(Exception):
    """An answer does not hold what the server counts, or what was asked for; ``instead``: what to ask for then."""

    def __init__(self, text: str = "", instead: Part | None = None, items: Sequence[Item] = ()) -> None:
        super().__init__(text)
        self.instead, self.items = instead, items


class Moved(Exception):
    """The list has changed under the walk: what is in flight is void, the plan begins again further back."""


class Proof(NamedTuple):
    """A question that tells whether a part of a list lacks rows: ``rows`` came, up to the one of id ``last``.

    ``part`` asks for the count of the rows up to there, or for the row at the place where the last one came.
    """

    part: Part
    rows: int
    last: int

    def counted(self, page: Page) -> int | None:
        """Return how many rows lie up to the last one, by an answer, or one more or fewer; None: it tells nothing."""
        if self.part.counts:
            return page.total
        if not page.items and (page.total or 0) < self.rows:
            return self.rows - 1
        if len(page.items) != 1 or not is_id(number := page.items[0].get("id")):
            return None
        return self.rows + (number < self.last) - (number > self.last)


class Plan(ABC):
    """How one list is walked, and what is known of it."""

    total: int | None = None
    """The server's count at the first page; None where it gives none."""
    rises = True
    """Whether rows come by rising ids, but for those that come late."""
    late = False
    """Whether rows came after those that follow them."""
    known = 0
    """Rows of the latest page that had come before: a second reading makes progress by them."""
    moved = False
    """Whether rows moved, or their number changed."""
    doubtful = False
    """Whether, at the end, something else must prove that these are all."""
    closing = False
    """Whether only the check at the end is left to do."""
    placeless = ""
    """Why it cannot tell where it stands; "" where it can."""

    @abstractmethod
    def next(self, size: int) -> Part | None:
        """Return the next part; None: nothing more, or not before an answer was seen."""

    @abstractmethod
    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check a page; give its new rows, and what of the part is still to be asked for.

        Raises `Short` where it must be asked for again, `Moved` where the plan begins anew.
        """

    @abstractmethod
    def again(self, part: Part, size: int) -> Part | None:
        """Return a part again that the server broke on, with fewer rows; None: all in flight is void, `next` goes on."""

    @property
    @abstractmethod
    def done(self) -> bool:
        """Whether nothing is to come any more."""

    @property
    def rest(self) -> int | None:
        """How many rows are not asked for yet; None: not known."""
        return None

    @property
    def all_counted_came(self) -> bool:
        """Whether as many rows came as were counted at first."""
        return False

    def proof(self, last: int) -> Proof | None:
        """Return what tells whether rows up to the id ``last`` are missing; None where no answer may have hidden any."""
        return None

    def brought(self, rows: Sequence[Item]) -> None:
        """Note rows that came from elsewhere."""
        return

    def place(self, held: Sequence[Key]) -> Item:
        """Return where it stands, as if the rows that are ``held`` back had not come."""
        raise GlpiUnsupportedError(f"this walk has no state to go on from: {self.placeless}")

    def resume(self, place: Mapping[str, Any], last: Key) -> None:
        """Go on from there, in place of beginning; ``last`` is the row that was handed on last."""
        raise GlpiUnsupportedError(f"this walk cannot go on from a state: {self.placeless}")


class Rereads(Plan):
    """What a plan keeps to read its list again for rows that did not come.

    A row that entered the list behind the reader comes then too: nothing can tell it from one that was hidden.
    """

    def __init__(self, start: int) -> None:
        self._start = start  # rows of the list that were passed over
        self.unsure = False
        """Whether an answer may have hidden rows."""
        self._ids = array("q")
        self._again: Rereads | None = None
        self._known: set[int] = set()
        self._least = 0

    @abstractmethod
    def again(self, part: Part, size: int) -> Part:
        """Return a part again with fewer rows."""

    def proof(self, last: int) -> Proof | None:
        """Return the question for the count of the rows up to an id, where an answer may have hidden some."""
        if not self.unsure:
            return None
        rows = self._start + up_to(last, self._known.union(self._ids))
        return Proof(Part(1, high=last + 1, counts=True), rows, last)

    def _read_again(self, plan: Rereads, reason: str, least: int) -> Moved:
        """Begin anew by this plan, for unknown rows from the id ``least`` on."""
        self._again, self._known, self._least = plan, set(self._ids), least
        return Moved(f"{reason}, so it is read again for the others")

    def _took_again(self, again: Rereads, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        rows, rest = again.accept(part, page)
        fresh = [row for row in rows if row["id"] not in self._known and row["id"] >= self._least]
        self._known.update(row["id"] for row in fresh)
        self.known, self.late = len(rows) - len(fresh), self.late or bool(fresh)
        return fresh, rest


class Whole(Plan):
    """A list that comes in one answer and is counted by nobody: an index, statistics."""

    placeless = "this list comes in one answer"

    def __init__(self, start: int = 0) -> None:
        self._start, self._done = start, False

    def next(self, size: int) -> Part | None:
        """Return the one part."""
        if self._done:
            return None
        self._done = True
        return Part(size, self._start)

    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Take all that came."""
        self.total = page.total
        return page.items, None

    def again(self, part: Part, size: int) -> Part:
        """Nothing to halve."""
        return part

    @property
    def done(self) -> bool:
        """Whether it was asked for."""
        return self._done


def counted(page: Page, size: int, start: int = 0) -> int:
    """Return how many rows the page must hold by the server's own count, and see that it does."""
    assert page.total is not None  # noqa: S101  plans that count are not used on lists without a count
    expected = max(0, min(size, page.total - start))
    if len(page.items) != expected:
        raise Short(f"the server counts {page.total} rows there and gave {len(page.items)} of {expected}")
    return page.total


def up_to(last: int, ids: Iterable[int]) -> int:
    """Return how many ids are not above the last one."""
    return sum(number <= last for number in ids)


def collapsed(expected: int, counted: int) -> bool:
    """Check whether more than half of a list, and many rows, went at once: a session that lost its entity looks alike."""
    return expected - counted >= max(_MANY, counted + 1)


def _rise(part: Part, numbers: list[Any]) -> bool:
    """Check whether these are ids of the part, each above the one before: then nothing else can be wrong with them."""
    if set(map(type, numbers)) != {int} or not all(map(lt, numbers, islice(numbers, 1, None))):
        return False
    return numbers[0] >= max(0, part.low or 0) and (part.high is None or numbers[-1] < part.high)


def in_place(part: Part, rows: list[Item]) -> None:
    """Refuse rows that are out of order, twice there, without an id, or outside of what was asked for."""
    if not rows or _rise(part, [row.get("id") for row in rows]):
        return
    low, high = part.low or 0, part.high
    keys: set[Any] = set()
    last = -1
    for row in rows:
        number = row.get("id")
        if not is_id(number):
            raise Short("a row came without its id")
        if number < last or number < low or (high is not None and number >= high):
            raise Short(f"row {number} does not belong into {part}")
        last = number
        keys.add((number, row.get("_itemtype")))
    if len(keys) != len(rows):
        raise Short(f"a row of {part} came twice")


def unknown(rows: list[Item], last: int, border: set[Any]) -> list[Item]:
    """Return the rows behind the id ``last``, and of this id those whose types are not in ``border``."""
    behind = next((at for at, row in enumerate(rows) if row["id"] > last), len(rows))
    same = [row for row in rows[:behind] if row["id"] == last and row.get("_itemtype") not in border]
    return same + rows[behind:]


def seems_whole(part: Part, rows: int, total: int) -> bool:
    """Check whether a first page, whole by its count, may hide others: it is nearly full, or holds more than it counts."""
    return rows > total or part.size - ROOM < rows == total
