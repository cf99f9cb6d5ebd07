"""Rows that come and go while a test reads: created, trashed, restored and purged at random, by seed.

They do so at their own rate, ahead of requests, or between the moments in which GLPI answers one list.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, Protocol, Self

from glpi_utils.testing.server.paced_workers import Pace
from glpi_utils.testing.world.column_values import Refusal
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.world import World

ADMIN = Who(user=2)
WEIGHTS = {"create": 3, "trash": 3, "restore": 2, "purge": 3}
"""As many are removed as are created; the trash fills slowly."""
UNPACED = (0.05, 0.0011)
"""Seconds for a list and for each of its rows, as a real 11.0.6 takes them for tickets."""


class Host(Protocol):
    """What of a server churn needs."""

    world: World
    ahead: list[Callable[[World], None]]
    pace: Pace | None

    @property
    def running(self) -> bool:
        """Whether it is serving."""
        ...

    def do(self, work: Callable[[World], Any]) -> Any:
        """Run `work(world)` in the server's thread."""


class Churn:
    """A context manager: `rate` turns a second from a thread of its own, `per_request` turns ahead of each request.

    `within_lists`: turns for each second that a real server works on a list. They fall between its moments: the ids of
    a page, their rows, the count (legacy: rows, then count). A server with a `pace` takes the seconds of its pace, any
    other those of `UNPACED`: the turns are the same however fast the double is. `between_lists`: likewise, but they fall
    ahead of the request that comes next.

    Without `rate`, requests that come one at a time meet the same turns in every run of a seed.
    """

    def __init__(
        self,
        glpi: Host,
        rate: float,
        seed: int,
        itemtype: str = "Ticket",
        per_request: float = 0.0,
        within_lists: float = 0.0,
        between_lists: float = 0.0,
    ) -> None:
        self.glpi, self.rate, self.itemtype = glpi, rate, itemtype
        self.per_request, self.within_lists, self.between_lists = per_request, within_lists, between_lists
        self.done: Counter[str] = Counter()
        """How often each kind of turn was done."""
        self._dice = random.Random(seed)
        self._owed = self._owed_within = 0.0
        self._alive: list[int] = []
        self._trashed: list[int] = []
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._over.clear()
        self.glpi.do(self._look)
        if self.per_request or self.between_lists:
            self.glpi.ahead.append(self._ahead)
        if self.within_lists or self.between_lists:
            self.glpi.world.gaps.append(self._within)
        if self.rate:
            self._thread = threading.Thread(target=self._run, name="glpi-churn", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._ahead in self.glpi.ahead:
            self.glpi.ahead.remove(self._ahead)
        if self._within in self.glpi.world.gaps:
            self.glpi.world.gaps.remove(self._within)
        if self._thread is not None:
            self._thread.join(5)
            self._thread = None

    def _run(self) -> None:
        """Keep the rate: what a busy server was late with is made up for, a quarter of a second's worth at most."""
        due = time.monotonic()
        while not self._over.wait(max(0.0, due - time.monotonic())) and self.glpi.running:
            now = time.monotonic()
            due = max(due, now - 0.25)
            turns = int((now - due) * self.rate) + 1
            due += turns / self.rate
            with suppress(RuntimeError):  # the server is just stopping
                self.glpi.do(partial(self._turns, turns))

    def _ahead(self, world: World) -> None:
        self._owed += self.per_request
        self._turns(int(self._owed), world)
        self._owed %= 1

    def _within(self, world: World, rows: int) -> None:
        """Do what falls into one gap: half of the time that a page of so many rows takes."""
        pace = self.glpi.pace
        fixed, per_row = (pace.fixed, pace.per_row) if pace else UNPACED
        seconds = (fixed + per_row * rows) / 2
        self._owed += self.between_lists * seconds
        self._owed_within += self.within_lists * seconds
        self._turns(int(self._owed_within), world)
        self._owed_within %= 1

    def _turns(self, number: int, world: World) -> None:
        for _ in range(number):
            self.turn(world)

    def _look(self, world: World) -> None:
        """Look which rows there are."""
        rows = world.sql(f'SELECT id, is_deleted FROM "{world.itemtype(self.itemtype).name}" ORDER BY id')
        self._alive = [row["id"] for row in rows if not row["is_deleted"]]
        self._trashed = [row["id"] for row in rows if row["is_deleted"]]

    def turn(self, world: World) -> None:
        """Do one change; a row that someone else has changed meanwhile stays as it is."""
        kind = self._dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        if kind == "create":
            name = f"churn {self._dice.randrange(10**9)}"
            self._alive.append(world.insert(self.itemtype, {"name": name, "content": name}, ADMIN))
        elif not self._change(world, kind):
            return
        self.done[kind] += 1

    def _change(self, world: World, kind: str) -> bool:
        home = self._trashed if kind == "restore" or (kind == "purge" and self._dice.random() < 0.5) else self._alive
        if not home:
            return False
        at = self._dice.randrange(len(home))
        home[at], home[-1] = home[-1], home[at]
        key = home.pop()
        row = world.get(self.itemtype, key)
        if row is None or bool(row["is_deleted"]) != (home is self._trashed):
            return False
        if kind == "purge":
            world.purge(self.itemtype, key, ADMIN)
        elif kind == "trash":
            world.trash(self.itemtype, key, ADMIN)
            self._trashed.append(key)
        else:
            try:
                world.restore(self.itemtype, key, ADMIN)
            except Refusal:  # a closed ticket stays in the trash
                self._trashed.append(key)
                return False
            self._alive.append(key)
        return True
