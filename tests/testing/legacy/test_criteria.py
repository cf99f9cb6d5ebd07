"""The search engine: what criteria mean, alone, linked, in groups and negated."""

from __future__ import annotations

import pytest

from tests.testing.legacy.asking import Caller
from tests.testing.legacy.seeking import MINE, criteria, found


@pytest.mark.parametrize(
    ("value", "meant"),
    [(">{2}", [3, 4, 5]), (">={2}", [2, 3, 4, 5]), ("<{2}", [0, 1]), ("{2}", [2]), ("> {4}", [5]), ("x", [])],
)
def test_comparing_the_id(glpi: Caller, tickets: list[int], value: str, meant: list[int]) -> None:
    assert found(glpi, (2, "contains", value.format(*tickets), "AND")) == [tickets[place] for place in meant]


def test_an_anchored_number_matches_only_on_10(glpi: Caller, tickets: list[int]) -> None:
    matched = [tickets[2]] if glpi.world.version == "10.0.17" else []
    assert found(glpi, (2, "contains", f"^{tickets[2]}$", "AND")) == matched


@pytest.mark.parametrize("searchtype", ["morethan", "lessthan", "equals", "bogus"])
def test_a_search_type_that_the_column_lacks_means_contains(glpi: Caller, tickets: list[int], searchtype: str) -> None:
    assert found(glpi, (2, searchtype, tickets[2], "AND")) == [tickets[2]]


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", [0]), ("notold", [0, 1, 2, 3]), ("old", [4, 5]), ("process", [1, 2]), ("all", [0, 1, 2, 3, 4, 5])],
)
@pytest.mark.parametrize("searchtype", ["equals", "notequals"])
def test_status(glpi: Caller, tickets: list[int], searchtype: str, value: str, meant: list[int]) -> None:
    assert found(glpi, (12, searchtype, value, "AND")) == [tickets[place] for place in meant]


def test_links(glpi: Caller, tickets: list[int]) -> None:
    assert found(glpi, (12, "equals", 1, "AND NOT")) == tickets[1:]
    one, two = (12, "equals", 1), (12, "equals", 2, "OR")
    query = criteria(one, two, (1, "contains", "^seek-", "AND"))
    page = glpi.ask("GET", f"search/Ticket?{query}&forcedisplay[0]=2&range=0-999&sort=2")
    ones = [row["id"] for row in glpi.world.select("Ticket", "is_deleted = 0 AND status = 1")]
    assert [row["2"] for row in page["data"]] == sorted([*ones, tickets[1]]), "AND binds before OR"


def test_a_group_within(glpi: Caller, tickets: list[int]) -> None:
    inner = criteria((12, "equals", 1), (12, "equals", 3, "OR"), at="criteria[1][criteria]")
    query = f"{criteria(MINE)}&criteria[1][link]=AND&{inner}&forcedisplay[0]=2&sort=2"
    assert [row["2"] for row in glpi.ask("GET", f"search/Ticket?{query}")["data"]] == [tickets[0], tickets[2]]


@pytest.mark.parametrize(
    "query",
    [
        criteria((99999, "equals", 1)),
        criteria(("name", "equals", 1)),
        criteria(("view", "contains", "x")),
        criteria((151, "contains", "x")),
        "criteria[0][field]=1&criteria[0][value]=1",
        "range=5",
    ],
)
def test_refused_searches(glpi: Caller, query: str) -> None:
    assert glpi.refused("GET", f"search/Ticket?{query}") == "ERROR"


def test_what_stands_after_a_group_is_not_checked(glpi: Caller) -> None:
    group = criteria((12, "equals", 1), at="criteria[0][criteria]")
    late = "criteria[1][field]=99999&criteria[1][searchtype]=x&criteria[1][value]=1"
    assert glpi.say("GET", f"search/Ticket?{group}&{late}").status in (200, 206)


def test_shapes_that_are_fatal(glpi: Caller) -> None:
    ten = glpi.world.version == "10.0.17"
    answer = glpi.say("GET", "search/Ticket?criteria=abc")
    assert (answer.status, answer.header("content-type")) == (200 if ten else 500, "text/html; charset=UTF-8")
    inverted = glpi.say("GET", "search/Ticket?range=5-2")
    assert inverted.status == 500
    if ten:
        assert inverted.body.startswith(b"You have an error in your SQL syntax")
        assert inverted.body.endswith(b"]")
        assert inverted.header("content-type") == "application/json; charset=UTF-8"


