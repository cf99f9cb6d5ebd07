"""What goes wrong before the call itself: at the token request, at initSession, at the list of versions."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from glpi_utils import GlpiAPI
from glpi_utils.testing import Fault, GlpiServer, troubles
from glpi_utils.testing.world.world import World
from tests.faults.places import KINDS, Place, outcome
from tests.faults.table import GATEWAY

T = troubles
ONCE: dict[str, Any] = {"times": 1}


def login(place: Place) -> str:
    return "/api.php/token" if place.hl else "initSession"


# what strikes | how the first read ends | login requests
LOGINS: list[tuple[str, Callable[[Place], Fault], str, int]] = [
    ("429", lambda p: T.too_many(0, path=login(p), **ONCE), "done", 2),
    ("429 for ever", lambda p: T.too_many(path=login(p)), "RateLimit", 4),
    ("503", lambda p: T.status(503, html="x", path=login(p), **ONCE), "done", 2),
    ("503, Retry-After", lambda p: T.status(503, html="x", retry_after=0, path=login(p), **ONCE), "done", 2),
    ("502 of a gateway", lambda p: T.status(502, json=GATEWAY, path=login(p), **ONCE), "done", 2),
    ("500 empty", lambda p: T.status(500, path=login(p), **ONCE), "done", 2),
    ("reset", lambda p: T.drop_before(path=login(p), **ONCE), "done", 2),
    ("answer lost", lambda p: T.drop_after(path=login(p), **ONCE), "done", 2),
    ("cut", lambda p: T.truncated(path=login(p), **ONCE), "done", 2),
    ("garbage", lambda p: T.garbage(path=login(p), **ONCE), "done", 2),
    ("reset for ever", lambda p: T.drop_before(path=login(p)), "Connection", 4),
    ("maintenance", lambda p: T.maintenance(path=login(p)), "Maintenance", 1),
    ("403 page", lambda p: T.status(403, html="x", path=login(p)), "Permission", 1),
    ("404 page", lambda p: T.status(404, html="x", path=login(p)), "NotFound", 1),
    ("200 of something else", lambda p: T.status(200, json={"hello": 1}, path=login(p)), "API", 4),
    *(
        (f"{code}", lambda p, code=code: T.redirect(code, f"https://b.test{p.path}", path=login(p)), "API", 1)
        for code in (301, 302, 307, 308)
    ),
]


@pytest.mark.parametrize(("strike", "make", "said", "asked"), LOGINS, ids=[each[0] for each in LOGINS])
def test_a_login(place: Place, strike: str, make: Callable[[Place], Fault], said: str, asked: int) -> None:
    async def story() -> None:
        place.glpi.faults.add(make(place))
        ended, value = await outcome(place.call(place.client(), "create"))
        assert (ended, place.glpi.count(path=login(place))) == (said, asked), value
        assert place.done("create") == (said == "done")

    place.play(story())


VERSIONS: list[tuple[str, Callable[[], Fault], str, int]] = [
    ("429", lambda: T.too_many(0, **ONCE), "done", 2),
    ("502", lambda: T.status(502, html="x", **ONCE), "done", 2),
    ("503 for ever", lambda: T.status(503, html="x"), "API", 4),
    ("reset", lambda: T.drop_before(**ONCE), "done", 2),
    ("cut", lambda: T.truncated(**ONCE), "done", 2),
    ("maintenance", T.maintenance, "Maintenance", 1),
    ("404 page", lambda: T.status(404, html="x"), "Unsupported", 1),
    ("403 empty, as GLPI 10", lambda: T.status(403), "Unsupported", 1),
    ("401 of a proxy", lambda: T.status(401, html="x"), "Auth", 1),
    ("429 for ever", T.too_many, "RateLimit", 4),
    ("301 to https", lambda: T.redirect(301, "https://b.test/api.php/"), "API", 1),
    ("200 of something else", lambda: T.status(200, json={"hello": 1}), "Unsupported", 1),
]


@pytest.mark.parametrize(("strike", "make", "said", "asked"), VERSIONS, ids=[each[0] for each in VERSIONS])
def test_the_list_of_versions(hl_place: Place, strike: str, make: Callable[[], Fault], said: str, asked: int) -> None:
    async def story() -> None:
        fault = make()
        fault.path = "/api.php/"
        fault.when = lambda req: req.path == "/api.php/"
        hl_place.glpi.faults.add(fault)
        ended, value = await outcome(hl_place.call(hl_place.client(), "create"))
        asked_for = [each for each in hl_place.glpi.requests if each.path == "/api.php/"]
        assert (ended, len(asked_for)) == (said, asked), value
        if strike == "301 to https":
            assert "url='https://b.test'" in str(value)
        elif said == "Unsupported":
            assert "GlpiAPI" in str(value)

    hl_place.play(story())


def test_a_token_request_does_not_follow_within_the_server_either(hl_place: Place) -> None:
    async def story() -> None:
        for code in (301, 302, 303, 307, 308):
            hl_place.glpi.faults.clear()
            hl_place.glpi.faults.add(T.redirect(code, f"{hl_place.glpi.url}/api.php/v2.2/token", path="/api.php/token"))
            assert (await outcome(hl_place.call(hl_place.client(), "read")))[0] == "API"

    hl_place.play(story())


def test_a_refused_login_is_asked_once_and_never_in_a_loop(place: Place) -> None:
    async def story() -> None:
        api = place.client(password="wrong")
        for turn in (1, 2):
            said, error = await outcome(place.call(api, "read"))
            assert said == "Auth"
            assert "wrong" not in f"{error!r}"
            assert place.glpi.count(path=login(place)) == turn

    place.play(story())


def not_opened(**when: Any) -> Fault:
    """What GLPI says from 11.0.7 on to a session token that it cannot open."""
    code = ["ERROR_SESSION_TOKEN_MISSING", "parameter session_token is missing or empty"]
    return T.status(400, json=code, when=lambda req: not req.path.endswith("/initSession"), **when)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", ["read", "update", "create"])
def test_a_session_token_that_the_server_can_not_open(lasting_glpi: GlpiServer, kind: str, verb: str) -> None:
    lasting_glpi.faults.clear()
    lasting_glpi.requests.clear()
    place = Place("legacy", kind, lasting_glpi)

    async def story() -> None:
        api = place.client()
        await place.call(api, "read")
        place.glpi.requests.clear()
        place.glpi.faults.add(not_opened(times=1))
        ended, value = await outcome(place.call(api, verb))
        assert (ended, place.glpi.count(path="initSession")) == ("done", 1), value
        place.glpi.faults.clear()
        place.glpi.faults.add(not_opened())
        ended, value = await outcome(place.call(api, verb))
        assert (ended, place.glpi.count(path="initSession")) == ("Auth", 2), value  # one renewal, no loop
        assert "a proxy strips or changes the header Session-Token" in str(value)

    place.play(story())
    assert all("session_token" not in each.query for each in place.glpi.requests)


def test_a_session_of_another_installation() -> None:
    """Its token, 120 characters of base64, goes in the header alone; one that 11.0.8 cannot open is renewed."""
    with GlpiServer(version="11.0.8") as glpi, GlpiAPI(glpi.url, username="glpi", password="glpi") as api:
        assert api.ticket.get(1)["id"] == 1
        (token,) = glpi.do(lambda world: list(world.credentials.sessions))
        assert (len(token), bool(re.fullmatch(r"[A-Za-z0-9+/=]+", token))) == (120, True)

        def installed_anew(world: World) -> None:
            world.credentials.sessions.clear()
            world.credentials.session_key = b"another one"

        glpi.do(installed_anew)
        assert api.ticket.create({"name": "once", "content": "x"})["id"]
        assert glpi.count(path="initSession") == 2
        assert glpi.count(method="POST", path="Ticket") == 2  # the first was refused
        assert len(api.ticket.get_all(searchText={"name": "^once$"})) == 1
        assert all(token not in each.query and "session_token" not in each.query for each in glpi.requests)
        glpi.kill_sessions()
        assert api.ticket.get(1)["id"] == 1
        assert glpi.count(path="initSession") == 3


def test_the_refresh_is_never_sent_twice(hl_place: Place) -> None:
    """Its answer may be lost while the server has used it up: then the password, at once."""

    async def story() -> None:
        for trouble in (T.drop_after, T.truncated, T.drop_before, T.garbage):
            api = await hl_place.ready()
            hl_place.glpi.expire_tokens()
            hl_place.glpi.faults.add(trouble(path="/token", **ONCE))
            said, value = await outcome(hl_place.call(api, "read"))
            assert said == "done", value
            grants = [each.body.partition(b"&")[0] for each in hl_place.glpi.seen(path="/token")]
            assert grants == [b"grant_type=refresh_token", b"grant_type=password"]

    hl_place.play(story())


@pytest.mark.parametrize("said", [400, 401, 403, 500])
def test_any_refusal_of_the_refresh_leads_to_the_password(hl_place: Place, said: int) -> None:
    async def story() -> None:
        api = await hl_place.ready()
        hl_place.glpi.expire_tokens()
        no = {"status": "ERROR", "title": "No", "detail": None}
        hl_place.glpi.faults.add(T.status(said, json=no, path="/token", **ONCE))
        ended, value = await outcome(hl_place.call(api, "create"))
        assert (ended, hl_place.done("create"), hl_place.glpi.count(path="/token")) == ("done", 1, 2), value

    hl_place.play(story())


# credentials never leave


@dataclass
class Stranger:
    """Another server: writes down all that it is told, answers everything."""

    port: int = 0
    heard: list[bytes] = field(default_factory=list)


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    listener = socket.create_server(("127.0.0.1", 0))
    found = Stranger(listener.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                found.heard.append(client.recv(65536))
                client.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{"id":1}')

    threading.Thread(target=serve, daemon=True).start()
    yield found
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("verb", ["read", "update", "delete", "create", "followup"])
def test_no_request_follows_to_another_server(place: Place, stranger: Stranger, code: int, verb: str) -> None:
    async def story() -> None:
        api = await place.ready()
        place.glpi.faults.add(T.redirect(code, f"http://127.0.0.1:{stranger.port}{place.path}"))
        said, error = await outcome(place.call(api, verb))
        assert said != "done"
        assert f"127.0.0.1:{stranger.port}" in str(error) or (code in {302, 303} and verb != "read"), error
        assert place.done(verb) == 0

    place.play(story())
    assert stranger.heard == []


def test_neither_does_a_login(place: Place, stranger: Stranger) -> None:
    async def story() -> None:
        for code in (301, 302, 303, 307, 308):
            place.glpi.faults.clear()
            place.glpi.faults.add(T.redirect(code, f"http://127.0.0.1:{stranger.port}/x", path=login(place)))
            assert (await outcome(place.call(place.client(), "read")))[0] == "API"

    place.play(story())
    assert stranger.heard == []


def test_a_pasted_http_url_of_an_https_server_is_named(place: Place, lasting_glpi: GlpiServer) -> None:
    """The commonest newcomer's error: the first message says which URL to use."""

    async def story() -> None:
        lasting_glpi.faults.add(T.redirect(301, "https://help.example.com/glpi/api.php/token"))
        said, error = await outcome(place.call(place.client(), "read"))
        assert said == "API"
        assert "Use url='https://help.example.com/glpi'" in str(error)

    place.play(story())
