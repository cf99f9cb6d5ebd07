"""Links of tickets, changes and problems, what is solved along, and what they are about: as 10.0.19 and 11.0.6 have it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.testing.legacy.asking import Caller
from tests.testing.legacy.test_people import make, status
from tests.testing.legacy.test_writes import NO_RIGHT


def say(glpi: Caller, itemtype: str, /, **given: Any) -> str:
    """What a create is answered: its message."""
    answer = glpi.say("POST", itemtype, {"input": given})
    if answer.status == 201:
        return str(glpi.world.select(itemtype, order="id DESC", limit=1)[0]["id"])
    return str(glpi.ask("POST", itemtype, {"input": given}, 400)[1])


def added(glpi: Caller, itemtype: str, /, **given: Any) -> str:
    said = glpi.ask("POST", itemtype, {"input": given}, 201)
    return str(said["message"]).removeprefix("Item successfully added: ").replace(str(said["id"]), "N")


def link(glpi: Caller, one: int, other: int, kind: Any) -> str:
    """Nothing where it is taken, else the words."""
    given = {"input": {"tickets_id_1": one, "tickets_id_2": other, "link": kind}}
    answer = glpi.say("POST", "Ticket_Ticket", given)
    return "taken" if answer.status == 201 else str(glpi.ask("POST", "Ticket_Ticket", given, 400)[1])


def links(glpi: Caller, one: int) -> list[tuple[int, int, int]]:
    rows = glpi.world.select("Ticket_Ticket", "tickets_id_1=? OR tickets_id_2=?", (one, one))
    return [(row["tickets_id_1"], row["tickets_id_2"], row["link"]) for row in rows]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("second", [1, 2, 3, 4])
@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_two_tickets_have_one_link(glpi: Caller, first: int, second: int, turned: bool) -> None:
    one, other = make(glpi), make(glpi)
    assert link(glpi, one, other, first) == "taken"
    pair = (other, one) if turned else (one, other)
    replaces = (first, second) == (1, 2)
    assert link(glpi, *pair, second) == ("taken" if replaces else "")
    if replaces:
        assert links(glpi, one) == [(*pair, 2)]
    else:
        assert links(glpi, one) == [(other, one, 3) if first == 4 else (one, other, first)]


def test_links_that_lead_nowhere(glpi: Caller) -> None:
    one = make(glpi)
    assert link(glpi, one, one, 1) == ""
    assert link(glpi, one, 99999, 1) == NO_RIGHT
    assert link(glpi, 99999, one, 1) == NO_RIGHT
    assert say(glpi, "Ticket_Ticket", tickets_id_1=one) == NO_RIGHT
    assert links(glpi, one) == []


def test_the_message_of_a_link(glpi: Caller) -> None:
    assert added(glpi, "Ticket_Ticket", tickets_id_1=make(glpi), tickets_id_2=make(glpi)) == "Linked ticket - ID N"


def test_a_link_in_the_ticket_itself(glpi: Caller) -> None:
    one = make(glpi)
    other = make(glpi, _link={"tickets_id_2": one, "link": 2})
    assert links(glpi, one) == [(other, one, 2)]
    assert links(glpi, make(glpi, _link={"tickets_id_2": 99999, "link": 1})) == []
    third = make(glpi)
    glpi.ask("PUT", f"Ticket/{third}", {"input": {"_link": {"tickets_id_1": third, "tickets_id_2": other, "link": 3}}})
    assert links(glpi, third) == [(third, other, 3)]


def solve(glpi: Caller, id: int) -> None:
    glpi.ask("POST", "ITILSolution", {"input": {"itemtype": "Ticket", "items_id": id, "content": "s"}}, 201)


def solutions(glpi: Caller, id: int) -> list[tuple[int, str]]:
    rows = glpi.world.select("ITILSolution", "itemtype='Ticket' AND items_id=?", (id,))
    return [(row["status"], row["content"]) for row in rows]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("kind", [1, 2, 3, 4])
def test_a_solution_solves_duplicates_along(glpi: Caller, kind: int, turned: bool) -> None:
    one, other = make(glpi), make(glpi)
    link(glpi, *((other, one) if turned else (one, other)), kind)
    solve(glpi, one)
    assert (status(glpi, one), solutions(glpi, one)) == (5, [(2, "s")])
    assert (status(glpi, other), solutions(glpi, other)) == ((5, [(2, "s")]) if kind == 2 else (1, []))


@pytest.mark.parametrize("ended", [5, 6])
def test_a_status_solves_duplicates_along(glpi: Caller, ended: int) -> None:
    one, other = make(glpi), make(glpi)
    link(glpi, other, one, 2)
    glpi.ask("PUT", f"Ticket/{one}", {"input": {"status": ended}})
    along = ended == 5 or glpi.world.version == "10.0.17"
    assert (status(glpi, other), solutions(glpi, other)) == (ended if along else 1, [])


def test_a_chain_of_duplicates(glpi: Caller) -> None:
    one, other, third, closed = make(glpi), make(glpi), make(glpi), make(glpi, status=6)
    for pair in ((other, one), (third, other), (closed, one)):
        link(glpi, *pair, 2)
    solve(glpi, one)
    assert [status(glpi, key) for key in (one, other, third, closed)] == [5, 5, 5, 6]
    assert solutions(glpi, closed) == []
    glpi.ask(
        "POST", "ITILFollowup", {"input": {"itemtype": "Ticket", "items_id": one, "content": "x", "add_reopen": 1}}, 201
    )
    assert [status(glpi, key) for key in (one, other)] == [1, 5]


def test_items_of_tickets(glpi: Caller) -> None:
    one, computer = make(glpi), glpi.ask("POST", "Computer", {"input": {"name": "pc"}}, 201)["id"]
    given = {"tickets_id": one, "itemtype": "Computer"}
    assert added(glpi, "Item_Ticket", **given, items_id=computer) == "pc"
    assert say(glpi, "Item_Ticket", **given, items_id=computer) == ""
    assert added(glpi, "Item_Ticket", **given, items_id=99999) == ""
    assert say(glpi, "Item_Ticket", **given, items_id=0) == ""
    made = make(glpi, items_id={"Computer": [computer, computer, 99999]})
    rows = glpi.world.select("Item_Ticket", "tickets_id=?", (made,))
    assert [row["items_id"] for row in rows] == [computer, 99999]


def test_items_of_what_is_not_there(glpi: Caller) -> None:
    ten = glpi.world.version == "10.0.17"
    lost = glpi.say("POST", "Item_Ticket", {"input": {"tickets_id": 99999, "itemtype": "Computer", "items_id": 1}})
    assert (lost.status, lost.body == b"") == ((200, True) if ten else (201, False))
    assert glpi.world.count("Item_Ticket", "tickets_id=99999") == 1
    nothing = glpi.say(
        "POST", "Item_Ticket", {"input": {"tickets_id": make(glpi), "itemtype": "Nothing", "items_id": 1}}
    )
    assert nothing.status == (200 if ten else 500)
    assert glpi.world.count("Item_Ticket", "itemtype='Nothing'") == int(ten)


@pytest.mark.parametrize(
    ("kind", "key", "itemtype", "words"),
    [
        ("Change_Item", "changes_id", "Change", "Change item - ID N"),
        ("Item_Problem", "problems_id", "Problem", "Problem item - ID N"),
    ],
)
def test_items_of_changes_and_problems(glpi: Caller, kind: str, key: str, itemtype: str, words: str) -> None:
    one, computer = make(glpi, itemtype), glpi.ask("POST", "Computer", {"input": {"name": "pc"}}, 201)["id"]
    ten = glpi.world.version == "10.0.17"
    assert added(glpi, kind, **{key: one}, itemtype="Computer", items_id=computer) == (words if ten else "pc")
    assert say(glpi, kind, **{key: one}, itemtype="Computer", items_id=computer) == ""
    for given in ({key: one, "items_id": 99999}, {key: 99999, "items_id": computer}):
        assert (say(glpi, kind, **given, itemtype="Computer") == NO_RIGHT) is ten


@pytest.mark.parametrize(
    ("kind", "one", "other", "words"),
    [
        ("Change_Ticket", "changes_id", "tickets_id", "Link Ticket/Change - ID N"),
        ("Problem_Ticket", "problems_id", "tickets_id", "Link Ticket/Problem - ID N"),
        ("Change_Problem", "changes_id", "problems_id", "Link Problem/Change - ID N"),
    ],
)
def test_links_between_kinds(glpi: Caller, kind: str, one: str, other: str, words: str) -> None:
    parents = {"changes_id": "Change", "tickets_id": "Ticket", "problems_id": "Problem"}
    ids = {key: make(glpi, parents[key]) for key in (one, other)}
    assert added(glpi, kind, **ids) == words
    twice = say(glpi, kind, **ids)
    ten = glpi.world.version == "10.0.17"
    assert twice == (f"Duplicate entry '{ids[one]}-{ids[other]}' for key 'unicity'" if ten else "")
    for lost in ({**ids, one: 99999}, {**ids, other: 99999}, {one: ids[one]}):
        assert say(glpi, kind, **lost) == NO_RIGHT
