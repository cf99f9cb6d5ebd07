"""Followups, tasks, solutions, validations; and the team."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.testing.high_level.conftest import Desk, Said


class Ticket:
    """A new ticket and its timeline."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.number = desk.ask("POST", "Assistance/Ticket", {"name": "t", "content": "c"}).body["id"]
        self.path = f"Assistance/Ticket/{self.number}"

    def ask(self, method: str, below: str, body: Any = None, desk: Desk | None = None) -> Said:
        return (desk or self.desk).ask(method, f"{self.path}/{below}".rstrip("/"), body)

    def add(self, kind: str, **fields: Any) -> int:
        made = self.ask("POST", f"Timeline/{kind}", fields)
        assert made.status == 302, made.body
        assert made.header("Location") == f"/{self.path}/Timeline/{kind}/{made.body['id']}"
        return int(made.body["id"])


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    return Ticket(desk)


def test_shapes(ticket: Ticket) -> None:
    number = ticket.add("Followup", content="hi", is_private=0)
    listed = ticket.ask("GET", "Timeline/Followup")
    assert listed.header("Content-Range") is None
    assert [entry["type"] for entry in listed.body] == ["Followup"]
    assert listed.body[0]["item"] == ticket.ask("GET", f"Timeline/Followup/{number}").body
    assert listed.body[0]["item"]["user"] == {"id": 2, "name": "glpi"}
    assert ticket.ask("GET", "Timeline/followup").body[0]["type"] == "followup"
    assert len(ticket.ask("GET", "Timeline/Followup?limit=0&sort=id:desc").body) == 1


def test_all_kinds_in_order(ticket: Ticket) -> None:
    ticket.add("Task", content="t", state=1, duration=60, user_tech=4)
    ticket.add("Validation", requested_approver_type="User", requested_approver_id=2, submission_comment="please")
    ticket.add("Followup", content="f")
    ticket.add("Solution", content="s", type=None)
    kinds = [entry["type"] for entry in ticket.ask("GET", "Timeline").body]
    assert kinds == ["Followup", "Task", "Solution", "Validation"]
    shown = ticket.ask("GET", "").body
    assert (shown["status"]["id"], shown["actiontime"]) == (5, 60)
    again = ticket.ask("POST", "Timeline/Solution", {"content": "again"})
    assert again.body["additional_messages"][0]["message"].startswith("The item is already solved")


def test_an_answered_validation(ticket: Ticket) -> None:
    number = ticket.add("Validation", validator=4, comment="c")  # wrong names: the approver is oneself
    assert ticket.ask("GET", f"Timeline/Validation/{number}").body["requested_approver_id"] == 2
    answered = ticket.ask("PATCH", f"Timeline/Validation/{number}", {"status": 3, "approval_comment": "ok"}).body
    assert (answered["status"], answered["approval_comment"]) == (3, "ok")
    assert answered["approval_date"] is not None


def test_a_refusal_needs_a_reason_and_is_final(ticket: Ticket) -> None:
    number = ticket.add("Validation", requested_approver_type="User", requested_approver_id=2)
    path = f"Timeline/Validation/{number}"
    said = ticket.ask("PATCH", path, {"status": 4})
    message = "If approval is denied, specify a reason."
    assert (said.status, said.body["additional_messages"][0]["message"]) == (500, message)
    assert ticket.ask("PATCH", path, {"status": 4, "approval_comment": "no"}).body["status"] == 4
    for again in ({"status": 3, "approval_comment": "yes"}, {"approval_comment": "yes"}):
        assert ticket.ask("PATCH", path, again).status == 403
    assert ticket.ask("GET", "").body["global_validation"] == 4


@pytest.mark.parametrize("fields", [{}, {"content": ""}])
def test_an_empty_task(ticket: Ticket, fields: dict[str, Any]) -> None:
    said = ticket.ask("POST", "Timeline/Task", fields)
    message = "You can&#039;t add a task without description."
    assert (said.status, said.body["additional_messages"][0]["message"]) == (500, message)


def test_a_closed_ticket(ticket: Ticket) -> None:
    ticket.ask("PATCH", "", {"status": 6})
    assert ticket.ask("POST", "Timeline/Solution", {"content": "x"}).status == 403
    asked = {"requested_approver_type": "User", "requested_approver_id": 2}
    assert ticket.ask("POST", "Timeline/Validation", asked).status == 403
    ticket.add("Task", content="x")
    ticket.add("Followup", content="x", add_reopen=1)
    assert ticket.ask("GET", "").body["status"]["id"] == 6


@pytest.mark.parametrize("fields", [{}, {"content": ""}])
def test_an_empty_followup(ticket: Ticket, fields: dict[str, Any]) -> None:
    said = ticket.ask("POST", "Timeline/Followup", fields)
    message = "You can&#039;t add a followup without description"
    assert (said.status, said.body["additional_messages"][0]["message"]) == (500, message)


