"""Faults that cut the connection: dropped, late, truncated, stale."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any

import pytest

from glpi_utils.testing import GlpiServer, troubles
from tests.testing.talking import CREATE, LOST, Talk, exchange, log, made, stopped, wait_for

OTHER = ("GET", "/apirest.php/getMyProfiles")


@pytest.mark.parametrize("reset", [True, False])
def test_dropped_before_the_write_means_no_row(glpi: GlpiServer, line: Talk, reset: bool) -> None:
    glpi.faults.add(troubles.drop_before(reset=reset, times=1, **CREATE))
    with pytest.raises(ConnectionResetError if reset else http.client.RemoteDisconnected):
        line.create("new 1")
    assert made(glpi) == []
    assert log(glpi) == [("drop before", "before", None)]
    assert glpi.seen("POST", "/Computer")[0].status is None
    assert line.create("new 2")[0] == 201
    assert made(glpi) == ["new 2"]


@pytest.mark.parametrize("reset", [True, False])
def test_dropped_after_the_write_means_the_row_and_no_answer(glpi: GlpiServer, line: Talk, reset: bool) -> None:
    glpi.faults.add(troubles.drop_after(reset=reset, times=1, **CREATE))
    with pytest.raises(ConnectionResetError if reset else http.client.RemoteDisconnected):
        line.create("new 1")
    assert made(glpi) == ["new 1"]
    assert log(glpi) == [("drop after", "after", 201)]
    assert glpi.seen("POST", "/Computer")[0].status is None


def test_a_late_commit_appears_after_the_client_has_gone(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.late_commit(0.3, times=1, **CREATE))
    with pytest.raises(LOST):
        line.create("new 1")
    assert made(glpi) == []
    assert log(glpi) == [("late commit", "after", None)]
    glpi.settle()
    assert made(glpi) == ["new 1"]


def test_a_gateway_gives_up_before_the_commit(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.late_commit(0.2, answer=504, times=1, **CREATE))
    response, content = line.raw("POST", "/apirest.php/Computer", {"input": {"name": "new 1"}})
    assert (response.status, content.startswith(b"<html>")) == (504, True)
    assert made(glpi) == []
    glpi.settle()
    assert made(glpi) == ["new 1"]


def test_the_end_of_the_server_drops_what_would_come_late() -> None:
    with GlpiServer() as glpi:
        line = Talk(glpi).log_in()
        glpi.faults.add(troubles.late_commit(600, **CREATE))
        with pytest.raises(LOST):
            line.create("new 1")
        with pytest.raises(TimeoutError):
            glpi.settle(0.05)
        line.close()
        assert stopped(glpi)
    assert [change for change in glpi.world.store.history if change.itemtype == "Computer"] == []


def test_a_client_that_hangs_up_is_served_all_the_same(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.latency(0.2, **CREATE))
    begun = time.monotonic()
    line.hang_up_on("POST", "/apirest.php/Computer", {"input": {"name": "new 1"}})
    assert wait_for(lambda: made(glpi) == ["new 1"])
    (created,) = [change for change in glpi.world.store.history if change.itemtype == "Computer"]
    assert created.at - begun >= 0.2


@pytest.mark.parametrize("announced", ["chunked", "length"])
@pytest.mark.parametrize("keep", [None, 0, 3])
def test_a_truncated_body_breaks_off(glpi: GlpiServer, line: Talk, announced: Any, keep: int | None) -> None:
    glpi.faults.add(troubles.truncated(keep, announced=announced, times=1, **CREATE))
    with pytest.raises(http.client.IncompleteRead) as caught:
        line.create("new 1")
    whole = json.dumps({"id": glpi.rows("Computer", name="new 1")[0]["id"]}, separators=(",", ":"))[:-1]
    if keep is None:
        assert whole.encode().startswith(caught.value.partial[: len(whole)])
    else:
        assert len(caught.value.partial) <= keep
    assert log(glpi) == [("truncated", "after", 201)]


def test_a_stale_connection_dies_when_the_next_request_arrives(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.stale_keep_alive(path="getMyProfiles", times=1))
    response, _ = line.raw(*OTHER)
    assert (response.status, response.headers["Connection"]) == (200, "keep-alive")
    seen = glpi.count()
    with pytest.raises(LOST):
        line.create("new 1")
    assert made(glpi) == []
    assert glpi.count() == seen
    assert line.create("new 2")[0] == 201
    assert log(glpi) == [("stale keep-alive", "beside", 200)]


def test_a_stale_connection_closes_by_itself(glpi: GlpiServer) -> None:
    glpi.faults.add(troubles.stale_keep_alive(idle=0.05))
    begun = time.monotonic()
    got = exchange(glpi, b"GET /api.php/ HTTP/1.1\r\nHost: x\r\n\r\n", wait=60)
    assert time.monotonic() - begun < 60, "the server closed, nobody waited in vain"
    assert b"Connection: keep-alive" in got
    assert got.endswith(b"0\r\n\r\n")
