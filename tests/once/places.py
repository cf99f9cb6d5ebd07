"""Where it is played: each API of each version, both kinds of clients; and what can carry a key there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.rights import Who
from tests.behaviour.adapter import drive, even
from tests.faults.herd import client

PLACES = [
    ("hl", "11.0.6", "sync"),
    ("hl", "11.0.6", "async"),
    ("legacy", "11.0.6", "async"),
    ("legacy", "10.0.17", "sync"),
]
ASYNC = [each for each in PLACES if each[2] == "async"]
ADMIN = Who(user=2)
_numbers = count(1)


@dataclass
class Place:
    """One kind of client in front of one server."""

    api: str
    kind: str
    glpi: GlpiServer
    key: str = field(default_factory=lambda: f"Key_{next(_numbers)}.a/b")

    @property
    def hl(self) -> bool:
        return self.api == "hl"

    def client(self, **options: Any) -> AsyncClient:
        return even(client(self.api, self.kind, self.glpi, **options))

    def parent(self, itemtype: str = "Ticket") -> int:
        return self.glpi.do(lambda world: world.insert(itemtype, {"name": "a parent", "content": "x"}, ADMIN))

    def play(self, story: Callable[[AsyncClient], Coroutine[Any, Any, None]], **options: Any) -> None:
        """Run a test on a client of this kind."""

        async def whole() -> None:
            async with self.client(**options) as api:
                await story(api)

        drive(whole()) if self.kind == "sync" else asyncio.run(whole())


Create = Callable[[AsyncClient, int, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True)
class Carrier:
    """A create that can carry a key: how it is called, and which column of which table it fills."""

    name: str
    table: str
    parent: str | None
    create: Create

    def fresh(self, api: AsyncClient, parent: int, **how: Any) -> Awaitable[Any]:
        return self.create(api, parent, how)


def _top(itemtype: str) -> Carrier:
    def create(api: AsyncClient, _parent: int, how: dict[str, Any]) -> Awaitable[Any]:
        return api.item(itemtype).create({"name": "created once", "content": "<p>The text</p>"}, **how)

    return Carrier(itemtype, itemtype, None, create)


def _below(parent: str, sub: str, table: str) -> Carrier:
    def create(api: AsyncClient, number: int, how: dict[str, Any]) -> Awaitable[Any]:
        return api.item(parent).add_sub_item(number, sub, {"content": "The text"}, **how)

    return Carrier(f"{parent}-{sub}", table, parent, create)


CARRIERS = [
    *map(_top, ("Ticket", "Change", "Problem")),
    _below("Ticket", "Followup", "ITILFollowup"),
    _below("Ticket", "Task", "TicketTask"),
    _below("Ticket", "Solution", "ITILSolution"),
    _below("Change", "ITILFollowup", "ITILFollowup"),
    _below("Change", "ChangeTask", "ChangeTask"),
    _below("Problem", "ProblemTask", "ProblemTask"),
]
