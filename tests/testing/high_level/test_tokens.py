"""Grants, rotation, and what each kind of bad token is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.credentials import OAuthClient
from tests.testing.high_level.conftest import Desk, Said

CLIENT = {"client_id": service_desk.CLIENT_ID, "client_secret": service_desk.CLIENT_SECRET}


def ask(desk: Desk, **params: Any) -> Said:
    return desk.ask("POST", "/api.php/token", {**CLIENT, **params}, token="")


def refresh(desk: Desk, token: str, **more: Any) -> Said:
    return ask(desk, grant_type="refresh_token", refresh_token=token, **more)


def test_a_pair(desk: Desk) -> None:
    pair = desk.log_in()
    assert list(pair) == ["token_type", "expires_in", "access_token", "refresh_token"]
    assert (pair["token_type"], pair["expires_in"]) == ("Bearer", 3600)


def test_a_refresh_takes_both_old_tokens(desk: Desk) -> None:
    old = desk.log_in()
    new = refresh(desk, old["refresh_token"]).body
    assert desk.ask("GET", "session", token=old["access_token"]).body["detail"] == "Access token has been revoked"
    assert desk.ask("GET", "session", token=new["access_token"]).status == 200
    again = refresh(desk, old["refresh_token"])
    assert (again.status, again.body["hint"]) == (400, "Token has been revoked")
    assert refresh(desk, new["refresh_token"]).status == 200


def test_two_logins_stand_side_by_side(desk: Desk) -> None:
    one, other = desk.log_in(), desk.log_in()
    refresh(desk, one["refresh_token"])
    assert desk.ask("GET", "session", token=other["access_token"]).status == 200


def test_a_refresh_may_narrow_and_not_widen(desk: Desk) -> None:
    pair = desk.log_in(scope="api user")
    narrowed = refresh(desk, pair["refresh_token"], scope="api").body
    wider = refresh(desk, narrowed["refresh_token"], scope="api user")
    assert (wider.status, wider.body["error"], wider.body["hint"]) == (400, "invalid_scope", "Check the `user` scope")
    assert refresh(desk, narrowed["refresh_token"]).status == 200, "a refused refresh uses nothing up"


@pytest.mark.parametrize(
    ("params", "status", "error", "hint"),
    [
        ({"grant_type": "foo"}, 400, "unsupported_grant_type", "Check that all required parameters have been provided"),
        ({"grant_type": "password"}, 400, "invalid_request", "Check the `username` parameter"),
        ({"grant_type": "password", "username": "glpi"}, 400, "invalid_request", "Check the `password` parameter"),
        ({"grant_type": "password", "username": "glpi", "password": "x"}, 400, "invalid_grant", None),
        ({"grant_type": "password", "scope": ["api"]}, 400, "invalid_request", "Check the `scope` parameter"),
        ({"grant_type": "password", "client_id": "nosuch"}, 401, "invalid_client", None),
        ({"grant_type": "password", "client_secret": "x"}, 401, "invalid_client", None),
        (
            {"grant_type": "password", "client_secret": None},
            400,
            "invalid_request",
            "Check the `client_secret` parameter",
        ),
        ({"grant_type": "refresh_token"}, 400, "invalid_request", "Check the `refresh_token` parameter"),
        (
            {"grant_type": "refresh_token", "refresh_token": "garbage"},
            400,
            "invalid_grant",
            "Cannot decrypt the refresh token",
        ),
    ],
)
def test_refusals(desk: Desk, params: dict[str, Any], status: int, error: str, hint: str | None) -> None:
    said = ask(desk, **params)
    assert (said.status, said.body["error"], said.body.get("hint")) == (status, error, hint)


def test_the_refresh_token_of_another_client(desk: Desk) -> None:
    desk.world.credentials.clients["other"] = OAuthClient("other", "secret", scopes=("api",), grants=())
    said = refresh(desk, desk.log_in()["refresh_token"], client_id="other", client_secret="secret")
    assert said.body["hint"] == "Token is not linked to client"


def test_a_client_without_the_grant(desk: Desk) -> None:
    desk.world.credentials.clients["other"] = OAuthClient("other", "secret", grants=("client_credentials",))
    said = ask(desk, grant_type="password", client_id="other", client_secret="secret")
    assert (said.status, said.body["error"]) == (400, "unauthorized_client")


def test_a_token_of_the_client_itself_opens_nothing(desk: Desk) -> None:
    pair = ask(desk, grant_type="client_credentials", scope="api").body
    assert "refresh_token" not in pair
    assert desk.ask("GET", "session", token=pair["access_token"]).status == 401


def test_unknown_scopes_are_dropped_in_silence(desk: Desk) -> None:
    pair = desk.log_in(scope="nosuch,api")
    said = desk.ask("GET", "session", token=pair["access_token"])
    assert (said.status, said.body["detail"]) == (
        403,
        "You do not have the required scope(s) to access this endpoint.",
    )


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("Administration/User/Me", "user"),
        ("Administration/User/Me/Email", "user"),
        ("status", "status"),
        ("session", "api"),
        ("Administration/User/2", "api"),
    ],
)
def test_each_path_has_its_scope(desk: Desk, path: str, scope: str) -> None:
    other = "user" if scope == "api" else "api"
    assert desk.ask("GET", path, token=desk.log_in(scope=scope)["access_token"]).status == 200
    assert desk.ask("GET", path, token=desk.log_in(scope=other)["access_token"]).status == 403


def test_an_hour_later(desk: Desk) -> None:
    later = datetime.now(UTC) + timedelta(hours=1, minutes=1)
    pair = desk.log_in()
    desk.world.clock = lambda: later
    said = desk.ask("GET", "session", token=pair["access_token"])
    assert (said.status, said.body["title"]) == (400, "Invalid OAuth token")
    assert refresh(desk, pair["refresh_token"]).status == 200


@pytest.mark.parametrize("column", ["is_active", "is_deleted"])
def test_a_user_who_is_gone(desk: Desk, column: str) -> None:
    tech = desk.as_user("tech")
    desk.world.store.change("User", 4, {column: int(column == "is_deleted")})
    assert tech.ask("GET", "session").status == 401
    assert tech.log_in("tech")["access_token"], "a token is handed out all the same"


def test_a_bad_bearer_spoils_public_routes_too(desk: Desk) -> None:
    for method, path in (("GET", "/api.php/"), ("POST", "/api.php/token")):
        said = desk.ask(method, path, {}, token="nonsense")
        assert (said.status, said.body["title"]) == (400, "Invalid OAuth token")


def test_credentials_in_a_basic_header(desk: Desk) -> None:
    import base64

    pair = base64.b64encode(f"{service_desk.CLIENT_ID}:wrong".encode()).decode()
    said = desk.ask("POST", "/api.php/token", {"grant_type": "password"}, token="", authorization=f"Basic {pair}")
    assert (said.status, said.header("WWW-Authenticate")) == (401, 'Basic realm="OAuth"')


def test_networks_count_whole_bytes(desk: Desk) -> None:
    def status(rule: str) -> int:
        desk.world.credentials.clients[service_desk.CLIENT_ID].allowed_ips = rule
        return desk.ask("GET", "session").status

    assert status("10.1.2.3") == 403
    assert status("127.0.0.1") == 200
    assert status("10.0.0.0/8, 127.0.0.0/12") == 200
