"""Faults: when they strike, in which order, and that log and rows agree."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from glpi_utils.testing import Fault, GlpiServer, troubles
from tests.testing.talking import CREATE, LOST, Talk, log, made


def fired_by(glpi: GlpiServer, line: Talk, fault: Fault, requests: list[tuple[str, str]]) -> list[bool]:
    glpi.faults.add(fault)
    return [line.ask(method, path)[0] == 418 for method, path in requests]


ROOT, OTHER = ("GET", "/api.php/"), ("GET", "/apirest.php/getMyProfiles")


@pytest.mark.parametrize(
    ("when", "requests", "struck"),
    [
        ({}, [ROOT, OTHER, ROOT], [True, True, True]),
        ({"times": 2}, [ROOT] * 3, [True, True, False]),
        ({"after": 1}, [ROOT] * 3, [False, True, True]),
        ({"after": 1, "times": 1}, [ROOT] * 3, [False, True, False]),
        ({"path": "Profiles", "after": 1}, [OTHER, ROOT, OTHER], [False, False, True]),
        ({"path": re.compile(r"^/api\.php/$")}, [ROOT, OTHER], [True, False]),
        ({"method": "post"}, [ROOT, ("POST", "/api.php/token")], [False, True]),
        ({"method": ["GET", "DELETE"]}, [ROOT, ("POST", "/api.php/token")], [True, False]),
        (
            {"when": lambda req: "session-token" in req.headers and "x=1" in req.query},
            [ROOT, ("GET", "/api.php/?x=1")],
            [False, True],
        ),
        ({"times": 0}, [ROOT], [False]),
        ({"chance": 0.0}, [ROOT] * 3, [False] * 3),
        ({"chance": 1.0}, [ROOT] * 3, [True] * 3),
    ],
)
def test_when_a_fault_strikes(
    glpi: GlpiServer, line: Talk, when: Any, requests: list[tuple[str, str]], struck: list[bool]
) -> None:
    assert fired_by(glpi, line, troubles.status(418, **when), requests) == struck
    assert len(glpi.faults.log) == sum(struck)


def test_chance_can_be_repeated() -> None:
    runs: list[list[bool]] = []
    for _ in range(2):
        with GlpiServer() as glpi:
            line = Talk(glpi)
            runs.append(fired_by(glpi, line, troubles.status(418, chance=0.5), [ROOT] * 30))
            line.close()
    assert runs[0] == runs[1]
    assert 5 < sum(runs[0]) < 25


def test_the_first_that_strikes_before_ends_the_matter(glpi: GlpiServer, line: Talk) -> None:
    unused = glpi.faults.add(troubles.drop_after(times=1))
    glpi.faults.add(troubles.status(503), troubles.status(500))
    assert line.ask(*ROOT)[0] == 503
    assert log(glpi) == [("status 503", "before", None)]
    assert unused.fired == 0
    glpi.faults.remove(unused)
    glpi.faults.clear()
    assert line.ask(*ROOT)[0] == 200
    assert log(glpi) == []


def test_those_that_strike_after_follow_one_another(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.create_status(200), troubles.garbage("<p>oops</p>"))
    response, content = line.raw("POST", "/apirest.php/Computer", {"input": {"name": "new 1"}})
    assert (response.status, content.endswith(b"}<p>oops</p>")) == (200, True)
    assert log(glpi) == [("create status", "beside", 201), ("garbage", "after", 201)]


def test_rows_and_log_agree_over_many_creates(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.drop_before(chance=0.2, **CREATE), troubles.drop_after(chance=0.2, **CREATE))
    answered: set[str] = set()
    for n in range(100):
        try:
            if line.create(f"new {n}")[0] == 201:
                answered.add(f"new {n}")
        except LOST:
            line.connection.close()
    after = {json.loads(f.seen.body)["input"]["name"] for f in glpi.faults.struck("after")}
    before = {json.loads(f.seen.body)["input"]["name"] for f in glpi.faults.struck("before", "drop before")}
    assert min(len(after), len(before)) > 5
    assert set(made(glpi)) == answered | after
    assert not before & set(made(glpi))
    assert len(answered) + len(after) + len(before) == 100
