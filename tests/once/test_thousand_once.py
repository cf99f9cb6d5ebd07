"""A thousand creates with `once=True`, three hundred answers lost, late commits among them: a thousand items."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import threading
from collections import Counter
from typing import Any

import pytest

from glpi_utils import GlpiError
from glpi_utils.testing import Fault, GlpiServer, troubles
from tests.faults.herd import client
from tests.faults.places import APIS, KINDS

T = troubles
SEED = int(os.environ.get("GLPI_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
"""Printed when the test fails; set GLPI_TEST_SEED to play the same dice again."""
WORKERS = 16


def losses(path: str, count: int, lost: int, latest: float) -> list[Fault]:
    """Which creates lose their answers, and how: all of them are carried out, a third of them late."""
    dice = random.Random(SEED)
    chosen = dice.sample(range(count), lost)

    def one(at: int) -> Fault:
        name = f'"once {at}"'.encode()
        when: dict[str, Any] = {"method": "POST", "path": path, "when": lambda req: name in req.body, "times": 1}
        late = dice.uniform(0, latest)
        return dice.choice(
            [
                T.drop_after(**when),
                T.truncated(**when),
                T.status(504, html="x", executed=True, **when),
                T.create_status(302, body=False, **when),
                T.late_commit(late, **when),
                T.late_commit(late, answer=504, **when),
            ]
        )

    return [one(at) for at in chosen]


def with_threads(api: Any, names: list[str]) -> dict[str, Any]:
    left, made, guard = iter(names), dict[str, Any](), threading.Lock()

    def work() -> None:
        while True:
            with guard:
                name = next(left, None)
            if name is None:
                return
            try:
                made[name] = api.ticket.create({"name": name, "content": "x"}, once=True)
            except GlpiError as error:
                made[name] = error

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    api.close()
    return made


async def with_tasks(api: Any, names: list[str]) -> dict[str, Any]:
    made, turn = dict[str, Any](), asyncio.Semaphore(4 * WORKERS)

    async def work(name: str) -> None:
        async with turn:
            try:
                made[name] = await api.ticket.create({"name": name, "content": "x"}, once=True)
            except GlpiError as error:
                made[name] = error

    await asyncio.gather(*map(work, names))
    await api.close()
    return made


def play(api: str, kind: str, count: int, lost: int, latest: float) -> None:
    print(f"GLPI_TEST_SEED={SEED}", file=sys.stderr)
    path = "/Assistance/Ticket" if api == "hl" else "/Ticket"
    with GlpiServer(tickets=0) as glpi:
        glpi.faults.add(*losses(path, count, lost, latest))
        names = [f"once {number}" for number in range(count)]
        made_by = client(api, kind, glpi, timeout=30)
        made = with_threads(made_by, names) if kind == "sync" else asyncio.run(with_tasks(made_by, names))
        glpi.settle()
        rows = glpi.rows("Ticket")
        struck = Counter(fired.name for fired in glpi.faults.log)
    print(dict(struck), file=sys.stderr)
    failed = {name: answer for name, answer in made.items() if isinstance(answer, GlpiError)}
    assert failed == {}, "an outcome that is not known, or worse"
    assert struck.total() == lost
    assert Counter(row["name"] for row in rows) == dict.fromkeys(names, 1)
    assert {row["name"]: row["id"] for row in rows} == {name: answer["id"] for name, answer in made.items()}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("api", APIS)
def test_a_hundred_with_thirty_losses(api: str, kind: str) -> None:
    play(api, kind, 100, 30, 0.6)


@pytest.mark.chaos
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("api", APIS)
def test_a_thousand_with_three_hundred_losses(api: str, kind: str) -> None:
    play(api, kind, 1000, 300, 5.0)
