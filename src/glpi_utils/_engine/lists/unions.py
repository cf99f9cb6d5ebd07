"""Walking a union of several types by windows of ids: its rows come in an order of their own, if in any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._dialects.shared.shapes import is_id
from ..._wire import Page
from ...exceptions import GlpiIncompleteError
from .pace import ROOM
from .plan import Highest, Item, Key, Part, Plan, Proof, Short, collapsed, up_to
from .walk_state import of_runs, runs

_ROUNDS = 3  # times that a list is read again for rows that were born, or left out, behind the reader


class Unions(Plan):
    """One window after the other, each small enough to come whole: then the order in it does not matter.

    A row is known by its type and its id, since several may share the id. A page with room for `ROOM` more held all rows
    of its window at the first of the three moments in which GLPI answers (see `Windows`); one with less room may have been
    full then, and some of its rows deleted before they were read. Does it hold fewer than it counts, the window is counted
    anew. At the end as many rows must have come as were counted at first, or as the whole is counted
    then, up to three times; else the list is read again for those that are not known. Ids of several types are born in the
    middle too.

    Each request takes a window, or halves or doubles the next, or settles a doubt; the walk bears a few without new rows.
    """

    def __init__(self) -> None:
        self._next = self._left = self._width = 0
        self._firm = 0  # how many rows are left, by an answer that was believed
        self._flying = self._ended = False
        self._held: tuple[Part, list[Item]] | None = None  # a window that waits for its count
        self._known: set[tuple[int, Any]] = set()
        self._highest = Highest()  # what the answers say to the question how many rows there are in all
        self._lately = self._rounds = self._new = 0

    @property
    def done(self) -> bool:
        """Whether all has come."""
        return self._ended

    def next(self, size: int) -> Part | None:
        """Return the next window; where the rest should fit into one page, all of the rest."""
        if self._ended or self._flying:
            return None
        self._flying = True
        if self.total is None:
            return Part(size)
        if self._left < size:
            return Part(size, low=self._next)
        return Part(size, low=self._next, high=self._next + max(1, self._width))

    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Take a window that came whole; ask for half of one that did not."""
        if page.total is None:
            raise Short("a page came without Content-Range, so that it cannot be checked")
        if part.counts:
            return self._took_count(page.total)
        rows = _checked(part, page.items)
        self.total = page.total if self.total is None else self.total
        if part.high is None:
            self._left = page.total
            self._firm = self._firm if collapsed(self._firm, page.total) else page.total
        room = max(1, min(ROOM, part.size // 2))
        if part.size - room < len(rows) <= part.size or part.size < len(rows) < page.total:  # some routes know no limit
            return [], self._narrower(part, rows)
        if len(rows) < page.total:
            self._held = part, rows
            return [], part._replace(size=1, counts=True)
        return self._give(part, rows)

    def _give(self, part: Part, rows: list[Item]) -> tuple[list[Item], Part | None]:
        fresh = [row for row in rows if (row["id"], row.get("_itemtype")) not in self._known]
        self._known.update((row["id"], row.get("_itemtype")) for row in fresh)
        self._lately, self._new = len(rows), self._new + len(fresh)
        self.late = self.late or (self._rounds > 0 and bool(fresh))
        self._flying = False
        self._firm = max(0, self._firm - len(rows))
        if part.high is not None:
            self._left = self._left - len(rows) if rows else 0  # after an empty window, look whether anything is left
            self._next = part.high
            self._width *= 2 if len(rows) * 4 < part.size else 1
        elif self._rounds == 0 and len(self._known) == self.total:
            self._ended = True
        else:
            self._flying = True
            return fresh if part.low is None else sorted(fresh, key=_place), Part(1, counts=True)
        return fresh if part.low is None else sorted(fresh, key=_place), None

    def _took_count(self, total: int) -> tuple[list[Item], Part | None]:
        if self._held is None:
            if not self._highest.enough(total, agrees=total >= max(len(self._known), self.total or 0)):
                return [], Part(1, counts=True)
            total, self._highest = self._highest.total, Highest()
            self._took_the_whole(total)
            return [], None
        (part, rows), self._held = self._held, None
        if total <= len(rows):
            return self._give(part, rows)
        if part.high is not None and self._width <= 1:
            raise Short(f"the server counts {total} rows of {part} and gave {len(rows)}", part)
        return [], self._narrower(part, rows)

    def _took_the_whole(self, total: int) -> None:
        """End where as many rows came as there are in all; else read the list again for those that are not known."""
        came = len(self._known)
        if collapsed(self._lately + self._firm, total):
            raise Short(f"the server counts {total} rows in all, and counted {came + self._firm} before")
        self._flying, self._ended = False, came >= total
        if self._ended:
            return
        if self._rounds == _ROUNDS or (self._rounds and not self._new):
            text = f"the server counts {total} rows and gave {came}, however often it was asked: rows in between are missing"
            raise GlpiIncompleteError(
                f"{text}. .items holds the rows that did arrive.", total=total, missing="rows in between"
            )
        self._rounds, self._new, self._next = self._rounds + 1, 0, 0
        self._left = self._firm = total

    def _narrower(self, part: Part, rows: list[Item]) -> Part:
        if part.high is None:
            self._width = self._width or max(1, part.size // max(1, len({row.get("_itemtype") for row in rows})))
        elif self._width > 1:
            self._width //= 2
        else:  # more rows share one id than fit into a page
            return part._replace(size=part.size * 2)
        return part._replace(low=self._next, high=self._next + self._width)

    def proof(self, last: int) -> Proof:
        """Return the count of the rows up to an id: nothing else tells whether a window came whole that says so itself."""
        rows = up_to(last, (number for number, _ in self._known))
        return Proof(Part(1, high=last + 1, counts=True), rows, last)

    def place(self, held: Sequence[Key]) -> Item:
        """Return where it stands, as if the rows that are held back had not come."""
        known = self._known - {(number, kind) for kind, number in held}
        ids = {kind: runs(sorted(number for number, each in known if each == kind)) for _, kind in known}
        begin = min([self._next, *(number for _, number in held)])
        counts = {"total": self.total, "left": self._left + len(held), "firm": self._firm + len(held)}
        return {"ids": ids, "next": begin, "width": self._width, "rounds": self._rounds, "new": self._new, **counts}

    def resume(self, place: Mapping[str, Any], last: Key) -> None:
        """Go on with the window of the first row that was not handed on."""
        self._known = {(number, kind) for kind, text in place["ids"].items() for number in of_runs(text)}
        self.total, self._left, self._firm = place["total"], place["left"], place["firm"]
        self._next, self._width = int(place["next"]), int(place["width"])
        self._rounds, self._new = int(place["rounds"]), int(place["new"])

    def again(self, part: Part, size: int) -> Part:
        """Return a window again with fewer rows."""
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
