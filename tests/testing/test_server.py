"""What the server is asked and says: the framing of its answers, what it counts, how one looks in."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.server.front import whole_body
from glpi_utils.testing.world.world import World
from tests.testing.talking import Talk, exchange

Dial = Callable[[GlpiServer], Talk]


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

    monkeypatch.setattr("glpi_utils.testing.high_level.answer", broken)
    with pytest.raises(AssertionError, match="embedded GLPI failed"), GlpiServer() as glpi:
        assert talk(glpi).ask("GET", "/api.php/")[0] == 500
    assert "a bug of the double" in capsys.readouterr().err


def test_a_client_that_went_before_its_request_was_whole_is_no_failure_of_the_server() -> None:
    class Gone:
        async def read(self) -> bytes:
            raise RuntimeError("Connection closed.")  # as aiohttp says, now and then

    async def story() -> None:
        with pytest.raises(ConnectionError):
            await whole_body(SimpleNamespace(content=Gone()))  # type: ignore[arg-type]

    asyncio.run(story())
