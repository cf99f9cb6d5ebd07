"""The page on which a person lets a client in, and the code that comes of it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from glpi_utils.testing.sample import service_desk
from tests.testing.high_level.conftest import Desk

ADDRESS = "http://127.0.0.1:5000/callback"
ASKED = {
    "response_type": "code",
    "client_id": service_desk.CLIENT_ID,
    "redirect_uri": ADDRESS,
    "scope": "api user",
    "state": "s",
}


def path(**more: str) -> str:
    return f"/api.php/authorize?{urlencode({**ASKED, **more})}"


def test_a_person_lets_a_client_in(desk: Desk) -> None:
    cookie = desk.world.credentials.open_browser(4)
    page = desk.ask("GET", path(), token="", cookie=cookie)
    assert (page.status, page.header("Set-Cookie")) == (200, None)
    sent = desk.ask("GET", path(accept="1"), token="", cookie=cookie)
    query = parse_qs(urlsplit(sent.header("Location") or "").query)
    assert (sent.status, query["state"]) == (302, ["s"])
    form = {"grant_type": "authorization_code", "code": query["code"][0], "redirect_uri": ADDRESS}
    client = {"client_id": service_desk.CLIENT_ID, "client_secret": service_desk.CLIENT_SECRET}
    pair = desk.ask("POST", "token", {**form, **client}, token="").body
    assert desk.ask("GET", "session", token=pair["access_token"]).body["user_id"] == 4


def test_a_person_says_no(desk: Desk) -> None:
    sent = desk.ask("GET", path(deny="1"), token="", cookie=desk.world.credentials.open_browser(4))
    assert parse_qs(urlsplit(sent.header("Location") or "").query)["error"] == ["access_denied"]


def test_nobody_is_logged_in(desk: Desk) -> None:
    for more in ({}, {"accept": "1"}):
        sent = desk.ask("GET", path(**more), token="")
        back = parse_qs(urlsplit(sent.header("Location") or "").query)["redirect"][0]
        assert sent.status == 302
        assert "state" not in parse_qs(urlsplit(back).query)
        assert sent.header("Set-Cookie")


def test_only_registered_addresses_get_a_code(desk: Desk) -> None:
    cookie = desk.world.credentials.open_browser(4)
    others = ("http://127.0.0.1/other", "http://localhost/callback", "https://127.0.0.1/callback", "http://[::1", "")
    asked = [desk.ask("GET", path(redirect_uri=one, accept="1"), token="", cookie=cookie).status for one in others]
    assert asked == [401] * len(others)
    assert desk.ask("GET", path(client_id="nobody"), token="").status == 401
    assert desk.ask("GET", path(response_type="token"), token="").status == 400
