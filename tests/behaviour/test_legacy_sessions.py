"""What the sessions of the legacy API alone have: user and App-Tokens, an active profile and entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glpi_utils import GlpiAuthError, GlpiNotFoundError, GlpiPermissionError, GlpiValidationError
from glpi_utils.testing.world.rights import SYSTEM
from tests.behaviour.logins import logins, who
from tests.behaviour.places import Place, only, told

if TYPE_CHECKING:
    from glpi_utils.testing.world.world import World


def _second_profile(world: World) -> int:
    """Let glpi be a technician too."""
    return world.insert("Profile_User", {"users_id": 2, "profiles_id": 6, "entities_id": 0, "is_recursive": 1}, SYSTEM)


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
    monkeypatch.setenv("GLPI_USER", who(place)[0])
    monkeypatch.setenv("GLPI_PASSWORD", who(place)[1])
    await api.login()
    assert (await api.whoami())["user"]["name"] == who(place)[0]


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
    assert logins(place) == 2


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
    await api.login(*who(place))
    assert (await api.whoami())["entity"]["recursive"] is True
