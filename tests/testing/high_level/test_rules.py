"""GLPI's own rules: kinds, criteria, actions."""

from __future__ import annotations

import pytest

from glpi_utils.testing.world import knowledge
from tests.testing.high_level.conftest import Desk

BASE = "Rule/Collection/Ticket/Rule"


def made(desk: Desk) -> int:
    return int(desk.ask("POST", BASE, {"name": "r", "match": "AND"}).body["id"])


def test_each_kind_lists_its_own(desk: Desk) -> None:
    kinds = [one["rule_type"] for one in desk.ask("GET", "Rule/Collection").body]
    assert len(kinds) == 10
    assert [len(desk.ask("GET", f"Rule/Collection/{kind}/Rule").body) for kind in kinds] == [1] * 10
    rule = made(desk)
    assert desk.ask("GET", f"{BASE}/{rule}").body["ranking"] == 1
    assert desk.ask("GET", f"Rule/Collection/Asset/Rule/{rule}").status == 404
    assert desk.ask("GET", "Rule/Collection/Nope/Rule").status == 404


def test_a_rule_can_be_moved_to_another_kind(desk: Desk) -> None:
    rule = made(desk)
    assert desk.ask("PATCH", f"Rule/Collection/Asset/Rule/{rule}", {}).status == 200
    assert desk.ask("GET", f"{BASE}/{rule}").status == 404
    assert "sub_type" not in desk.ask("GET", f"Rule/Collection/Asset/Rule/{rule}").body


@pytest.mark.parametrize(
    ("part", "field", "values"),
    [
        ("Criteria", "pattern", {"criteria": "name", "condition": 2, "pattern": "x"}),
        ("Action", "value", {"action_type": "assign", "field": "urgency", "value": "3"}),
    ],
)
def test_the_parts_of_a_rule(desk: Desk, part: str, field: str, values: dict[str, object]) -> None:
    rule = made(desk)
    path = f"{BASE}/{rule}/{part}"
    assert desk.ask("POST", path, {}).status == 500
    assert desk.ask("POST", f"{BASE}/99999/{part}", values).status == 403
    one = desk.ask("POST", path, values)
    number = one.body["id"]
    assert (one.status, one.body["href"]) == (302, f"/{path}/{number}")
    shown = {"id": number, **values}
    assert desk.ask("GET", path).body == [{**shown, "rule": {"id": rule, "name": "r"}}]
    inside = desk.ask("GET", f"{BASE}/{rule}").body["criteria" if part == "Criteria" else "actions"]
    assert inside == [shown]
    assert desk.ask("PATCH", f"{path}/{number}", {field: "y"}).body[field] == "y"
    others = f"{BASE}/99999/{part}/{number}"
    assert [desk.ask(verb, others, {}).status for verb in ("GET", "PATCH", "DELETE")] == [404] * 3
    assert desk.ask("DELETE", f"{path}/{number}").status == 204
    assert desk.ask("DELETE", f"{path}/{number}").status == 404
    assert desk.ask("GET", path).header("Content-Range") == "0-0/0"


def test_the_parts_go_with_the_rule(desk: Desk) -> None:
    rule = made(desk)
    desk.ask("POST", f"{BASE}/{rule}/Criteria", {"criteria": "name"})
    assert desk.ask("DELETE", f"{BASE}/{rule}").status == 204
    assert desk.world.count("RuleCriteria", "rules_id = ?", [rule]) == 0
    assert desk.ask("DELETE", f"{BASE}/{rule}").status == 403


def test_what_rules_can_be_about(desk: Desk) -> None:
    base = "Rule/Collection/Ticket"
    assert {"id": "urgency", "name": "Urgency"} in desk.ask("GET", f"{base}/CriteriaCriteria").body
    under = next(one for one in desk.ask("GET", f"{base}/CriteriaCondition").body if one["id"] == 11)
    assert "itilcategories_id" in under["fields"]
    assert "urgency" not in under["fields"]
    fields = {one["id"]: one["action_types"] for one in desk.ask("GET", f"{base}/ActionField").body}
    types = {one["id"]: one["fields"] for one in desk.ask("GET", f"{base}/ActionType").body}
    assert "append" in fields["_users_id_assign"]
    assert "_users_id_assign" in types["append"]
    for kind in knowledge.rules():
        assert desk.ask("GET", f"Rule/Collection/{kind}/ActionField").body
    assert desk.as_user("post-only").ask("GET", f"{base}/ActionField").status == 404
