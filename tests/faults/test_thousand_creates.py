"""A thousand creates under random faults: none is lost, none is done twice, and each unknown is one that had to be."""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from glpi_utils import GlpiError, GlpiUnknownOutcomeError, Retry
from glpi_utils.testing import Fault, Fired, GlpiServer, troubles
from tests.faults.herd import client
from tests.faults.places import APIS, KINDS

T = troubles
SEED = int(os.environ.get("GLPI_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
"""Printed when the test fails; set GLPI_TEST_SEED to play the same dice again."""
WORKERS = 8


def known_before(path: str, count: int) -> list[Fault]:
    """The write was not carried out, and the client can tell: each of these must end in success.

    A login is lost every hundred requests: a call renews it once, so not twice while the same calls are under way.
    """
    when: dict[str, Any] = {"method": "POST", "path": path}
    lapse = [T.expired_token, T.revoked_token]
    return [
        T.too_many(0, chance=0.04, **when),
        T.too_many(chance=0.03, **when),
        *[lapse[at // 100 % 2](after=at, times=1, **when) for at in range(50, count, 100)],
    ]


def told_apart_by_nobody(path: str) -> list[Fault]:
    """The write was not carried out, but looks as if it may have been."""
    when: dict[str, Any] = {"method": "POST", "path": path}
    return [
        T.drop_before(chance=0.015, **when),
        T.drop_before(reset=False, chance=0.015, **when),
        T.status(502, html="x", chance=0.015, **when),
        T.status(503, html="x", retry_after=0, chance=0.01, **when),
    ]


def after(path: str) -> list[Fault]:
    """The write was carried out, and its answer does not come."""
    when: dict[str, Any] = {"method": "POST", "path": path}
    return [
        T.drop_after(chance=0.02, **when),
        T.drop_after(reset=False, chance=0.02, **when),
        T.truncated(chance=0.015, **when),
        T.truncated(announced="length", chance=0.015, **when),
        T.garbage(chance=0.015, **when),
        T.create_status(302, body=False, chance=0.015, **when),
        T.status(504, html="x", executed=True, chance=0.015, **when),
        T.late_commit(0.05, chance=0.01, **when),
    ]


def harmless(path: str) -> list[Fault]:
    """The answer is late or has another status."""
    when: dict[str, Any] = {"method": "POST", "path": path}
    return [T.latency(0.005, chance=0.05, **when), *[T.create_status(s, chance=0.05, **when) for s in (200, 201, 302)]]


@pytest.fixture
def lossy_network(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Counter[str]]:
    """Now and then a name is not found, or the port is closed, when a connection is to be made."""

    def begin(port: int) -> Counter[str]:
        dice, struck, real = random.Random(SEED), Counter[str](), socket.getaddrinfo
        closed = socket.create_server(("127.0.0.1", 0))
        nobody = closed.getsockname()[1]
        closed.close()

        def lookup(host: Any, service: Any, *args: Any, **kwargs: Any) -> Any:
            drawn = dice.random() if service == port else 1.0
            if drawn < 0.15:
                struck["name"] += 1
                raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
            if drawn < 0.3:
                struck["refused"] += 1
                return real(host, nobody, *args, **kwargs)
            return real(host, service, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        return struck

    return begin


@dataclass
class Run:
    """What became of each create, by its name."""

    names: Iterator[str]
    done: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    failed: dict[str, GlpiError] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def draw(self) -> str | None:
        with self.guard:
            return next(self.names, None)

    def one(self, name: str, outcome: dict[str, Any] | GlpiError) -> None:
        with self.guard:
            if isinstance(outcome, GlpiUnknownOutcomeError):
                self.unknown.add(name)
            elif isinstance(outcome, GlpiError):
                self.failed[name] = outcome
            else:
                self.done[name] = outcome["id"]


def with_threads(api: Any, run: Run) -> None:
    def work() -> None:
        while (name := run.draw()) is not None:
            try:
                run.one(name, api.ticket.create({"name": name, "content": "x"}))
            except GlpiError as error:
                run.one(name, error)

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


async def with_tasks(api: Any, run: Run) -> None:
    async def work() -> None:
        while (name := run.draw()) is not None:
            try:
                run.one(name, await api.ticket.create({"name": name, "content": "x"}))
            except GlpiError as error:
                run.one(name, error)

    await asyncio.gather(*[work() for _ in range(WORKERS)])
    await api.close()


def ends_unknown(fired: Fired) -> bool:
    """Whether the client cannot have learned what became of this request."""
    if fired.struck == "before":
        return fired.name in {"drop before", "status 502", "status 503"}
    if fired.struck == "beside":
        return False
    refused = fired.status is not None and fired.status >= 400  # its token had run out: the client saw that, if it came
    return not (refused and fired.name in {"garbage", "create status"})


def asked_for(fired: Fired) -> str:
    """The name in the request that was struck."""
    body = json.loads(fired.seen.body)
    name: str = body.get("input", body)["name"]
    return name


def play(api: str, kind: str, count: int, lossy_network: Callable[[int], Counter[str]]) -> None:
    print(f"GLPI_TEST_SEED={SEED}", file=sys.stderr)
    path = "/Assistance/Ticket" if api == "hl" else "/Ticket"
    with GlpiServer(tickets=0) as glpi:
        glpi.faults.dice.seed(SEED)
        glpi.faults.add(*known_before(path, count), *told_apart_by_nobody(path), *after(path), *harmless(path))
        struck = lossy_network(glpi.port)
        run = Run(names=(f"create {number}" for number in range(count)))
        made = client(api, kind, glpi, retries=Retry(attempts=12, pause=0.002, longest=0.01), max_time=60)
        if kind == "sync":
            with_threads(made, run)
            made.close()
        else:
            asyncio.run(with_tasks(made, run))
        glpi.settle()
        _settled(glpi, run, count)
        assert kind == "async" or set(struck) == {"name", "refused"}, "aiohttp asks no name server for an address"
        print(dict(struck), file=sys.stderr)


def _settled(glpi: GlpiServer, run: Run, count: int) -> None:
    rows = glpi.rows("Ticket")
    there = Counter(row["name"] for row in rows)
    lost = {id(fired.seen): fired for fired in glpi.faults.log if ends_unknown(fired)}
    names = Counter(fired.name for fired in glpi.faults.log)
    told = f"{len(run.done)} done, {len(run.unknown)} unknown, {len(rows)} rows; {dict(names)}"
    print(told, file=sys.stderr)
    assert run.failed == {}, "a fault before the write ended otherwise than in success"
    assert len(run.done) + len(run.unknown) == count
    assert max(there.values()) == 1, "a create was carried out twice"
    assert {row["name"]: row["id"] for row in rows if row["name"] in run.done} == run.done
    assert set(there) - set(run.done) <= run.unknown, "rows = successes + a subset of the unknowns"
    assert len(run.unknown) == len(lost), "an unknown that need not have been, or a loss that nobody was told"
    for fired in lost.values():
        if fired.name != "late commit":  # that is refused if its login was lost before it was carried out
            assert there[asked_for(fired)] == (fired.struck == "after" and (fired.status or 0) < 400)
    assert {"429", "drop after", "truncated", "expired token", "revoked token"} <= set(names)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("api", APIS)
def test_a_thousand_creates(api: str, kind: str, lossy_network: Callable[[int], Counter[str]]) -> None:
    play(api, kind, 1000, lossy_network)


@pytest.mark.chaos
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("api", APIS)
def test_twenty_thousand_creates(api: str, kind: str, lossy_network: Callable[[int], Counter[str]]) -> None:
    play(api, kind, 20_000, lossy_network)
