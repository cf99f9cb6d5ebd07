"""Solving, closing and opening again, and what a closed ticket still takes: as 10.0.19 and 11.0.6 have it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.testing.legacy.asking import Caller
from tests.testing.legacy.test_links import solutions, solve
from tests.testing.legacy.test_people import make, status
from tests.testing.legacy.test_writes import NO_RIGHT


def follow(glpi: Caller, key: int, itemtype: str = "Ticket", **given: Any) -> str:
    """Add a followup; nothing, or why not."""
    answer = glpi.say("POST", "ITILFollowup", {"input": {"itemtype": itemtype, "items_id": key, **given}})
    return "" if answer.status == 201 else words(answer.body)


def words(body: bytes) -> str:
    return body.decode().split('","', 1)[1].removesuffix('"]').replace("&#039;", "'")


def texts(glpi: Caller, key: int) -> list[str]:
    rows = glpi.world.select("ITILFollowup", "itemtype='Ticket' AND items_id=?", (key,))
    return [row["content"] for row in rows]


def put(glpi: Caller, key: int, new: int) -> None:
    glpi.ask("PUT", f"Ticket/{key}", {"input": {"status": new}})


@pytest.mark.parametrize(
    ("given", "text"), [({"content": ""}, "Solution approved"), ({}, "Solution approved"), ({"content": "x"}, "x")]
)
def test_a_followup_closes_what_is_solved(glpi: Caller, given: dict[str, str], text: str) -> None:
    key = make(glpi)
    solve(glpi, key)
    assert follow(glpi, key, add_close=1, **given) == ""
    assert (status(glpi, key), solutions(glpi, key), texts(glpi, key)) == (6, [(3, "s")], [text])
    row = glpi.world.select("ITILSolution", "items_id=?", (key,))[0]
    assert (row["users_id_approval"], row["itilfollowups_id"]) == (2, None)


@pytest.mark.parametrize("now", [1, 4, 6])
def test_it_closes_nothing_else(glpi: Caller, now: int) -> None:
    key = make(glpi, status=now)
    assert follow(glpi, key, content="", add_close=1) == ""
    assert (status(glpi, key), texts(glpi, key)) == (now, ["Solution approved"])


@pytest.mark.parametrize("assigned", [{}, {"_users_id_assign": 4}])
@pytest.mark.parametrize("now", [1, 2, 3, 4, 5, 6])
def test_a_followup_opens_again(glpi: Caller, now: int, assigned: dict[str, int]) -> None:
    key = make(glpi, **assigned)
    put(glpi, key, now)
    assert follow(glpi, key, content="", add_reopen=1) == "If you want to reopen this item, you must specify a reason"
    assert (status(glpi, key), texts(glpi, key)) == (now, [])
    assert follow(glpi, key, content="why", add_reopen=1) == ""
    assert status(glpi, key) == ((2 if assigned else 1) if now in (4, 5, 6) else now)


def test_opening_again_refuses_the_solution(glpi: Caller) -> None:
    key = make(glpi)
    solve(glpi, key)
    put(glpi, key, 6)
    assert solutions(glpi, key) == [(2, "s")]
    follow(glpi, key, content="both", add_close=1, add_reopen=1)
    assert (status(glpi, key), solutions(glpi, key)) == (1, [(4, "s")])
    solve(glpi, key)
    follow(glpi, key, content="values do not matter", add_close=0, add_reopen=0)
    assert (status(glpi, key), solutions(glpi, key)) == (1, [(4, "s"), (4, "s")])
    solve(glpi, key)
    put(glpi, key, 2)
    assert (status(glpi, key), solutions(glpi, key)[-1]) == (2, (4, "s"))


@pytest.mark.parametrize("itemtype", ["Change", "Problem"])
def test_changes_and_problems_too(glpi: Caller, itemtype: str) -> None:
    key = make(glpi, itemtype)
    glpi.ask("POST", "ITILSolution", {"input": {"itemtype": itemtype, "items_id": key, "content": "s"}}, 201)
    follow(glpi, key, itemtype, content="", add_close=1)
    assert status(glpi, key, itemtype) == 6
    follow(glpi, key, itemtype, content="why", add_reopen=1)
    (row,) = glpi.world.select("ITILSolution", "itemtype=? AND items_id=?", (itemtype, key))
    assert (status(glpi, key, itemtype), row["status"]) == (1, 4)


@pytest.mark.parametrize("now", [1, 4, 5, 6])
@pytest.mark.parametrize(
    ("people", "opened"),
    [
        ({"_users_id_requester": 2}, 1),
        ({"_users_id_requester": 2, "_users_id_assign": 4}, 2),
        ({"_users_id_requester": 2, "_users_id_assign": 2}, None),
        ({"_users_id_assign": 2}, None),
        ({}, None),
    ],
)
def test_a_plain_followup_of_a_requester_opens_again(
    glpi: Caller, now: int, people: dict[str, int], opened: int | None
) -> None:
    key = make(glpi, **people)
    put(glpi, key, now)
    follow(glpi, key, content="x")
    assert status(glpi, key) == (now if opened is None or now == 1 else opened)


def test_an_empty_followup(glpi: Caller) -> None:
    assert follow(glpi, make(glpi), content="") == "You can't add a followup without description"


@pytest.mark.parametrize(
    ("task", "key"), [("TicketTask", "tickets_id"), ("ChangeTask", "changes_id"), ("ProblemTask", "problems_id")]
)
@pytest.mark.parametrize("given", [{}, {"content": ""}, {"content": "0"}])
def test_a_task_needs_a_text(glpi: Caller, task: str, key: str, given: dict[str, str]) -> None:
    parent = make(glpi, task.removesuffix("Task"))
    answer = glpi.say("POST", task, {"input": {key: parent, **given}})
    assert (answer.status, words(answer.body)) == (400, "You can't add a task without description.")
    made = glpi.ask("POST", task, {"input": {key: parent, "content": "x"}}, 201)["id"]
    answer = glpi.say("PUT", f"{task}/{made}", {"input": {"content": ""}})
    assert (answer.status, words(answer.body)) == (400, "You can't remove description of a task.")


def test_a_closed_ticket(glpi: Caller) -> None:
    key = make(glpi)
    task = glpi.ask("POST", "TicketTask", {"input": {"tickets_id": key, "content": "x"}}, 201)["id"]
    put(glpi, key, 6)
    ten = glpi.world.version == "10.0.17"
    one_more = glpi.say("POST", "TicketTask", {"input": {"tickets_id": key, "content": "x"}})
    assert one_more.status == (400 if ten else 201)
    for method, path, given in (
        ("PUT", f"TicketTask/{task}", {"state": 2}),
        ("DELETE", f"TicketTask/{task}?force_purge=true", {}),
        ("POST", "ITILSolution", {"itemtype": "Ticket", "items_id": key, "content": "s"}),
        ("POST", "TicketValidation", {"tickets_id": key, "users_id_validate": 2}),
    ):
        answer = glpi.say(method, path, {"input": given} if given else None)
        assert answer.status == 400, (method, path)
        assert NO_RIGHT.encode() in answer.body
    assert follow(glpi, key, content="x") == ""


def test_a_closed_change_takes_tasks(glpi: Caller) -> None:
    key = make(glpi, "Change", status=6)
    glpi.ask("POST", "ChangeTask", {"input": {"changes_id": key, "content": "x"}}, 201)


def test_a_solution_may_be_empty(glpi: Caller) -> None:
    key = make(glpi)
    glpi.ask("POST", "ITILSolution", {"input": {"itemtype": "Ticket", "items_id": key}}, 201)
    assert status(glpi, key) == 5
