"""What `verify` promises: a write that GLPI did not do, or not wholly, is noticed; one that it did raises no alarm."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from glpi_utils import GlpiNotAppliedError, GlpiNotAppliedWarning
from tests.behaviour.places import Place

WAITING, ACCEPTED = 2, 3


async def test_a_create_and_a_change_that_are_done_raise_no_alarm(place: Place) -> None:
    api = place.client(verify=True)
    asked = place.ticket(content="<p>a & b <b>bold</b></p>\n  spaces  ", urgency=4, impact=2, priority=5)
    made = await api.ticket.create(asked)
    solved = "date_solve" if place.hl else "solvedate"
    row = await api.ticket.get(made["id"])
    await api.ticket.update({"id": made["id"], "urgency": "5", "name": f"  {place.name()}  "})
    await api.ticket.update({"id": made["id"], "status": 5})
    await api.ticket.update({"id": made["id"], "status": {"id": 2} if place.hl else 2})
    assert solved in row
    for unset in (0, None):
        await api.ticket.update({"id": made["id"], "location" if place.hl else "locations_id": unset})


async def test_sub_items_that_are_done_raise_no_alarm(place: Place) -> None:
    api = place.client(verify=True)
    ticket = (await api.ticket.create(place.ticket()))["id"]
    made = await api.ticket.add_sub_item(ticket, "ITILFollowup", {"content": "a & b", "is_private": True})
    await api.ticket.update_sub_item(ticket, "ITILFollowup", {"id": made["id"], "content": "<p>c</p>"})
    task = await api.ticket.add_sub_item(ticket, "TicketTask", {"content": "x", "state": 1})
    await api.ticket.update_sub_item(ticket, "TicketTask", {"id": task["id"], "state": 2})


async def test_what_was_read_is_changed_and_written_back_without_an_alarm(place: Place) -> None:
    for verify in ("answer", True):
        api = place.client(verify=verify)
        made = await api.ticket.create(place.ticket())
        row = await api.ticket.get(made["id"])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            await api.ticket.update({**row, "status": 5})
        assert number(await api.ticket.get(made["id"]), "status") == 5


async def test_a_list_is_looked_at_row_by_row(place: Place) -> None:
    api = place.client(verify=True)
    made = await api.computer.create([{"name": place.name()}, {"name": place.name()}])
    done = await api.computer.update([{"id": each["id"], "serial": f"S{each['id']}"} for each in made])
    assert len(done) == 2


def number(row: dict[str, Any], field: str) -> int:
    value: Any = row[field]
    return int(row[field]["id"]) if isinstance(value, dict) else int(value)


async def test_an_approval_answered_by_somebody_who_was_not_asked(place: Place) -> None:
    """10 takes a super-admin's answer to any approval; 11 says that it did and does nothing."""
    api = place.client()
    tech = await api.user.first(**({"filter": "username==tech"} if place.hl else {"searchText": {"name": "^tech$"}}))
    assert tech is not None
    ticket = (await api.ticket.create(place.ticket()))["id"]
    who = {"requested_approver_type": "User", "requested_approver_id": tech["id"]}
    asked = who if place.hl else {"users_id_validate": tech["id"]}
    approval = (await api.ticket.add_sub_item(ticket, "TicketValidation", asked, verify=True))["id"]
    answer = {"id": approval, "status": ACCEPTED}
    if not place.hl and str(await api.get_version()).startswith("10."):
        await api.ticket.update_sub_item(ticket, "TicketValidation", answer, verify=True)
        return
    with pytest.raises(GlpiNotAppliedError) as told:
        await api.ticket.update_sub_item(ticket, "TicketValidation", answer, verify=True)
    assert {**told.value.ignored, **told.value.changed} == {"status": WAITING}
    if place.hl:
        with pytest.warns(GlpiNotAppliedWarning, match="status is 2, not 3"):
            await api.ticket.update_sub_item(ticket, "TicketValidation", answer)
    assert await api.ticket.update_sub_item(ticket, "TicketValidation", answer, verify=False)


async def test_a_create_that_lost_a_field_says_that_it_was_done(place: Place) -> None:
    """The writer of a ticket is always the login's user."""
    api = place.client()
    field = "user_recipient" if place.hl else "users_id_recipient"
    with pytest.raises(GlpiNotAppliedError, match=rf"^Ticket \d+ was created, but {field} is ") as told:
        await api.ticket.create(place.ticket(**{field: 1}), validate="off", verify=True)
    assert (await api.ticket.get(told.value.id))["name"] == place.name()
    assert told.value.result["id"] == told.value.id
