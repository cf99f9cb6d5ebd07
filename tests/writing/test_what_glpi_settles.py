"""What GLPI settles by itself, whatever is given: dropped or changed without a word, so refused here, on both APIs."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from glpi_utils import GlpiValidationError
from tests.writing.places import Place

DAY = "2026-01-31 10:00:00"


class Case(NamedTuple):
    """A write, the column where it should be found, and what is there instead."""

    itemtype: str
    field: str
    column: str
    value: Any
    stored: Any
    says: str
    beside: dict[str, Any] = {}  # noqa: RUF012  never changed

    def named(self, hl: bool) -> str:
        return self.field if hl else self.column


CREATES = [
    Case("Ticket", "user_recipient", "users_id_recipient", 3, 2, "by itself", {"name": "x", "content": "x"}),
    Case("Problem", "user_recipient", "users_id_recipient", 3, 2, "by itself", {"name": "x", "content": "x"}),
    Case("PlanningExternalEvent", "date_begin", "begin", DAY, None, "by itself", {"name": "x"}),
    Case("PlanningExternalEvent", "date_end", "end", DAY, None, "by itself", {"name": "x"}),
    Case("TicketRecurrent", "date_next_creation", "next_creation_date", DAY, None, "by itself", {"name": "x"}),
    Case("DeviceHardDrive", "cache", "cache", "12.5", "125", "digits alone", {"designation": "x"}),
    Case("DeviceMemory", "frequency", "frequence", "16 GHz", "16", "digits alone", {"designation": "x"}),
    Case("DeviceNetworkCard", "mac_default", "mac_default", "001122334455", None, "00:11:22", {"designation": "x"}),
    Case("DatabaseInstance", "port", "port", "33a6", "336", "digits alone", {"name": "x"}),
]
CLEARED = [
    Case("PlanningExternalEvent", "name", "name", "", "Without title", "Without title"),
    Case("KnowbaseItem", "name", "name", "", "New item", "New item"),
    Case("Rack", "bgcolor", "bgcolor", "", "#FEC95C", "colour"),
    Case("ProjectTask", "project", "projects_id", 0, 1, "ignores 0"),
    Case("User", "default_profile", "profiles_id", 0, 4, "no profile of the user"),
]


@pytest.mark.parametrize("case", CREATES, ids=lambda case: f"{case.itemtype}.{case.field}")
def test_a_create_says_what_it_would_lose(place: Place, case: Case) -> None:
    items, name = place.client().item(case.itemtype), case.named(place.hl)
    made = items.create({**case.beside, name: case.value}, validate="off")["id"]
    assert place.row(case.itemtype, made)[case.column] == case.stored
    place.sent.clear()
    with pytest.raises(GlpiValidationError, match=rf"\.{name} cannot be .*{case.says}"):
        items.create({**case.beside, name: case.value})
    assert place.writes == []


def test_an_update_of_the_time_of_the_last_change(place: Place) -> None:
    api = place.client()
    number = place.made("Computer")
    api.computer.update({"id": number, "name": "b", "date_mod": DAY}, validate="off", verify=False)
    assert place.row("Computer", number)["date_mod"] != DAY
    with pytest.raises(GlpiValidationError, match=r"Computer.date_mod cannot be .*in an update GLPI sets it by itself"):
        api.computer.update({"id": number, "name": "c", "date_mod": DAY})
    made = api.computer.create({"name": "a", "date_mod": DAY})["id"]
    assert place.row("Computer", made)["date_mod"] == DAY


@pytest.mark.parametrize("case", CLEARED, ids=lambda case: f"{case.itemtype}.{case.field}")
def test_what_is_not_cleared_is_not_said_to_be(place: Place, case: Case) -> None:
    items, name = place.client().item(case.itemtype), case.named(place.hl)
    number = place.made(case.itemtype, **{"name": f"row {uuid4()}", case.column: case.stored})
    items.update({"id": number, name: case.value}, validate="off", verify=False)
    assert place.row(case.itemtype, number)[case.column] == case.stored
    place.sent.clear()
    with pytest.raises(GlpiValidationError, match=rf"\.{name} cannot be None: .*{case.says}"):
        items.update({"id": number, name: None})
    assert place.writes == []


def test_what_fits_arrives(place: Place) -> None:
    api, hl = place.client(), place.hl
    number = api.item("DeviceNetworkCard").create({"designation": "x", "mac_default": "00-11-22-33-44-55"})["id"]
    assert place.row("DeviceNetworkCard", number)["mac_default"] == "00-11-22-33-44-55"
    number = api.item("DeviceMemory").create({"designation": "x", "frequency" if hl else "frequence": "3200"})["id"]
    assert place.row("DeviceMemory", number)["frequence"] == "3200"
    event = place.made("PlanningExternalEvent")
    api.item("PlanningExternalEvent").update({"id": event, "date_begin" if hl else "begin": DAY})
    assert place.row("PlanningExternalEvent", event)["begin"] == DAY
    ticket = place.made("Ticket")
    api.ticket.update({"id": ticket, "user_recipient" if hl else "users_id_recipient": 3})
    assert place.row("Ticket", ticket)["users_id_recipient"] == 3


def test_the_kind_of_a_rule_is_that_of_its_path(hl: Place) -> None:
    rules = hl.client().item("RuleTicket")
    number = rules.create({"name": "x"})["id"]
    rules.update({"id": number, "sub_type": "RuleAsset"}, validate="off", verify=False)
    assert hl.row("Rule", number)["sub_type"] == "RuleTicket"
    with pytest.raises(GlpiValidationError, match=r"Rule.sub_type cannot be 'RuleAsset': it is read-only"):
        rules.update({"id": number, "sub_type": "RuleAsset"})


def test_where_a_state_is_seen_is_not_written_there(hl: Place) -> None:
    number = hl.made("State", is_visible_computer=1)
    hl.client().item("State").update({"id": number, "visibilities": {"computer": False}}, validate="off", verify=False)
    assert hl.row("State", number)["is_visible_computer"] == 1
    with pytest.raises(GlpiValidationError, match=r"State.visibilities cannot be .*read-only"):
        hl.client().item("State").update({"id": number, "visibilities": {"computer": False}})


def test_a_nickname_may_be_longer_than_the_document_says(hl: Place) -> None:
    number = hl.made("User", name=f"row {uuid4()}")
    hl.client().user.update({"id": number, "nickname": "x" * 200})
    assert hl.row("User", number)["nickname"] == "x" * 200


class Below(NamedTuple):
    """A sub-item, what is written to it in vain, and in which verbs."""

    parent: str
    name: str
    fields: dict[str, Any]
    field: str
    value: Any
    created: str = ""
    changed: str = ""


ALWAYS, ABOVE = "read-only", "made below tells it"
ASKED = {"requested_approver_type": "User", "requested_approver_id": 2, "submission_comment": "x"}
ENTRIES = [
    Below("Ticket", "ITILFollowup", {"content": "x"}, "items_id", 5, ALWAYS, ALWAYS),
    Below("Ticket", "ITILSolution", {"content": "x"}, "itemtype", "Change", ALWAYS, ALWAYS),
    Below("Ticket", "TicketTask", {"content": "x"}, "tickets_id", 5, ALWAYS, ALWAYS),
    Below("Change", "ChangeTask", {"content": "x"}, "changes_id", 5, ALWAYS, ALWAYS),
    Below("Ticket", "TicketValidation", ASKED, "requester", 3, ALWAYS, ALWAYS),
    Below("Ticket", "TicketValidation", ASKED, "submission_date", DAY, ALWAYS, ALWAYS),
    Below("Ticket", "TicketValidation", ASKED, "requested_approver_id", 3, "", "by itself"),
    Below("Computer", "Notepad", {"content": "x"}, "user", 3, "by itself", ""),
    Below("Computer", "Notepad", {"content": "x"}, "user_editor", 3, ALWAYS, ALWAYS),
    Below("Computer", "Notepad", {"content": "x"}, "items_id", 5, ABOVE, ""),
    Below("Computer", "OSInstallation", {"owner": "x"}, "items_id", 5, ABOVE, ""),
    Below("Computer", "OSInstallation", {"owner": "x"}, "entity", 1, ABOVE, ""),
    Below("Software", "SoftwareVersion", {"name": "x"}, "software", 5, ABOVE, ""),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.name}.{entry.field}")
def test_sub_items_stay_where_they_are_made(hl: Place, entry: Below) -> None:
    api, parent = hl.client().item(entry.parent), hl.made(entry.parent)
    field = {entry.field: entry.value}

    def shown(number: int) -> Any:
        rows = {row["id"]: row for row in api.get_sub_items(parent, entry.name, unwrap=True)}
        value = rows[number][entry.field]
        return value["id"] if isinstance(value, dict) else value

    made = api.add_sub_item(parent, entry.name, {**entry.fields, **(field if entry.created else {})}, validate="off")
    before = shown(made["id"])
    assert before != entry.value
    if entry.changed:
        api.update_sub_item(parent, entry.name, {"id": made["id"], **field}, validate="off", verify=False)
        assert shown(made["id"]) == before
    hl.sent.clear()
    if entry.created:
        with pytest.raises(GlpiValidationError, match=rf"\.{entry.field} cannot be .*{entry.created}"):
            api.add_sub_item(parent, entry.name, {**entry.fields, **field})
    if entry.changed:
        with pytest.raises(GlpiValidationError, match=rf"\.{entry.field} cannot be .*{entry.changed}"):
            api.update_sub_item(parent, entry.name, {"id": made["id"], **field})
    assert hl.writes == []


def test_what_the_legacy_api_settles(legacy: Place) -> None:
    api = legacy.client()
    ticket = legacy.made("Ticket")
    cases: list[tuple[str, dict[str, Any], str, object]] = [
        ("Ticket", {"id": ticket, "users_id_lastupdater": 3}, "users_id_lastupdater", 2),
        ("Phone", {"id": legacy.made("Phone"), "number_line": "2 lines"}, "number_line", "2"),
        ("Printer", {"id": legacy.made("Printer"), "memory_size": "12.5"}, "memory_size", "125"),
    ]
    for itemtype, fields, column, stored in cases:
        api.item(itemtype).update(fields, validate="off", verify=False)
        assert legacy.row(itemtype, fields["id"])[column] == stored
        with pytest.raises(GlpiValidationError, match=rf"{itemtype}.{column} cannot be"):
            api.item(itemtype).update(fields)
    assert api.item("SoftwareVersion").create({"name": "x", "softwares_id": legacy.made("Software")})["id"]
