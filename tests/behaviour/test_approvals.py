"""Approvals: asked for once, answered by their approver alone, and never said to be answered when they still wait."""

from __future__ import annotations

import pytest

from glpi_utils import GlpiError, GlpiNotAppliedError, GlpiNotFoundError, GlpiUnsupportedError, GlpiValidationError
from glpi_utils.testing import troubles
from tests.behaviour.places import Place, one_server, unsent

WAITING, ACCEPTED, REFUSED = 2, 3, 4


@pytest.mark.parametrize("itemtype", ["Ticket", "Change"])
async def test_an_approval_is_asked_for_once_and_answered(place: Place, itemtype: str) -> None:
    items = place.client().item(itemtype)
    me = (await place.client().whoami())["user"]["id"]
    id = (await items.create(place.ticket()))["id"]
    try:
        asked = [await items.request_approval(id, "me", comment="Please <now>") for _ in range(2)]
        assert [each["existing"] for each in asked] == [False, True]
        (row,) = await items.approvals(id)
        assert (row["id"], row["item"], row["status"]) == (asked[0]["id"], id, WAITING)
        assert (row["approver"], row["requester"]) == ({"type": "User", "id": me}, me)
        assert row["comment"] == "<p>Please &lt;now&gt;</p>"
        assert asked[0]["id"] in [each["id"] for each in await items.approvals("me") if each["item"] == id]
        for _ in range(2):
            answered = await items.approve(id, comment="Fine")
            assert (answered["status"], answered["id"], answered["answer"]) == (ACCEPTED, row["id"], "<p>Fine</p>")
            assert answered["global_validation"] == ACCEPTED
        assert [each for each in await items.approvals("me") if each["item"] == id] == []
        await items.request_approval(id, "me")
        refused = await items.refuse(id, "Too dear")
        assert refused["status"] == REFUSED
        state = (await items.get(id))["global_validation"]
        assert refused["global_validation"] == (state["id"] if isinstance(state, dict) else state)
    finally:
        await items.delete(id, force_purge=True)


async def test_only_its_approver_answers_an_approval(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    wanted = await api.ticket.request_approval(id, "tech")
    with pytest.raises(GlpiValidationError, match="0 approvals wait for you"):
        await api.ticket.approve(id)
    (row,) = await api.ticket.approvals(id)
    try:
        answered = await api.ticket.approve(id, validation=wanted["id"])
    except GlpiNotAppliedError:
        assert [each["status"] for each in await api.ticket.approvals(id)] == [row["status"]]
    else:
        assert not place.hl, "GLPI 10 lets a super-admin answer for others"
        assert answered["status"] == ACCEPTED
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.request_approval(id, "nobody.at.all")


@one_server(because="an answer is lost by the embedded server alone, whatever its version")
async def test_a_lost_answer_asks_nobody_twice(place: Place) -> None:
    api = place.client(retries=0)
    (id,) = await place.tickets(api, 1)
    await api.whoami()
    place.glpi.faults.add(troubles.drop_after(method="POST", path="Validation", times=1))
    first = await api.ticket.request_approval(id, "me")
    assert (await api.ticket.request_approval(id, "me")) == {"id": first["id"], "existing": True}
    place.glpi.faults.add(troubles.drop_after(method="(PUT|PATCH)", path="Validation", times=1))
    try:
        await api.ticket.approve(id)
    except GlpiError:
        pass
    assert (await api.ticket.approve(id))["status"] == ACCEPTED
    assert len(await api.ticket.approvals(id)) == 1


@unsent
async def test_what_is_wrong_with_an_approval(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError, match="reason"):
        await api.ticket.refuse(1, " ")
    with pytest.raises(GlpiUnsupportedError, match="approv"):
        await api.problem.approvals(1)