def test_moments(glpi: Caller, tickets: list[int]) -> None:
    for place, day in enumerate(("01", "02", "03", "04", "05", "06")):
        glpi.world.store.change("Ticket", tickets[place], {"date": f"2020-01-{day} 10:00:00"})
    assert found(glpi, (15, "morethan", "2020-01-04 10:00:00", "AND")) == tickets[4:]
    assert found(glpi, (15, "lessthan", "2020-01-02", "AND")) == tickets[:1]
    assert found(glpi, (15, "equals", "2020-01-03", "AND")) == [tickets[2]]
    assert found(glpi, (15, "notequals", "2020-01-03", "AND")) == [*tickets[:2], *tickets[3:]]
    assert found(glpi, (15, "contains", "2020-01-0", "AND")) == tickets
    assert found(glpi, (15, "morethan", "-7DAY", "AND")) == []
    assert found(glpi, (19, "morethan", "-1HOUR", "AND")) == tickets


def test_nothing_to_look_for_and_nothing_there(glpi: Caller, tickets: list[int]) -> None:
    assert found(glpi, (21, "contains", "", "AND")) == tickets
    glpi.world.store.change("Ticket", tickets[1], {"content": ""})
    glpi.world.store.change("Ticket", tickets[2], {"content": None})
    assert found(glpi, (21, "contains", "NULL", "AND")) == tickets[1:3]
    assert found(glpi, (21, "empty", "null", "AND")) == tickets[1:3]
    assert found(glpi, (21, "notcontains", "zzz", "AND")) == tickets


def test_a_negated_number_turns_its_sign_round(glpi: Caller, tickets: list[int]) -> None:
    assert found(glpi, (2, "contains", f">={tickets[2]}", "AND NOT")) == tickets[:3], "and keeps the equals sign"
    assert found(glpi, (2, "contains", tickets[2], "AND NOT")) == [*tickets[:2], *tickets[3:]]
    assert found(glpi, (2, "notcontains", tickets[2], "AND")) == [tickets[2]]


def test_a_negated_group_is_negated_as_the_database_negates(glpi: Caller, tickets: list[int]) -> None:
    glpi.world.sql('UPDATE "Ticket" SET solvedate = NULL WHERE id <> ?', [tickets[0]])
    glpi.world.sql('UPDATE "Ticket" SET solvedate = ? WHERE id = ?', ["2026-01-01 00:00:00", tickets[0]])
    inner = criteria((17, "equals", "2025-01-01"), at="criteria[1][criteria]")
    query = f"{criteria(MINE)}&criteria[1][link]=AND NOT&{inner}&forcedisplay[0]=2&sort=2"
    assert [row["2"] for row in glpi.ask("GET", f"search/Ticket?{query}")["data"]] == tickets[:1], (
        "null is in neither half"
    )
    assert found(glpi, (17, "equals", "2025-01-01", "AND NOT")) == tickets, "null is found by a negated criterion"


def test_zero_and_less_of_an_urgency_is_at_least(glpi: Caller, tickets: list[int]) -> None:
    urgencies = [row["urgency"] for row in glpi.world.select("Ticket", f"id IN ({','.join(map(str, tickets))})")]
    assert found(glpi, (10, "equals", -4, "AND")) == [
        ticket for ticket, urgency in zip(tickets, urgencies, strict=True) if urgency >= 4
    ]
    assert found(glpi, (10, "equals", 0, "AND")) == tickets


def test_what_is_counted_is_compared_apart(glpi: Caller, tickets: list[int]) -> None:
    given = {"itemtype": "Ticket", "items_id": tickets[0], "content": "x"}
    glpi.ask("POST", "ITILFollowup", {"input": given}, 201)
    assert found(glpi, (27, "contains", ">0", "AND")) == tickets[:1]
    either = ((12, "equals", 2, "AND"), (27, "contains", ">0", "OR"))
    assert found(glpi, *either) == [], "OR between what is counted and the rest is AND"


def test_wildcards_and_spaces(glpi: Caller, tickets: list[int]) -> None:
    glpi.ask("PUT", f"Ticket/{tickets[0]}", {"input": {"name": "seek-a_b\\c"}})
    assert found(glpi, (1, "contains", " a_b\\c ", "AND")) == tickets[:1]
    assert found(glpi, (1, "contains", "k_a", "AND")) == [], "an underscore is one"
    assert found(glpi, (1, "contains", "k%a_b", "AND")) == tickets[:1], "a percent sign is any text"
    assert found(glpi, (1, "contains", "^$", "AND")) == []
