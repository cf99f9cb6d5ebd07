"""GLPI answers "done" and does not do it: the library notices, on both APIs, and says what was done and what was not."""

from __future__ import annotations

import asyncio
import pickle
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils import (
    AsyncGlpiAPI,
    AsyncGlpiOAuthClient,
    F,
    GlpiNotAppliedError,
    GlpiNotAppliedWarning,
    GlpiPartialError,
    GlpiValidationError,
)
from glpi_utils.testing import troubles
from tests.writing.conftest import Servers
from tests.writing.places import Place

ACCEPTED, WAITING = 3, 2


def asked_of_tech(place: Place, ticket: int) -> int:
    """An approval that waits for the user 4, who is not the one that the tests log in as."""
    fields: dict[str, Any] = {"tickets_id": ticket, "comment_submission": "please", "status": WAITING}
    ten = place.glpi.version.startswith("10.")
    fields |= {"users_id_validate": 4} if ten else {"itemtype_target": "User", "items_id_target": 4}
    return place.made("TicketValidation", **fields)


def answer(place: Place, ticket: int, approval: int, **options: Any) -> Any:
    fields = {"id": approval, "status": ACCEPTED}
    return place.client().ticket.update_sub_item(ticket, "TicketValidation", fields, **options)


def test_an_approval_answered_by_somebody_else_is_warned_of(hl: Place) -> None:
    ticket = hl.made()
    approval = asked_of_tech(hl, ticket)
    with pytest.warns(GlpiNotAppliedWarning) as told:
        row = answer(hl, ticket, approval)
    assert row["status"] == WAITING
    (warning,) = [each.message for each in told]
    assert isinstance(warning, GlpiNotAppliedWarning)
    assert (warning.itemtype, warning.id, warning.fields) == ("TicketValidation", approval, {"status": WAITING})
    assert "status is 2, not 3: GLPI takes an answer to an approval from its approver alone" in str(warning)
    assert told[0].filename == __file__


@pytest.mark.parametrize("how", ["call", "derived", "client"])
def test_reading_back_raises(place: Place, how: str) -> None:
    ticket = place.made()
    approval = asked_of_tech(place, ticket)
    fields = {"id": approval, "status": ACCEPTED}
    if place.glpi.version.startswith("10."):  # there a super-admin's answer counts, whoever was asked
        place.client().ticket.update_sub_item(ticket, "TicketValidation", fields, verify=True)
        assert place.row("TicketValidation", approval)["status"] == ACCEPTED
        return
    api = place.client(verify=True) if how == "client" else place.client()
    api = api.with_options(verify=True) if how == "derived" else api
    options = {"verify": True} if how == "call" else {}
    with pytest.raises(GlpiNotAppliedError) as told:
        api.ticket.update_sub_item(ticket, "TicketValidation", fields, **options)
    error = told.value
    assert str(error).startswith(f"GLPI answered that TicketValidation {approval} was updated, but status is 2, not 3")
    assert (error.id, error.applied, error.ignored, error.changed) == (approval, {}, {"status": WAITING}, {})
    assert (error.result["status"] == WAITING) if place.hl else error.result == [{str(approval): True, "message": ""}]
    again = pickle.loads(pickle.dumps(error))
    assert (again.id, again.ignored, str(again)) == (error.id, error.ignored, str(error))


def test_comparing_nothing(hl: Place) -> None:
    ticket = hl.made()
    approval = asked_of_tech(hl, ticket)
    row = answer(hl, ticket, approval, verify=False)
    assert row["status"] == WAITING
    assert hl.client(verify=False).ticket.update_sub_item(
        ticket, "TicketValidation", {"id": approval, "status": ACCEPTED}
    )


def test_what_was_done_and_what_was_not_are_told_apart(hl: Place) -> None:
    """Of a text of digits GLPI keeps the digits alone, and the last change has the time that GLPI gives it."""
    number = hl.made("DeviceMemory", designation="old", frequence="9", date_mod="2020-01-01 10:00:00")
    fields = {"id": number, "designation": "new", "frequency": "16 GHz", "comment": "x", "type": 987}
    with pytest.raises(GlpiNotAppliedError) as told:
        hl.client().item("DeviceMemory").update(fields, validate="off", verify=True)
    error = told.value
    assert str(error).startswith(f"Memory {number} was updated (designation, comment), but ")
    assert error.applied == {"designation": "new", "comment": "x"}
    assert error.changed == {"frequency": "16"}
    assert error.ignored == {"type": None}
    assert "frequency is '16', not '16 GHz'" in str(error)
    assert "type is empty, not 987: there may be no such item" in str(error)
    assert hl.row("DeviceMemory", number)["designation"] == "new"


