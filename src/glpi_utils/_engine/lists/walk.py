"""Reading a whole list in order, some pages ahead: the engine's only work that goes on beside its caller."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import Any

from ..._wire import Operation, Page, Response, UndecodableBody, UnexpectedAnswer
from ...exceptions import (
    GlpiAPIError,
    GlpiConnectionError,
    GlpiError,
    GlpiIncompleteError,
    GlpiRateLimitError,
)
from ..request.runtime import Flight
from .pace import SMALLEST, Pace
from .part_check import require_whole_part
from .patience import Patience, kept_whole, may_be_the_size, page_of
from .plan import Item, Moved, Part, Plan, Short
from .slices import Slice
from .walk_context import Origin, WalkContext

_ROWS_AHEAD = 3000
_BYTES_AHEAD = 16_000_000
_STREAMED = 500  # rows a page at most where they are let go: each thread's memory keeps room for the largest it held


class Walk:
    """An object, not a generator: `next` gives the next rows in order, None at the end; `close` leaves early."""

    def __init__(self, plan: Plan, pace: Pace, means: WalkContext) -> None:
        self.plan = self._plan = plan
        self._pace, self._means = pace, means
        self._flying: deque[tuple[Part, Flight[Any], Operation[Page]]] = deque()
        self._why, self._row_bytes, self._passed = "", 0.0, 0
        self._patience = Patience(means)
        self._last = self._proven = self._proven_part = self._ended = False
        self._began: float | None = None
        self.wanted: Slice | None = None
        """What part of the list is read; shared by the walks that make up one list."""
        self.streams = False
        """Whether rows are let go once they were handed on: then less is read ahead."""
        self.read = self.passed = 0
        """Rows handed on so far; rows that came, with those that nobody wanted."""
        self.late = False  # whether rows came after those that follow them
        self.unproven = False  # whether what came of a part may be another part
        self.origin: Origin | None = None
        """Which list it reads."""

    @property
    def total(self) -> int | None:
        """The server's count at the first page; None where it has none."""
        return self._plan.total

    @property
    def counted(self) -> int | None:
        """The server's count, or the rows that came where it has none or counts others too; None: not known."""
        if self._plan.total is not None and not self._means.picks:
            return self._plan.total
        return None if self._left_early else self.passed

    @property
    def whole(self) -> bool:
        """Whether all rows came, by the server's own count."""
        complete = self.wanted is None or (self.wanted.whole and not self._left_early)
        return complete and self._plan.total is not None

    @property
    def _left_early(self) -> bool:
        if self.wanted is None or not self.wanted.ended or self._plan.done:
            return False
        return self._means.picks or self.passed < (self._plan.total or 0) or self._began is None

    @property
    def moved(self) -> bool:
        """Whether rows moved while the list was read by ranges, and nothing has proven since that all came."""
        return self._plan.moved and not self._proven

    def close(self, why: str = "") -> None:
        """Read no more: what is in flight is cut off. Returns at once, from any thread.

        ``why``: it was not its reader who left, so the reader is told and not handed an end.
        """
        self._why = self._why or (why if not self._ended else "")
        self._ended = True
        self._drop_flights()

    def __del__(self) -> None:
        if self._flying:
            self.close()

    async def next(self) -> list[Item] | None:
        """Return the next rows in order, None at the end."""
        if self.wanted is not None and self.wanted.ended:
            if not self._ended or self.late:
                self.close()
                await self._prove_part()
            return None
        if self._began is None:
            if self._means.before is not None:
                await self._means.before()
            self._began = self._means.runtime.now()
            self._pace.began(self._began)
        if self._why:
            raise GlpiConnectionError(self._why)
        while not self._ended:
            self._launch()
            if not self._flying:
                late = await self._late_rows()
                self._ended = True
                if late:
                    return late
                await self._prove_part()
                break
            rows = await self._drain()
            if rows:
                return rows
        if self._why:
            raise GlpiConnectionError(self._why)
        return None

    async def _prove_part(self) -> None:
        if self.wanted is not None and self.passed and not self._proven_part:
            self.unproven = self._proven_part = True
            await require_whole_part(self.wanted, self._plan, self._means, late=self.late)
            self.unproven = False

    async def _late_rows(self) -> list[Item]:
        """Return what a list left out that ended below its count, once something else has proven that this is all."""
        if not self._plan.done:
            raise self._patience.incomplete(
                self.total, Part(0), "nothing more can be asked for before the end was seen"
            )
        if not self._plan.doubtful or (self._means.second is None and self._plan.all_counted_came):
            return []
        if self._means.second is None:
            self.close()
            raise self._patience.incomplete(self.total, Part(0), "the list ended below its count")
        try:
            rows = await self._means.second.missing(self._plan)
        except GlpiError:
            self.close()
            raise
        self.late, self._proven = bool(rows), True
        self._plan.brought(rows)
        return await self._handed(rows)

    def _launch(self) -> None:
        while len(self._flying) < self._pace.flights and self._room():
            if (part := self._plan.next(self._size)) is None:
                return
            self._fly(part, first=False)

    @property
    def _size(self) -> int:
        size = min(self._pace.size, _STREAMED) if self.streams else self._pace.size
        size, ahead = self._pace.share(size, self._plan.rest), self._ahead
        return size if ahead is None else max(1, min(size, ahead))

    @property
    def _ahead(self) -> int | None:
        """Rows that are still to come, where that is known: a part was asked for, and no row is left out of it."""
        return None if self.wanted is None or self._means.picks else self.wanted.ahead

    def _room(self) -> bool:
        """Whether one more page may wait: 3 000 rows, in a list as many as 16 MB hold; one may always."""
        flying = sum(part.size for part, _, _ in self._flying)
        rows, ahead = flying + self._size, self._ahead
        if self._flying and ahead is not None and flying >= ahead:
            return False
        if not self._flying or rows <= _ROWS_AHEAD:
            return True
        return not self.streams and rows * self._row_bytes <= _BYTES_AHEAD

    def _start(self, part: Part, operation: Operation[Page]) -> Flight[Any]:
        kept: Operation[Any] = operation.read_by(kept_whole)
        repeats = part.size <= SMALLEST or part.top
        work = partial(self._means.fetch, kept, repeats)
        alone = self._plan.closing  # whoever leaves after the last row need not ask whether it is
        alone = alone or self._pace.flights == 1 or (not self._flying and self._plan.total is None)
        return self._means.runtime.spawn(work, here=alone)

    async def _drain(self) -> list[Item] | None:
        """Take the page whose turn it is; None where it must be asked for again."""
        part, flight, operation = self._flying[0]
        try:
            answer = await flight.result()
            if self._ended:  # closed by another thread or task meanwhile
                return None
            page = page_of(answer, operation)
            rows, rest = self._plan.accept(part, page)
        except GlpiRateLimitError as error:
            await self._throttled(part, error)
        except (Short, UndecodableBody, UnexpectedAnswer) as problem:
            await self._once_more(part, problem)
        except Moved as problem:
            await self._back(problem)
        except GlpiIncompleteError:
            self.close()
            raise
        except (GlpiAPIError, GlpiConnectionError) as error:
            self._after_trouble(part, error)
        else:
            return await self._took(part, answer, rows, rest)
        return None

    async def _took(self, part: Part, answer: Any, rows: list[Item], rest: Part | None) -> list[Item]:
        self._landed()
        self._last, self.late = self._last and not rows, self.late or self._plan.late
        if self._patience.page(len(rows) + self._plan.known) and not self._plan.done:
            self.close()
            raise self._patience.incomplete(self.total, part, "the server gives no new rows, nor says that it has none")
        if rest is not None:
            self._fly(rest, first=True)
        if isinstance(answer, Response) and rows:
            self._row_bytes = len(answer.body) / len(rows)
        if self._means.second is not None:
            await self._means.second.learn(self._plan)
        if self.wanted is None:  # else it is known a little later how many more are wanted
            self._launch()
        if self._plan.done:
            self._drop_flights()
        if rows and self._pace.observe(len(rows), self._means.runtime.now()):
            self._means.report.debug("walk: %s", self._pace)
        return await self._handed(rows, tell=bool(rows) or (self._plan.done and not self.read))

    async def _handed(self, rows: list[Item], *, tell: bool = True) -> list[Item]:
        """Finish rows, take of them what is wanted, and tell how far the walk is."""
        rows = await self._means.reread(rows)
        self.passed += len(rows)
        rows = rows if self.wanted is None else self.wanted.of(rows, self)
        self.read += len(rows)
        if tell:
            total = self.total if self.wanted is None else self.wanted.total(self.total)
            self._means.tell(self.read, total, self._began)
        return rows

    async def _once_more(self, part: Part, problem: Exception) -> None:
        """Build the request for the same again, or for what is better; where that does not help, say what is missing."""
        self._patience.tries += 1
        if self._patience.tries >= self._means.retry.attempts:
            self.close()
            raise self._patience.incomplete(self.total, part, str(problem))
        self._means.report.debug("walk: %s, asked for again", problem)
        if self._means.second is not None:
            await self._means.second.learn(self._plan)
        await self._patience.pause(self._patience.tries - 1)
        instead = problem.instead if isinstance(problem, Short) else None
        self._repeat(instead or part, (instead or part).size)

    async def _back(self, problem: Moved) -> None:
        """Let the plan go back; it counts how often that brought no new row, and each time waits longer."""
        self._means.report.debug("walk: %s, going back", problem)
        self._drop_flights()
        self._patience.moves += 1
        await self._patience.pause(self._patience.moves - 2)

    def _after_trouble(self, part: Part, error: GlpiError) -> None:
        """Halve and repeat the same part, where the size may be the reason; else it is an error."""
        if not may_be_the_size(error):
            self.close()
            raise error
        if part.size <= SMALLEST:
            self._last_round(part, error)
            return
        self._pace.trouble(error.message[:100])
        self._means.report.debug("walk: %s", self._pace)
        self._repeat(part, max(SMALLEST, part.size // 2))

    def _last_round(self, part: Part, error: GlpiError) -> None:
        """Repeat as often again for the smallest page, where others have come: a long list meets more trouble than a call."""
        if self._last or not self.read:
            self.close()
            raise error
        self._last = True
        self._means.report.debug("walk: %s once more", part)
        self._repeat(part, part.size)

    def _repeat(self, part: Part, size: int) -> None:
        again = self._plan.again(part, size)
        if again is None:
            self._drop_flights()
            return
        self._landed()
        self._fly(again, first=True)

    async def _throttled(self, part: Part, error: GlpiRateLimitError) -> None:
        self._pace.throttled()
        retry = self._means.retry
        pause = error.retry_after
        if pause is None:  # the call has waited already, so the pauses go on from there
            pause = retry.wait(retry.attempts + self._patience.tries + 1, self._means.runtime.draw())
        self._patience.tries += 1
        if self._patience.tries > retry.attempts or not self._patience.may_wait(pause):
            self.close()
            raise error
        self._means.report.debug("walk: %s, waiting %.1f s", self._pace, pause)
        await self._means.runtime.sleep(pause)
        self._repeat(part, part.size)

    def _fly(self, part: Part, *, first: bool) -> None:
        operation = self._means.operation(part)
        flight = part, self._start(part, operation), operation
        self._flying.appendleft(flight) if first else self._flying.append(flight)
        if self._ended:  # closed by another thread meanwhile
            self._drop_flights()

    def _landed(self) -> None:
        if self._flying:
            self._flying.popleft()

    def _drop_flights(self) -> None:
        while True:
            try:
                _, flight, _ = self._flying.pop()
            except IndexError:  # none left; another thread may drop them at the same time
                return
            flight.cancel()
