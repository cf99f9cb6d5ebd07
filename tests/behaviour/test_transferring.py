"""Assets are moved to another entity with what is linked to them; nothing is lost on the way, and nobody is told "done" too early."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from glpi_utils import (
    GlpiNotAppliedError,
    GlpiNotFoundError,
    GlpiPartialError,
    GlpiPermissionError,
    GlpiUnknownOutcomeError,
    GlpiUnsupportedError,
    GlpiValidationError,
    GlpiWarning,
)
from glpi_utils.testing import troubles
from glpi_utils.testing.world.world import World
from tests.behaviour.places import Place, one_server, only, unsent

LINKED = ("Infocom", "Item_Disk", "NetworkPort", "Document_Item", "Item_Ticket", "Item_DeviceMemory", "ReservationItem")


def _linked(place: Place, computer: int, ticket: int) -> None:
    row = {"itemtype": "Computer", "items_id": computer}
    for itemtype, more in (
        ("Infocom", {"value": 5}),
        ("Item_Disk", {"name": "C"}),
        ("NetworkPort", {"name": "eth0"}),
        ("Document_Item", {"documents_id": 1}),
        ("Item_Ticket", {"tickets_id": ticket}),
        ("Item_DeviceMemory", {"devicememories_id": 1}),
        ("ReservationItem", {"is_active": 1}),
    ):
        place.rows(itemtype, [{**row, **more}])


def _left(place: Place, computer: int) -> dict[str, int]:
    def count(world: World) -> dict[str, int]:
        return {each: world.count(each, "itemtype = 'Computer' AND items_id = ?", [computer]) for each in LINKED}

    return place.glpi.do(count)


@only("hl", because="the legacy API has no transfer")
async def test_assets_move_with_all_that_is_linked(place: Place) -> None:
    api = place.client()
    entity = (await api.entity.create({"name": place.name("branch")}))["id"]
    made = await api.computer.create([{"name": place.name(n), "entity": 0} for n in range(3)])
    one, two, three = (each["id"] for each in made)
    assert await api.computer.transfer([one, place.name(1)], place.name("branch")) == [
        {"id": id, "entity": entity, "unchanged": False} for id in (one, two)
    ]
    assert await api.computer.transfer([one, three, one], entity) == [
        {"id": id, "entity": entity, "unchanged": unchanged}
        for id, unchanged in ((one, True), (three, False), (one, True))
    ]
    assert [(await api.computer.get(id))["entity"]["id"] for id in (one, two, three)] == [entity] * 3
    assert await api.computer.transfer(one, 0) == {"id": one, "entity": 0, "unchanged": False}
    assert await api.computer.transfer([], entity) == []
    sent = len(place.sent)
    for wrong in ((99_999_999, entity), ([two, place.name("no such")], 0), (two, place.name("nowhere"))):
        with pytest.raises(GlpiNotFoundError):
            await api.computer.transfer(*wrong)
    assert {each.method for each in place.sent[sent:]} == {"GET"}
    for id in (one, two, three):
        await api.computer.delete({"id": id}, force_purge=True)
    await api.entity.delete({"id": entity}, force_purge=True)


@only("hl", because="the legacy API has no transfer")
@only(where="embedded", because="rows are put beside it")
async def test_nothing_linked_is_lost_unless_asked(place: Place) -> None:
    api = place.client()
    (ticket,) = await place.tickets(api, 1)
    computer = (await api.computer.create({"name": place.name("pc"), "entity": 0}))["id"]
    _linked(place, computer, ticket)
    before = _left(place, computer)
    assert set(before.values()) == {1}
    await api.computer.transfer(computer, 1)
    assert _left(place, computer) == before
    assert (await api.ticket.get(ticket))["entity"]["id"] == 1
    await api.computer.transfer(computer, 2, options={"keep_ticket": 1, "keep_infocom": 0})
    assert _left(place, computer) == {**before, "Item_Ticket": 0, "Infocom": 0}
    record = [{"itemtype": "Computer", "items_id": computer, "entity": 1}]
    await api.request("POST", "Transfer", json=record)
    assert set(_left(place, computer).values()) == {0}, "GLPI itself keeps nothing"


@only("hl", because="the legacy API has no transfer")
@one_server(because="faults are the embedded server's alone, whatever its version")
async def test_lost_and_false_answers(place: Place) -> None:
    api = place.client(retries=0)
    made = await api.computer.create([{"name": place.name(n), "entity": 0} for n in range(2)])
    one, two = (each["id"] for each in made)
    place.glpi.faults.add(troubles.drop_after(method="POST", path="/Transfer", times=1))
    assert (await api.computer.transfer(one, 1))["unchanged"] is False
    place.glpi.faults.add(troubles.drop_before(method="POST", path="/Transfer", times=1))
    with pytest.raises((GlpiUnknownOutcomeError, GlpiPartialError)):
        await api.computer.transfer(two, 1)
    assert (await api.computer.get(two))["entity"]["id"] == 0
    place.glpi.faults.add(troubles.status(200, method="POST", path="/Transfer", times=2))
    with pytest.raises(GlpiNotAppliedError, match=r"is in entity 0, not 1") as stayed:
        await api.computer.transfer(two, 1)
    assert stayed.value.id == two
    with pytest.raises(GlpiPartialError) as some:
        await api.computer.transfer([one, two], 1)
    assert [isinstance(each, dict) and each["unchanged"] for each in some.value.results] == [True, False]
    assert (await api.computer.transfer([one, two], 1))[1] == {"id": two, "entity": 1, "unchanged": False}


@one_server(because="it is refused here")
async def test_who_may_only_read_moves_nothing(place: Place) -> None:
    api = place.client(read_only=True)
    with pytest.raises(GlpiPermissionError if place.hl else GlpiUnsupportedError):
        await api.computer.transfer([1, 2], 1)
    assert not [each for each in place.sent if "Transfer" in each.url]


async def test_an_update_of_the_entity_alone_warns(place: Place) -> None:
    entity = (await place.client().entity.create({"name": place.name("branch")}))["id"]
    api = place.client()  # a legacy session knows the entities that were there when it began
    computer = (await api.computer.create({"name": place.name("pc")}))["id"]
    with pytest.warns(GlpiWarning, match=r"stays behind. transfer\(\)") as seen:
        await api.computer.update({"id": computer, "entity" if place.hl else "entities_id": entity})
    assert {Path(each.filename).parent for each in seen} == {Path(__file__).parent}, "it stands at the line that called"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        await api.computer.update({"id": computer, "serial": "s-1"})
    await api.computer.delete({"id": computer}, force_purge=True)
    await api.entity.delete({"id": entity}, force_purge=True)


@unsent
async def test_what_is_no_transfer(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiUnsupportedError, match="Computer"):
        await api.ticket.transfer(1, 0)
    if not place.hl:
        with pytest.raises(GlpiUnsupportedError, match="GlpiOAuthClient"):
            await api.computer.transfer(1, 0)
        return
    for options, words in (
        ({"keep_infocoms": 1}, "keep_infocom"),
        ({"colour": 1}, "keep_"),
        ({"keep_ticket": 3}, "0, 1 or 2"),
    ):
        with pytest.raises(GlpiValidationError, match=words):
            await api.computer.transfer(1, 0, options=options)
