"""None clears, in the way that each kind of field needs; the plain null does not."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from glpi_utils import GlpiValidationError, GlpiWarning
from tests.writing.places import Place


class Case(NamedTuple):
    """A field that holds something, and what it holds when it is cleared."""

    itemtype: str
    field: str
    column: str
    holds: Any
    cleared: Any


HIGHLEVEL = [
    Case("Ticket", "date_solve", "solvedate", "2026-01-31 10:00:00", None),
    Case("Ticket", "date_close", "closedate", "2026-01-31 10:00:00", None),
    Case("Change", "date_solve", "solvedate", "2026-01-31 10:00:00", None),
    Case("Ticket", "category", "itilcategories_id", 2, 0),
    Case("Ticket", "location", "locations_id", 1, 0),
    Case("Ticket", "urgency", "urgency", 4, 0),
    Case("Ticket", "external_id", "externalid", "abc", ""),
    Case("Computer", "serial", "serial", "abc", ""),
    Case("Computer", "comment", "comment", "abc", ""),
    Case("Budget", "date_begin", "begin_date", "2026-01-31", None),
    Case("Budget", "value", "value", 12, 0),
]
LEGACY = [
    *(Case(itemtype, column, column, holds, cleared) for itemtype, _, column, holds, cleared in HIGHLEVEL[:6]),
    *(Case(itemtype, column, column, holds, cleared) for itemtype, _, column, holds, cleared in HIGHLEVEL[7:]),
]


@pytest.mark.parametrize("case", HIGHLEVEL, ids=lambda case: f"{case.itemtype}.{case.field}")
def test_none_clears_and_null_does_not(hl: Place, case: Case) -> None:
    number = hl.made(case.itemtype, **{case.column: case.holds})
    api = hl.client()
    api.item(case.itemtype).update({"id": number, case.field: None}, validate="off", verify=False)
    assert hl.row(case.itemtype, number)[case.column] == case.holds
    api.item(case.itemtype).update({"id": number, case.field: None})
    assert hl.row(case.itemtype, number)[case.column] == case.cleared


@pytest.mark.parametrize("case", LEGACY, ids=lambda case: f"{case.itemtype}.{case.field}")
def test_none_clears_on_the_legacy_api(legacy: Place, case: Case) -> None:
    number = legacy.made(case.itemtype, **{case.column: case.holds})
    legacy.client().item(case.itemtype).update({"id": number, case.field: None})
    assert legacy.row(case.itemtype, number)[case.column] == case.cleared


@pytest.mark.parametrize(("field", "column"), [("planned_begin", "begin"), ("planned_end", "end")])
def test_none_clears_when_a_task_is_planned(hl: Place, field: str, column: str) -> None:
    ticket = hl.made()
    plan = {"begin": "2026-01-31 10:00:00", "end": "2026-01-31 11:00:00"}
    task = hl.made("TicketTask", tickets_id=ticket, content="x", **plan)
    api = hl.client()
    api.ticket.update_sub_item(ticket, "Task", {"id": task, field: None, "duration": None})
    assert (hl.row("TicketTask", task)[column], hl.row("TicketTask", task)["actiontime"]) == (None, 0)


@pytest.mark.parametrize(
    ("itemtype", "field", "says"),
    [
        ("Ticket", "entity", "0 is the root entity"),
        ("Computer", "entity", "0 is the root entity"),
        ("Entity", "parent", "0 is the root entity"),
        ("User", "default_entity", "0 is the root entity"),
        ("Ticket", "date", "opening date"),
        ("Ticket", "content", "mandatory"),
        ("Problem", "content", "mandatory"),
        ("Ticket", "status", "always has a value"),
        ("Ticket", "type", "always has a value"),
        ("User", "username", "mandatory"),
        ("Ticket", "is_deleted", "True or False"),
    ],
)
def test_what_would_do_harm_is_not_cleared(hl: Place, itemtype: str, field: str, says: str) -> None:
    with pytest.raises(GlpiValidationError, match=rf"{itemtype}.{field} cannot be None: .*{says}"):
        hl.client().item(itemtype).update({"id": 1, field: None})
    assert hl.sent == []


@pytest.mark.parametrize(
    ("itemtype", "field", "says"),
    [
        ("Ticket", "entities_id", "0 is the root entity"),
        ("Document", "entities_id", "0 is the root entity"),
        ("Ticket", "date", "opening date"),
        ("Ticket", "content", "mandatory"),
        ("User", "name", "mandatory"),
    ],
)
def test_what_would_do_harm_is_not_cleared_on_the_legacy_api(
    legacy: Place, itemtype: str, field: str, says: str
) -> None:
    with pytest.raises(GlpiValidationError, match=rf"{itemtype}.{field} cannot be None: .*{says}"):
        legacy.client().item(itemtype).update({"id": 2, field: None})
    assert legacy.sent == []


def test_an_item_whose_entity_were_cleared_would_move(hl: Place) -> None:
    """What the rule is for."""
    number = hl.made(entities_id=1)
    hl.client().ticket.update({"id": number, "entity": 0})
    assert hl.row("Ticket", number)["entities_id"] == 0


def test_a_new_item_leaves_none_out(place: Place) -> None:
    """None says that there is no value; a create takes the server's own."""
    api = place.client()
    category = "category" if place.hl else "itilcategories_id"
    solved = "date_solve" if place.hl else "solvedate"
    made = api.ticket.create({"name": "x", "content": "y", "urgency": None, category: None, "date": None, solved: None})
    row = place.row("Ticket", made["id"])
    assert (row["urgency"], row["itilcategories_id"], row["solvedate"]) == (3, 0, None)
    assert row["date"]


