"""A run of keyed creates whose process is killed at moments that the server draws, and started again until it ends.

Each item is there, once, without a journal: by SIGKILL (on Windows by TerminateProcess) nothing is tidied up.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import glpi_utils
from glpi_utils.testing import Fault, GlpiServer
from glpi_utils.testing.faults.fault import Cut
from tests.once.places import ADMIN

ROOT = Path(__file__).resolve().parents[2]
SEED = int(os.environ.get("GLPI_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
"""Printed when the test fails; set GLPI_TEST_SEED to play the same dice again."""

RUNS = [
    ("hl", "11.0.6", "Ticket", ""),
    ("hl", "11.0.6", "Change", ""),
    ("hl", "11.0.6", "Ticket", "Followup"),
    ("legacy", "11.0.6", "Ticket", ""),
    ("legacy", "11.0.6", "Problem", ""),
    ("legacy", "11.0.6", "Ticket", "TicketTask"),
    ("legacy", "10.0.17", "Ticket", ""),
    ("legacy", "10.0.17", "Ticket", "ITILFollowup"),
    ("legacy", "10.0.17", "Ticket", "TicketTask"),
]
"""Each carrier on each API: external id, comment in an ITIL object and in a timeline, uuid."""
TABLES = {"": "", "Followup": "ITILFollowup"}


@dataclass
class Killer:
    """Kills the program that asks, at a moment drawn: ahead of the commit, between it and the answer, or while it looks."""

    dice: random.Random
    left: int
    between: int
    """So many of the kills must fall between the commit and the answer."""
    process: subprocess.Popen[bytes] | None = None
    struck: Counter[str] = field(default_factory=Counter)
    due: str | None = None
    wait: int = 0

    def arm(self, glpi: GlpiServer, path: str) -> None:
        """Watch the requests to this path."""
        glpi.faults.add(
            Fault("killed ahead", "before", before=self.ahead, path=path),
            Fault("killed between", "after", following=self.behind, path=path, method="POST"),
        )

    def draw(self, missing: int) -> None:
        """Say when the next kill is due: after so many further creates, such that enough are left for the others."""
        self.due = None
        if self.left:
            needed = self.between - self.struck["between"]
            sure = needed >= self.left
            self.due = "between" if sure or self.dice.random() < 0.5 else self.dice.choice(["ahead", "looking"])
            self.wait = self.dice.randrange(max(1, missing // self.left))

    async def ahead(self, place: Any) -> Cut | None:
        moment = "ahead" if place.req.method == "POST" else "looking"
        return Cut() if self.due == moment and self.strike(moment) else None

    async def behind(self, _place: Any, answer: Any) -> Any:
        return Cut() if self.due == "between" and self.strike("between") else answer

    def strike(self, moment: str) -> bool:
        if self.wait > 0:
            self.wait -= 1
            return False
        assert self.process is not None
        self.process.kill()
        self.struck[moment] += 1
        self.left -= 1
        self.due = None
        return True


def start(told: dict[str, Any]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(Path(glpi_utils.__file__).parents[1])}
    command = [
        sys.executable,
        "-c",
        "from tests.once.worker import main; import json, sys; main(json.loads(sys.argv[1]))",
    ]
    return subprocess.Popen([*command, json.dumps(told)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def play(run: tuple[str, str, str, str], count: int, kills: int, between: int) -> None:
    print(f"GLPI_TEST_SEED={SEED}", file=sys.stderr)
    api, version, itemtype, sub = run
    table = TABLES.get(sub, sub) or itemtype
    with GlpiServer(version=version, tickets=0) as glpi:
        parent = glpi.do(lambda world: world.insert("Ticket", {"name": "parent", "content": "x"}, ADMIN))
        ahead = {row["id"] for row in glpi.rows(table)}
        who = {"username": glpi.username, "password": glpi.password}
        if api == "hl":
            who |= {"client_id": glpi.client_id, "client_secret": glpi.client_secret}
        told = {"url": glpi.url, "api": api, "who": who, "itemtype": itemtype, "sub": sub, "parent": parent}
        told |= {"count": count, "run": f"run-{SEED}"}
        killer = Killer(random.Random(SEED), kills, between)
        killer.arm(glpi, "/Timeline/" if api == "hl" and sub else f"/{table}")
        for _ in range(2 * kills + 10):
            killer.draw(count + len(ahead) - len(glpi.rows(table)))
            killer.process = start(told)
            if killer.process.wait(60) == 0 and not killer.left:
                break
        rows = [row for row in glpi.rows(table) if row["id"] not in ahead]
    print(killer.struck, file=sys.stderr)
    assert killer.struck.total() == kills
    assert killer.struck["between"] >= between
    texts = Counter(str(row["content"]).partition("<!--")[0].partition("&#60;!--")[0] for row in rows)
    assert texts == {f"Text of {number}": 1 for number in range(count)}


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS, ids="-".join)
def test_a_few_kills(run: tuple[str, str, str, str]) -> None:
    play(run, count=9, kills=3, between=2)


@pytest.mark.chaos
@pytest.mark.timeout(900)
@pytest.mark.parametrize("run", RUNS, ids="-".join)
def test_fifty_kills_in_two_hundred_creates(run: tuple[str, str, str, str]) -> None:
    play(run, count=200, kills=50, between=20)
