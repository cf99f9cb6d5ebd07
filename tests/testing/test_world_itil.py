"""The world's tickets: priority, status and its dates, actors, timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from glpi_utils.testing.sample.service_desk import fill
from glpi_utils.testing.world.column_values import Refusal
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.world import World

GLPI, POST_ONLY, TECH = Who(2), Who(3, 1), Who(4, 6)
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
Later = Callable[[int], None]


@pytest.fixture(params=["11.0.6", "10.0.17"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(request.param, clock=lambda: NOON)
    fill(made, 0)
    yield made
    made.close()


@pytest.fixture
def later(world: World) -> Later:
    def move(seconds: int) -> None:
        now = world.clock()
        world.clock = lambda: now + timedelta(seconds=seconds)

    return move


def ticket(world: World, who: Who = GLPI, **values: Any) -> int:
    return world.insert("Ticket", {"name": "t", "content": "c", **values}, who)


def row(world: World, id: int, itemtype: str = "Ticket") -> dict[str, Any]:
    found = world.get(itemtype, id)
    assert found is not None
    return found


def entry(world: World, itemtype: str, id: int, who: Who = GLPI, **values: Any) -> int:
    parent = {"tickets_id": id} if itemtype.startswith("Ticket") else {"itemtype": "Ticket", "items_id": id}
    return world.insert(itemtype, {"content": "x", **parent, **values}, who)


def refused(call: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)
    return caught.value


def test_a_blank_ticket_has_what_glpi_gives_it(world: World) -> None:
    found = row(world, world.insert("Ticket", {}, TECH))
    said = ("status", "type", "urgency", "impact", "priority", "requesttypes_id", "global_validation")
    assert [found[name] for name in said] == [1, 1, 3, 3, 3, 1, 1]
    assert (found["users_id_recipient"], found["users_id_lastupdater"]) == (4, 4)
    assert found["date"] == found["date_creation"] == "2026-03-04 12:00:00"


@pytest.mark.parametrize(("urgency", "impact", "priority"), [(5, 3, 4), (1, 1, 1), (5, 5, 5), (2, 4, 3), (99, 3, 51)])
def test_priority_follows_urgency_and_impact(world: World, urgency: int, impact: int, priority: int) -> None:
    new = ticket(world)
    world.update("Ticket", new, {"urgency": urgency, "impact": impact}, GLPI)
    assert row(world, new)["priority"] == priority
    assert row(world, ticket(world, urgency=urgency, impact=impact))["priority"] == priority


def test_a_priority_that_is_given_stays(world: World) -> None:
    assert row(world, ticket(world, urgency=5, impact=5, priority=1))["priority"] == 1


def test_a_title_is_made_of_the_description(world: World) -> None:
    assert row(world, world.insert("Ticket", {"content": "<p>broken <b>lamp</b></p>"}, GLPI))["name"] == "broken lamp"


def test_solving_closing_and_reopening_set_the_dates(world: World, later: Later) -> None:
    new = ticket(world)
    later(90)
    world.update("Ticket", new, {"status": 5}, GLPI)
    found = row(world, new)
    assert (found["solvedate"], found["solve_delay_stat"], found["closedate"]) == ("2026-03-04 12:01:30", 90, None)
    later(30)
    world.update("Ticket", new, {"status": 6}, GLPI)
    found = row(world, new)
    assert (found["closedate"], found["close_delay_stat"]) == ("2026-03-04 12:02:00", 120)
    assert found["solvedate"] == "2026-03-04 12:01:30"
    world.update("Ticket", new, {"status": 2}, GLPI)
    found = row(world, new)
    assert (found["solvedate"], found["closedate"], found["solve_delay_stat"]) == (None, None, 0)


def test_waiting_adds_up(world: World, later: Later) -> None:
    new = ticket(world)
    world.update("Ticket", new, {"status": 4}, GLPI)
    assert row(world, new)["begin_waiting_date"] == "2026-03-04 12:00:00"
    later(60)
    world.update("Ticket", new, {"status": 2}, GLPI)
    found = row(world, new)
    assert (found["begin_waiting_date"], found["waiting_duration"]) == (None, 60)


@pytest.mark.parametrize("value", ["2026-01-02T10:00:00+02:00", "2026-01-02T10:00:00", "2026-01-02", "soon"])
def test_a_date_is_written_as_the_database_writes_it(world: World, value: str) -> None:
    new = ticket(world)
    assert refused(world.update, "Ticket", new, {"date": value}, GLPI).message == "Incorrect value for date field."
    assert refused(ticket, world, date=value).message == "Incorrect value for date field."
    assert row(world, new)["date"] == "2026-03-04 12:00:00"


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("", "2026-01-02 10:00:00"),
        ("null", "2026-01-02 10:00:00"),
        (0, "2026-01-02 10:00:00"),
        ("NULL", None),
        (None, None),
    ],
)
def test_clearing_the_date_of_the_solution(world: World, value: Any, left: str | None) -> None:
    new = ticket(world)
    world.update("Ticket", new, {"solvedate": "2026-01-02 10:00:00"}, GLPI)
    world.update("Ticket", new, {"solvedate": value}, GLPI)
    assert row(world, new)["solvedate"] == left


def test_the_description_is_mandatory_once_it_is_there(world: World) -> None:
    message = refused(world.update, "Ticket", ticket(world), {"content": ""}, GLPI).message
    assert message == "Mandatory fields are not filled. Please correct: Description"


def test_actors_come_along_and_take_it_out_of_the_queue(world: World) -> None:
    new = ticket(world, _users_id_requester=3, _users_id_assign=[4, 7], _users_id_observer=5, _groups_id_assign=[1])
    users = [(a["users_id"], a["type"]) for a in world.select("Ticket_User", "tickets_id=?", (new,), "type, users_id")]
    assert users == [(3, 1), (4, 2), (7, 2), (5, 3)]
    assert world.count("Group_Ticket", "tickets_id=? AND groups_id=1 AND type=2", (new,)) == 1
    assert row(world, new)["status"] == 2


def test_assigning_and_withdrawing_move_the_status(world: World) -> None:
    new = ticket(world)
    link = world.insert("Ticket_User", {"tickets_id": new, "users_id": 4, "type": 2}, GLPI)
    assert row(world, new)["status"] == 2
    refusal = refused(world.insert, "Ticket_User", {"tickets_id": new, "users_id": 4, "type": 2}, GLPI)
    assert (refusal.kind, refusal.message) == ("rule", "")  # as a 10.0.19 and an 11.0.6 say it
    world.insert("Ticket_User", {"tickets_id": new, "users_id": 4, "type": 3}, GLPI)
    world.purge("Ticket_User", link, GLPI)
    assert row(world, new)["status"] == 1


def test_who_leaves_moves_no_date_but_by_the_status(world: World, later: Later) -> None:
    new = ticket(world)
    one, two = (world.insert("Ticket_User", {"tickets_id": new, "users_id": user, "type": 2}, GLPI) for user in (4, 5))
    before = row(world, new)["date_mod"]
    later(10)
    world.purge("Ticket_User", one, GLPI)
    assert (row(world, new)["date_mod"], row(world, new)["status"]) == (before, 2)
    world.purge("Ticket_User", two, GLPI)
    assert (row(world, new)["date_mod"], row(world, new)["status"]) == ("2026-03-04 12:00:10", 1)


def test_a_closed_ticket_takes_no_document(world: World) -> None:
    new = ticket(world, status=6)
    document = world.insert("Document", {"name": "a"}, GLPI)
    link = {"documents_id": document, "itemtype": "Ticket", "items_id": new}
    assert refused(world.insert, "Document_Item", link, GLPI).kind == "right"
    world.update("Ticket", new, {"status": 5}, GLPI)
    assert world.insert("Document_Item", link, GLPI) > 0


def test_assets_come_along(world: World) -> None:
    new = ticket(world, items_id={"Computer": [1, 2], "Printer": 1})
    found = [(i["itemtype"], i["items_id"]) for i in world.select("Item_Ticket", "tickets_id=?", (new,))]
    assert found == [("Computer", 1), ("Computer", 2), ("Printer", 1)]


def test_a_followup_has_an_author_says_something_and_is_noticed(world: World, later: Later) -> None:
    new = ticket(world)
    later(10)
    followup = row(world, entry(world, "ITILFollowup", new, TECH), "ITILFollowup")
    assert (followup["users_id"], followup["date"], followup["timeline_position"]) == (4, "2026-03-04 12:00:10", 1)
    found = row(world, new)
    assert (found["takeintoaccountdate"], found["takeintoaccount_delay_stat"]) == ("2026-03-04 12:00:10", 10)
    assert (found["date_mod"], found["users_id_lastupdater"]) == ("2026-03-04 12:00:10", 4)
    assert (
        refused(entry, world, "ITILFollowup", new, content="").message == "You can't add a followup without description"
    )


def test_the_requester_takes_nothing_into_account(world: World) -> None:
    new = ticket(world, POST_ONLY, _users_id_requester=3)
    entry(world, "ITILFollowup", new, POST_ONLY)
    assert row(world, new)["takeintoaccountdate"] is None


@pytest.mark.parametrize("itemtype", ["ITILFollowup", "TicketTask", "ITILSolution", "TicketValidation"])
def test_an_entry_of_nothing_is_a_matter_of_rights(world: World, itemtype: str) -> None:
    kind = "rule" if itemtype == "TicketValidation" else "right"  # approvals have words of their own
    assert refused(entry, world, itemtype, 10**6).kind == kind
    assert refused(world.insert, itemtype, {"content": "x"}, GLPI).kind == kind


def test_the_editor_of_a_text_is_noted(world: World) -> None:
    new = entry(world, "ITILFollowup", ticket(world), TECH)
    world.update("ITILFollowup", new, {"content": "x", "is_private": 1}, GLPI)
    assert row(world, new, "ITILFollowup")["users_id_editor"] == 0
    world.update("ITILFollowup", new, {"content": "y"}, GLPI)
    assert row(world, new, "ITILFollowup")["users_id_editor"] == 2


def test_tasks_add_up_and_their_uuid_is_a_key(world: World) -> None:
    new = ticket(world)
    one = entry(world, "TicketTask", new, actiontime=60)
    two = entry(world, "TicketTask", new, actiontime=30, uuid="U")
    assert len(row(world, one, "TicketTask")["uuid"]) == 36
    assert row(world, new)["actiontime"] == 90
    world.update("TicketTask", two, {"actiontime": 40}, GLPI)
    assert row(world, new)["actiontime"] == 100
    world.purge("TicketTask", one, GLPI)
    assert row(world, new)["actiontime"] == 40
    refusal = refused(entry, world, "TicketTask", new, uuid="U")
    assert (refusal.kind, refusal.message) == ("sql", "Duplicate entry 'U' for key 'uuid'")


def test_a_solution_solves_once_and_a_followup_accepts_it(world: World) -> None:
    new = ticket(world)
    solution = entry(world, "ITILSolution", new)
    assert (row(world, new)["status"], row(world, solution, "ITILSolution")["status"]) == (5, 2)
    message = refused(entry, world, "ITILSolution", new).message
    assert message == "The item is already solved, did anyone pushed a solution before you?"
    entry(world, "ITILFollowup", new, add_close=1)
    answered = row(world, solution, "ITILSolution")
    assert (row(world, new)["status"], answered["status"]) == (6, 3)
    assert (answered["users_id_approval"], answered["itilfollowups_id"]) == (2, None)
    assert entry(world, "ITILFollowup", new)


def test_a_followup_refuses_a_solution(world: World) -> None:
    new = ticket(world)
    solution = entry(world, "ITILSolution", new)
    entry(world, "ITILFollowup", new, add_reopen=1)
    assert (row(world, new)["status"], row(world, solution, "ITILSolution")["status"]) == (1, 4)


def test_a_validation_is_answered_by_whom_it_was_asked_of(world: World, later: Later) -> None:
    new = ticket(world)
    asked = entry(world, "TicketValidation", new, users_id_validate=4)
    assert row(world, new)["global_validation"] == 2
    world.update("TicketValidation", asked, {"status": 3, "comment_validation": "ok"}, POST_ONLY)
    assert row(world, asked, "TicketValidation")["status"] == 2
    later(5)
    world.update("TicketValidation", asked, {"status": 3, "comment_validation": "ok"}, TECH)
    found = row(world, asked, "TicketValidation")
    assert (found["status"], found["comment_validation"], found["validation_date"]) == (3, "ok", "2026-03-04 12:00:05")
    assert row(world, new)["global_validation"] == 3
    another = entry(world, "TicketValidation", new, users_id_validate=2)
    world.update("TicketValidation", another, {"status": 4, "comment_validation": "no"}, GLPI)
    ten = world.version == "10.0.17"
    assert row(world, new)["global_validation"] == (3 if ten else 4)  # on 10 one is enough
    world.purge("TicketValidation", another, GLPI)
    world.purge("TicketValidation", asked, GLPI)
    assert row(world, new)["global_validation"] == (3 if ten else 4)  # 10 leaves it, 11 misses the acceptances


def test_no_approver_is_oneself_on_11_and_refused_on_10(world: World) -> None:
    new = ticket(world)
    if world.version == "10.0.17":
        assert refused(entry, world, "TicketValidation", new).message == ""
        return
    found = row(world, entry(world, "TicketValidation", new), "TicketValidation")
    assert (found["itemtype_target"], found["items_id_target"]) == ("User", 2)


def test_a_purged_ticket_takes_everything_along(world: World) -> None:
    new = ticket(world, _users_id_requester=3, items_id={"Computer": 1})
    for itemtype in ("ITILFollowup", "TicketTask", "ITILSolution"):
        entry(world, itemtype, new)
    other = ticket(world, _users_id_requester=3)
    entry(world, "ITILFollowup", other)
    world.insert("Ticket_Ticket", {"tickets_id_1": other, "tickets_id_2": new}, GLPI)
    world.purge("Ticket", new, GLPI)
    for itemtype in ("Ticket_User", "TicketTask", "Item_Ticket"):
        assert not world.count(itemtype, "tickets_id=?", (new,))
    assert not world.count("ITILSolution", "items_id=?", (new,))
    assert not world.count("Ticket_Ticket")
    assert world.count("ITILFollowup", "itemtype='Ticket' AND items_id=?", (other,)) == 1
    assert world.count("Ticket_User", "tickets_id=?", (other,)) == 1


@pytest.mark.parametrize("itemtype", ["Change", "Problem"])
def test_changes_and_problems_live_by_the_same_rules(world: World, itemtype: str) -> None:
    new = world.insert(itemtype, {"name": "x", "content": "c", "_users_id_assign": 4}, GLPI)
    assert row(world, new, itemtype)["status"] == (1 if itemtype == "Change" else 2)  # a change is never "assigned"
    world.insert("ITILSolution", {"itemtype": itemtype, "items_id": new, "content": "x"}, GLPI)
    task = {"Change": "changes_id", "Problem": "problems_id"}[itemtype]
    world.insert(f"{itemtype}Task", {task: new, "content": "x", "actiontime": 5}, GLPI)
    found = row(world, new, itemtype)
    assert (found["status"], found["actiontime"]) == (5, 5)