def test_from_version_2_3_on_dates_are_cleared_by_the_legacy_api(newer: Place) -> None:
    number = newer.made(solvedate="2026-01-31 10:00:00")
    api = newer.client(legacy="never")
    with pytest.raises(GlpiValidationError, match=r"GlpiAPI's update\(\{'id': ..., 'solvedate': None\}\)"):
        api.ticket.update({"id": number, "date_solve": None})
    assert newer.writes == []
    pinned = newer.client(api_version="2.2")
    with pytest.warns(GlpiWarning, match="date_solve cannot be None"):
        newer.client(validate="warn", verify=False, legacy="never").ticket.update({"id": number, "date_solve": None})
    assert newer.row("Ticket", number)["solvedate"] is not None
    assert pinned.ticket.get(number)["date_solve"] is not None
    for each in (pinned, newer.client()):
        number = newer.made(solvedate="2026-01-31 10:00:00")
        assert each.ticket.update({"id": number, "date_solve": None, "urgency": 5})["date_solve"] is None
        row = newer.row("Ticket", number)
        assert (row["solvedate"], row["urgency"]) == (None, 5)


def test_an_empty_text_for_a_moment_would_be_now_on_newer_servers(newer: Place) -> None:
    number = newer.made(solvedate="2020-01-31 10:00:00")
    api = newer.client()
    api.ticket.update({"id": number, "date_solve": ""}, validate="off", verify=False)
    assert newer.row("Ticket", number)["solvedate"] > "2021"
    with pytest.raises(GlpiValidationError, match=r"Ticket.date_solve cannot be '': .*with None it is cleared"):
        api.ticket.update({"id": number, "date_solve": ""})


def test_a_pure_date_is_cleared_by_the_empty_text_too(place: Place) -> None:
    field = "date_begin" if place.hl else "begin_date"
    number = place.made("Budget", begin_date="2026-01-31")
    place.client().item("Budget").update({"id": number, field: ""})
    assert place.row("Budget", number)["begin_date"] is None


def test_an_empty_text_clears_no_mandatory_field_either(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match=r"Ticket.content cannot be '': it is mandatory"):
        place.client().ticket.update({"id": 1, "content": ""})
    assert place.sent == []
