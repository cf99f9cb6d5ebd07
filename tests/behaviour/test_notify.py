"""`notify=False`: GLPI sends no mails of a new ticket or followup; where it would all the same, that is refused."""

from __future__ import annotations

from itertools import pairwise

import pytest

from glpi_utils import (
    GlpiPermissionError,
    GlpiUnknownOutcomeError,
    GlpiUnsupportedError,
    GlpiValidationError,
    GlpiWarning,
)
from glpi_utils.testing import troubles
from tests.behaviour.places import Place, one_server, only, unsent

EMBEDDED = only(where="embedded", because="looks into the queue of mails")


def switched_on(place: Place) -> None:
    place.glpi.do(
        lambda world: world.store.connection.execute("UPDATE Config SET value='1' WHERE name='use_notifications'")
    )


def mails(place: Place) -> int:
    """How many mails of tickets wait; some of other things wait from the beginning."""
    return len(place.glpi.rows("QueuedNotification", "recipient_name IN ('administrator', 'requester')"))


@EMBEDDED
async def test_no_mail_of_a_ticket_and_a_followup(place: Place) -> None:
    switched_on(place)
    api = place.client()
    loud = (await api.ticket.create(place.ticket("loud", requester="tech")))["id"]
    await api.ticket.add_followup(loud, "heard")
    assert mails(place) == 4
    fields = place.ticket("quiet", category="Hardware", requester="tech")
    quiet = await api.ticket.create(fields, notify=False, key="quiet")
    row = await api.ticket.get(quiet["id"])
    assert row["category"]["name"] == "Hardware" if place.hl else row["itilcategories_id"] == 1
    (requester,) = [each for each in await api.ticket.team(quiet["id"]) if each["role"] == "requester"]
    assert requester["name"] == "tech"
    again = await api.ticket.create(fields, notify=False, key="quiet")
    assert (again["id"], again["existing"], "category" in again) == (quiet["id"], True, place.hl)
    followup = await api.ticket.add_followup(quiet["id"], "unheard", notify=False, key="f")
    again = await api.ticket.add_followup(quiet["id"], "unheard", notify=False, key="f")
    assert (again["id"], again["existing"]) == (followup["id"], True)
    await api.ticket.add_sub_item(quiet["id"], "ITILFollowup", {"content": "unheard too"}, notify="try")
    several = await api.ticket.create([place.ticket(1), place.ticket(2)], notify=False)
    assert [set(each) >= {"id"} for each in several] == [True, True]
    assert mails(place) == 4
    await api.ticket.create(place.ticket("as always"), notify=True)
    assert mails(place) == 6


@EMBEDDED
@one_server(because="what GLPI queues does not depend on its version")
@pytest.mark.parametrize(
    ("itemtype", "mails_each"), [("Ticket", (2, 2, 2)), ("Change", (1, 0, 1)), ("Problem", (1, 0, 1))]
)
async def test_of_each_kind(place: Place, itemtype: str, mails_each: tuple[int, int, int]) -> None:
    switched_on(place)
    items = place.client().item(itemtype)
    for notify in (True, False):
        wanted = mails_each if notify else (0, 0, 0)
        before = mails(place)
        number = (await items.create({"name": place.name(notify), "content": "x"}, notify=notify))["id"]
        after_create = mails(place)
        await items.add_followup(number, "x", notify=notify)
        after_followup = mails(place)
        await items.add_task(number, "x", notify=notify)
        steps = (before, after_create, after_followup, mails(place))
        assert tuple(b - a for a, b in pairwise(steps)) == wanted


@only("hl", where="embedded", because="there a legacy session is needed")
async def test_without_a_legacy_session_it_is_refused_or_warned_of(place: Place) -> None:
    switched_on(place)
    api = place.client(legacy="never")
    with pytest.raises(GlpiUnsupportedError, match=r"notify=False.*legacy"):
        await api.ticket.create(place.ticket(), notify=False)
    assert place.told("Ticket") == []
    with pytest.warns(GlpiWarning, match="mails may go out"):
        await api.ticket.create(place.ticket(), notify="try")
    assert mails(place) == 2


@one_server(because="it is refused before a request")
async def test_what_sends_mails_all_the_same(place: Place) -> None:
    api = place.client()
    (ticket,) = await place.tickets(api, 1)
    sent = len(place.sent)
    with pytest.raises(GlpiUnsupportedError, match=r"ITILSolution.*followups and tasks"):
        await api.ticket.add_sub_item(ticket, "ITILSolution", {"content": "x"}, notify=False)
    with pytest.raises(GlpiUnsupportedError, match="ITILSolution"):
        await api.ticket.solve(ticket, "x", notify=False)
    assert (await api.ticket.get(ticket))["status"] in (1, {"id": 1, "name": "New"})
    sent = len(place.sent)
    with pytest.raises(GlpiUnsupportedError, match="new Computer"):
        await api.computer.create({"name": "x"}, notify=False)
    assert len(place.sent) == sent
    with pytest.warns(GlpiWarning, match=r"ITILSolution.*whatever it is told"):
        await api.ticket.add_sub_item(ticket, "ITILSolution", {"content": "x"}, notify="try")
    with pytest.raises(GlpiPermissionError):
        await place.client(read_only=True).ticket.create(place.ticket(), notify=False)
    await api.ticket.delete(ticket, force_purge=True)


@unsent
async def test_it_is_yes_no_or_try(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match="notify must be True, False or 'try'"):
        await place.client().ticket.create({"name": "x", "content": "y"}, notify="never")
    with pytest.raises(GlpiValidationError, match="notify must be"):
        await place.client().ticket.add_followup(1, "x", notify=None)  # type: ignore[arg-type]


@one_server(because="an answer is lost by the embedded server alone, whatever its version")
@EMBEDDED
async def test_a_lost_answer_makes_no_second_ticket_and_no_mail(place: Place) -> None:
    """Done and the answer lost; not done and the connection broken."""
    switched_on(place)
    api = place.client(retries=1, max_time=1)
    await api.ticket.create(place.ticket("first"), notify=False)
    for key, fault in (("a", troubles.drop_after), ("b", troubles.drop_before)):
        fields = place.ticket(f"lost {key}")
        place.glpi.faults.add(fault(method="POST", path="/Ticket", times=1))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("glpi_utils._engine.writes.idempotency._FIRST_PAUSE", 0.01)
            if fault is troubles.drop_before:
                with pytest.raises(GlpiUnknownOutcomeError):
                    await api.ticket.create(fields, notify=False, key=f"quiet-{key}")
            else:
                await api.ticket.create(fields, notify=False, key=f"quiet-{key}")
        place.glpi.faults.clear()
        again = await api.ticket.create(fields, notify=False, key=f"quiet-{key}")
        assert again["existing"] is (fault is troubles.drop_after)
        assert await api.ticket.count(**place.mine(f"lost {key}")) == 1
    assert mails(place) == 0
