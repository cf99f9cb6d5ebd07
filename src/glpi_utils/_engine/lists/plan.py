"""What a walk asks for next, and what it makes of an answer: pure, without a server or a clock.

A plan gives `Part`s and is shown their pages in the order in which it gave them.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from ..._wire import Page

Item = dict[str, Any]
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


class Short(Exception):
    """An answer does not hold what the server counts, or what was asked for; ``instead``: what to ask for then."""

    def __init__(self, text: str = "", instead: Part | None = None) -> None:
        super().__init__(text)
        self.instead = instead


class Moved(Exception):
    """The list has changed under the walk: what is in flight is void, the plan begins again further back."""


class Plan(Protocol):
    """How one list is walked."""

    total: int | None
    """The server's count at the first page; None where it gives none."""

    def next(self, size: int) -> Part | None:
        """Return the next part; None: nothing more, or not before an answer was seen."""
        ...

    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check a page; give its new rows, and what of the part is still to be asked for.

        Raises `Short` where it must be asked for again, `Moved` where the plan begins anew.
        """
        ...

    def again(self, part: Part, size: int) -> Part | None:
        """Return a part again that the server broke on, with fewer rows; None: all in flight is void, `next` goes on."""
        ...

    @property
    def done(self) -> bool:
        """Whether nothing is to come any more."""
        ...


class Whole:
    """A list that comes in one answer and is counted by nobody: an index, statistics."""

    def __init__(self, start: int = 0) -> None:
        self.total: int | None = None
        self._start, self._asked = start, False

    def next(self, size: int) -> Part | None:
        """Return the one part."""
        if self._asked:
            return None
        self._asked = True
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
        return self._asked


def counted(page: Page, size: int, start: int = 0) -> int:
    """Return how many rows the page must hold by the server's own count, and see that it does."""
    assert page.total is not None  # noqa: S101  plans that count are not used on lists without a count
    expected = max(0, min(size, page.total - start))
    if len(page.items) != expected:
        raise Short(f"the server counts {page.total} rows there and gave {len(page.items)} of {expected}")
    return page.total


def collapsed(expected: int, counted: int) -> bool:
    """Check whether more than half of a list, and many rows, went at once: a session that lost its entity looks alike."""
    return expected - counted >= max(_MANY, counted + 1)
