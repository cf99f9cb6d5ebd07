"""Logging in and out, once for all calls; closing and using again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glpi_utils import GlpiAuthError, GlpiPermissionError, GlpiValidationError
from glpi_utils.testing.world.credentials import OAuthClient
from glpi_utils.testing.world.rights import SYSTEM
from tests.behaviour.logins import logins, who
from tests.behaviour.places import Place, only, told

if TYPE_CHECKING:
    from glpi_utils.testing.world.world import World


def _oauth_client_without_api(world: World) -> None:
    world.credentials.clients["lesser"] = OAuthClient("lesser", "lesser-secret", scopes=("user",))


async def test_making_a_client_sends_nothing(place: Place) -> None:
    place.client()
    assert place.sent == []


async def test_the_first_call_logs_in_and_the_next_do_not(place: Place) -> None:
    api = place.client()
    for _ in range(3):
        await api.ticket.get_all(limit=1)
    assert logins(place) == 1


async def test_authenticate_and_login_log_in_at_once(place: Place) -> None:
    api = place.client()
    await api.authenticate()
    assert logins(place) == 1
    await api.login(*who(place))
    assert logins(place) == 2
    await api.ticket.get_all(limit=1)
    assert logins(place) == 2


async def test_credentials_given_at_login_are_kept_for_the_next(place: Place) -> None:
    api = place.client(username=None, password=None, **({} if place.hl else {"user_token": None}))
    with pytest.raises(GlpiAuthError):
        await api.ticket.get_all(limit=1)
    await api.authenticate(*who(place))
    await api.logout()
    await api.ticket.get_all(limit=1)
    assert logins(place) == 2


async def test_without_credentials_the_error_says_what_to_do(place: Place) -> None:
    api = place.client(username=None, password=None, **({} if place.hl else {"user_token": None}))
    with pytest.raises(GlpiAuthError, match="GLPI_OAUTH_USERNAME" if place.hl else "login"):
        await api.whoami()
    assert logins(place) == 0


@only("hl", because="legacy needs no OAuth client")
async def test_without_a_client_id(place: Place) -> None:
    api = place.client(client_secret=None)
    with pytest.raises(GlpiAuthError, match="client_secret") as told:
        await api.authenticate()
    assert told.value.status_code is None


async def test_a_wrong_password(place: Place) -> None:
    api = place.client(username=who(place)[0], password="certainly wrong")
    with pytest.raises(GlpiAuthError) as problem:
        await api.ticket.get_all(limit=1)
    if place.hl:
        assert (problem.value.status_code, problem.value.error_code) == (400, "invalid_grant")
    else:
        assert (problem.value.status_code, problem.value.error_code) == (401, "ERROR_GLPI_LOGIN")
    assert "certainly wrong" not in repr(problem.value)
    assert logins(place) == 1


@only("hl", because="legacy needs no OAuth client")
async def test_a_wrong_client_secret(place: Place) -> None:
    api = place.client(client_secret="certainly wrong")
    with pytest.raises(GlpiAuthError) as problem:
        await api.authenticate()
    assert (problem.value.status_code, problem.value.error_code) == (401, "invalid_client")


@only("hl", because="legacy takes what is missing from the environment")
async def test_half_of_the_credentials(place: Place) -> None:
    with pytest.raises(GlpiValidationError):
        await place.client().authenticate("glpi")
    assert place.sent == []


async def test_logout_and_on(place: Place) -> None:
    api = place.client()
    await api.ticket.get_all(limit=1)
    await api.logout()
    await api.logout()
    assert len(place.told("killSession")) == (0 if place.hl else 1)
    await api.ticket.get_all(limit=1)
    assert logins(place) == 2


async def test_close_and_on(place: Place) -> None:
    api = place.client()
    await api.ticket.get_all(limit=1)
    await api.close()
    await api.close()
    assert len(place.told("killSession")) == (0 if place.hl else 1)
    await api.ticket.get_all(limit=1)
    assert logins(place) == 2


async def test_leaving_with_closes(place: Place) -> None:
    api = place.client()
    async with api as entered:
        assert entered is api or entered is not None
        assert place.sent == []
        await api.ticket.get_all(limit=1)
    assert len(place.told("killSession")) == (0 if place.hl else 1)
    await api.ticket.get_all(limit=1)


async def test_leaving_with_by_an_error_closes_and_lets_it_pass(place: Place) -> None:
    api = place.client()
    with pytest.raises(ZeroDivisionError):
        async with api:
            await api.ticket.get_all(limit=1)
            raise ZeroDivisionError
    assert len(place.told("killSession")) == (0 if place.hl else 1)


@only(where="embedded", because="looks at the server's sessions")
async def test_nothing_is_left_open_on_the_server(place: Place) -> None:
    async with place.client() as api:
        await api.ticket.get_all(limit=1)
    assert place.glpi.do(lambda world: dict(world.credentials.sessions)) == {}


async def test_closing_an_unused_client_sends_nothing(place: Place) -> None:
    async with place.client():
        pass
    assert place.sent == []


@only(where="embedded", because="makes the server forget")
async def test_a_login_that_lapsed_is_renewed_and_the_call_repeated(place: Place) -> None:
    api = place.client()
    await api.ticket.get(1)
    place.glpi.revoke_tokens()
    place.glpi.kill_sessions()
    assert (await api.ticket.get(1))["id"] == 1
    made = await api.ticket.create(place.ticket())
    place.glpi.expire_tokens()
    place.glpi.kill_sessions()
    await api.ticket.update({"id": made["id"], "urgency": 5})
    assert logins(place) == 3
    assert await api.ticket.count(**place.mine()) == 1


@only("hl", because="legacy has no refresh tokens")
@only(where="embedded", because="looks at what the server was sent")
async def test_a_token_is_renewed_by_its_refresh_token(place: Place) -> None:
    api = place.client()
    await api.ticket.get(1)
    place.glpi.expire_tokens()
    await api.ticket.get(1)
    grants = [seen.body.decode() for seen in place.glpi.seen("POST", "/token")]
    assert ["grant_type=password" in grants[0], "grant_type=refresh_token" in grants[1]] == [True, True]
    place.glpi.expire_tokens()
    place.glpi.revoke_refresh_tokens()
    await api.ticket.get(1)
    grants = [seen.body.decode() for seen in place.glpi.seen("POST", "/token")]
    assert [grant.split("&")[0] for grant in grants[2:]] == ["grant_type=refresh_token", "grant_type=password"]


@only("hl", because="legacy has no scopes")
async def test_a_scope_that_lacks_api(place: Place) -> None:
    api = place.client(scope="user")
    with pytest.raises(GlpiPermissionError, match="scope"):
        await api.ticket.get_all(limit=1)


@only("hl", because="a legacy session outlives its user")
@only(where="embedded", because="deactivates a user")
async def test_a_user_who_was_deactivated_is_not_logged_in_again_and_again(place: Place) -> None:
    """GLPI gives tokens to a deactivated user, and answers every call by 401."""
    api = place.client(username="tech", password="tech")
    await api.ticket.get_all(limit=1)
    place.glpi.do(lambda world: world.update("User", 4, {"is_active": 0}, SYSTEM))
    for _ in range(2):
        before = len(place.sent)
        with pytest.raises(GlpiAuthError, match="deactivated") as problem:
            await api.ticket.get_all(limit=1)
        assert problem.value.status_code == 401
        assert len(place.sent) - before <= 4


@only("hl", because="legacy has no scopes")
@only(where="embedded", because="makes an OAuth client")
async def test_an_oauth_client_that_may_not_use_the_api(place: Place) -> None:
    """GLPI drops the scope in silence and gives a token all the same."""
    place.glpi.do(_oauth_client_without_api)
    api = place.client(client_id="lesser", client_secret="lesser-secret")
    with pytest.raises(GlpiAuthError, match="Scopes: api"):
        await api.ticket.get_all(limit=1)
    assert not place.told("Assistance")


@only("hl", because="legacy has no grants")
async def test_without_a_user_the_grant_that_would_be_tried_is_explained(place: Place) -> None:
    api = place.client(username=None, password=None)
    with pytest.raises(GlpiAuthError, match="client_credentials grant is not supported"):
        await api.ticket.get_all(limit=1)
    assert not place.told("/token")


async def test_everything_from_the_environment(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("GLPI_OAUTH_USERNAME", "GLPI_OAUTH_PASSWORD") if place.hl else ("GLPI_USER", "GLPI_PASSWORD")
    words: dict[str, object] = {"username": None, "password": None}
    if place.hl:
        monkeypatch.setenv("GLPI_OAUTH_CLIENT_ID", place.glpi.client_id if place.server else str(told("CLIENT_ID")))
        secret = place.glpi.client_secret if place.server else str(told("CLIENT_SECRET"))
        monkeypatch.setenv("GLPI_OAUTH_CLIENT_SECRET", secret)
        words |= {"client_id": None, "client_secret": None}
    else:
        words["user_token"] = None
    for name, value in zip(names, who(place), strict=True):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GLPI_URL", place.url)
    api = place.client("", **words)
    assert (await api.whoami())["user"]["name"] == who(place)[0]
