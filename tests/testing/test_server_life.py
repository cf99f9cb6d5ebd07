"""The server's life: how it starts and stops, and what is left of it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import http.client
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.rights import Who
from tests.testing.talking import Talk, stopped

Dial = Callable[[GlpiServer], Talk]


def test_it_says_how_to_connect() -> None:
    with GlpiServer() as glpi:
        assert glpi.url == f"http://127.0.0.1:{glpi.port}"
        assert glpi.version == "11.0.6"
        said = (glpi.client_id, glpi.client_secret, glpi.username, glpi.password)
        assert said == ("my-app", "my-secret", "glpi", "glpi")
        assert glpi.app_token
        assert glpi.user_token


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(ValueError, match=r"there are 11\.0\.6"):
        GlpiServer("9.5.0")


def test_stop_ends_everything_at_once_and_start_opens_the_same_port(talk: Dial) -> None:
    glpi = GlpiServer().start()
    line = talk(glpi)
    assert line.ask("GET", "/api.php/")[0] == 200
    port = glpi.port
    assert stopped(glpi)
    assert not glpi.running
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((glpi.host, port), timeout=1)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        line.ask("GET", "/api.php/")
    glpi.start()
    assert glpi.port == port
    assert talk(glpi).ask("GET", "/api.php/")[0] == 200
    glpi.close()


@pytest.mark.parametrize("database", [":memory:", "glpi.db"])
def test_a_server_that_stops_closes_its_database_and_keeps_its_rows(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*args: Any, **words: Any) -> sqlite3.Connection:
        opened.append(connect(*args, **words))
        return opened[-1]

    def open_ones() -> int:
        return sum(not closed(each) for each in opened)

    with GlpiServer(tickets=3):
        pass  # the sample of this size is kept, in a database of its own
    monkeypatch.setattr(sqlite3, "connect", noted)
    glpi = GlpiServer(tickets=3, database=database if database == ":memory:" else str(tmp_path / database)).start()
    glpi.do(lambda world: world.store.change("Ticket", 1, {"name": "a name \u00e9"}))
    assert open_ones() == 1
    glpi.stop()
    assert open_ones() == 0
    assert glpi.rows("Ticket", "name LIKE 'A NAME E'")[0]["id"] == 1, "its rows can be looked at, with their collation"
    assert open_ones() == 0
    glpi.start()
    assert glpi.rows("Ticket", id=1)[0]["name"] == "a name \u00e9"
    assert glpi.do(lambda world: world.insert("Ticket", {"name": "new", "content": "x"}, Who(2))) > 3
    glpi.close()
    assert open_ones() == 0
    with pytest.raises(sqlite3.ProgrammingError):
        glpi.rows("Ticket")
    glpi.close()


def closed(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def test_a_port_that_is_taken_is_an_error_here() -> None:
    with GlpiServer() as glpi:
        second = GlpiServer(port=glpi.port)
        with pytest.raises(OSError, match=r"."):
            second.start()
        assert not second.running
        second.close()


def test_no_thread_stays_behind() -> None:
    before = set(threading.enumerate())
    with GlpiServer():
        pass
    assert set(threading.enumerate()) <= before


def test_it_is_an_asynchronous_context_too(talk: Dial) -> None:
    async def story() -> int:
        async with GlpiServer() as glpi:
            status: int = (await asyncio.to_thread(talk(glpi).ask, "GET", "/api.php/"))[0]
            return status

    assert asyncio.run(story()) == 200


def test_importing_it_loads_no_web_server() -> None:
    code = "import glpi_utils.testing, sys; print('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_nothing_stays_open_of_what_connects_while_it_stops() -> None:
    lost: list[str] = []
    hook, sys.unraisablehook = sys.unraisablehook, lambda found: lost.append(str(found.exc_value))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ResourceWarning)
            for _ in range(4):
                _stopped_in_a_crowd()
                gc.collect()
    finally:
        sys.unraisablehook = hook
    assert lost == []


def _stopped_in_a_crowd() -> None:
    over, opened = threading.Event(), list[socket.socket]()

    def connect(port: int) -> None:
        while not over.is_set():
            with contextlib.suppress(OSError):
                opened.append(socket.create_connection(("127.0.0.1", port), 0.5))

    with GlpiServer(tickets=1) as glpi:
        crowd = [threading.Thread(target=connect, args=(glpi.port,)) for _ in range(3)]
        for each in crowd:
            each.start()
        time.sleep(0.02)
    over.set()
    for each in crowd:
        each.join()
    for sock in opened:
        sock.close()
