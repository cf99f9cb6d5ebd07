"""Each rule of the High-Level API: what happens without it, and that it refuses before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from glpi_utils import GlpiAPIError, GlpiValidationError, GlpiWarning
from glpi_utils._dialects.high_level import HighLevel
from glpi_utils._dialects.shared.write_rules import Rules
from tests.writing.places import Place

Row = dict[str, Any]
ZERO = "0000-00-00 00:00:00"


class Rule(NamedTuple):
    """A write that goes wrong, and what it does to the row; None: the server breaks with a 500."""

    name: str
    fields: Row
    says: tuple[str, ...]
    """What stands in the error: the field, the value, what is accepted."""
    harm: Callable[[Row, Row], bool] | None
    """(before, after) -> whether the harm is there."""
    itemtype: str = "Ticket"


def unchanged(before: Row, after: Row) -> bool:
    """Nothing but the time of the change has changed: what was meant did not happen."""
    beside = {"date_mod", "users_id_lastupdater"}
    return {name: value for name, value in before.items() if name not in beside} == {
        name: value for name, value in after.items() if name not in beside
    }


def became(column: str, value: Any) -> Callable[[Row, Row], bool]:
    """The column holds something else than was meant."""
    return lambda _before, after: after[column] == value


RULES = [
    Rule("unknown", {"urgencyy": 5}, ("Ticket", "'urgencyy'", "5", "did you mean urgency"), unchanged),
    Rule("unknown inside", {"assigned_to": 5}, ("'assigned_to'",), unchanged),
    Rule("read-only", {"actiontime": 60}, ("Ticket.actiontime", "60", "read-only"), unchanged),
    Rule("legacy name", {"itilcategories_id": 1}, ("'itilcategories_id'", "'category'"), unchanged),
    Rule("legacy actor", {"_users_id_requester": 2}, ("'_users_id_requester'", "add_team_member"), unchanged),
    Rule("team", {"team": [{"id": 2, "type": "User", "role": "requester"}]}, ("team", "add_team_member"), unchanged),
    Rule("enum", {"urgency": 9}, ("Ticket.urgency", "9", "1, 2, 3, 4, 5"), became("urgency", 9)),
    Rule("status", {"status": 99}, ("Ticket.status", "99", "10"), became("status", 99)),
    Rule("status as an object", {"status": {"id": 99}}, ("Ticket.status", "99"), became("status", 99)),
    Rule("text for a number", {"max_power": "much"}, ("Rack.max_power", "'much'", "integer"), None, "Rack"),
    Rule("no name of an urgency", {"urgency": "severe"}, ("Ticket.urgency", "'severe'", "very_low (1)"), None),
    Rule("no name of a relation", {"category": "NULL"}, ("Ticket.category", "'NULL'", "id"), None),
    Rule("long name", {"name": "x" * 256}, ("Ticket.name", "255 characters", "256"), None),
    Rule("list for a text", {"name": ["a"]}, ("Ticket.name", "['a']", "text"), None),
    Rule("text NULL", {"name": "NULL"}, ("Ticket.name", "'NULL'", "no value"), became("name", None)),
    Rule("text null", {"name": "null"}, ("Ticket.name", "'null'", "no value"), became("name", None)),
    Rule("null content", {"content": "null"}, ("Ticket.content", "'null'"), became("content", None)),
    Rule("ISO with an offset", {"date": "2026-01-31T10:00:00+01:00"}, ("offset", "timezone="), None),
    Rule("a word for a date", {"date": "tomorrow"}, ("Ticket.date", "'tomorrow'", "datetime"), None),
    Rule("no date", {"planned_begin": 12}, ("'planned_begin'",), unchanged),
    Rule("empty date", {"date_solve": ""}, ("Ticket.date_solve", "''", "None"), unchanged),
    Rule("zero date", {"date_solve": ZERO}, ("Ticket.date_solve", "zeros"), became("solvedate", ZERO)),
    Rule(
        "text for a bool",
        {"is_deleted": "true"},
        ("Ticket.is_deleted", "'true'", "True or False"),
        became("is_deleted", 0),
    ),
    Rule("opening date cleared", {"date": "NULL"}, ("Ticket.date", "'NULL'", "opening"), became("date", None)),
]
"""What 11.0.6 does with each of these is recorded; `harm` is what the embedded server does."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_harm_and_the_rule(hl: Place, rule: Rule) -> None:
    number = hl.made(rule.itemtype, itilcategories_id=2, urgency=3)
    api = hl.client()
    before = hl.row(rule.itemtype, number)
    loose = api.with_options(validate="off", verify=False, retries=0).item(rule.itemtype)
    if rule.harm is None:
        with pytest.raises(GlpiAPIError) as broken:
            loose.update({"id": number, **rule.fields})
        assert broken.value.status_code == 500
    else:
        loose.update({"id": number, **rule.fields})
        assert rule.harm(before, hl.row(rule.itemtype, number))
    number = hl.made(rule.itemtype, itilcategories_id=2, urgency=3)
    before = hl.row(rule.itemtype, number)
    hl.sent.clear()
    with pytest.raises(GlpiValidationError) as told:
        api.item(rule.itemtype).update({"id": number, **rule.fields})
    assert [each for each in rule.says if each not in str(told.value)] == []
    assert hl.writes == []
    assert hl.row(rule.itemtype, number) == before


