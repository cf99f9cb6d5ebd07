"""The server: its life, the framing of its answers, what it counts, how one looks in."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import http.client
import json
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.rights import Who
from glpi_utils.testing.server_http import whole_body
from glpi_utils.testing.wire import Req
from glpi_utils.testing.world import World
from tests.testing.talking import Talk, exchange, stopped

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


def test_it_speaks_tls(server_tls: ssl.SSLContext, ca_file: Path) -> None:
    with GlpiServer(ssl_context=server_tls) as glpi:
        assert glpi.url.startswith("https://")
        trusting = ssl.create_default_context(cafile=str(ca_file))
        connection = http.client.HTTPSConnection("127.0.0.1", glpi.port, context=trusting, timeout=5)
        connection.request("GET", "/api.php/")
        assert connection.getresponse().status == 200
        connection.close()


def test_it_may_live_in_a_folder(talk: Dial) -> None:
    with GlpiServer(root="/glpi/") as glpi:
        assert glpi.url.endswith("/glpi")
        line = talk(glpi)
        status, body = line.ask("GET", "/glpi/api.php/")
        assert status == 200
        assert body["api_versions"][-1]["endpoint"] == f"{glpi.url}/api.php/v2.2"
        assert line.ask("GET", "/api.php/")[0] == 404
        assert line.ask("GET", "/glpix/api.php/")[0] == 404


def test_answers_are_chunked_and_headers_are_spelt_as_given() -> None:
    with GlpiServer() as glpi:
        got = exchange(glpi, b"GET /api.php/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        head, _, body = got.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        assert lines[0] == b"HTTP/1.1 200 OK"
        assert {b"Server: nginx/1.22.1", b"Transfer-Encoding: chunked", b"Connection: close"} <= set(lines)
        assert not any(line.lower().startswith(b"content-length") for line in lines)
        size, _, rest = body.partition(b"\r\n")
        assert rest.endswith(b"\r\n0\r\n\r\n")
        assert len(rest) == int(size, 16) + len(b"\r\n0\r\n\r\n")


def test_head_has_no_body_and_old_clients_get_a_length() -> None:
    with GlpiServer() as glpi:
        got = exchange(glpi, b"HEAD /api.php/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert got.endswith(b"\r\n\r\n")
        assert got.count(b"\r\n\r\n") == 1
        got = exchange(glpi, b"GET /api.php/ HTTP/1.0\r\n\r\n")
        assert b"chunked" not in got
        assert b"Content-Length: " in got


def test_a_connection_carries_many_requests_and_they_are_counted(talk: Dial) -> None:
    with GlpiServer() as glpi:
        one, two = talk(glpi), talk(glpi)
        for line in (one, one, two, one):
            line.ask("GET", "/api.php/")
        one.ask("POST", "/api.php/token?x=1", {"a": 1})
        assert glpi.requests.per_connection() == {1: 4, 2: 1}
        assert (glpi.connections, glpi.count(), glpi.count("get"), glpi.count(path="token")) == (2, 5, 4, 1)
        seen = glpi.seen("POST")[0]
        assert (seen.path, seen.query, seen.body) == ("/api.php/token", "x=1", b'{"a": 1}')
        assert (seen.headers["content-type"], seen.status, seen.connection) == ("application/json", 400, 1)
        glpi.requests.clear()
        assert glpi.count() == 0


@pytest.mark.parametrize(
    ("version", "path", "status"),
    [
        ("11.0.6", "/", 404),
        ("11.0.6", "/index.php", 404),
        ("11.0.6", "/api.php/v1/initSession", 400),
        ("11.0.6", "/apirest.php/initSession", 400),
        ("11.0.6", "/api.php/v2.2/Assistance/Ticket", 401),
        ("11.0.6", "/api.php/v1x/initSession", 401),
        ("10.0.17", "/", 403),
        ("10.0.17", "/api.php/", 403),
        ("10.0.17", "/api.php/v1/initSession", 403),
        ("10.0.17", "/apirest.php/initSession", 400),
    ],
)
def test_which_path_belongs_to_whom(version: str, path: str, status: int, talk: Dial) -> None:
    with GlpiServer(version) as glpi:
        assert talk(glpi).ask("GET", path)[0] == status


def test_what_the_web_server_says_by_itself(talk: Dial) -> None:
    with GlpiServer() as glpi:
        response, content = talk(glpi).raw("GET", "/api.php/v2/Assistance/Ticket?filter=" + "a" * 8192)
        assert (response.status, b"Request-URI Too Large" in content) == (414, True)
        assert talk(glpi).ask("TRACE", "/api.php/")[0] == 405
        assert exchange(glpi, b"FOO /api.php/ HTTP/1.1\r\nHost: x\r\n\r\n").split(b"\r\n")[0].endswith(b"404 Not Found")


def test_maintenance_stops_every_request_but_those_that_step_around_it(talk: Dial) -> None:
    with GlpiServer() as glpi:
        line = talk(glpi)
        glpi.maintenance = True
        response, content = line.raw("POST", "/api.php/token", {})
        assert (response.status, response.headers["Content-Type"]) == (200, "text/html; charset=UTF-8")
        assert b"MAINTENANCE MODE" in content
        assert line.ask("GET", "/api.php/?skipMaintenance=1")[1]["api_versions"]
        glpi.maintenance = False
        assert line.ask("GET", "/api.php/")[1]["api_versions"]


def test_half_a_request_is_none() -> None:
    with GlpiServer() as glpi:
        with socket.create_connection((glpi.host, glpi.port)) as sock:
            sock.sendall(b"POST /api.php/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
            time.sleep(0.1)
        time.sleep(0.1)
        assert glpi.count() == 0


def test_one_may_look_in_from_any_thread() -> None:
    with GlpiServer(tickets=5) as glpi:
        names = glpi.do(lambda world: (threading.current_thread().name, world.count("Ticket")))
        assert names == ("glpi-double", 5)
        assert glpi.do(lambda _world: glpi.do(lambda world: world.count("Ticket"))) == 5
        assert [row["id"] for row in glpi.rows("Ticket", "id>?", (3,))] == [4, 5]
        assert [row["id"] for row in glpi.rows("User", name="tech")] == [4]
        assert glpi.rows("Ticket", "id<?", (3,), closedate=None, id=1)
        with pytest.raises(AttributeError):
            glpi.do(lambda world: world.versions)  # type: ignore[attr-defined]
    assert glpi.url


def test_many_threads_may_use_it_at_once(talk: Dial) -> None:
    with GlpiServer() as glpi:
        failures: list[BaseException] = []

        def work(n: int) -> None:
            try:
                line = talk(glpi).log_in()
                for m in range(5):
                    assert line.create(f"pc {n} {m}")[0] == 201
                    assert glpi.rows("Computer", name=f"pc {n} {m}")
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert len(glpi.rows("Computer", "name LIKE ?", ("pc %",))) == 40


def test_tokens_and_sessions_are_ended_from_outside(talk: Dial) -> None:
    with GlpiServer() as glpi:
        line = talk(glpi)
        login = {
            "grant_type": "password",
            "client_id": glpi.client_id,
            "client_secret": glpi.client_secret,
            "username": "glpi",
            "password": "glpi",
            "scope": "api",
        }

        def bearer() -> dict[str, str]:
            found: dict[str, str] = line.ask("POST", "/api.php/token", login)[1]
            return found

        def status(token: str) -> tuple[int, Any]:
            line.connection.request("GET", "/api.php/session", headers={"Authorization": f"Bearer {token}"})
            response = line.connection.getresponse()
            return response.status, json.loads(response.read()).get("detail")

        for end in (glpi.expire_tokens, glpi.revoke_tokens):
            token = bearer()["access_token"]
            assert status(token)[0] == 200
            end()
            assert status(token)[0] == 400
        pair = bearer()
        glpi.revoke_refresh_tokens()
        assert status(pair["access_token"])[0] == 200
        again = {**login, "grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
        assert line.ask("POST", "/api.php/token", again)[1]["error"] == "invalid_grant"
        line.log_in()
        assert line.ask("GET", "/apirest.php/getMyProfiles")[0] == 200
        glpi.kill_sessions()
        assert line.ask("GET", "/apirest.php/getMyProfiles")[0] == 401


def test_the_doubles_own_failure_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], talk: Dial
) -> None:
    def broken(_world: World, _req: Req) -> None:
        raise ZeroDivisionError("a bug of the double")

    monkeypatch.setattr("glpi_utils.testing.highlevel.answer", broken)
    with pytest.raises(AssertionError, match="embedded GLPI failed"), GlpiServer() as glpi:
        assert talk(glpi).ask("GET", "/api.php/")[0] == 500
    assert "a bug of the double" in capsys.readouterr().err


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


def test_a_client_that_went_before_its_request_was_whole_is_no_failure_of_the_server() -> None:
    class Gone:
        async def read(self) -> bytes:
            raise RuntimeError("Connection closed.")  # as aiohttp says, now and then

    async def story() -> None:
        with pytest.raises(ConnectionError):
            await whole_body(SimpleNamespace(content=Gone()))  # type: ignore[arg-type]

    asyncio.run(story())
