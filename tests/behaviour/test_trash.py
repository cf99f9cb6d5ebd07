"""Deleting, restoring, purging; what lists show of the trash."""

from __future__ import annotations

import pytest

from glpi_utils import (
    F,
    GlpiAPIError,
    GlpiNotFoundError,
    GlpiPartialError,
    GlpiUnsupportedError,
    GlpiValidationError,
)
from glpi_utils._engine.verbs.client import AsyncClient
from tests.behaviour.places import Place, only


def _answer(place: Place, *ids: int) -> object:
    """What a delete gives."""
    return None if place.hl else [{str(id): True, "message": ""} for id in ids]


async def _is_deleted(api: AsyncClient, id: int) -> bool:
    return bool((await api.ticket.get(id))["is_deleted"])


async def test_delete_puts_into_the_trash_and_restore_takes_out(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    assert await api.ticket.delete({"id": id}) == _answer(place, id)
    assert await _is_deleted(api, id)
    back = await api.ticket.restore(id)
    assert (back["id"] == id) if place.hl else (back == [{str(id): True, "message": ""}])
    assert not await _is_deleted(api, id)


async def test_delete_twice_is_once(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.ticket.delete({"id": id})
    assert await api.ticket.delete({"id": id}) == _answer(place, id)
    assert await _is_deleted(api, id)


async def test_purge_removes_for_good(place: Place) -> None:
    api = place.client()
    one, two = await place.tickets(api, 2)
    assert await api.ticket.delete({"id": one}, force_purge=True) == _answer(place, one)
    assert await api.delete_item("Ticket", {"id": two}, True) == _answer(place, two)
    for id in (one, two):
        with pytest.raises(GlpiNotFoundError):
            await api.ticket.get(id)


async def test_purge_from_the_trash(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.ticket.delete({"id": id})
    await api.ticket.delete({"id": id}, force_purge=True)
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.get(id)


async def test_force_purge_false_is_the_trash(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.ticket.delete({"id": id}, force_purge=False, history=False)
    assert await _is_deleted(api, id)
    assert not any("force" in each.url for each in place.sent)


async def test_what_has_no_trash_goes_at_once(place: Place) -> None:
    api = place.client()
    made = await api.location.create({"name": place.name()})
    await api.location.delete({"id": made["id"]})
    with pytest.raises(GlpiNotFoundError):
        await api.location.get(made["id"])


async def test_delete_a_list(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 3)
    assert await api.ticket.delete([{"id": id} for id in ids]) == _answer(place, *ids)
    assert [await _is_deleted(api, id) for id in ids] == [True] * 3


async def test_delete_a_list_with_a_row_that_is_not_there(place: Place) -> None:
    api = place.client()
    one, two = await place.tickets(api, 2)
    with pytest.raises(GlpiPartialError) as told:
        await api.ticket.delete([{"id": one}, {"id": 99_999_999}, {"id": two}])
    assert [at for at, _ in told.value.failed] == [1]
    assert len(told.value.results) == 3
    assert [await _is_deleted(api, id) for id in (one, two)] == [True, True]


async def test_delete_of_an_unknown_id(place: Place) -> None:
    with pytest.raises(GlpiAPIError) as told:
        await place.client().ticket.delete({"id": 99_999_999})
    assert told.value.status_code == (404 if place.hl else 400)


async def test_delete_takes_the_id_alone(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match="the id alone"):
        await place.client().ticket.delete({"id": 1, "name": "x"})
    assert place.sent == []


async def test_lists_with_and_without_the_trash(place: Place) -> None:
    api = place.client()
    kept, gone = await place.tickets(api, 2)
    await api.ticket.delete({"id": gone})
    for told, expected in ((True, [kept, gone]), (False, [kept]), (None, [kept, gone] if place.hl else [kept])):
        found = await api.ticket.get_all(include_deleted=told, **place.mine())
        assert ([row["id"] for row in found], found.total, found.complete) == (expected, len(expected), True)
        assert await api.ticket.count(include_deleted=told, **place.mine()) == len(expected)
        whole = await api.ticket.get_all_pages(include_deleted=told, **place.mine())
        assert ([row["id"] for row in whole], whole.total, whole.complete) == (expected, len(expected), True)
        rows = [row["id"] async for row in api.ticket.iter_items(1, include_deleted=told, **place.mine())]
        assert rows == expected


async def test_the_first_row_may_be_in_the_trash(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.ticket.delete({"id": id})
    found = await api.ticket.first(include_deleted=True, **place.mine())
    assert found is not None
    assert found["id"] == id
    assert await api.ticket.first(include_deleted=False, **place.mine()) is None


async def test_get_with_and_without_the_trash(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    await api.ticket.delete({"id": id})
    assert (await api.ticket.get(id))["id"] == (await api.ticket.get(id, include_deleted=True))["id"] == id
    with pytest.raises(GlpiNotFoundError, match="in the trash"):
        await api.ticket.get(id, include_deleted=False)


async def test_windows_over_the_living_and_the_trash(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 5)
    for id in ids[3:]:
        await api.ticket.delete({"id": id})
    for start, limit in ((0, 2), (2, 2), (3, 5), (4, 1), (1, 4)):
        found = await api.ticket.get_all(start=start, limit=limit, include_deleted=True, **place.mine())
        assert [row["id"] for row in found] == ids[start : start + limit], f"start={start}, limit={limit}"
        assert (found.total, found.complete) == (5, False)


async def test_a_type_without_a_trash_has_nothing_in_it(place: Place) -> None:
    api = place.client()
    made = await api.location.create({"name": place.name()})
    for told in (True, False, None):
        found = await api.location.get_all(include_deleted=told, **place.mine())
        assert [row["id"] for row in found] == [made["id"]]


@only("hl", because="the legacy API restores whatever has a trash")
async def test_a_trash_that_hl_can_not_reach(place: Place) -> None:
    """Up to API 2.2 that is known beforehand; from 2.3 on projects show their trash, and it is reached."""
    api = place.client()
    with pytest.raises(GlpiUnsupportedError, match="no trash"):
        await api.location.restore(1)
    assert place.sent == []
    new = await api.project.create({"name": "Not to be restored"})
    old = await api.get_version() < "11.0.7"
    sent = len(place.sent)
    if old:
        with pytest.raises(GlpiUnsupportedError, match=r"v2\.2.*GlpiAPI"):
            await api.project.restore(new["id"])
        with pytest.raises(GlpiUnsupportedError, match=r"v2\.2.*GlpiAPI"):
            await api.project.get_all(include_deleted=False)
        assert len(place.sent) == sent
    else:
        await api.project.delete({"id": new["id"]})
        mine = {"filter": F.id == new["id"]}
        assert await api.project.get_all(include_deleted=False, **mine) == []
        assert (await api.project.restore(new["id"]))["is_deleted"] is False
        assert [row["id"] for row in await api.project.get_all(include_deleted=False, **mine)] == [new["id"]]
    await api.project.delete({"id": new["id"]}, force_purge=True)


async def test_an_item_is_named_by_its_id_or_by_its_row(place: Place) -> None:
    api = place.client()
    first, second = await place.tickets(api, 2)
    await api.ticket.delete(first)
    await api.ticket.delete([{"id": second}])
    left = await api.ticket.get_all_pages(include_deleted=False)
    assert not {first, second} & {row["id"] for row in left}
    await api.ticket.restore({"id": first})
    row = await api.ticket.get(first)
    assert (await api.ticket.get(row))["name"] == row["name"]
    await api.ticket.delete([str(first), second], force_purge=True)
    for gone in (first, second):
        with pytest.raises(GlpiNotFoundError):
            await api.ticket.get(gone)


async def test_what_a_create_gave_can_be_handed_back(place: Place) -> None:
    api = place.client()
    new = await api.ticket.create(place.ticket())
    await api.ticket.delete(new, force_purge=True)
    with pytest.raises(GlpiNotFoundError):
        await api.ticket.get(new)
