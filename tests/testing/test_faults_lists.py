"""Faults of lists: what a page then says, by either API, and that nothing else is touched."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from glpi_utils.testing import Fault, GlpiServer, troubles
from tests.testing.talking import Talk, bearer

TICKETS = "/api.php/v2.2/Assistance/Ticket"
LEGACY = "/apirest.php/Ticket"
SEARCH = "/apirest.php/search/Ticket"
BOM = b"\xef\xbb\xbf"
Page = tuple[int, Any, str | None]
"""Status, body, Content-Range."""


@pytest.fixture
def line(glpi: GlpiServer, talk: Any) -> Talk:
    """Carries a session and a bearer token."""
    made: Talk = talk(glpi).log_in()
    made.bearer = bearer(glpi, made)  # type: ignore[attr-defined]
    return made


def read(line: Talk, target: str, body: Any = None) -> Page:
    token = line.bearer  # type: ignore[attr-defined]
    headers = {"Authorization": f"Bearer {token}"} if target.startswith("/api.php") else {"Session-Token": line.token}
    data = None if body is None else json.dumps(body).encode()
    if data is not None:
        headers["Content-Type"] = "application/json"
    line.connection.request("GET", target, data, headers)
    response = line.connection.getresponse()
    return response.status, json.loads(response.read()), response.headers["Content-Range"]


def ids(rows: list[dict[str, Any]]) -> list[int]:
    return [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("target", "true"),
    [(f"{TICKETS}?sort=id&start=10&limit=20", "10-29/40"), (f"{LEGACY}?range=10-29", "10-29/38")],
)
@pytest.mark.parametrize(
    ("fault", "left", "status", "said"),
    [
        (troubles.cut_list(), 10, 200, "10-19/20"),
        (troubles.cut_list(keep=0.95), 19, 200, "10-28/29"),
        (troubles.cut_list(count="true"), 10, 206, None),
        (troubles.empty_list(), 0, 200, "0-0/0"),
        (troubles.empty_list(count="none"), 0, 200, ""),
        (troubles.empty_list(count="true"), 0, 206, None),
        (troubles.other_rows(lambda rows: rows[1:], count=7), 19, 206, "10-29/7"),
    ],
)
def test_a_page_that_lacks_rows_says_of_the_count_what_was_ordered(
    glpi: GlpiServer, line: Talk, target: str, true: str, fault: Fault, left: int, status: int, said: str | None
) -> None:
    whole = read(line, target)
    fault.fired = fault.matched = 0
    glpi.faults.add(fault)
    got, rows, counted = read(line, target)
    assert (got, len(rows)) == (status, left)
    assert counted == (true if said is None else said or None)
    assert all(row in whole[1] for row in rows)
    assert fault.fired == 1
    glpi.faults.clear()
    assert read(line, target) == whole


def test_rows_may_come_twice_or_the_wrong_way_round(glpi: GlpiServer, line: Talk) -> None:
    target = f"{TICKETS}?sort=id&limit=3"
    glpi.faults.other_rows(lambda rows: rows[::-1] + rows[:1], times=1)
    assert ids(read(line, target)[1]) == [3, 2, 1, 1]
    assert ids(read(line, target)[1]) == [1, 2, 3]


def test_a_search_is_a_list_too(glpi: GlpiServer, line: Talk) -> None:
    status, whole, counted = read(line, f"{SEARCH}?range=0-9&forcedisplay[0]=2")
    assert (status, whole["count"], counted) == (206, 10, "0-9/38")
    glpi.faults.cut_list(times=1)
    status, cut, counted = read(line, f"{SEARCH}?range=0-9&forcedisplay[0]=2")
    assert (status, cut["totalcount"], cut["count"], counted, cut["content-range"]) == (200, 5, 5, "0-4/5", "0-4/5")
    assert cut["data"] == whole["data"][:5]
    glpi.faults.empty_list(times=1)
    status, empty, counted = read(line, f"{SEARCH}?range=0-9")
    assert (status, empty["totalcount"], counted) == (200, 0, "0-0/0")
    assert "data" not in empty


def test_rows_that_are_no_objects(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.false_rows(times=1)
    assert read(line, f"{SEARCH}?range=0-1")[1]["data"] == [False, False]
    glpi.faults.false_rows(1, times=1)
    rows = read(line, f"{TICKETS}?sort=id&limit=2")[1]
    assert (rows[0], rows[1]["id"]) == (False, 2)
    glpi.faults.false_rows(value=None, times=1)
    assert read(line, f"{LEGACY}?range=0-2")[1] == [None] * 3


def test_what_is_no_list_is_let_be_and_not_counted(glpi: GlpiServer, line: Talk) -> None:
    faults = [glpi.faults.empty_list(times=1), glpi.faults.repeated_page(), glpi.faults.range_exceeded()]
    faults += [glpi.faults.filter_dropped()]
    assert read(line, f"{TICKETS}/1")[1]["id"] == 1
    assert read(line, f"{LEGACY}/1")[1]["id"] == 1
    assert line.create("new 1")[0] == 201
    assert read(line, f"{LEGACY}/9999")[0] == 404
    assert ([fault.fired for fault in faults], glpi.faults.log) == ([0] * 4, [])
    assert read(line, f"{TICKETS}?limit=2")[1] == []
    assert [fired.name for fired in glpi.faults.log] == ["empty list"]


def test_what_another_fault_has_spoilt_is_let_be(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.garbage("<b>Notice</b>", times=1)
    fault = glpi.faults.empty_list()
    line.connection.request("GET", f"{LEGACY}?range=0-3", headers={"Session-Token": line.token})
    assert line.connection.getresponse().read().endswith(b"]<b>Notice</b>")
    assert fault.fired == 0
    assert read(line, f"{LEGACY}?range=0-3")[1] == []


def test_a_page_repeats_itself(glpi: GlpiServer, line: Talk) -> None:
    timeline = f"{TICKETS}/1/Timeline/Followup"
    known = read(line, timeline)
    assert known[1]
    fault = glpi.faults.repeated_page(path="/Timeline")
    last = max(entry["item"]["id"] for entry in known[1])
    assert read(line, timeline) == known
    for _ in range(3):
        assert read(line, f"{timeline}?filter=(id=gt={last})") == known
    assert fault.fired == 3
    assert read(line, f"{TICKETS}/2/Timeline/Followup")[1] != known[1]
    glpi.faults.clear()
    assert read(line, f"{timeline}?filter=(id=gt={last})")[1] == []


def test_pages_of_a_list_repeat_themselves_with_their_range(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.repeated_page(path="/Ticket")
    pages = [read(line, f"{LEGACY}?range={start}-{start + 9}") for start in (0, 10, 20)]
    assert pages[0][2] == "0-9/38"
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize("target", [f"{LEGACY}?range=10-19", f"{SEARCH}?range=10-19"])
def test_a_range_beyond_the_count(glpi: GlpiServer, line: Talk, target: str) -> None:
    status, refusal, _ = read(line, f"{LEGACY}?range=39-60")
    glpi.faults.range_exceeded(times=1)
    assert read(line, target)[:2] == (status, refusal)
    assert read(line, target)[0] == 206


def test_a_filter_that_is_dropped(glpi: GlpiServer, line: Talk) -> None:
    wanted = f"{TICKETS}?sort=id&limit=50&filter={quote('(urgency==5)')}"
    few = read(line, wanted)[1]
    assert 0 < len(few) < 40
    fault = glpi.faults.filter_dropped()
    assert read(line, wanted)[1:] == read(line, f"{TICKETS}?sort=id&limit=50")[1:]
    assert len(read(line, f"{TICKETS}?limit=50", {"filter": "(urgency==5)"})[1]) == 40
    assert fault.fired == 2
    seen = glpi.seen("GET", TICKETS)[-3]
    assert "urgency" in seen.query, "what was asked is kept as it was"


def test_one_condition_that_is_ignored(glpi: GlpiServer, line: Talk) -> None:
    both = f"{TICKETS}?sort=id&limit=50&filter={quote('(urgency==5);(id=gt=20)')}"
    urgent = read(line, f"{TICKETS}?sort=id&limit=50&filter=urgency==5")[1]
    assert 0 < len(read(line, both)[1]) < len(urgent)
    fault = glpi.faults.filter_dropped("id=gt=")
    assert read(line, both)[1] == urgent
    assert len(read(line, f"{TICKETS}?limit=50", {"filter": "id=gt=20"})[1]) == 40
    assert read(line, f"{TICKETS}?limit=50&filter=id=lt=5")[1]
    assert fault.fired == 2


def test_a_filter_is_dropped_only_where_the_fault_is_meant(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.filter_dropped(when=lambda req: "limit=7" in req.query)
    assert len(read(line, f"{TICKETS}?limit=50&filter=id=lt=5")[1]) == 4
    assert len(read(line, f"{TICKETS}?limit=7&filter=id=lt=5")[1]) == 7


@pytest.mark.parametrize("target", [f"{TICKETS}?limit=2", f"{LEGACY}/1", "/apirest.php/getMyProfiles"])
def test_a_byte_order_mark(glpi: GlpiServer, line: Talk, target: str) -> None:
    token = line.bearer  # type: ignore[attr-defined]
    headers = {"Authorization": f"Bearer {token}", "Session-Token": line.token}
    bodies: list[bytes] = []
    for armed in (False, True):
        if armed:
            glpi.faults.byte_order_mark()
        line.connection.request("GET", target, headers=headers)
        bodies.append(line.connection.getresponse().read())
    assert bodies[1] == BOM + bodies[0]
    assert line.create("new 1")[0] == 201, "it is executed"
    line.connection.request("DELETE", f"{TICKETS}/40", headers=headers)
    assert line.connection.getresponse().read() == b"", "nothing stands before nothing"
