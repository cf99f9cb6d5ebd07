"""Walking a High-Level list by ids, several pages at a time, whatever the ids are and whoever writes meanwhile.

A page is requested as "so many rows from id A on, without the first k". A is the id of the last row that has come, k the
number of rows in flight before the page. So nobody has to guess where ids lie: holes, gaps and filters cost nothing. k is
no larger than what is in flight, because GLPI reads skipped rows for nothing.

Why each row that exists during the whole walk is given, once and in order. GLPI 11 makes the answer to a list in three
steps: it reads the ids of the page, then the rows of these ids, then the count. Other clients write between the steps.

1. Order. The rows of a page rise by id, none below A. Rows not above the last given one are left out: each comes once.
2. Between two pages. Let a be the last id that was given, b the first id of the next page. If b <= a, rows above a that
   existed at the first step of that page are on it or behind it. If b > a, rows may lie between: rows before the page
   may have been deleted, so that it began later. Then the ids from a + 1 to b - 1 are read first.
3. Within a page. A row that the first step read and the second did not was deleted between them, so it is not missing. An
   honest answer with fewer rows than it counts lost nothing; nor did one with more, whose count fell at the third step.
   But an answer may be wrong: the session lost its entity, a replica lags. A page is doubted if it holds fewer rows than
   it counts, or counts fewer rows than the answers before it leave. Then the ids from a + 1 to its last id are counted
   again. If no more are counted than came, nothing was lost. Else these ids are read again in pages of half the size.
4. The end. A page is the last one if it counts no rows behind it and all counts agree. If they differ, one request reads
   the last row and the count of the list, up to three times unless no count is higher than what came. The highest answer
   is believed. The walk goes on up to that last row and not to rows created later, so that it ends. If as many rows were
   given as there are, the others were deleted. Else the rows up to that last row are counted in the same way. If no more
   are counted than came, the others were created later. If more are counted, rows entered the list behind the reader,
   or a doubted answer hid some: the list is read again for rows that did not come. The walk is incomplete if the server
   contradicts itself again and again, or says that more than half of the list went from one answer to the next.
5. The first page. If it holds the whole list, it gives the only count. If it is nearly full, or holds more rows than it
   counts, its last row may not be the last of the list. So the last row is read there too.

So no row is lost if the server is wrong twice about the same rows. Rows can be lost if it is wrong three times in a row,
or in a first page with room for more, or if as many given rows are deleted meanwhile as rows are hidden.
Each request brings new rows, settles a doubt about rows that are held, or is one of the few that the walk allows.
"""

from __future__ import annotations

from typing import Any

from ..._wire import Page
from .pace import ROOM
from .places import WindowsPlace
from .plan import Highest, Item, Part, Short, collapsed, in_place, seems_whole, unknown

_ROUNDS = 3  # times that a list is read again for rows that were hidden, or entered it, behind the reader
_OVERLAP = 20  # rows that a page may begin before the one ahead of it ends, once rows were seen to go