def test_a_create_is_read_back(place: Place) -> None:
    """GLPI makes the login's user the writer of a ticket, whoever is given (11.0.6 and 10.0.17)."""
    api, field = place.client(), "user_recipient" if place.hl else "users_id_recipient"
    item = {"name": "x", "content": "y", field: 4}
    assert api.ticket.create(item, validate="off")["id"]
    place.sent.clear()
    with pytest.raises(GlpiNotAppliedError) as told:
        api.ticket.create(item, validate="off", verify=True)
    error = told.value
    number = place.newest("Ticket")["id"]
    assert str(error).startswith(f"Ticket {number} was created, but {field} is 2, not 4")
    assert (error.id, error.result["id"], list(error.changed), error.ignored) == (number, number, [field], {})
    assert [each.method for each in place.sent][-2:] == ["POST", "GET"]


def test_a_sub_item_is_read_back(place: Place) -> None:
    ticket = place.made()
    api = place.client(verify=True)
    made = api.ticket.add_sub_item(ticket, "ITILFollowup", {"content": "On my way", "is_private": True})
    assert place.row("ITILFollowup", made["id"])["is_private"] == 1
    with pytest.raises(GlpiNotAppliedError, match=r"TicketValidation \d+ was created, but .* is .*, not 4"):
        asker = "requester" if place.hl else "users_id"
        who = {"requested_approver_id": 2, "requested_approver_type": "User"} if place.hl else {"users_id_validate": 2}
        api.ticket.add_sub_item(ticket, "TicketValidation", {**who, asker: 4}, validate="off")


def test_each_of_a_list_is_looked_at(place: Place) -> None:
    first, second = place.made("Computer"), place.made("Computer", date_mod="2020-01-01 10:00:00")
    rows = [
        {"id": first, "name": "a"},
        {"id": second, "name": "b", "date_mod": "2026-01-31 10:00:00"},
        {"id": first, "comment": "c"},
    ]
    with pytest.raises(GlpiPartialError) as told:
        place.client().computer.update(rows, validate="off", verify=True)
    (at, error), *others = told.value.failed
    assert (at, others) == (1, [])
    assert isinstance(error, GlpiNotAppliedError)
    assert (error.id, list(error.changed), error.applied) == (second, ["date_mod"], {"name": "b"})
    assert len(told.value.done) == 2
    assert place.row("Computer", first)["comment"] == "c"  # the row after it was sent too
    assert len(place.client().computer.update(rows[::2], verify=True)) == 2


def test_a_list_of_creates_is_looked_at(place: Place) -> None:
    api, field = place.client(verify=True), "user_recipient" if place.hl else "users_id_recipient"
    rows = [{"name": "x", "content": "y"}, {"name": "x", "content": "y", field: 4}]
    assert len(api.ticket.create([rows[0], rows[0]])) == 2
    with pytest.raises(GlpiPartialError) as told:
        api.ticket.create(rows, validate="off")
    assert [at for at, _ in told.value.failed] == [1]
    assert isinstance(told.value.failed[0][1], GlpiNotAppliedError)
    assert len(api.ticket.create([rows[0]] * 2, once=True)) == 2


def test_a_list_of_which_some_do_not_exist(place: Place) -> None:
    number = place.made("Computer")
    rows = [{"id": 987654, "name": "a"}, {"id": number, "name": "b"}]
    with pytest.raises(GlpiPartialError) as told:
        place.client().computer.update(rows, verify=True)
    assert [at for at, _ in told.value.failed] == [0]
    assert not isinstance(told.value.failed[0][1], GlpiNotAppliedError)


def test_a_create_that_can_not_be_read_back_says_that_it_was_done(place: Place) -> None:
    api = place.client(retries=0)
    api.ticket.get(1)
    place.glpi.faults.add(troubles.status(500, method="GET", path="Ticket/"))
    with pytest.raises(GlpiNotAppliedError) as told:
        api.ticket.create({"name": "read me", "content": "y"}, verify=True)
    number = place.newest("Ticket")["id"]
    assert str(told.value).startswith(f"Ticket {number} was created, but reading it back failed")
    assert (told.value.id, told.value.result["id"], told.value.ignored) == (number, number, {})


