"""One run: a list is read by one kind of client while rows come and go; what it gave is held against what existed."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from glpi_utils import GlpiError, Retry
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import GlpiServer
from tests.behaviour.adapter import Bare, drive, even
from tests.chaos.weather import rough
from tests.faces import clients

CELLS = [(api, kind) for api in ("hl", "legacy") for kind in ("sync", "async")]
QUICK = Retry(attempts=4, pause=0.01, longest=0.05)
MAKERS: dict[tuple[str, str], Callable[..., Bare]] = {
    ("hl", "sync"): clients.highlevel,
    ("hl", "async"): clients.highlevel_async,
    ("legacy", "sync"): clients.legacy,
    ("legacy", "async"): clients.legacy_async,
}
Row = dict[str, Any]
Read = Callable[[AsyncClient, dict[str, Any]], Awaitable[list[Row]]]


async def _all(api: AsyncClient, how: dict[str, Any]) -> list[Row]:
    return await api.ticket.get_all_pages(**how)


async def _pages(api: AsyncClient, how: dict[str, Any]) -> list[Row]:
    size = how.get("page_size", 50)
    pages = [page async for page in api.ticket.iter_pages(**how)]
    assert all(len(page) == size for page in pages[:-1]), "pages of the size that was asked for"
    return [row for page in pages for row in page]


async def _rows(api: AsyncClient, how: dict[str, Any]) -> list[Row]:
    return [row async for row in api.ticket.iter_items(**how)]


@dataclass(frozen=True)
class Walk:
    """A way to read the tickets: by which method, with which keywords, and what belongs into the result."""

    read: Read
    how: dict[str, Any] = field(default_factory=dict[str, Any])
    trash: bool | None = None
    """Whether rows in the trash belong into it; None: as the API does by itself."""
    only: tuple[str, int] | None = None
    """A column and its value: the list is narrowed to these."""
    falling: str = ""
    """The rows come in the falling order of this field."""
    may_refuse: bool = False
    """A list that moved under an order of the caller's is an error, whatever the weather."""


def walks(api: str) -> dict[str, Walk]:
    """Every way to read the tickets of one API."""
    hl = api == "hl"
    urgent: dict[str, Any] = {"filter": "urgency==3,urgency==9"} if hl else {"searchText": {"urgency": "^3$"}}
    falling: dict[str, Any] = {"sort": "id:desc"} if hl else {"sort": "id", "order": "DESC"}
    found = {
        "at its own pace": Walk(_all),
        "pages": Walk(_pages, {"page_size": 70}),
        "row by row": Walk(_rows, {"page_size": 30}),
        "one after the other": Walk(_all, {"concurrency": 1}),
        "size and flights fixed": Walk(_all, {"page_size": 40, "concurrency": 6}),
        "large pages": Walk(_all, {"page_size": 1000, "concurrency": 3}),
        "without the trash": Walk(_pages, {"include_deleted": False, "concurrency": 4}, trash=False),
        "with the trash": Walk(_all, {"include_deleted": True, "page_size": 60}, trash=True),
        "narrowed": Walk(_all, {**urgent, "page_size": 50}, only=("urgency", 3)),
        "narrowed, pages": Walk(_pages, {**urgent, "page_size": 20, "concurrency": 3}, only=("urgency", 3)),
        "in an order of one's own": Walk(_pages, {**falling, "page_size": 90}, falling="id", may_refuse=True),
    }
    if hl:
        found["sorted here"] = Walk(_all, {"sort": "urgency:desc", "page_size": 80}, falling="urgency")
        found["sorted by text"] = Walk(_all, {"sort": "name", "page_size": 80}, may_refuse=True)
    else:
        found["counted again"] = Walk(_all, {"id_audit": True, "page_size": 60})
    return found


@dataclass
class Outcome:
    """What came of a run."""

    error: GlpiError | None
    rows: list[Row]
    seconds: float
    struck: int = 0
    """How many answers were spoilt."""


@dataclass
class Bench:
    """One server and one client in front of it, for many runs."""

    glpi: GlpiServer
    api: str
    kind: str
    dice: random.Random
    spoilt: Counter[str] = field(default_factory=Counter[str])
    """What went wrong in all runs, by kind."""

    def run(
        self,
        walk: Walk,
        rate: float = 0.0,
        per_request: float = 0.0,
        within_lists: float = 0.0,
        between_lists: float = 0.0,
        arm: Callable[[], object] | None = None,
    ) -> Outcome:
        """Read once in changing weather and check the promise; an error is an outcome."""
        self.glpi.faults.dice.seed(self.dice.random())
        seed = self.dice.randrange(2**32)
        outcome = Outcome(None, [], 0.0)
        with self.glpi.churn(rate, seed, "Ticket", per_request, within_lists, between_lists):
            (arm or (lambda: rough(self.glpi, self.dice)))()
            began = time.monotonic()
            try:
                outcome.rows = self._read(walk)
            except GlpiError as error:
                outcome.error = error
            ended = time.monotonic()
            self.spoilt.update(fired.name for fired in self.glpi.faults.log)
            outcome.struck = len(self.glpi.faults.log)
            self.glpi.faults.clear()
        outcome.seconds = ended - began
        if outcome.error is None:
            self._promised(walk, outcome.rows, began, ended)
        return outcome

    def _read(self, walk: Walk) -> list[Row]:
        async def story() -> list[Row]:
            client = MAKERS[self.api, self.kind](self.glpi, retries=QUICK, timeout=10)
            try:
                return await walk.read(even(client), dict(walk.how))
            finally:
                await even(client).close()

        if self.kind == "async":
            return asyncio.run(story())
        found: list[Row] = []

        async def kept() -> None:
            found.extend(await story())

        drive(kept())
        return found

    def _promised(self, walk: Walk, rows: list[Row], began: float, ended: float) -> None:
        """Every id that existed throughout, none that never existed, none twice; in order."""
        ids = [row["id"] for row in rows]
        assert len(ids) == len(set(ids)), f"twice: {[key for key, times in Counter(ids).items() if times > 1][:10]}"
        trash: Any = (self.api == "hl") if walk.trash is None else walk.trash
        always = self.glpi.throughout("Ticket", began, ended, trash=trash)
        ever = self.glpi.ever("Ticket", began, ended, trash=trash)
        if walk.only is not None:
            column, value = walk.only
            assert all(row[column] == value for row in rows), "a row that the filter leaves out"
            always &= {row["id"] for row in self.glpi.rows("Ticket", **{column: value})}
        if self.api == "legacy" and trash is True:
            always -= self._moved_twice(began, ended)
        assert always <= set(ids), f"lost: {sorted(always - set(ids))[:10]}"
        assert set(ids) <= ever, f"never existed meanwhile: {sorted(set(ids) - ever)[:10]}"
        order = [row[walk.falling or "id"] for row in rows]
        if walk.falling:
            assert order == sorted(order, reverse=True)
        elif "sort" not in walk.how and walk.read is _all:
            assert trash is True or order == sorted(order), "a list puts in its place what came late"
        elif "sort" not in walk.how and self.api == "hl":
            steady = [key for key in order if key in always]
            assert steady == sorted(steady), "a stream gives late only what entered the list behind it"

    def _moved_twice(self, began: float, ended: float) -> set[int]:
        """Rows that went to and fro between the living and the trash, two lists on the legacy API."""
        turns = Counter(
            change.id for change in self.glpi.do(lambda world: list(world.store.history)) if began <= change.at <= ended
        )
        return {key for key, times in turns.items() if times > 1}
