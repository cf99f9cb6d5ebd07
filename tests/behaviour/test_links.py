"""Links between tickets, and the assets that a ticket is about: made once, only between what is there."""

from __future__ import annotations

import re

import pytest

from glpi_utils import GlpiAPIError, GlpiNotFoundError, GlpiPermissionError, GlpiUnsupportedError, GlpiValidationError
from glpi_utils.testing import troubles
from tests.behaviour.places import Place, one_server, unsent


async def test_tickets_are_linked_once_and_seen_from_both_sides(place: Place) -> None:
    api = place.client()
    one, two, three = await place.tickets(api, 3)
    assert (await api.ticket.link(one, two))["existing"] is False
    for existing in (False, True):
        made = await api.ticket.link(one, two, "duplicates")
        assert (made["ticket"], made["link"], made["existing"]) == (two, "duplicates", existing)
        assert (await api.ticket.link(one, three, "parent of"))["existing"] is existing
    seen = {id: [(each["ticket"], each["link"]) for each in await api.ticket.links(id)] for id in (one, two, three)}
    assert seen == {
        one: [(two, "duplicates"), (three, "parent of")],
        two: [(one, "duplicated by")],
        three: [(one, "child of")],
    }
    with pytest.raises(GlpiAPIError, match=r"linked already, as 'duplicates'.*unlink"):
        await api.ticket.link(one, two, "child of")
    assert [each["link"] for each in await api.ticket.unlink(two, one)] == ["duplicated by"]
    assert await api.ticket.unlink(one, two) == []
    for missing in ((one, 99_999_999), (99_999_999, one)):
        with pytest.raises(GlpiNotFoundError):
            await api.ticket.link(*missing)


@pytest.mark.parametrize("itemtype", ["Ticket", "Change", "Problem"])
async def test_an_item_is_about_an_asset_once(place: Place, itemtype: str) -> None:
    api = place.client()
    computer = (await api.computer.create({"name": place.name("pc")}))["id"]
    items = api.item(itemtype)
    id = (await items.create(place.ticket()))["id"]
    try:
        for existing in (False, True):
            made = await items.add_item(id, "Computer", computer if existing else place.name("pc"))
            assert (made["items_id"], made["existing"]) == (computer, existing)
        assert [(each["itemtype"], each["items_id"]) for each in await items.items(id)] == [("Computer", computer)]
        with pytest.raises(GlpiNotFoundError):
            await items.add_item(id, "Computer", 99_999_999)
        for _ in range(2):
            await items.remove_item(id, "Computer", computer)
        assert await items.items(id) == []
    finally:
        await items.delete(id, force_purge=True)


@one_server(because="an answer is lost by the embedded server alone, whatever its version")
async def test_a_lost_answer_links_once(place: Place) -> None:
    api = place.client(retries=0)
    one, two = await place.tickets(api, 2)
    await api.ticket.links(one)
    place.glpi.faults.add(troubles.drop_after(method="POST", path=re.compile("/(Ticket_Ticket|Item_Ticket)"), times=2))
    await api.ticket.link(one, two, "duplicates")
    await api.ticket.add_item(one, "Computer", 1)
    assert len(await api.ticket.links(one)) == 1
    assert len(await api.ticket.items(one)) == 1


@one_server(because="it is refused here")
async def test_a_read_only_client_links_nothing(place: Place) -> None:
    api = place.client(read_only=True)
    for call in (
        api.ticket.link(1, 2),
        api.ticket.add_item(1, "Computer", 1),
        api.ticket.solve(1, "x"),
        api.ticket.close(1),
    ):
        with pytest.raises(GlpiPermissionError):
            await call
    sent = [each for each in place.sent if not each.url.endswith(("/token", "Session"))]
    assert {each.method for each in sent} <= {"GET"}


@unsent
async def test_what_is_no_link(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError, match="'duplicates'"):
        await api.ticket.link(1, 2, "duplicate")
    with pytest.raises(GlpiUnsupportedError, match="Ticket"):
        await api.computer.links(1)
