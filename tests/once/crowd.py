"""Calls that stand in line for one create: on threads, in loops, of clients and users; held up until all are there."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from glpi_utils._runtimes.claims import REGISTER
from glpi_utils.testing import Fault, GlpiServer
from glpi_utils.testing.faults.fault import Place as At
from tests.faults.herd import client
from tests.once.places import Carrier, Place

PATIENCE = 30
"""Seconds after which a test is broken, not slow."""


looks: Any = {"method": "GET", "when": lambda req: "Ticket" in req.path}
"""When a request looks for a ticket."""


def creates(req: Any) -> bool:
    """Tell a create from a login."""
    return req.method == "POST" and "oken" not in req.path and "Session" not in req.path


def held(place: Place, **when: Any) -> Fault:
    """Hold the first such request (a create) up until it is released; then it is carried out, whoever still listens."""

    async def hold(at: At) -> None:
        await at.hold(fault.release)

    told: Any = {"when": creates, "times": 1, **when}
    fault = Fault("held", "beside", before=hold, **told)
    return place.glpi.faults.add(fault)


def in_line() -> int:
    return sum(line.members for line in list(REGISTER.lines.values()))


def until(fits: Callable[[], bool]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not fits():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


async def until_then(fits: Callable[[], bool]) -> None:
    """Likewise, in an event loop."""
    end = time.monotonic() + PATIENCE
    while not fits():
        assert time.monotonic() < end, "it did not come to that"
        await asyncio.sleep(0.005)


class Crowd:
    """Callers on threads of their own, and what each of them got."""

    def __init__(self) -> None:
        self._threads: list[threading.Thread] = []
        self.got: list[Any] = []

    def add(self, call: Callable[[], Any], times: int = 1) -> None:
        """Start callers; each is in line, or has been, when this returns."""
        for _ in range(times):
            before = in_line()
            thread = threading.Thread(target=self._one, args=(call,), daemon=True)
            self._threads.append(thread)
            thread.start()
            until(lambda before=before, thread=thread: in_line() > before or not thread.is_alive())  # type: ignore[misc]

    def _one(self, call: Callable[[], Any]) -> None:
        try:
            value: Any = call()
        except BaseException as error:
            value = error
        self.got.append(value)

    def all(self) -> list[Any]:
        """Wait for all of them."""
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()
        return self.got


def looping(client: Callable[[], Any], create: Callable[[Any], Awaitable[Any]]) -> Callable[[], Any]:
    """A caller with an event loop and a client of its own."""

    async def whole() -> Any:
        async with client() as api:
            return await create(api)

    return lambda: asyncio.run(whole())


def one_item(glpi: GlpiServer, table: str, got: list[Any], **equal: Any) -> int:
    """See that there is one item, and that every caller has it but one who is told that it was there; give its id."""
    rows = glpi.rows(table, **equal)
    assert [type(each) for each in got] == [dict] * len(got), got
    assert [row["id"] for row in rows] == sorted({each["id"] for each in got}), got
    assert sum(not each["existing"] for each in got) == 1, got
    return int(rows[0]["id"])


def sent(glpi: GlpiServer, before: int = 0) -> int:
    """How many creates have arrived, beyond those before."""
    return sum(creates(each) for each in glpi.requests) - before


def client_create(place: Place, carrier: Carrier, parent: int, key: str, **options: Any) -> Any:
    """Create by a blocking client of its own."""
    with client(place.api, "sync", place.glpi, **options) as api:
        made: Any = carrier.fresh(api, parent, key=key)
        return made


@pytest.fixture(autouse=True)
def empty_register() -> Iterator[None]:
    """Whatever happens, no line is left when all calls have ended."""
    yield
    assert REGISTER.lines == {}
