"""Paths, methods, headers, the session."""

from __future__ import annotations

import pytest

from tests.testing.high_level.conftest import Desk


@pytest.mark.parametrize(
    "path",
    [
        "/api.php/v2/Assistance/Ticket/1",
        "/api.php/Assistance/Ticket/1",
        "/api.php/v9.9/Assistance/Ticket/1",
        "/api.php//v2/Assistance/Ticket/1",
        "/api.php/v2/assistance/TICKET/1",
        "/api.php/v2/Assistance/Ticket/1/",
        "/api.php/v2/Assistance%2FTicket/1",
    ],
)
def test_ways_to_say_a_path(desk: Desk, path: str) -> None:
    assert desk.ask("GET", path).body["id"] == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api.php/v2"),
        ("GET", "/api.php/v2/"),
        ("GET", "/api.php/vfoo/Assistance/Ticket/1"),
        ("GET", "/api.php/v2/Assistance//Ticket/1"),
        ("GET", "Nope"),
        ("GET", "Assistance/Ticket/abc"),
        ("GET", "Assistance/Ticket/-1"),
        ("PUT", "Assistance/Ticket/1"),
        ("POST", "Assistance/Ticket/1"),
        ("DELETE", "Assistance/Ticket"),
        ("POST", "Assistance/Ticket/1/Restore"),
    ],
)
def test_no_such_route(desk: Desk, method: str, path: str) -> None:
    assert desk.ask(method, path).body == {"status": "ERROR_ITEM_NOT_FOUND", "title": "Not found", "detail": None}
    assert Desk(desk.world).ask(method, path).body["status"] == "ERROR_UNAUTHENTICATED"


def test_an_unknown_verb(desk: Desk) -> None:
    said = desk.ask("FOO", "Assistance/Ticket/1")
    assert (said.status, said.header("Content-Type"), said.body) == (404, "text/html; charset=UTF-8", b"")


def test_head(desk: Desk) -> None:
    said = desk.ask("HEAD", "Assistance/Ticket?limit=1")
    assert (said.status, said.answer.body) == (206, b"")
    assert (said.header("Content-Range") or "").startswith("0-0/")


def test_options(desk: Desk) -> None:
    assert desk.ask("OPTIONS", "Assistance/Ticket/1").lines("Allow") == ["DELETE", "GET", "PATCH"]
    assert desk.ask("OPTIONS", "Nope").status == 404
    anonymous = Desk(desk.world).ask(
        "OPTIONS", "Assistance/Ticket/1", access_control_request_method="PATCH", origin="https://app.example.com"
    )
    assert (anonymous.status, anonymous.lines("Allow")) == (204, [])
    assert anonymous.lines("Access-Control-Allow-Methods") == ["GET", "POST", "PATCH", "PUT", "DELETE"]
    assert anonymous.header("Access-Control-Allow-Origin") == "*"


def test_the_list_of_versions(desk: Desk) -> None:
    said = Desk(desk.world).ask("GET", "/api.php")
    assert [one["version"] for one in said.body["api_versions"]] == ["1.0.0", "2.0.0", "2.1.0", "2.2.0"]
    assert said.body["api_versions"][-1]["endpoint"] == "http://127.0.0.1/api.php/v2.2"
    assert (said.header("Set-Cookie") or "").startswith("glpi_")
    assert desk.ask("GET", "/api.php/").header("Set-Cookie") is None


def test_status(desk: Desk) -> None:
    assert Desk(desk.world).ask("GET", "status/all").body["glpi"] == {"status": "OK"}
    assert desk.ask("GET", "status").body["db"] == {"href": "/status/db"}
    assert desk.ask("GET", "status/glpi").body == []


def test_the_document_is_about_what_is_there(desk: Desk) -> None:
    document = Desk(desk.world).ask("GET", "doc.json").body
    assert set(document["paths"]["/Assistance/Ticket/{id}"]) == {"delete", "get", "patch"}
    ticket = document["components"]["schemas"]["Ticket"]["properties"]
    assert set(ticket) == set(desk.ask("GET", "Assistance/Ticket/1").body)
    old = Desk(desk.world).ask("GET", "/api.php/v2.0/doc.json").body
    assert "/Knowledgebase/Article" not in old["paths"]


def test_graphql_is_broken(desk: Desk) -> None:
    assert desk.ask("POST", "GraphQL", {"query": "{Ticket{id}}"}).status == 502


def test_session(desk: Desk) -> None:
    said = desk.ask("GET", "session").body
    assert (said["user_id"], said["name"], said["active_profile"]["id"]) == (2, "glpi", 4)
    every = [row["id"] for row in desk.world.select("Entity")]
    assert said["active_entities"] == {str(one): one for one in every}, "by name, so that PHP's keys are no list"
    assert "rights" in said["active_profile"]
    assert "rights" not in desk.ask("GET", "/api.php/v2.1/session").body["active_profile"]
    helpdesk = desk.as_user("post-only").ask("GET", "session").body["active_profile"]
    assert (helpdesk["interface"], helpdesk["rights"]["computer"]) == ("helpdesk", 0)


def test_entity_headers(desk: Desk) -> None:
    def active(**headers: str) -> object:
        return desk.ask("GET", "session", **headers).body["active_entities"]

    everything = active()
    assert active(glpi_entity="0") == [0]
    assert active(glpi_entity="1") == {"1": 1}
    assert active(glpi_entity="0", glpi_entity_recursive="TRUE") == everything
    assert active(glpi_entity="0", glpi_entity_recursive="1") == [0], "only the word true"
    assert active(glpi_entity="9999") == active(glpi_entity="abc") == everything, "ignored in silence"
    assert desk.ask("GET", "session", glpi_profile="1").body["active_profile"]["id"] == 4


def test_a_user_without_profile(desk: Desk) -> None:
    tech = desk.as_user("tech")
    desk.world.store.remove("Profile_User", "users_id = ?", (4,))
    assert tech.ask("GET", "session").body["active_profile"] == {"id": None, "name": None, "interface": None}
    assert tech.ask("GET", "Assistance/Ticket").status == 403


def test_the_tree_of_entities(desk: Desk) -> None:
    tree = desk.ask("GET", "Session/EntityTree").body
    assert (tree[0]["key"], tree[0]["selected"]) == (0, "true")
    assert any(branch["children"] for branch in tree[0]["children"])


def test_the_api_switched_off(desk: Desk) -> None:
    desk.world.store.remove("Config", "name = 'enable_hlapi'", ())
    desk.world.store.add("Config", {"context": "core", "name": "enable_hlapi", "value": "0"})
    for path in ("/api.php/", "Nope", "session", "doc.json", "Assistance/Ticket"):
        said = desk.ask("GET", path)
        assert (said.status, said.body["detail"]) == (403, "The High-Level API is disabled")
    assert desk.ask("GET", "status/all").status == 200
    assert desk.log_in()["access_token"], "a token is handed out all the same"
