"""Logging in, sessions, App-Tokens, profiles and entities."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import Caller


@pytest.fixture
def stranger(world: World) -> Caller:
    return Caller(world, login=None)


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


def test_every_way_to_log_in(stranger: Caller) -> None:
    ways = [
        stranger.ask("GET", "initSession", authorization=basic("glpi:glpi")),
        stranger.ask("GET", "initSession/", authorization=basic("glpi:glpi")),
        stranger.ask("GET", "initSession?login=glpi&password=glpi"),
        stranger.ask("POST", "initSession", {"login": "glpi", "password": "glpi"}),
        stranger.ask("GET", "initSession", authorization=f"user_token {GlpiServer.user_token}"),
        stranger.ask("GET", f"initSession?user_token={GlpiServer.user_token}", authorization=basic("glpi:wrong")),
    ]
    tokens = {way["session_token"] for way in ways}
    assert len(tokens) == len(ways)
    assert all(len(token) == 26 for token in tokens)
    assert all(list(way) == ["session_token"] for way in ways)


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 400, "ERROR_LOGIN_PARAMETERS_MISSING"),
        ({"authorization": basic("glpi:")}, 400, "ERROR_LOGIN_PARAMETERS_MISSING"),
        ({"authorization": f"User_Token {GlpiServer.user_token}"}, 400, "ERROR_LOGIN_PARAMETERS_MISSING"),
        ({"authorization": basic("glpi:wrong")}, 401, "ERROR_GLPI_LOGIN"),
        ({"authorization": basic("nobody:glpi")}, 401, "ERROR_GLPI_LOGIN"),
        ({"authorization": "user_token wrong"}, 401, "ERROR_GLPI_LOGIN_USER_TOKEN"),
        ({"authorization": basic("glpi:glpi"), "app_token": "wrong"}, 400, "ERROR_WRONG_APP_TOKEN_PARAMETER"),
    ],
)
def test_refused_logins(stranger: Caller, headers: dict[str, str], status: int, code: str) -> None:
    assert stranger.refused("GET", "initSession", status=status, **headers) == code


def test_the_full_session_comes_with_the_login_when_asked(stranger: Caller) -> None:
    body = stranger.ask("GET", "initSession?get_full_session=true", authorization=basic("glpi:glpi"))
    assert body["session"]["glpiname"] == "glpi"
    assert body["session"]["valid_id"] == body["session_token"]


def test_only_10_heeds_the_language_before_the_login(ten: World, eleven: World) -> None:
    said = [
        Caller(world, login=None).ask(
            "GET", "initSession", status=401, authorization=basic("glpi:no"), accept_language="fr-FR"
        )[1]
        for world in (ten, eleven)
    ]
    assert said == ["Identifiant ou mot de passe incorrect", "Incorrect username or password"]


def test_a_user_without_a_profile_and_an_inactive_one_stay_outside(stranger: Caller) -> None:
    world = stranger.world
    alone = world.insert("User", {"name": "alone", "password": "pw"}, SYSTEM)
    for row in world.select("Profile_User", "users_id = ?", [alone]):
        world.purge("Profile_User", row["id"], SYSTEM)
    assert stranger.refused("GET", "initSession", status=401, authorization=basic("alone:pw")) == "ERROR_GLPI_LOGIN"
    world.update("User", 4, {"is_active": 0}, SYSTEM)
    assert stranger.refused("GET", "initSession", status=401, authorization=basic("tech:tech")) == "ERROR_GLPI_LOGIN"


def test_the_token_may_stand_in_the_query(glpi: Caller) -> None:
    stranger = Caller(glpi.world, login=None)
    assert stranger.ask("GET", f"getMyProfiles?session_token={glpi.token}")["myprofiles"]


def test_missing_unknown_and_killed_sessions(glpi: Caller) -> None:
    stranger = Caller(glpi.world, login=None)
    assert stranger.refused("GET", "getMyProfiles") == "ERROR_SESSION_TOKEN_MISSING"
    assert stranger.refused("GET", "getMyProfiles", session_token="") == "ERROR_SESSION_TOKEN_MISSING"
    for token in ("a" * 26, "83af7e620c83a50a18d3eac2f6ed05a3ca0bea62", "bad token!*"):
        assert glpi.refused("GET", "Ticket/1", status=401, session_token=token) == "ERROR_SESSION_TOKEN_INVALID"
    assert glpi.ask("POST", "killSession") is True
    assert glpi.refused("POST", "Ticket", {"input": {}}, status=401) == "ERROR_SESSION_TOKEN_INVALID"
    assert glpi.refused("GET", "killSession", status=401) == "ERROR_SESSION_TOKEN_INVALID"


def test_every_session_can_be_ended_at_once(glpi: Caller) -> None:
    glpi.world.credentials.kill_sessions()
    assert glpi.refused("GET", "Ticket", status=401) == "ERROR_SESSION_TOKEN_INVALID"


def test_a_token_that_php_refuses_breaks_11(ten: World, eleven: World) -> None:
    assert Caller(ten).refused("GET", "Ticket/1", status=401, session_token="bad_token_x")
    answer = Caller(eleven).say("GET", "Ticket/1", session_token="bad_token_x")
    assert (answer.status, answer.header("content-type")) == (500, "text/html; charset=UTF-8")


def test_a_session_outlives_its_user(world: World) -> None:
    tech = Caller(world, "tech", "tech")
    world.purge("User", 4, SYSTEM)
    assert tech.ask("GET", "Ticket/1?get_hateoas=false")["id"] == 1


def test_the_app_token_is_checked_on_every_request(glpi: Caller) -> None:
    assert glpi.ask("GET", "getActiveEntities", app_token=GlpiServer.app_token)
    assert glpi.ask("GET", "getActiveEntities", app_token="")
    assert glpi.ask("GET", f"getActiveEntities?app_token={GlpiServer.app_token}")
    assert glpi.refused("GET", "getActiveEntities", app_token="no") == "ERROR_WRONG_APP_TOKEN_PARAMETER"


def test_without_a_client_for_all_the_app_token_is_needed(glpi: Caller) -> None:
    for row in glpi.world.select("APIClient"):
        if not row["app_token"]:
            glpi.world.update("APIClient", row["id"], {"is_active": 0}, SYSTEM)
    assert glpi.refused("GET", "getActiveEntities") == "ERROR_APP_TOKEN_PARAMETERS_MISSING"
    assert glpi.ask("GET", "getActiveEntities", app_token=GlpiServer.app_token)


def test_a_new_api_client_gets_a_token_that_nobody_reads(glpi: Caller) -> None:
    given = {"name": "mine", "is_active": 1, "_reset_app_token": 1, "ipv4_range_start": "10.0.0.1"}
    made = glpi.ask("POST", "APIClient", {"input": given}, 201)
    row = glpi.ask("GET", f"APIClient/{made['id']}?get_hateoas=false")
    assert "app_token" not in row
    assert row["ipv4_range_start"] == 167772161
    token = glpi.world.get("APIClient", made["id"])
    assert token is not None
    assert glpi.refused("GET", "getActiveEntities", app_token=token["app_token"]) == "ERROR_WRONG_APP_TOKEN_PARAMETER"
    glpi.ask(
        "PUT", f"APIClient/{made['id']}", {"input": {"ipv4_range_start": "127.0.0.0", "ipv4_range_end": "127.9.9.9"}}
    )
    assert glpi.ask("GET", "getActiveEntities", app_token=token["app_token"])


def test_profiles(glpi: Caller) -> None:
    mine = glpi.ask("GET", "getMyProfiles")["myprofiles"]
    assert [(profile["id"], profile["name"]) for profile in mine] == [(4, "Super-Admin")]
    assert mine[0]["entities"] == [{"id": 0, "name": "Root entity", "is_recursive": 1}]
    assert glpi.ask("GET", "getActiveProfile")["active_profile"]["name"] == "Super-Admin"
    assert glpi.ask("POST", "changeActiveProfile", {"profiles_id": 4}) is True
    assert glpi.ask("GET", "changeActiveProfile?profiles_id=4") is True
    assert glpi.refused("POST", "changeActiveProfile", {"profiles_id": 9999}, 404) == "ERROR_ITEM_NOT_FOUND"
    assert glpi.refused("POST", "changeActiveProfile", {}) == "ERROR"


def test_changing_the_profile_changes_what_may_be_seen(world: World) -> None:
    world.insert("Profile_User", {"users_id": 4, "profiles_id": 1, "entities_id": 0, "is_recursive": 1}, SYSTEM)
    tech = Caller(world, "tech", "tech")
    assert tech.ids("Computer?range=0-0", 206)
    assert tech.ask("POST", "changeActiveProfile", {"profiles_id": 1}) is True
    assert tech.refused("GET", "Computer", status=403) == "ERROR_RIGHT_MISSING"


def test_entities(glpi: Caller) -> None:
    entities = [row["id"] for row in glpi.world.select("Entity")]
    active = glpi.ask("GET", "getActiveEntities")["active_entity"]
    assert (active["id"], active["active_entity_recursive"]) == (0, 1)
    assert sorted(one["id"] for one in active["active_entities"]) == entities
    assert glpi.ask("GET", "getMyEntities")["myentities"] == [{"id": 0, "name": "Root entity"}]
    unfolded = glpi.ask("GET", "getMyEntities?is_recursive=true")["myentities"]
    assert sorted(one["id"] for one in unfolded) == entities
    assert unfolded[-1]["id"] == 0


def test_changing_the_entity(glpi: Caller) -> None:
    child = next(row["id"] for row in glpi.world.select("Entity", "entities_id = 0 AND id > 0"))
    assert glpi.ask("POST", "changeActiveEntities", {"entities_id": child}) is True
    active = glpi.ask("GET", "getActiveEntities")["active_entity"]
    assert active == {"id": child, "active_entity_recursive": False, "active_entities": [{"id": child}]}
    seen = glpi.ask("GET", "Ticket?range=0-999&get_hateoas=false", status=200)
    assert {row["entities_id"] for row in seen} <= {child}
    made = glpi.ask("POST", "Ticket", {"input": {"name": "here"}}, 201)["id"]
    assert glpi.ask("GET", f"Ticket/{made}")["entities_id"] == child
    assert glpi.ask("POST", "changeActiveEntities?entities_id=0&is_recursive=true") is True
    assert glpi.ask("GET", "getActiveEntities")["active_entity"]["active_entity_recursive"] is True


@pytest.mark.parametrize(
    ("body", "answer"), [({}, True), ({"entities_id": "all"}, True), ({"entities_id": 9999}, False)]
)
def test_an_unknown_entity_is_a_false_with_status_200(glpi: Caller, body: dict[str, object], answer: bool) -> None:
    assert glpi.ask("POST", "changeActiveEntities", body) is answer


def test_is_recursive_must_be_a_boolean(glpi: Caller) -> None:
    assert glpi.refused("POST", "changeActiveEntities", {"entities_id": 0, "is_recursive": 1}) == "ERROR"


def test_the_version_stands_in_the_configuration_for_every_profile(world: World) -> None:
    said = Caller(world, "post-only", "postonly").ask("GET", "getGlpiConfig")["cfg_glpi"]
    assert said["version"] == world.version
    assert said["dbversion"].startswith(world.version + "@")
    assert ("enable_hlapi" in said) is (world.version == "11.0.6")


def test_the_full_session(glpi: Caller) -> None:
    glpi.world.clock = lambda: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    said = glpi.ask("GET", "getFullSession")["session"]
    assert (said["glpiID"], said["glpiname"], said["glpilist_limit"]) == (2, "glpi", 20)
    assert said["glpi_currenttime"] == "2026-01-02 03:04:05"
