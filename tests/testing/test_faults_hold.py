"""Faults that act on the credential, and requests that hang."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from glpi_utils.testing import Fault, GlpiServer, troubles
from tests.testing.talking import CREATE, LOST, Talk, bearer, hung_up, made, stopped, wait_for


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        (troubles.expired_token, "Access token has been revoked"),
        (troubles.revoked_token, "Access token has been revoked"),
    ],
)
def test_a_token_runs_out_under_ones_hands(
    glpi: GlpiServer, line: Talk, fault: Callable[..., Fault], detail: str
) -> None:
    token, other = bearer(glpi, line), bearer(glpi, line)
    glpi.faults.add(fault(path="/session", times=1))
    got: list[tuple[int, Any]] = []
    for used in (token, token, other):
        line.connection.request("GET", "/api.php/v2.2/session", headers={"Authorization": f"Bearer {used}"})
        response = line.connection.getresponse()
        got.append((response.status, json.loads(response.read()).get("detail")))
    assert [status for status, _ in got] == [400, 400, 200]
    assert got[0][1] == detail


def test_a_session_ends_under_ones_hands(glpi: GlpiServer, line: Talk) -> None:
    glpi.faults.add(troubles.revoked_token(times=1, **CREATE))
    assert line.create("new 1")[0] == 401
    assert made(glpi) == []
    assert line.log_in().create("new 2")[0] == 201


@pytest.fixture
def hanging(glpi: GlpiServer, line: Talk) -> Iterator[Callable[[Fault], list[Any]]]:
    """Start a create that hangs; the list it answers holds its status once there is one."""
    threads: list[threading.Thread] = []

    def begin(fault: Fault) -> list[Any]:
        glpi.faults.add(fault)
        got: list[Any] = []

        def work() -> None:
            try:
                got.append(line.create("new 1")[0])
            except LOST as error:
                got.append(error)

        threads.append(threading.Thread(target=work))
        threads[-1].start()
        assert wait_for(lambda: fault.fired == 1)
        return got

    yield begin
    glpi.faults.clear()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("executed", [False, True])
def test_a_request_hangs_until_released(
    glpi: GlpiServer, hanging: Callable[[Fault], list[Any]], executed: bool
) -> None:
    fault = troubles.hang(executed=executed, **CREATE)
    got = hanging(fault)
    time.sleep(0.05)
    assert (got, made(glpi)) == ([], ["new 1"] if executed else [])
    fault.release()
    assert wait_for(lambda: got == [201])
    assert made(glpi) == ["new 1"]


def test_a_request_whose_client_left_while_it_hung_is_not_executed(glpi: GlpiServer, line: Talk) -> None:
    fault = glpi.faults.add(troubles.hang(**CREATE))
    line.hang_up_on("POST", "/apirest.php/Computer", {"input": {"name": "new 1"}})
    assert wait_for(lambda: fault.fired == 1 and hung_up(glpi))
    fault.release()
    assert wait_for(lambda: len(glpi.faults.log) == 1)
    assert made(glpi) == []


def test_the_end_of_the_server_does_not_wait_for_what_hangs() -> None:
    with GlpiServer() as glpi:
        glpi.faults.add(troubles.hang())
        with socket.create_connection((glpi.host, glpi.port)) as sock:
            sock.sendall(b"GET /api.php/ HTTP/1.1\r\nHost: x\r\n\r\n")
            assert wait_for(lambda: glpi.count() == 1)
            assert stopped(glpi)
