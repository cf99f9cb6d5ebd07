"""Faults that answer something else or later: statuses, pages, redirects, memory, latency."""

from __future__ import annotations

import json
import threading
import time

import pytest

from glpi_utils.testing import Fault, GlpiServer, troubles
from tests.testing.talking import CREATE, LOST, Talk, bearer, log, made, wait_for

ROOT, OTHER = ("GET", "/api.php/"), ("GET", "/apirest.php/getMyProfiles")


@pytest.mark.parametrize(
    ("fault", "status", "content", "kind"),
    [
        (troubles.status(500), 500, b"", "text/html; charset=UTF-8"),
        (
            troubles.status(502, html="502 Bad Gateway"),
            502,
            b"<title>502 Bad Gateway</title>",
            "text/html; charset=UTF-8",
        ),
        (troubles.status(400, json=["ERROR", "no"]), 400, b'["ERROR", "no"]', "application/json"),
        (troubles.maintenance(), 200, b"MAINTENANCE MODE", "text/html; charset=UTF-8"),
    ],
)
def test_another_answer_and_nothing_written(
    glpi: GlpiServer, line: Talk, fault: Fault, status: int, content: bytes, kind: str
) -> None:
    glpi.faults.add(fault)
    response, got = line.raw("POST", "/apirest.php/Computer", {"input": {"name": "new 1"}})
    assert (response.status, response.headers["Content-Type"]) == (status, kind)
    assert content in got
    assert bool(content) == bool(got)
    assert made(glpi) == []
    assert glpi.faults.log[0].struck == "before"
    assert response.headers["Retry-After"] is None


def test_an_executed_request_behind_another_answer(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.status(502, executed=True))
    assert line.create("new 1")[0] == 502
    assert made(glpi) == ["new 1"]
    assert log(glpi) == [("status 502", "after", 201)]


@pytest.mark.parametrize(("fault", "status", "wait"), [
    (troubles.too_many(), 429, None),
    (troubles.too_many(2), 429, "2"),
    (troubles.status(503, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), 503, "Wed, 21 Oct 2026 07:28:00 GMT"),
])  # fmt: skip
def test_asking_to_wait(glpi: GlpiServer, line: Talk, fault: Fault, status: int, wait: str | None) -> None:
    glpi.faults.add(fault)
    response, _ = line.raw(*ROOT)
    assert (response.status, response.headers["Retry-After"]) == (status, wait)


def test_a_redirect(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.redirect(301, "https://glpi.example.com/api.php/", **CREATE))
    response, _ = line.raw("POST", "/apirest.php/Computer", {"input": {"name": "new 1"}})
    assert (response.status, response.headers["Location"]) == (301, "https://glpi.example.com/api.php/")
    assert made(glpi) == []


@pytest.mark.parametrize("code", [200, 201, 302])
@pytest.mark.parametrize("body", [True, False])
def test_the_status_of_a_create(glpi: GlpiServer, line: Talk, code: int, body: bool) -> None:
    glpi.faults.add(troubles.create_status(code, body=body))
    status, got = line.create("new 1")
    assert status == code
    assert ("id" in got) if body else (got == b"")
    assert made(glpi) == ["new 1"]
    assert line.ask("POST", "/apirest.php/Computer", {"no": "input"})[0] == 400
    assert line.ask("PUT", "/apirest.php/Computer/1", {"input": {"serial": "x"}})[0] == 200


def test_garbage_follows_the_json(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.garbage("<b>Notice</b>", times=1))
    _, content = line.raw(*OTHER)
    assert content.endswith(b"]}<b>Notice</b>")
    assert json.loads(content.removesuffix(b"<b>Notice</b>"))["myprofiles"]


def test_latency_delays_and_executes(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.latency(0.2, times=1))
    begun = time.monotonic()
    assert line.create("new 1")[0] == 201
    assert time.monotonic() - begun >= 0.2
    assert log(glpi) == [("latency", "beside", None)]
    glpi.faults.add(troubles.latency(0.1), troubles.drop_after())
    with pytest.raises(LOST):
        line.create("new 2")
    assert made(glpi) == ["new 1", "new 2"]


def test_others_are_served_while_one_waits(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.latency(600, path="getMyProfiles"))
    lost: list[BaseException] = []

    def wait() -> None:
        try:
            line.ask(*OTHER)
        except LOST as error:
            lost.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    assert wait_for(lambda: glpi.count("GET", "getMyProfiles") == 1)
    second = Talk(glpi)
    assert second.ask(*ROOT)[0] == 200
    assert thread.is_alive()
    second.close()
    glpi.stop()
    thread.join()
    assert lost, "it was waited for until the end"


@pytest.mark.parametrize(("range", "strikes"), [("0-9", False), ("0-10", True), ("5-14", False), ("5-99", True)])
def test_legacy_11_says_everything_and_then_dies(glpi: GlpiServer, line: Talk, range: str, strikes: bool) -> None:
    glpi.faults.add(troubles.memory_limit(10))
    response, content = line.raw("GET", f"/apirest.php/Ticket?range={range}")
    assert response.status == 206
    assert response.headers["Content-Range"]
    assert content.startswith(b"[{")
    assert (b"<title>Error - GLPI</title>" in content) is strikes


def test_legacy_10_says_nothing(glpi10: GlpiServer, line10: Talk) -> None:
    glpi10.faults.add(troubles.memory_limit(10))
    response, content = line10.raw("GET", "/apirest.php/Ticket?range=0-20")
    assert (response.status, content) == (206, b"")
    assert line10.ask("GET", "/apirest.php/Ticket?range=0-5")[1][0]["id"]


@pytest.mark.parametrize(("limit", "status"), [("10", 206), ("11", 500), ("0", 500), ("abc", 500), (None, 500)])
def test_the_high_level_api_dies_with_a_page(glpi: GlpiServer, line: Talk, limit: str | None, status: int) -> None:
    glpi.faults.add(troubles.memory_limit(10))
    headers = {"Authorization": f"Bearer {bearer(glpi, line)}"}
    query = "" if limit is None else f"?limit={limit}"
    line.connection.request("GET", f"/api.php/v2.2/Assistance/Ticket{query}", headers=headers)
    response = line.connection.getresponse()
    content = response.read()
    assert response.status == status
    assert content.startswith(b"[") is (status == 206)
    line.connection.request("GET", "/api.php/v2.2/Assistance/Ticket/1", headers=headers)
    assert json.loads(line.connection.getresponse().read())["id"] == 1
