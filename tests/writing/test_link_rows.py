"""Rows that link two items, or hang off one, on the legacy API: what they lack is named, where GLPI speaks of rights."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiValidationError, GlpiWarning
from glpi_utils._knowledge.legacy_columns import columns_of
from glpi_utils._knowledge.legacy_table import COLUMNS
from glpi_utils._knowledge.link_rows import is_link, needs_of
from tests.writing.places import Place

LACKING: list[tuple[str, dict[str, Any], str]] = [
    ("Group_Ticket", {"tickets_id": 1, "type": 1}, "groups_id"),
    ("Group_Ticket", {"groups_id": 1, "type": 1}, "tickets_id"),
    ("Group_Ticket", {"groups_id": 0, "tickets_id": 1}, "groups_id"),
    ("Ticket_User", {"tickets_id": 1, "type": 2}, "users_id or alternative_email"),
    ("Document_Item", {"documents_id": 1, "items_id": 1}, "itemtype"),
    ("Document_Item", {"documents_id": 1, "itemtype": "Ticket"}, "items_id"),
    ("Document_Item", {"documents_id": 1, "itemtype": "Ticket", "items_id": 0}, "items_id"),
    ("Item_Ticket", {"itemtype": "Computer", "items_id": 1}, "tickets_id"),
    ("Ticket_Ticket", {"tickets_id_1": 1, "link": 1}, "tickets_id_2"),
    ("Item_DeviceMemory", {"itemtype": "Computer", "items_id": 1}, "devicememories_id"),
    ("Item_DeviceMemory", {"devicememories_id": 1, "items_id": 1}, "itemtype"),
    ("Contract_Item", {"contracts_id": 1}, "itemtype"),
    ("ITILFollowup", {"content": "x", "items_id": 1}, "itemtype"),
    ("TicketTask", {"content": "x"}, "tickets_id"),
    ("PluginFieldsTicketextra", {"items_id": 42, "extra": "x"}, "itemtype"),
    ("PluginFieldsTicketextra", {"items_id": "42"}, "itemtype"),
]


@pytest.mark.parametrize(("itemtype", "row", "column"), LACKING)
def test_what_a_row_lacks_is_named(legacy: Place, itemtype: str, row: dict[str, Any], column: str) -> None:
    with pytest.raises(GlpiValidationError, match=rf"{itemtype} needs ({column}): without it GLPI answers that you"):
        legacy.client().item(itemtype).create(row)
    assert legacy.writes == []


def test_all_that_is_lacking_stands_in_one_message(legacy: Place) -> None:
    with pytest.raises(GlpiValidationError) as caught:
        legacy.client().item("Document_Item").create(
            [{"documents_id": 1, "itemtype": "Ticket", "items_id": 1}, {"is_recursive": 0}]
        )
    assert str(caught.value).startswith("row 1 of the list: Document_Item needs documents_id")
    assert "needs itemtype" in str(caught.value)
    assert "needs items_id" in str(caught.value)


def test_whole_rows_are_made(legacy: Place) -> None:
    api, ticket, other, computer = legacy.client(), legacy.made(), legacy.made(), legacy.made("Computer")
    for itemtype, row in (
        ("Group_Ticket", {"tickets_id": ticket, "groups_id": 1, "type": 1}),
        ("Ticket_User", {"tickets_id": ticket, "users_id": 4, "type": 2}),
        ("Item_Ticket", {"tickets_id": ticket, "itemtype": "Computer", "items_id": computer}),
        ("Ticket_Ticket", {"tickets_id_1": ticket, "tickets_id_2": other, "link": 1}),
    ):
        assert api.item(itemtype).create(row)["id"] > 0, itemtype


def test_below_an_item_its_side_is_filled_in(legacy: Place) -> None:
    api, ticket, other = legacy.client(), legacy.made(), legacy.made()
    group = api.ticket.add_sub_item(ticket, "Group_Ticket", {"groups_id": 1, "type": 1})
    assert legacy.row("Group_Ticket", group["id"])["tickets_id"] == ticket
    link = api.ticket.add_sub_item(ticket, "Ticket_Ticket", {"tickets_id_2": other, "link": 1})
    assert legacy.row("Ticket_Ticket", link["id"])["tickets_id_1"] == ticket
    before = len(legacy.writes)
    with pytest.raises(GlpiValidationError, match="Group_Ticket needs groups_id"):
        api.ticket.add_sub_item(ticket, "Group_Ticket", {"type": 1})
    with pytest.raises(GlpiValidationError, match="Document_Item needs documents_id"):
        api.ticket.add_sub_item(ticket, "Document_Item", {})
    assert len(legacy.writes) == before


def test_a_link_takes_its_columns_and_nothing_else(legacy: Place) -> None:
    """Of other types GLPI and its plugins take more than the columns; there a warning must do."""
    api, ticket = legacy.client(), legacy.made()
    row = {"tickets_id": ticket, "groups_id": 1, "role": "requester"}
    with pytest.raises(GlpiValidationError, match=r"Group_Ticket has no column 'role' .*: GLPI would ignore it"):
        api.item("Group_Ticket").create(row)
    with pytest.raises(GlpiValidationError, match=r"'user_id' .*did you mean users_id"):
        api.item("Ticket_User").create({"tickets_id": ticket, "user_id": 4})
    assert legacy.writes == []
    with pytest.warns(GlpiWarning, match="no column 'role'"):
        api.item("Group_Ticket").create(row, validate="warn")
    with pytest.warns(GlpiWarning, match="Ticket has no column 'roles': GLPI may ignore it|'roles'"):
        api.ticket.update({"id": ticket, "roles": "x"})


def test_what_is_no_link_of_ours_passes(legacy: Place) -> None:
    api = legacy.client()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        api.ticket.create({"name": "x", "content": "y", "items_id": {"Computer": [1]}})
        port = {"name": "eth0", "itemtype": "Computer", "items_id": legacy.made("Computer")}
        assert api.item("NetworkPort").create(port)["id"] > 0
        with pytest.raises(GlpiAPIError, match="permission"):  # a port of nothing is GLPI's to refuse
            api.item("NetworkPort").create({"name": "eth0"})


def test_off_and_warn_leave_it_to_the_server(legacy: Place) -> None:
    """What it says then is the reason for the rule."""
    row = {"items_id": legacy.made(), "documents_id": legacy.made("Document")}
    says = "You don't have permission to perform this action"
    with pytest.raises(GlpiAPIError, match=says), pytest.warns(GlpiWarning, match="needs itemtype"):
        legacy.client(validate="warn").item("Document_Item").create(row)
    with pytest.raises(GlpiAPIError, match=says):
        legacy.client(validate="off").item("Document_Item").create(row)
    assert legacy.client().item("Document_Item").create({**row, "itemtype": "Ticket"})["id"] > 0


def test_every_link_has_ends_and_they_are_columns() -> None:
    links = [itemtype for itemtype in COLUMNS if is_link(itemtype)]
    assert len(links) > 40
    for itemtype in links:
        needs = needs_of(itemtype)
        assert needs, itemtype
        known = columns_of(itemtype)
        assert known is not None
        assert all(known[need.column].kind for need in needs), itemtype
