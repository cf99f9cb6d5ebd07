"""Walking a High-Level list by ids, several pages at a time, whatever the ids are like and whoever writes meanwhile.

A page is asked for as "so many rows from id A on, but the first k": A is behind the last row that has come, k the
number of rows that are in flight before it. So pages fit together without a guess where the ids lie: holes, gaps and
filters cost nothing, and k stays as small as what is in flight, since GLPI reads skipped rows in vain.

Why every row that was there throughout is given, once and in order. GLPI 11 answers a list in three moments: it reads
the ids of the page, then the rows of these ids, then the count; others write in between.

1. A page's rows rise by id, and none lies before A. So a row comes once: what is not above the last one is left out.
2. Between two pages. Let a be the last id that was given, b the first of the next page. Is b <= a, a row between them
   that was there at the first moment of that page is on it or behind it. Is b > a, rows may lie between (some before
   the page have gone meanwhile, so it began later): the window of ids from a + 1 to b - 1 is read first.
3. Within a page. What is missing of the rows that its ids promised has gone between the first two moments: it was not
   there throughout. So an honest answer with fewer rows than counted has lost nothing, nor has one with more (the
   count fell between the last two moments). But the answer may not be honest: a session that lost its entity, a
   replica that lags. So it is doubted where it holds fewer rows than it counts, or counts fewer than all answers before
   it leave: then the server counts the ids from a + 1 to the page's last anew. Does it count no more than came, nothing
   was lost; else this window is read again, by pages of half the size.
4. The end. A page is believed to be the last where it counts no more rows, and as many were given as were counted at
   first. Where the counts differ, the last row and the count of the whole are asked for, in one request, and up to three
   times, unless no row is missing to any count: the highest is believed, so that an answer that is too low now and then
   hides nothing. Rows up to that last row are read on: what is born later need not be read, so that a list that grows as
   fast as it is read comes to its end. Are as many given as there are, those that are missing to the first count have
   gone. Else those up to it are counted, likewise: are they no more than came, the others were born later. Are they more,
   rows have entered the list behind our back, or, where something was doubted, were hidden: then it is read again for
   those that did not come. The walk is incomplete where the server contradicts itself again and again, or says that more
   than half of a list has gone from one answer to the next.
5. The first page alone tells the count of a list that it holds whole. Where it is nearly full, or holds more rows than it
   counts, its last row may only seem to be the last, so the last row is asked for there too.

So a server may lie twice about the same rows, and still no row is lost, where it does not lie three times in a row, nor
in a first page with room for more, and no more rows that were given have gone meanwhile than are hidden.
Each request brings new rows, or settles a doubt about rows that are held, or is counted by the walk, which bears a few.
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
    """Gives pages ahead, takes them in order, and settles what is doubtful before anything behind it is given."""

    def __init__(self, start: int = 0, rounds: int = _ROUNDS, counted: int = 0) -> None:
        super().__init__(start)
        self._rounds = rounds
        self._given = start  # rows that were passed over count as given
        self._last = -1  # the id of the row that was given last; all rows up to it have been given
        self._border: set[Any] = set()  # which rows of this id were given: in a union of types there may be several
        self._latest = self._lately = 0  # how many rows there are by the latest answer; how many were given last
        self._asked = 0  # rows that are given or in flight
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
        return None if self.total is None else max(0, self._latest - max(self._asked, self._given))

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
        return self._page(self._size, max(0, self._asked - self._given + 1 - overlap) if self._flying else 0)

    def _page(self, size: int, skip: int = 0) -> Part:
        """Return a page that begins with a row that came already, or is in flight: so it is seen whether they meet."""
        if not self._flying:
            self._before.clear()
        self._flying += 1
        low = max(0, self._last)
        self._before[low] = self._given - len(self._border)
        self._asked = self._before[low] + skip + size
        return Part(size, skip, low=low)

    def again(self, part: Part, size: int) -> Part:
        """Return a part again with fewer rows; the rest of a page is what then lies before the next."""
        if self._again is not None:
            return self._again.again(part, size)
        smaller = part._replace(size=min(part.size, size))
        begins = self._before.get(part.low or 0, 0) + part.start
        if part.high is None and self._asked == begins + part.size:
            self._asked = begins + smaller.size
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
        if self._until is None and fresh and self._given >= (self.total or 0):
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
        self._given, self._lately = self._given + len(rows), len(rows)
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
        self.unsure = self.unsure or self._given < self._before.get(held.low or 0, 0) + held.start
        self._overlap = max(self._overlap, min(_OVERLAP, 2 * len(fresh)))
        more, then = self._took_page(*self._held)
        return fresh + more, then

    def _took_count(self, part: Part, total: int) -> tuple[list[Item], Part | None]:
        """Take a count: of the ids of a page that is doubted, or, at the end, of all that were passed."""
        if self._held is not None:
            return self._settled(total, *self._held)
        if not self._highest.enough(total, agrees=not self.unsure or total > self._given):
            return [], part
        self._settling, self._highest = False, Highest()
        self._ended = total <= self._given or not self.unsure  # else some have entered the list behind our back
        if self._ended:
            return [], None
        text, self._until = f"the server counts {total} rows where {self._given} came", None
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
        if self._given < self._latest:
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
        given, end, most = self._given, self._last, self._most
        if self._held is not None:
            part, held, most = self._held
            given, end = part.start + len(held.items), held.items[-1]["id"]
            most = max(most, given)
        agrees = given >= total >= most and last <= end
        if not self._highest.enough(total, last, agrees=agrees):
            return [], self._finally()
        total, last = self._highest.total, self._highest.last
        self._highest = Highest()
        if self._held is not None:
            return self._behind_the_first(last, total, *self._held)
        if collapsed(self._firm - self._given + self._lately, total):
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
        self._ended = self._given >= self._whole
        self._settling, self._highest = not self._ended, Highest()
        return None if self._ended else Part(1, high=self._last + 1, counts=True)