def test_an_item_that_is_there_already_is_not_held_against_the_create(place: Place) -> None:
    api = place.client(verify=True)
    first = api.computer.create({"serial": f"S-{place.api}-{place.glpi.version}", "name": "a"}, unique_by=("serial",))
    again = api.computer.create({"serial": f"S-{place.api}-{place.glpi.version}", "name": "b"}, unique_by=("serial",))
    assert again["id"] == first["id"]
    assert again["existing"] is True


def test_secrets_are_never_compared(place: Place) -> None:
    name = "username" if place.hl else "name"
    user = place.client(verify=True).user.create(
        {name: f"verified-{place.api}-{place.glpi.version}", "password": "Hush-123", "password2": "Hush-123"}
    )
    place.client(verify=True).user.update({"id": user["id"], "password": "Hush-456", "password2": "Hush-456"})


@pytest.mark.parametrize("value", [1, 0, "yes", "strict", "ca.pem"])
def test_a_word_that_means_nothing_here(place: Place, value: object) -> None:
    with pytest.raises(GlpiValidationError, match=r"verify must be True, False or 'answer', not .*verify_ssl"):
        place.client(verify=value)
    api = place.client()
    calls: list[Callable[[], Any]] = [
        lambda: api.with_options(verify=value),
        lambda: api.ticket.create({"name": "x", "content": "y"}, verify=value),
        lambda: api.ticket.update({"id": 1, "name": "x"}, verify=value),
        lambda: api.ticket.add_sub_item(1, "ITILFollowup", {"content": "x"}, verify=value),
        lambda: api.ticket.update_sub_item(1, "ITILFollowup", {"id": 1, "content": "x"}, verify=value),
        lambda: api.update_item("Ticket", {"id": 1}, verify=value),
        lambda: api.create_item("Ticket", {"name": "x", "content": "y"}, verify=value),
        lambda: api.add_sub_item("Ticket", 1, "ITILFollowup", {"content": "x"}, verify=value),
    ]
    for call in calls:
        with pytest.raises(GlpiValidationError, match="verify must be"):
            call()
    assert place.sent == []


def test_dates_are_the_same_in_whatever_zone_they_are_read(place: Place) -> None:
    number = place.made(date="2026-01-01 10:00:00")
    solved = "date_solve" if place.hl else "solvedate"
    for options in ({"dates": True}, {"dates": True, "timezone": "UTC"}, {}):
        api = place.client(verify=True, **options)
        api.ticket.update({"id": number, solved: "2026-07-01 10:00:00.75"})
        assert place.row("Ticket", number)["solvedate"] == "2026-07-01 10:00:00"


def test_a_filter_of_ours_finds_it_still(hl: Place) -> None:
    """What is read back is the item alone; no list is asked."""
    hl.client(verify=True).ticket.create({"name": "alone", "content": "y"})
    assert hl.client().ticket.count(filter=F.name == "alone") == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        hl.client().ticket.update({"id": 1, "urgency": 4, "impact": 4, "priority": 3})


@pytest.mark.parametrize("api", ["hl", "legacy"])
def test_who_is_stopped_while_reading_back_knows_what_was_done(servers: Servers, api: str) -> None:
    """The create was answered: whoever cancels the call must not take it for one that may not have been done."""
    glpi = servers["11.0.6"]
    glpi.requests.clear()

    async def story() -> None:
        if api == "hl":
            made: Any = AsyncGlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password)
        else:
            made = AsyncGlpiAPI(glpi.url, username=glpi.username, password=glpi.password)
        async with made as client:
            await client.ticket.get(1)
            glpi.requests.clear()
            glpi.faults.add(troubles.hang(method="GET", path="Ticket/"))
            call = asyncio.create_task(client.ticket.create({"name": "stopped", "content": "y"}, verify=True))
            while not glpi.count(method="GET", path="Ticket/"):
                await asyncio.sleep(0.01)
            call.cancel()
            with pytest.raises(asyncio.CancelledError) as stopped:
                await call
            glpi.faults.clear()
            number = glpi.do(lambda world: world.select("Ticket", order="id DESC", limit=1))[0]["id"]
            assert f"Ticket {number} was created; it was not read back" in stopped.value.__notes__

    try:
        asyncio.run(story())
    finally:
        glpi.faults.clear()