class Windows(WindowsPlace):
    """Requests pages ahead, takes them in order, and settles a doubt before it gives any row behind it."""

    def __init__(self, start: int = 0, rounds: int = _ROUNDS, counted: int = 0) -> None:
        super().__init__(start)
        self._rounds = rounds
        self._row_count = start  # how many rows were given; those that were passed over count too
        self._last = -1  # the id of the row that was given last; all rows up to it have been given
        self._border: set[Any] = set()  # which rows of this id were given: in a union of types there may be several
        self._latest = self._lately = 0  # how many rows there are by the latest answer; how many were given last
        self._reach = 0  # rows that are given or in flight
        self._before = {0: 0}  # how many rows were given below the id that a page in flight begins with
        self._flying = 0
        self._size, self._overlap = 2, 1
        self._held: tuple[Part, Page, int] | None = None  # what waits until a doubt is settled, with its count
        self._settling = self._union = self._ended = False
        self._moved = self.unsure = counted > 0  # whether counts differ
        self._most = self._firm = counted  # the highest count of the whole, and the latest that was believed
        self._whole = 0  # the count of the whole list, when it was asked for anew
        self._highest = Highest()  # what the answers to the question say that is asked at the end
        self._until: int | None = None  # the id of its last row then: what is born later need not be read

    @property
    def done(self) -> bool:
        """Whether all has come."""
        return self._ended if self._again is None else self._again.done

    @property
    def rest(self) -> int | None:
        """How many rows are not asked for yet; None: not known."""
        if self._again is not None:
            return self._again.rest
        return None if self.total is None else max(0, self._latest - max(self._reach, self._row_count))

    def next(self, size: int) -> Part | None:
        """Return the next page, behind those in flight."""
        if self._again is not None:
            return self._again.next(size)
        if self._ended or self._settling or (self._flying and (self.total is None or self._union)):
            return None
        self._size = max(2, size)
        if self.total is None:
            self._flying = 1
            return Part(size, self._start)
        if self._flying and not self.rest:
            return None
        overlap = min(self._overlap, max(1, self._size // 10))
        return self._page(self._size, max(0, self._reach - self._row_count + 1 - overlap) if self._flying else 0)

    def _page(self, size: int, skip: int = 0) -> Part:
        """Return a page that begins with a row that came already, or is in flight: so it is seen whether they meet."""
        if not self._flying:
            self._before.clear()
        self._flying += 1
        low = max(0, self._last)
        self._before[low] = self._row_count - len(self._border)
        self._reach = self._before[low] + skip + size
        return Part(size, skip, low=low)

    def again(self, part: Part, size: int) -> Part:
        """Return a part again with fewer rows; the rest of a page is what then lies before the next."""
        if self._again is not None:
            return self._again.again(part, size)
        smaller = part._replace(size=min(part.size, size))
        begins = self._before.get(part.low or 0, 0) + part.start
        if part.high is None and self._reach == begins + part.size:
            self._reach = begins + smaller.size
        return smaller

    def accept(self, part: Part, page: Page) -> tuple[list[Item], Part | None]:
        """Check an answer; give the rows that follow those given before, and what is to be settled first."""
        if self._again is not None:
            return self._took_again(self._again, part, page)
        if page.total is None:
            return self._took_uncounted(part, page), None
        if part.counts:
            return self._took_count(part, page.total)
        in_place(part, page.items)
        if part.top:
            return self._took_the_last(page, page.total)
        if part.high is not None:
            return self._took_window(part, page, page.total, part.high)
        if not page.items:
            return self._took_nothing(part, page.total)
        return self._took_page(part, page, page.total)

    def _took_uncounted(self, part: Part, page: Page) -> list[Item]:
        """Take a list that has no count, an index say: whole where it is shorter than was asked for, or has no ids."""
        longer = len(page.items) >= part.size and any("id" in row for row in page.items)
        if self.total is not None or part.start or longer:
            raise Short("a page came without Content-Range, so that it cannot be checked")
        self._ended = True
        return page.items

    def _took_page(self, part: Part, page: Page, total: int) -> tuple[list[Item], Part | None]:
        first, last = page.items[0]["id"], page.items[-1]["id"]
        if part.low is None and self._start and not self._ids:
            self._last = first - 1
        elif part.low is not None and first > self._last + 1:
            self._held = part, page, total
            return [], Part(self._size, low=self._last + 1, high=first)
        fresh = unknown(page.items, self._last, self._border)
        if fresh and self._doubts(part, page, total):
            self._held, self.unsure = (part, page, total), True
            return [], Part(1, low=self._last + 1, high=last + 1, counts=True)
        if part.low is None and seems_whole(part, len(page.items), total - part.start):
            self._held = part, page, total
            return [], Part(1, top=True)
        self._held = None
        return self._give(part, page, total, fresh)

    def _doubts(self, part: Part, page: Page, total: int) -> bool:
        left = self._latest - self._before[part.low or 0]
        return len(page.items) < min(part.size, total - part.start) or total < left

    def _give(self, part: Part, page: Page, total: int, fresh: list[Item]) -> tuple[list[Item], Part | None]:
        self._flying -= 1
        self._counted(part, total)
        self._passed(fresh)
        if self._until is not None and self._last >= self._until:
            return fresh, self._close()
        if part.start + len(page.items) >= total:
            return fresh, self._at_the_end()
        if self._until is None and fresh and self._row_count >= (self.total or 0):
            self._settling = True  # as many as were counted at first, and no end: others are born as fast as we read
            return fresh, Part(1, top=True)
        if not fresh and self._union:
            return [], self._page(part.size * 2)  # a page of a union's rows that share one id: a larger one goes on
        return fresh, None

    def _counted(self, part: Part, total: int) -> None:
        """Note how many rows there are by a page's count: those before it and those that it counts."""
        before = self._before[part.low or 0]
        there = before + total
        if self.total is None:
            self.total = there
        self._moved = self._moved or there != self.total
        self._most = max(self._most, there)
        self._latest = there
        self._firm = self._firm if collapsed(self._firm - before, total) else there

    def _passed(self, rows: list[Item]) -> None:
        """Note rows that are given."""
        if not rows:
            return
        self._row_count, self._lately = self._row_count + len(rows), len(rows)
        self._ids.extend([row["id"] for row in rows])
        last = rows[-1]["id"]
        known = self._border if last == self._last else set[Any]()
        self._last, self._union = last, self._union or "_itemtype" in rows[-1]
        self._border = known | {
            row.get("_itemtype") for row in rows[-len(rows) if self._union else -1 :] if row["id"] == last
        }

    def _took_nothing(self, part: Part, total: int) -> tuple[list[Item], Part | None]:
        """Take an empty page: only one that was to follow the last row tells something."""
        exact = part.low is None or (part.low == max(0, self._last) and not part.start)
        if exact and total > part.start:
            raise Short(f"the server counts {total} rows there and gave none")
        self._flying -= 1
        if exact and self._until is not None and self._last < self._until:
            text, self._until = f"row {self._until} is the last, but none comes behind row {self._last}", None
            raise Short(text, self._finally())
        if not exact:
            return [], None
        self._counted(part, total)
        return [], self._at_the_end()

    def _took_window(self, part: Part, page: Page, total: int, high: int) -> tuple[list[Item], Part | None]:
        """Take rows between two that came, or that are read again."""
        fresh = unknown(page.items, self._last, self._border)
        if len(page.items) < min(part.size, total) or (len(page.items) < total and not fresh):
            text = f"the server counts {total} rows there and gave {len(page.items)}"
            raise Short(text, part._replace(size=max(1, part.size // 2)))
        self._passed(fresh)
        if len(page.items) < total or len(page.items) > part.size - min(ROOM, part.size // 2):
            low = self._last if self._union else self._last + 1
            return fresh, part._replace(low=low, size=max(part.size, 2 * ROOM))
        if high - 1 > self._last:
            self._last, self._border = high - 1, set()
        self._settling = False
        if self._held is None:
            return fresh, None
        held = self._held[0]
        self.unsure = self.unsure or self._row_count < self._before.get(held.low or 0, 0) + held.start
        self._overlap = max(self._overlap, min(_OVERLAP, 2 * len(fresh)))
        more, then = self._took_page(*self._held)
        return fresh + more, then

    def _took_count(self, part: Part, total: int) -> tuple[list[Item], Part | None]:
        """Take a count: of the ids of a page that is doubted, or, at the end, of all that were passed."""
        if self._held is not None:
            return self._settled(total, *self._held)
        if not self._highest.enough(total, agrees=not self.unsure or total > self._row_count):
            return [], part
        self._settling, self._highest = False, Highest()
        self._ended = total <= self._row_count or not self.unsure  # else some have entered the list behind our back
        if self._ended:
            return [], None
        text, self._until = f"the server counts {total} rows where {self._row_count} came", None
        if not self._rounds or self._union:
            raise Short(text, self._finally())
        again = Windows(self._start, self._rounds - 1, self._whole)
        raise self._read_again(again, text, least=self._ids[0] if self._start else 0)

    def _settled(self, total: int, part: Part, page: Page, counted: int) -> tuple[list[Item], Part | None]:
        """Believe a page that was doubted, where no more rows are counted than it holds; else read its ids again."""
        self._held = None
        fresh = unknown(page.items, self._last, self._border)
        if total <= len(fresh):
            return self._give(part, page, counted, fresh)
        self._flying -= 1
        self._settling = self._moved = True
        return [], Part(max(1, part.size // 2), low=self._last + 1, high=page.items[-1]["id"] + 1)

    def _at_the_end(self) -> Part | None:
        """Believe an end that all counts agree on; else ask for the last row and the count of the whole."""
        if self._row_count < self._latest:
            return None if self._flying else self._page(self._size)
        self._ended = not self._moved
        return None if self._ended else self._finally()

    def _finally(self) -> Part:
        self._settling = True
        return Part(1, top=True)

    def _took_the_last(self, page: Page, total: int) -> tuple[list[Item], Part | None]:
        """Take the last row and the count of the whole: go on, or be done."""
        self._settling = False
        if len(page.items) != min(1, total):
            raise Short("the last row was asked for and did not come", self._finally())
        last = page.items[0]["id"] if page.items else -1
        rows, end, most = self._row_count, self._last, self._most
        if self._held is not None:
            part, held, most = self._held
            rows, end = part.start + len(held.items), held.items[-1]["id"]
            most = max(most, rows)
        agrees = rows >= total >= most and last <= end
        if not self._highest.enough(total, last, agrees=agrees):
            return [], self._finally()
        total, last = self._highest.total, self._highest.last
        self._highest = Highest()
        if self._held is not None:
            return self._behind_the_first(last, total, *self._held)
        if collapsed(self._firm - self._row_count + self._lately, total):
            text = f"the server counts {total} rows in all, and counted {self._firm} before"
            raise Short(text, self._finally())
        self._whole = self._latest = self._firm = total
        until = self._until = last if self._until is None else self._until
        if self._last >= until:
            return [], self._close()
        return [], None if self._flying else self._page(self._size)

    def _behind_the_first(
        self, last: int, total: int, part: Part, page: Page, counted: int
    ) -> tuple[list[Item], Part | None]:
        """Believe a first page that is nearly full and counts no more, where it has the last row and all; else doubt it."""
        if collapsed(len(page.items), total):
            raise Short(f"{len(page.items)} rows came, and the server counts {total} in all", self._finally())
        if last <= page.items[-1]["id"] and total <= part.start + len(page.items):
            self._held = None
            return self._give(part, page, counted, unknown(page.items, self._last, self._border))
        self._held, self.unsure = (part, page, max(total, counted + 1)), True
        return [], Part(1, low=self._last + 1, high=page.items[-1]["id"] + 1, counts=True)

    def _close(self) -> Part | None:
        """End where as many rows came as there are in all; else see whether more are counted where they came."""
        self._ended = self._row_count >= self._whole
        self._settling, self._highest = not self._ended, Highest()
        return None if self._ended else Part(1, high=self._last + 1, counts=True)
