"""Rules that both APIs share: an item without fields is no item."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiNotFoundError, GlpiValidationError
from tests.writing.places import Place

EMPTY = r"create\(\) was given no field that has a value: it would make an empty {}"


@pytest.mark.parametrize("validate", ["strict", "warn", "off"])
@pytest.mark.parametrize("how", [{}, {"once": True}, {"key": "empty"}], ids=str)
def test_an_item_without_fields_is_not_created(place: Place, validate: str, how: dict[str, Any]) -> None:
    api = place.client(validate=validate)
    with pytest.raises(GlpiValidationError, match=EMPTY.format("Ticket")):
        api.ticket.create({}, **how)
    with pytest.raises(GlpiValidationError, match=EMPTY.format("Change")):
        api.change.create({}, **how)
    assert place.writes == []


def test_nor_one_whose_fields_are_all_left_out(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError, match=EMPTY.format("Computer")):
        api.computer.create({"name": None, "serial": None})
    with pytest.raises(GlpiValidationError, match="row 1 of the list: " + EMPTY.format("Computer")):
        api.computer.create([{"name": "x"}, {}])
    with pytest.raises(GlpiValidationError, match=EMPTY.format("Bar" if place.hl else "PluginFooBar")):
        api.item("PluginFooBar" if not place.hl else "Plugin/Foo/Bar").create({})
    assert place.writes == []


def test_what_hangs_off_an_item_may_have_no_field_of_its_own(place: Place) -> None:
    """The financial information of a computer: that it is there is what is said."""
    number = place.made("Computer")
    made = place.client().computer.add_sub_item(number, "Infocom", {})
    assert place.row("Infocom", made["id"])["items_id"] == number


NAMED = [
    ("Ticket", "status", "closed", 6),
    ("Ticket", "status", "CLOSED", 6),
    ("Ticket", "status", "Solved", 5),
    ("Ticket", "type", "request", 2),
    ("Ticket", "urgency", "very high", 5),
    ("Ticket", "impact", "very_low", 1),
    ("Ticket", "priority", "major", 6),
    ("Change", "status", "refused", 13),
    ("Change", "urgency", "high", 4),
    ("Problem", "status", "under_observation", 8),
    ("Problem", "status", "under-observation", 8),
]


@pytest.mark.parametrize(("itemtype", "field", "name", "number"), NAMED)
def test_members_of_enums_by_name(place: Place, itemtype: str, field: str, name: str, number: int) -> None:
    """The same name means another number in another type."""
    api = place.client()
    row = place.made(itemtype)
    api.item(itemtype).update({"id": row, field: name}, verify=False)
    assert place.row(itemtype, row)[field] == number
    made = api.item(itemtype).create({"name": "x", "content": "y", field: name})
    if field != "status" or place.hl:
        assert place.row(itemtype, made["id"])[field] == number


def test_those_of_tasks_and_validations_too(place: Place) -> None:
    api, ticket = place.client(), place.made()
    made = api.ticket.add_sub_item(ticket, "Task", {"content": "x", "state": "done"})
    assert place.row("TicketTask", made["id"])["state"] == 2
    api.ticket.update_sub_item(ticket, "Task", {"id": made["id"], "state": "todo"})
    assert place.row("TicketTask", made["id"])["state"] == 1
    with pytest.raises(GlpiValidationError, match=r"Validation.status cannot be 'agreed': .*accepted \(3\)"):
        api.ticket.update_sub_item(ticket, "Validation", {"id": 1, "status": "agreed"})


def test_an_object_with_the_name_in_it_is_a_status_too(place: Place) -> None:
    number = place.made()
    place.client().ticket.update({"id": number, "status": {"id": "pending"}})
    assert place.row("Ticket", number)["status"] == 4


@pytest.mark.parametrize(
    ("itemtype", "field", "value", "says"),
    [
        (
            "Ticket",
            "status",
            "closd",
            r"TicketStatus: new \(1\), .*closed \(6\).* did you mean TicketStatus.CLOSED \(6\)\?",
        ),
        ("Ticket", "status", "Processing (assigned)", r"GLPI's labels are not looked up"),
        ("Ticket", "status", {"name": "Closed"}, "TicketStatus|id alone"),
        ("Ticket", "status", "accepted", r"TicketStatus: "),
        ("Ticket", "type", "Incidents", r"did you mean TicketType.INCIDENT \(1\)\?"),
        ("Ticket", "urgency", "severe", r"an integer or the name of a member of Urgency: very_low \(1\), "),
        ("Ticket", "urgency", 9, r"it takes one of 1, 2, 3, 4, 5"),
        ("Ticket", "urgency", {"id": 4}, "integer|id alone"),
        ("Ticket", "urgency", True, "integer"),
    ],
)
def test_what_names_no_member(place: Place, itemtype: str, field: str, value: Any, says: str) -> None:
    if isinstance(value, dict) and not place.hl:
        says = "it takes the id alone"
    row = place.made(itemtype)
    with pytest.raises(GlpiValidationError, match=says) as caught:
        place.client().item(itemtype).update({"id": row, field: value})
    assert f"{itemtype}.{field} cannot be" in str(caught.value)
    assert "other item" not in str(caught.value)
    assert place.writes == []


def test_names_are_those_of_known_fields_alone(place: Place) -> None:
    """A computer's status is an item of its own, which is looked up by its name."""
    computer = place.made("Computer")
    field = "status" if place.hl else "states_id"
    with pytest.raises(GlpiNotFoundError, match="no State 'closed'"):
        place.client().computer.update({"id": computer, field: "closed"})
