"""Logging in and out, once for all calls; closing and using again; profile and entity of a legacy session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glpi_utils import GlpiAuthError, GlpiNotFoundError, GlpiPermissionError, GlpiValidationError
from glpi_utils.testing.credentials import OAuthClient
from glpi_utils.testing.rights import SYSTEM
from tests.behaviour.places import Place, only, told

if TYPE_CHECKING:
    from glpi_utils.testing.world import World

LOGINS = ("/token", "initSession")


def _logins(place: Place) -> int:
    return sum(each.url.endswith(LOGINS) for each in place.sent)


def _who(place: Place) -> tuple[str, str]:
    if place.server:
        return place.server.username, place.server.password
    return str(told("USERNAME")), str(told("PASSWORD"))


def _second_profile(world: World) -> int:
    """Let glpi be a technician too."""
    return world.insert("Profile_User", {"users_id": 2, "profiles_id": 6, "entities_id": 0, "is_recursive": 1}, SYSTEM)


def _oauth_client_without_api(world: World) -> None:
    world.credentials.clients["lesser"] = OAuthClient("lesser", "lesser-secret", scopes=("user",))


async def test_making_a_client_sends_nothing(place: Place) -> None:
    place.client()
    assert place.sent == []


async def test_the_first_call_logs_in_and_the_next_do_not(place: Place) -> None:
    api = place.client()
    for _ in range(3):
        await api.ticket.get_all(limit=1)
    assert _logins(place) == 1


async def test_authenticate_and_login_log_in_at_once(place: Place) -> None:
    api = place.client()
    await api.authenticate()
    assert _logins(place) == 1
    await api.login(*_who(place))
    assert _logins(place) == 2
    await api.ticket.get_all(limit=1)
    assert _logins(place) == 2


async def test_credentials_given_at_login_are_kept_for_the_next(place: Place) -> None:
    api = place.client(username=None, password=None, **({} if place.hl else {"user_token": None}))
    with pytest.raises(GlpiAuthError):
        await api.ticket.get_all(limit=1)
    await api.authenticate(*_who(place))
    await api.logout()
    await api.ticket.get_all(limit=1)
    assert _logins(place) == 2


async def test_without_credentials_the_error_says_what_to_do(place: Place) -> None:
    api = place.client(username=None, password=None, **({} if place.hl else {"user_token": None}))
    with pytest.raises(GlpiAuthError, match="GLPI_OAUTH_USERNAME" if place.hl else "login"):
        await api.whoami()
    assert _logins(place) == 0


@only("hl", because="legacy needs no OAuth client")
async def test_without_a_client_id(place: Place) -> None:
    api = place.client(client_secret=None)
    with pytest.raises(GlpiAuthError, match="client_secret") as told:
        await api.authenticate()
    assert told.value.status_code is None


async def test_a_wrong_password(place: Place) -> None:
    api = place.client(username=_who(place)[0], password="certainly wrong")
    with pytest.raises(GlpiAuthError) as problem:
        await api.ticket.get_all(limit=1)
    if place.hl:
        assert (problem.value.status_code, problem.value.error_code) == (400, "invalid_grant")
    else:
        assert (problem.value.status_code, problem.value.error_code) == (401, "ERROR_GLPI_LOGIN")
    assert "certainly wrong" not in repr(problem.value)
    assert _logins(place) == 1


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
    assert _logins(place) == 2


async def test_close_and_on(place: Place) -> None:
    api = place.client()
    await api.ticket.get_all(limit=1)
    await api.close()
    await api.close()
    assert len(place.told("killSession")) == (0 if place.hl else 1)
    await api.ticket.get_all(limit=1)
    assert _logins(place) == 2


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
    assert _logins(place) == 3
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
    for name, value in zip(names, _who(place), strict=True):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GLPI_URL", place.url)
    api = place.client("", **words)
    assert (await api.whoami())["user"]["name"] == _who(place)[0]


@only("legacy", because="HL takes no user_token")
async def test_login_by_user_token(place: Place) -> None:
    token = place.glpi.user_token if place.server else told("USER_TOKEN")
    if token is None:
        pytest.skip("GLPI_TEST_USER_TOKEN is not set")
    api = place.client(username=None, password=None, user_token=token)
    assert (await api.whoami())["user"]["id"]
    other = place.client()
    await other.login(user_token=token)
    assert (await other.whoami())["user"]["id"] == (await api.whoami())["user"]["id"]


@only("legacy", because="HL takes no user_token")
async def test_a_wrong_user_token(place: Place) -> None:
    api = place.client(username=None, password=None, user_token="certainly-wrong")
    with pytest.raises(GlpiAuthError) as problem:
        await api.ticket.get_all(limit=1)
    assert problem.value.error_code == "ERROR_GLPI_LOGIN_USER_TOKEN"


@only("legacy", because="HL has no App-Token")
async def test_a_wrong_app_token(place: Place) -> None:
    api = place.client(app_token="certainly-wrong")
    with pytest.raises(GlpiAuthError) as problem:
        await api.ticket.get_all(limit=1)
    assert problem.value.error_code == "ERROR_WRONG_APP_TOKEN_PARAMETER"


@only("legacy", because="HL has no App-Token")
@only(where="embedded", because="knows its App-Token")
async def test_an_app_token_is_sent_with_every_request(place: Place) -> None:
    await place.client(app_token=place.glpi.app_token).ticket.get(1)
    assert {seen.headers.get("app-token") for seen in place.glpi.requests} == {place.glpi.app_token}


@only("legacy", because="HL has no such header")
@only(where="embedded", because="looks at what the server was sent")
async def test_texts_are_asked_for_as_they_are(place: Place) -> None:
    await place.client().ticket.get(1)
    assert {seen.headers.get("x-glpi-sanitized-content") for seen in place.glpi.requests} == {"false"}
    assert not [seen for seen in place.glpi.requests if "session_write" in seen.query]


@only("legacy", because="HL takes what it needs from its own variables")
async def test_login_from_the_environment(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    api = place.client(username=None, password=None, user_token=None)
    monkeypatch.setenv("GLPI_USER", _who(place)[0])
    monkeypatch.setenv("GLPI_PASSWORD", _who(place)[1])
    await api.login()
    assert (await api.whoami())["user"]["name"] == _who(place)[0]


@only("legacy", because="HL has a scope per call")
async def test_the_active_profile_can_be_set(place: Place) -> None:
    api = place.client()
    active = (await api.get_active_profile())["id"]
    assert await api.set_active_profile(active) is None  # type: ignore[func-returns-value]
    assert (await api.get_active_profile())["id"] == active
    with pytest.raises(GlpiNotFoundError):
        await api.set_active_profile(99_999_999)


@only("legacy", because="HL has a scope per call")
async def test_the_active_entity_can_be_set(place: Place) -> None:
    api = place.client()
    assert await api.set_active_entity(0, is_recursive=True) is None  # type: ignore[func-returns-value]
    assert (await api.get_active_entities())["id"] == 0
    assert await api.set_active_entity("all", True) is None  # type: ignore[func-returns-value]
    with pytest.raises(GlpiPermissionError):
        await api.set_active_entity(99_999_999)
    with pytest.raises(GlpiValidationError):
        await api.set_active_entity("root")
    mine = await api.get_my_entities(is_recursive=True)
    assert 0 in [each["id"] for each in mine]


@only("legacy", because="HL has a scope per call")
@only(where="embedded", because="makes the server forget")
async def test_profile_and_entity_are_set_again_in_the_next_session(place: Place) -> None:
    api = place.client()
    place.glpi.do(_second_profile)
    await api.set_active_profile(6)
    await api.set_active_entity(1)
    seen = {row["entities_id"] for row in await api.ticket.get_all_pages()}
    assert seen == {1}
    place.glpi.kill_sessions()
    assert {row["entities_id"] for row in await api.ticket.get_all_pages()} == seen
    said = await api.whoami()
    assert (said["profile"]["id"], said["entity"]["id"]) == (6, 1)
    assert _logins(place) == 2


@only("legacy", because="HL has a scope per call")
@only(where="embedded", because="makes the server forget")
async def test_a_profile_that_can_not_be_set_again_ends_the_call(place: Place) -> None:
    api = place.client()
    link = place.glpi.do(_second_profile)
    await api.set_active_profile(6)
    place.glpi.do(lambda world: world.purge("Profile_User", link, SYSTEM))
    place.glpi.kill_sessions()
    before = len(place.told("/Ticket"))
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.get_all(limit=1)
    assert len(place.told("/Ticket")) == before + 1, "the call itself was not repeated in another scope"


@only("legacy", because="HL has a scope per call")
async def test_login_begins_with_the_users_own_profile_and_entity(place: Place) -> None:
    api = place.client()
    await api.set_active_entity(0, False)
    assert (await api.whoami())["entity"]["recursive"] is False
    await api.login(*_who(place))
    assert (await api.whoami())["entity"]["recursive"] is True
