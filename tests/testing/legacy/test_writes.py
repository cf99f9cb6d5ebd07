"""Creating, changing, deleting: what each answers, alone and in bulk, and whose word wins."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import BASE, Caller

NO_RIGHT = "You don't have permission to perform this action."


def make(glpi: Caller, *names: str) -> list[int]:
    made = glpi.ask("POST", "Computer", {"input": [{"name": name} for name in names]}, 201)
    return [one["id"] for one in made]


def root(world: World) -> str:
    return f"{BASE}/{'apirest.php' if world.version == '10.0.17' else 'api.php/v1'}"


def row(glpi: Caller, itemtype: str, key: int) -> dict[str, Any]:
    found = glpi.world.get(itemtype, key)
    assert found is not None
    return found


# ---------------------------------------------------------------------------------------------------------------- add
def test_one_row_is_told_by_location(glpi: Caller) -> None:
    answer = glpi.say("POST", "Computer/", {"input": {"name": "one", "nofield": 1}})
    key = row_id(answer.header("location"))
    assert (answer.status, answer.header("location")) == (201, f"{root(glpi.world)}/Computer/{key}")
    assert answer.body == f'{{"id":{key},"message":"Item successfully added: one"}}'.encode()
    assert row(glpi, "Computer", key)["name"] == "one"


def row_id(address: str | None) -> int:
    return int((address or "").rsplit("/", 1)[-1])


def test_several_rows_are_told_by_link(glpi: Caller) -> None:
    answer = glpi.say("POST", "Computer", {"input": [{"name": "b1"}, {"name": "b2"}]})
    links = (answer.header("link") or "").split(",")
    assert answer.status == 201
    assert [row(glpi, "Computer", row_id(link))["name"] for link in links] == ["b1", "b2"]
    assert answer.header("location") is None


def test_some_of_several_are_refused(glpi: Caller) -> None:
    answer = glpi.say("POST", "User", {"input": [{"name": "new"}, {"name": "glpi"}]})
    assert answer.status == 207
    assert answer.header("link") is None
    code, results = glpi.ask("POST", "User", {"input": [{"name": "newer"}, {"name": "glpi"}]}, 207)
    assert code == "ERROR_GLPI_PARTIAL_ADD"
    assert results[0]["message"] == "Item successfully added: newer"
    assert results[1] == {"id": False, "message": "Unable to add. The user already exists."}


def test_all_are_refused(glpi: Caller) -> None:
    refusal = "Unable to add. The user already exists."
    assert glpi.ask("POST", "User", {"input": {"name": "glpi"}}, 400) == ["ERROR_GLPI_ADD", refusal]
    many = glpi.ask("POST", "User", {"input": [{"name": "glpi"}, {"name": "tech"}]}, 400)
    assert many == ["ERROR_GLPI_ADD", [{"id": False, "message": refusal}] * 2]
    assert glpi.ask("POST", "Computer", {"input": []}, 400) == ["ERROR_GLPI_ADD", []]


def test_an_empty_object_is_an_empty_row(glpi: Caller) -> None:
    said = glpi.ask("POST", "Computer", {"input": {}}, 201)
    assert said["message"] == f"Item successfully added: Computer - ID {said['id']}"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("body", [None, {"name": "x"}, {"input": "x"}, {"input": 1}])
def test_without_a_usable_input(glpi: Caller, method: str, body: Any) -> None:
    assert glpi.refused(method, "Computer", body) == "ERROR_BAD_ARRAY"


def test_json_needs_its_content_type(glpi: Caller) -> None:
    assert glpi.refused("POST", "Computer", b'{"input": {}}', content_type="text/plain") == "ERROR_BAD_ARRAY"
    form = glpi.say("POST", "Computer", b"input[name]=form", content_type="application/x-www-form-urlencoded")
    assert form.status == 201
    assert glpi.refused("POST", "Computer", b'{"input": ') == "ERROR_JSON_PAYLOAD_INVALID"


def test_the_database_speaks_each_version_hands_it_on_in_its_way(glpi: Caller) -> None:
    code, message = glpi.ask("POST", "Computer", {"input": {"name": "x", "locations_id": "abc"}}, 400)
    words = "Incorrect integer value: 'abc' for column"
    assert code == "ERROR_GLPI_ADD"
    if glpi.world.version == "10.0.17":
        assert message.startswith(words)
    else:
        assert message.startswith(f"MySQL query error: {words}")
        assert '(1366) in SQL query "INSERT INTO `glpi_computers` (`name`, `locations_id`, `entities_id`' in message


def test_a_missing_right_to_create_is_no_403(world: World) -> None:
    user = Caller(world, "post-only", "postonly")
    assert user.ask("POST", "Computer", {"input": {"name": "x"}}, 400) == ["ERROR_GLPI_ADD", NO_RIGHT]
    assert user.ask("PUT", "Computer/1", {"input": {"name": "x"}}, 400) == ["ERROR_GLPI_UPDATE", NO_RIGHT]
    assert user.ask("DELETE", "Computer/1", status=400) == ["ERROR_GLPI_DELETE", NO_RIGHT]


def test_ids_given_on_create_are_not_heeded(glpi: Caller) -> None:
    name = row(glpi, "Computer", 1)["name"]
    for path, given in (("Computer/1", {"name": "n"}), ("Computer", {"id": 1, "name": "n"})):
        assert glpi.ask("POST", path, {"input": given}, 201)["id"] != 1
    assert row(glpi, "Computer", 1)["name"] == name
    copy = glpi.ask("POST", "User", {"input": {"id": 4}}, 201)
    assert copy["message"] == "Item successfully added: tech-copy"


def test_messages_name_tickets_as_the_version_does(glpi: Caller) -> None:
    said = glpi.ask("POST", "Ticket", {"input": {"name": "t", "content": "c"}}, 201)
    tail = f" ({said['id']})" if glpi.world.version == "10.0.17" else ""
    assert said["message"] == f"Item successfully added: t{tail}"


def test_text_is_kept_plain_whatever_is_shown(glpi: Caller) -> None:
    key = glpi.ask("POST", "Ticket", {"input": {"name": "t", "content": "<p>a &amp; b</p>"}}, 201)["id"]
    shown = glpi.ask("GET", f"Ticket/{key}")["content"]
    ten = glpi.world.version == "10.0.17"
    assert shown == ("&#60;p&#62;a &#38;amp; b&#60;/p&#62;" if ten else "<p>a &amp; b</p>")
    assert row(glpi, "Ticket", key)["content"] == "<p>a &amp; b</p>"


# ------------------------------------------------------------------------------------------------------------- update
def test_a_change_answers_a_list_even_for_one(glpi: Caller) -> None:
    first, second = make(glpi, "a", "b")
    for method, path, given in (
        ("PUT", f"Computer/{first}", {"serial": "1"}),
        ("PATCH", f"Computer/{first}", {"serial": "2"}),
        ("PUT", "Computer", {"id": first, "serial": "3"}),
        ("PUT", f"Computer/{second}", {"id": first, "serial": "4"}),
        ("PUT", f"Computer/{second}", {"id": str(first), "nofield": 1}),
    ):
        assert glpi.ask(method, path, {"input": given}) == [{str(first): True, "message": ""}]
    assert row(glpi, "Computer", first)["serial"] == "4"
    assert row(glpi, "Computer", second)["serial"] is None


def test_changing_several(glpi: Caller) -> None:
    first, second = make(glpi, "a", "b")
    both = [{"id": first, "serial": "x"}, {"id": second, "serial": "y"}]
    assert glpi.ask("PUT", "Computer", {"input": both}) == [{str(key): True, "message": ""} for key in (first, second)]
    some = glpi.ask("PUT", "Computer", {"input": [both[0], {"id": 99999999, "serial": "x"}]}, 207)
    assert some == ["ERROR_GLPI_PARTIAL_UPDATE", [{str(first): True, "message": ""}]], "the missing one is left out"
    none = glpi.ask("PUT", "Computer", {"input": [{"id": 99999998}, {"id": 99999999}]}, 400)
    assert none == ["ERROR_GLPI_UPDATE", []]


def test_changing_what_is_not_there_says_null(glpi: Caller) -> None:
    assert glpi.ask("PUT", "Computer/99999999", {"input": {"serial": "x"}}, 400) == ["ERROR_GLPI_UPDATE", None]


def test_a_change_without_an_id_is_a_silent_nothing(glpi: Caller) -> None:
    before = glpi.world.select("Computer")
    assert glpi.ask("PUT", "Computer", {"input": {"serial": "x"}}) == [[]]
    assert glpi.world.select("Computer") == before


def test_a_list_with_an_id_in_the_path(ten: World, eleven: World) -> None:
    answer = Caller(ten).say("PUT", "Computer/1", {"input": [{"serial": "x"}]})
    assert (answer.status, answer.body, answer.header("content-type")) == (200, b"", "text/html; charset=UTF-8")
    assert Caller(eleven).ask("PUT", "Computer/1", {"input": [{"serial": "x"}]}) == [[]]


# ------------------------------------------------------------------------------------------------------------- delete
def test_into_the_trash_and_out_of_it(glpi: Caller) -> None:
    (key,) = make(glpi, "a")
    for _ in range(2):  # again is true again
        assert glpi.ask("DELETE", f"Computer/{key}") == [{str(key): True, "message": ""}]
    assert row(glpi, "Computer", key)["is_deleted"] == 1
    assert glpi.ask("PUT", f"Computer/{key}", {"input": {"is_deleted": 0}}) == [{str(key): True, "message": ""}]
    assert row(glpi, "Computer", key)["is_deleted"] == 0


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("Computer/{}?force_purge=true&history=false", None),
        ("Computer?force_purge=1", {"input": {"id": "ID"}}),
        ("Computer", {"input": {"id": "ID"}, "force_purge": True}),
        ("Computer/{}", {"force_purge": True}),
    ],
)
def test_purging(glpi: Caller, path: str, body: Any) -> None:
    (key,) = make(glpi, "a")
    if body and "input" in body:
        body = {**body, "input": {"id": key}}
    assert glpi.ask("DELETE", path.format(key), body) == [{str(key): True, "message": ""}]
    assert glpi.refused("GET", f"Computer/{key}", status=404) == "ERROR_ITEM_NOT_FOUND"
    assert glpi.ask("DELETE", f"Computer/{key}", status=400) == ["ERROR_GLPI_DELETE", "Item not found"]


def test_force_purge_false_keeps(glpi: Caller) -> None:
    (key,) = make(glpi, "a")
    glpi.ask("DELETE", f"Computer/{key}?force_purge=false")
    assert row(glpi, "Computer", key)["is_deleted"] == 1


def test_what_has_no_trash_is_gone_at_once(glpi: Caller) -> None:
    key = glpi.ask("POST", "Location", {"input": {"name": "nowhere"}}, 201)["id"]
    assert glpi.ask("DELETE", f"Location/{key}") == [{str(key): True, "message": ""}]
    assert glpi.world.get("Location", key) is None


def test_deleting_several(glpi: Caller) -> None:
    first, second = make(glpi, "a", "b")
    assert glpi.ask("DELETE", "Computer", {"input": [{"id": first}]}) == [{str(first): True, "message": ""}]
    missing = {"99999999": False, "message": "Item not found"}
    some = glpi.ask("DELETE", "Computer", {"input": [{"id": second}, {"id": 99999999}]}, 207)
    assert some == ["ERROR_GLPI_PARTIAL_DELETE", [{str(second): True, "message": ""}, missing]]
    assert glpi.ask("DELETE", "Computer", {"input": [{"id": 99999999}]}, 400) == ["ERROR_GLPI_DELETE", [missing]]


def test_once_one_is_purged_the_rest_are_purged_too(glpi: Caller) -> None:
    template = glpi.ask("POST", "Computer", {"input": {"name": "t", "is_template": 1}}, 201)["id"]
    before, after = make(glpi, "a", "b")
    glpi.ask("DELETE", "Computer", {"input": [{"id": before}, {"id": template}, {"id": after}]})
    assert row(glpi, "Computer", before)["is_deleted"] == 1
    assert glpi.world.get("Computer", after) is None


def test_the_path_wins_on_delete(glpi: Caller) -> None:
    first, second = make(glpi, "a", "b")
    assert glpi.ask("DELETE", f"Computer/{first}", {"input": {"id": second}}) == [{str(first): True, "message": ""}]
    assert row(glpi, "Computer", second)["is_deleted"] == 0


# ----------------------------------------------------------------------------------------------------------- timeline
@pytest.fixture
def ticket(glpi: Caller) -> int:
    return int(glpi.ask("POST", "Ticket", {"input": {"name": "t", "content": "c"}}, 201)["id"])


def test_the_path_does_not_name_the_parent_of_a_new_row(glpi: Caller, ticket: int) -> None:
    for sub, given in (("ITILFollowup", {"content": "x"}), ("TicketTask", {"content": "x"})):
        assert glpi.ask("POST", f"Ticket/{ticket}/{sub}", {"input": given}, 400) == ["ERROR_GLPI_ADD", NO_RIGHT]
    whole = {"itemtype": "Ticket", "items_id": ticket, "content": "x"}
    assert glpi.ask("POST", f"Ticket/{ticket}/ITILFollowup", {"input": whole}, 201)["message"] == ""
    gone = {**whole, "items_id": 99999999}
    assert glpi.ask("POST", "ITILFollowup", {"input": gone}, 400) == ["ERROR_GLPI_ADD", NO_RIGHT]


def test_a_followup_says_something(glpi: Caller, ticket: int) -> None:
    empty = {"itemtype": "Ticket", "items_id": ticket, "content": ""}
    quote = "'" if glpi.world.version == "10.0.17" else "&#039;"
    said = glpi.ask("POST", "ITILFollowup", {"input": empty}, 400)[1]
    assert said == f"You can{quote}t add a followup without description"


def test_solving_approving_and_talking_on(glpi: Caller, ticket: int) -> None:
    solution = {"itemtype": "Ticket", "items_id": ticket, "content": "s"}
    made = glpi.ask("POST", "ITILSolution", {"input": solution}, 201)
    assert made["message"] == f"Item successfully added: {made['id']}"
    assert row(glpi, "Ticket", ticket)["status"] == 5
    assert glpi.refused("POST", "ITILSolution", {"input": solution}) == "ERROR_GLPI_ADD"
    glpi.ask("POST", "ITILFollowup", {"input": {**solution, "content": "ok", "add_close": 1}}, 201)
    assert row(glpi, "Ticket", ticket)["status"] == 6
    glpi.ask("POST", "ITILFollowup", {"input": {**solution, "content": "late"}}, 201)


def test_a_validation_counts_from_its_target(glpi: Caller, ticket: int) -> None:
    given = {"tickets_id": ticket, "users_id_validate": 4, "comment_submission": "please"}
    key = glpi.ask("POST", "TicketValidation", {"input": given}, 201)["id"]
    target = {"tickets_id": ticket, "itemtype_target": "User", "items_id_target": 4}
    if glpi.world.version == "10.0.17":
        assert glpi.ask("POST", "TicketValidation", {"input": target}, 400) == ["ERROR_GLPI_ADD", ""]
    else:
        glpi.ask("POST", "TicketValidation", {"input": target}, 201)
        assert row(glpi, "TicketValidation", key)["items_id_target"] == 4
    answer = {"input": {"id": key, "status": 3, "comment_validation": "ok"}}
    assert glpi.ask("PUT", f"TicketValidation/{key}", answer) == [{str(key): True, "message": ""}]
    ten = glpi.world.version.startswith("10.")
    assert row(glpi, "TicketValidation", key)["status"] == (3 if ten else 2), (
        "10.0 takes a super-admin's answer as well"
    )
    Caller(glpi.world, "tech", "tech").ask("PUT", f"TicketValidation/{key}", answer)
    assert row(glpi, "TicketValidation", key)["status"] == 3


def test_team_members_are_rows(glpi: Caller, ticket: int) -> None:
    made = glpi.ask("POST", "Ticket_User", {"input": {"tickets_id": ticket, "users_id": 4, "type": 2}}, 201)
    assert made["message"] == ""
    found = glpi.ask("GET", f"Ticket/{ticket}/Ticket_User?get_hateoas=false")
    assert [(member["users_id"], member["type"]) for member in found] == [(4, 2)]
    glpi.ask("DELETE", f"Ticket_User/{made['id']}")
    assert glpi.ask("GET", f"Ticket/{ticket}/Ticket_User") == []


def test_post_only_may_not_talk_on_others_tickets(glpi: Caller, ticket: int) -> None:
    user = Caller(glpi.world, "post-only", "postonly")
    given = {"itemtype": "Ticket", "items_id": ticket, "content": "x"}
    assert user.ask("POST", "ITILFollowup", {"input": given}, 400) == ["ERROR_GLPI_ADD", NO_RIGHT]


def test_a_task_has_a_key_of_its_own(glpi: Caller, ticket: int) -> None:
    given = {"tickets_id": ticket, "content": "x", "uuid": "11111111-2222-3333-4444-555555555555"}
    glpi.ask("POST", "TicketTask", {"input": given}, 201)
    code, message = glpi.ask("POST", "TicketTask", {"input": given}, 400)
    assert code == "ERROR_GLPI_ADD"
    assert "Duplicate entry '11111111-2222-3333-4444-555555555555' for key 'uuid'" in message