@pytest.mark.parametrize("rule", [each for each in RULES if "offset" not in each.name], ids=lambda rule: rule.name)
def test_what_is_refused_is_sent_with_a_warning_where_that_is_asked_for(hl: Place, rule: Rule) -> None:
    if rule.harm is None:
        return
    number = hl.made(rule.itemtype, itilcategories_id=2, urgency=3)
    before = hl.row(rule.itemtype, number)
    with pytest.warns(GlpiWarning) as told:
        hl.client(validate="warn").item(rule.itemtype).update({"id": number, **rule.fields})
    assert any(rule.says[0] in str(each.message) for each in told)
    assert rule.harm(before, hl.row(rule.itemtype, number))


def test_a_create_is_looked_at_as_an_update_is(hl: Place) -> None:
    api = hl.client()
    with pytest.raises(GlpiValidationError, match=r"Ticket.urgency cannot be 9: it takes one of 1, 2, 3, 4, 5"):
        api.ticket.create({"name": "x", "content": "y", "urgency": 9})
    with pytest.raises(GlpiValidationError, match=r"row 1 of the list: Ticket.urgency cannot be 9"):
        api.ticket.create([{"name": "x"}, {"name": "x", "urgency": 9}])
    with pytest.raises(GlpiValidationError, match=r"row 1 of the list: Ticket.urgency cannot be 9"):
        api.ticket.update([{"id": 1}, {"id": 2, "urgency": 9}])
    with pytest.raises(GlpiValidationError, match=r"Ticket.urgency"):
        api.ticket.create({"name": "x", "urgency": 9}, key="looked-at")
    with pytest.raises(GlpiValidationError, match=r"Ticket.urgency"):
        api.ticket.create({"name": "x"}, urgency=9)
    assert hl.sent == []


def test_sub_items_are_looked_at_by_their_own_fields(hl: Place) -> None:
    api = hl.client()
    with pytest.raises(GlpiValidationError, match=r"TicketTask.state cannot be 7: it takes one of 0, 1, 2"):
        api.ticket.add_sub_item(1, "TicketTask", {"content": "x", "state": 7})
    with pytest.raises(GlpiValidationError, match=r"Followup.content cannot be None: it is mandatory"):
        api.ticket.update_sub_item(1, "ITILFollowup", {"id": 1, "content": None})
    with pytest.raises(GlpiValidationError, match=r"'actiontime'.* here it is 'duration'"):
        api.ticket.add_sub_item(1, "Task", {"content": "x", "actiontime": 60})
    assert hl.sent == []