def test_another_ticket_edits_unchecked(ticket: Ticket, desk: Desk) -> None:
    number, other = ticket.add("Followup", content="f"), Ticket(desk)
    assert other.ask("GET", f"Timeline/Followup/{number}").status == 404
    assert other.ask("PATCH", f"Timeline/Followup/{number}", {"content": "g", "items_id": 1}).status == 200
    assert ticket.ask("GET", f"Timeline/Followup/{number}").body["content"] == "g"
    assert other.ask("DELETE", f"Timeline/Followup/{number}").status == 204
    assert ticket.ask("GET", f"Timeline/Followup/{number}").status == 404


def test_traps_of_the_filter(ticket: Ticket, desk: Desk) -> None:
    other = Ticket(desk)
    one, two = ticket.add("Followup", content="fa"), other.add("Followup", content="fb")

    def found(filter: str) -> Any:
        return ticket.ask("GET", f"Timeline/Followup?filter={quote(filter)}").body

    assert [e["item"]["id"] for e in found("content==fb,content==fa")] == [one, two], "an OR escapes the ticket"
    assert [e["item"]["id"] for e in found("(content==fb,content==fa)")] == [one]
    assert found("user.id==2")["id"] == one, "id== anywhere: one bare entry"
    assert ticket.ask("GET", "Timeline/Followup?filter=user.id==4").status == 404
    assert [e["item"]["id"] for e in found("user.id=in=(2)")] == [one]
    junk = found("nosuch==1")
    assert [e["item"] for e in junk[:2]] == ["ERROR_INVALID_PARAMETER", "RSQL query has invalid filters"]
    assert len(junk) == 3


def test_what_is_not_there(ticket: Ticket, desk: Desk) -> None:
    for kind in ("Nope", "ITILFollowup", "Log"):
        assert ticket.ask("GET", f"Timeline/{kind}").status == 404
    assert desk.ask("GET", "Assistance/Ticket/999999/Timeline/Followup").status == 404
    problem = desk.ask("GET", "Assistance/Problem?limit=1").body[0]["id"]
    assert desk.ask("GET", f"Assistance/Problem/{problem}/Timeline/Validation").status == 404
    assert desk.ask("GET", f"Assistance/Problem/{problem}/Timeline").status == 200
    assert ticket.ask("POST", "Timeline/Document", {"documents_id": 1}).status == 403


def test_who_may(ticket: Ticket, desk: Desk) -> None:
    """Who may not see the ticket sees what is public in it all the same, on a real server too."""
    ticket.add("Followup", content="f")
    ticket.add("Followup", content="among us", is_private=True)
    stranger = desk.as_user("post-only")
    seen = ticket.ask("GET", "Timeline/Followup", desk=stranger).body
    assert [entry["item"]["content"] for entry in seen] == ["f"]
    assert ticket.ask("POST", "Timeline/Followup", {"content": "x"}, desk=stranger).status == 403
    assert ticket.ask("POST", "Timeline/Solution", {"content": "x"}, desk=desk.as_user("normal")).status == 403


def test_team(ticket: Ticket) -> None:
    def member(**fields: Any) -> int:
        return ticket.ask("POST", "TeamMember", fields).status

    assert member(type="User", id=3, role="requester") == 201
    assert member(type="User", id=4, role="assigned") == 201
    assert member(type="User", id=4, role="assigned") == 400
    assert member(type="User", id=99_999, role="observer") == 400
    assert member(type="Nope", id=4, role="observer") == 500
    assert member() == 500
    assert ticket.ask("POST", "TeamMember", {"type": "User", "id": 4, "role": "x"}).body["title"] == "Invalid role: x"
    team = ticket.ask("GET", "TeamMember").body
    assert {(one["role"], one["name"]) for one in team} == {("requester", "post-only"), ("assigned", "tech")}
    assert ticket.ask("GET", "").body["team"] == team
    assert ticket.ask("GET", "").body["status"]["id"] == 2
    second = next(index for index, one in enumerate(team) if index)
    role = team[second]["role"]
    assert ticket.ask("GET", f"TeamMember/{role}").body == {str(second): team[second]}, "PHP keeps the key"
    assert ticket.ask("GET", f"TeamMember/{team[0]['role']}").body == [team[0]]
    assert ticket.ask("GET", "TeamMember/x").status == 400
    gone = ticket.ask("DELETE", "TeamMember", {"type": "User", "id": 4, "role": "assigned"})
    assert (gone.status, gone.answer.body) == (200, b"")
    assert ticket.ask("DELETE", "TeamMember", {"type": "User", "id": 4, "role": "assigned"}).status == 200
