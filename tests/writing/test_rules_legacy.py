"""Each rule of the legacy API: what happens without it, and that it refuses before anything is sent, or warns."""

from __future__ import annotations

import pytest

from glpi_utils import GlpiAPIError, GlpiValidationError, GlpiWarning
from tests.writing.places import Place


@pytest.mark.parametrize("text", ["NULL", "null"])
def test_the_texts_null_are_lost(legacy: Place, text: str) -> None:
    number = legacy.made("Computer", serial="abc")
    api = legacy.client()
    api.computer.update({"id": number, "serial": text}, validate="off", verify=False)
    assert legacy.row("Computer", number)["serial"] is None
    with pytest.raises(GlpiValidationError, match=rf"Computer.serial cannot be '{text}': GLPI takes the text"):
        api.computer.update({"id": number, "serial": text})
    api.computer.update({"id": number, "serial": "Null and void"})
    assert legacy.row("Computer", number)["serial"] == "Null and void"


def test_values_out_of_range_are_stored(legacy: Place) -> None:
    number = legacy.made(urgency=3)
    api = legacy.client()
    api.ticket.update({"id": number, "urgency": 9}, validate="off", verify=False)
    assert legacy.row("Ticket", number)["urgency"] == 9
    with pytest.raises(GlpiValidationError, match=r"Ticket.urgency cannot be 9: it takes one of 1, 2, 3, 4, 5"):
        api.ticket.update({"id": number, "urgency": 8 + 1})
    with pytest.warns(GlpiWarning, match=r"Ticket.urgency cannot be 8"):
        api.ticket.update({"id": number, "urgency": 8}, validate="warn")
    assert legacy.row("Ticket", number)["urgency"] == 8


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"urgency": "severe"}, "Ticket.urgency cannot be 'severe': it takes an integer"),
        ({"urgency": ""}, "Ticket.urgency cannot be ''"),
        ({"name": "x" * 256}, "Ticket.name cannot be .*255 characters, this has 256"),
        ({"date": "2026-02-30 10:00:00"}, "Ticket.date cannot be '2026-02-30 10:00:00'"),
        ({"date": "0000-00-00 00:00:00"}, "Ticket.date cannot be .*zeros"),
        ({"solvedate": ""}, "Ticket.solvedate cannot be ''.*None"),
        ({"begin_waiting_date": "now"}, "Ticket.begin_waiting_date cannot be 'now'"),
        ({"name": ["a"]}, r"Ticket.name cannot be \['a'\]: it takes text"),
    ],
)
def test_what_the_database_refuses_or_misreads(legacy: Place, fields: dict[str, object], says: str) -> None:
    with pytest.raises(GlpiValidationError, match=says):
        legacy.client().ticket.update({"id": 1, **fields})
    assert legacy.sent == []


def test_bools_and_enums_become_numbers(legacy: Place) -> None:
    from glpi_utils import TicketStatus

    number = legacy.made("Document", is_recursive=0)
    api = legacy.client()
    api.document.update({"id": number, "is_recursive": True})
    assert legacy.row("Document", number)["is_recursive"] == 1
    made = api.ticket.create({"name": "x", "content": "y", "status": TicketStatus.PENDING, "urgency": "4"})
    row = legacy.row("Ticket", made["id"])
    assert (row["status"], row["urgency"]) == (4, 4)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("urgencyy", "Ticket has no column 'urgencyy' .*did you mean urgency"),
        ("categori", "Ticket has no column 'categori' .*did you mean category"),
    ],
)
def test_a_name_that_is_not_known_is_sent_with_a_warning(legacy: Place, name: str, says: str) -> None:
    number = legacy.made()
    api = legacy.client()
    with pytest.warns(GlpiWarning, match=says):
        api.ticket.update({"id": number, name: 5})
    assert legacy.writes == ["PUT"]
    api.ticket.update({"id": number, name: 5}, validate="off", verify=False)


@pytest.mark.parametrize(
    "fields",
    [
        {"_users_id_requester": 2},
        {"plugin_fields_foo": "x"},
        {"externalid": "x"},
        {"itemtype": "Computer"},
        {"entities_id": 0},
    ],
)
def test_what_glpi_takes_beside_its_columns_goes_without_a_word(
    legacy: Place, fields: dict[str, object], recwarn: pytest.WarningsRecorder
) -> None:
    legacy.client().ticket.create({"name": "x", "content": "y", **fields})
    assert [each for each in recwarn if each.category is GlpiWarning] == []


def test_types_that_are_not_known_are_left_alone(legacy: Place, recwarn: pytest.WarningsRecorder) -> None:
    with pytest.raises(GlpiAPIError):
        legacy.client().item("PluginFooBar").create({"whatever": 5, "when": "soon", "nothing": None})
    assert [each for each in recwarn if each.category is GlpiWarning] == []
    assert legacy.writes == ["POST"]


def test_sub_items_are_looked_at_as_their_own_type(legacy: Place) -> None:
    api = legacy.client()
    with pytest.raises(GlpiValidationError, match=r"TicketTask.state cannot be 7"):
        api.ticket.add_sub_item(1, "Task", {"content": "x", "state": 7})
    with pytest.raises(GlpiValidationError, match=r"ITILFollowup.content cannot be None"):
        api.ticket.update_sub_item(1, "Followup", {"id": 1, "content": None})
    with pytest.raises(GlpiValidationError, match=r"row 1 of the list: Ticket.urgency"):
        api.ticket.create([{"name": "x"}, {"name": "x", "urgency": 9}])
    assert legacy.sent == []
    new = api.ticket.add_sub_item(1, "Task", {"content": "x", "state": 1, "actiontime": 60})
    assert legacy.row("TicketTask", new["id"])["actiontime"] == 60