def test_enums_bools_and_numbers_become_what_glpi_takes(hl: Place) -> None:
    from decimal import Decimal

    from glpi_utils import TicketStatus, Urgency

    api = hl.client()
    made = api.ticket.create({"name": "x", "content": "y", "status": TicketStatus.PENDING, "urgency": Urgency.HIGH})
    row = hl.row("Ticket", made["id"])
    assert (row["status"], row["urgency"]) == (4, 4)
    api.ticket.update({"id": str(made["id"]), "status": {"id": 2, "name": "whatever"}, "urgency": "5", "is_deleted": 0})
    row = hl.row("Ticket", made["id"])
    assert (row["status"], row["urgency"]) == (2, 5)
    computer = hl.made("Computer")
    api.computer.add_sub_item(computer, "Infocom", {"value": Decimal("12.50"), "warranty_duration": 12.0})
    row = hl.newest("Infocom")
    assert (row["items_id"], row["value"], row["warranty_duration"]) == (computer, 12.5, 12)
    with pytest.raises(GlpiValidationError, match=r"Infocom.value cannot be nan: it takes a number"):
        api.computer.add_sub_item(computer, "Infocom", {"value": float("nan")})


def test_a_number_whose_column_holds_texts_too() -> None:
    """A real server takes it, and shows its first digits."""
    asked = {"name": "x", "periodicity": "1MONTH"}
    dialect = HighLevel("https://glpi.example.com/api.php")
    found = dialect.checked(dialect.resource("RecurringTicket"), None, asked, {}, "create", Rules())
    assert found.item == asked


def test_an_open_enum_of_a_newer_server_is_sent_when_told_so(hl: Place) -> None:
    from glpi_utils import TicketStatus

    number = hl.made()
    api = hl.client()
    with pytest.raises(GlpiValidationError, match="validate='warn'"):
        api.ticket.update({"id": number, "status": TicketStatus(77)})
    with pytest.warns(GlpiWarning, match=r"Ticket.status cannot be"):
        api.ticket.update({"id": number, "status": TicketStatus(77)}, validate="warn")
    assert hl.row("Ticket", number)["status"] == 77
    assert api.ticket.get(number)["status"]["id"] == 77


def test_an_unknown_mode(hl: Place) -> None:
    with pytest.raises(GlpiValidationError, match=r"validate must be one of 'strict', 'warn', 'off', not 'loose'"):
        hl.client(validate="loose")
    with pytest.raises(GlpiValidationError, match="validate must be"):
        hl.client().ticket.update({"id": 1, "urgency": 1}, validate="loose")


def test_secrets_are_not_shown(hl: Place) -> None:
    with pytest.raises(GlpiValidationError) as told:
        hl.client().user.update({"id": 2, "password": ["hunter2"]})
    assert "hunter2" not in str(told.value)
    assert "User.password cannot be this" in str(told.value)


def test_moments_with_an_offset_are_never_sent(hl: Place) -> None:
    moment = datetime(2026, 1, 31, 10, tzinfo=UTC)
    for mode in ("strict", "warn", "off"):
        with pytest.raises(GlpiValidationError, match="without an offset"):
            hl.client(validate=mode).ticket.update({"id": 1, "date": moment})
    assert hl.writes == []


def test_lengths_are_characters_and_from_2_3_on_bytes_where_the_server_checks_them(hl: Place, newer: Place) -> None:
    name = "é" * 200
    for place in (hl, newer):
        made = place.client().ticket.create({"name": name, "content": "x"})  # a column counts characters
        assert place.row("Ticket", made["id"])["name"] == name
    hl.client().item("Dropdowns/SolutionType").create({"name": name})
    with pytest.raises(GlpiAPIError, match=r"maxLength|255"):
        newer.client(validate="off").item("Dropdowns/SolutionType").create({"name": name})
    writes = len(newer.writes)
    with pytest.raises(GlpiValidationError, match=r"SolutionType.name cannot be .*255 bytes, this has 400"):
        newer.client().item("Dropdowns/SolutionType").create({"name": name})
    assert len(newer.writes) == writes
