"""What a body does and does not do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.testing.high_level.conftest import Desk

TICKET = "Assistance/Ticket"
CRASH = (500, b"")
WRONG_DATE = "Incorrect value for date field."


def new(desk: Desk, **fields: Any) -> int:
    made = desk.ask("POST", TICKET, {"name": "t", "content": "c", **fields})
    assert made.status == 302, made.body
    return int(made.body["id"])


def patched(desk: Desk, number: int, **fields: Any) -> dict[str, Any]:
    said = desk.ask("PATCH", f"{TICKET}/{number}", fields)
    assert said.status == 200, said.body
    body: dict[str, Any] = said.body
    return body


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"name": "x"}', "application/json; charset=utf-8"),
        (b'{"name": "x"}', "text/plain"),
        (b'{"input": {"name": "x"}}', "application/json"),
        (b'[{"name": "x"}]', "application/json"),
        (b"{}", "application/json"),
    ],
)
def test_what_is_not_understood_makes_a_blank_ticket(desk: Desk, body: bytes, content_type: str) -> None:
    made = desk.ask("POST", TICKET, body, content_type=content_type)
    assert made.status == 302
    shown = desk.ask("GET", f"{TICKET}/{made.body['id']}").body
    assert (shown["name"], shown["status"]["id"], shown["team"]) == ("", 1, [])


@pytest.mark.parametrize("body", [b'{"name":', b'"x"', b'{"name": "\xff"}'])
def test_bad_json(desk: Desk, body: bytes) -> None:
    said = desk.ask("POST", TICKET, body)
    assert (said.status, said.body["title"]) == (400, "Invalid JSON body")


def test_ignored_fields(desk: Desk) -> None:
    number = new(desk, id=99_999, itilcategories_id=1, _users_id_requester=4, team=[{"type": "User", "id": 4}])
    shown = desk.ask("GET", f"{TICKET}/{number}").body
    assert (shown["category"], shown["team"], shown["id"]) == (None, [], number)
    assert shown["user_recipient"] == {"id": 2, "name": "glpi"}


def test_references_and_status(desk: Desk) -> None:
    number = new(desk)
    assert patched(desk, number, status=2)["status"]["id"] == 2
    assert patched(desk, number, status={"id": 3})["status"] == {"id": 3, "name": "Processing (planned)"}
    assert patched(desk, number, status=99)["status"] == {"id": 99, "name": "99"}
    assert patched(desk, number, **{"status.id": 4})["status"]["id"] == 99
    assert patched(desk, number, category=1)["category"]["id"] == 1
    assert patched(desk, number, category=None)["category"]["id"] == 1, "null clears nothing"
    assert patched(desk, number, category={"id": 0})["category"] is None
    assert patched(desk, number, category=99_999)["category"] is None
    assert patched(desk, number, urgency="5")["urgency"] == 5
    assert patched(desk, number, external_id="K")["external_id"] == "K"
    assert patched(desk, number, external_id="")["external_id"] == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "Closed"},
        {"category": "Category"},
        {"category": {"name": "Category"}},
        {"category": ""},
        {"urgency": ""},
        {"urgency": "null"},
        {"name": ["a"]},
        {"name": {"a": 1}},
        {"name": "n" * 256},
        {"date_creation": "2020-01-01T00:00:00Z"},
    ],
)
def test_what_crashes_the_server(desk: Desk, fields: dict[str, Any]) -> None:
    said = desk.ask("PATCH", f"{TICKET}/{new(desk)}", fields)
    assert (said.status, said.answer.body) == CRASH


def test_dates(desk: Desk) -> None:
    number = new(desk)
    assert patched(desk, number, date="2026-01-03 10:00:00")["date"] == "2026-01-03T10:00:00+00:00"
    for wrong in ("2026-01-02T10:00:00+02:00", "2026-01-02T10:00:00", "2026-01-02"):
        said = desk.ask("PATCH", f"{TICKET}/{number}", {"date": wrong})
        assert (said.status, said.body["additional_messages"][0]["message"]) == (500, WRONG_DATE)
    assert patched(desk, number, date="")["date"] == "2026-01-03T10:00:00+00:00"
    assert patched(desk, number, date_solve="2026-01-04 10:00:00")["date_solve"] == "2026-01-04T10:00:00+00:00"
    for kept in ("", None, "null", 0):
        assert patched(desk, number, date_solve=kept)["date_solve"] == "2026-01-04T10:00:00+00:00"
    assert patched(desk, number, date_solve="NULL")["date_solve"] is None


def test_booleans_are_no_words(desk: Desk) -> None:
    number = new(desk)
    assert patched(desk, number, is_deleted=True)["is_deleted"] is True
    assert patched(desk, number, is_deleted="true")["is_deleted"] is False


def test_a_mandatory_field(desk: Desk) -> None:
    said = desk.ask("PATCH", f"{TICKET}/{new(desk)}", {"content": ""})
    message = "Mandatory fields are not filled. Please correct: Description"
    assert (said.status, said.body["title"]) == (500, "Failed to update item(s)")
    assert said.body["additional_messages"] == [{"priority": "error", "message": message}]


def test_the_query_is_a_body_too(desk: Desk) -> None:
    number = new(desk)
    assert desk.ask("PATCH", f"{TICKET}/{number}?name=from-query", {}).body["name"] == "from-query"


@pytest.mark.parametrize(
    ("force", "gone"), [("true", True), ("1", True), ("false", True), ("no", True), ("0", False), ("", False)]
)
def test_force_is_any_text(desk: Desk, force: str, gone: bool) -> None:
    number = new(desk)
    assert desk.ask("DELETE", f"{TICKET}/{number}?force={force}").status == 204
    assert (desk.ask("GET", f"{TICKET}/{number}").status == 404) is gone


def test_force_in_the_body(desk: Desk) -> None:
    number = new(desk)
    desk.ask("DELETE", f"{TICKET}/{number}", {"force": True})
    assert desk.ask("GET", f"{TICKET}/{number}").status == 404


def test_entities(desk: Desk) -> None:
    assert desk.ask("POST", TICKET, {"name": "x", "entity": 9999}).status == 403
    number = new(desk)
    assert patched(desk, number, entity=1)["entity"]["id"] == 1
    outside = desk.ask("PATCH", f"{TICKET}/{number}", {"name": "y"}, glpi_entity="2")
    assert outside.status == 403
    assert desk.ask("GET", f"{TICKET}/{number}", glpi_entity="2").status == 404
    inside = desk.ask("POST", TICKET, {"name": "x"}, glpi_entity="1").body["id"]
    assert desk.ask("GET", f"{TICKET}/{inside}").body["entity"]["id"] == 1


def test_rights(desk: Desk) -> None:
    mine = desk.as_user("post-only")
    number = new(mine)
    assert patched(mine, number, name="mine")["name"] == "mine"
    assert mine.ask("GET", f"{TICKET}/{new(desk)}").status == 404
    assert {row["id"] for row in mine.ask("GET", TICKET).body} >= {number}
    assert mine.ask("GET", "Assets/Computer").status == 403
    assert mine.ask("POST", "Assets/Computer", {"name": "x"}).status == 403
    other = new(desk)
    assert desk.as_user("normal").ask("PATCH", f"{TICKET}/{other}", {"name": "x"}).status == 403
    assert desk.as_user("tech").ask("DELETE", f"{TICKET}/{other}?force=true").status == 403
    assert desk.ask("DELETE", "Administration/User/2").status == 403
    assert desk.ask("DELETE", "Administration/Entity/0?force=true").body == {
        "status": "ERROR",
        "title": "Failed to delete item(s)",
        "detail": None,
    }
