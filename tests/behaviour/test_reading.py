"""Reading one item, one page, the first row, the number of rows."""

from __future__ import annotations

import warnings

import pytest

from glpi_utils import GlpiNotFoundError, GlpiWarning, ItemList
from tests.behaviour.places import Place, only


async def test_get_gives_the_item(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    got = await api.ticket.get(id)
    assert (got["id"], got["name"]) == (id, place.name(0))
    assert got["entity" if place.hl else "entities_id"] is not None
    assert "links" not in got


async def test_get_takes_an_id_as_text(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    assert (await api.ticket.get(str(id)))["id"] == id


async def test_get_of_the_root_entity(place: Place) -> None:
    assert (await place.client().entity.get(0))["id"] == 0


async def test_get_of_an_unknown_id(place: Place) -> None:
    with pytest.raises(GlpiNotFoundError) as told:
        await place.client().ticket.get(99_999_999)
    assert (told.value.status_code, told.value.error_code) == (404, "ERROR_ITEM_NOT_FOUND")


@only("legacy", because="HL rows hold the names already")
async def test_get_with_names_for_ids(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    assert isinstance((await api.ticket.get(id, expand_dropdowns=True))["users_id_recipient"], str)


async def test_get_all_is_one_page_of_fifty(place: Place) -> None:
    api = place.client()
    await place.tickets(api, 53)
    with pytest.warns(GlpiWarning, match="50 of 53"):
        found = await api.ticket.get_all(**place.mine())
    assert isinstance(found, ItemList)
    assert isinstance(found, list)
    assert (len(found), found.total, found.complete) == (50, 53, False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # the second cut is told by .complete alone
        again = await api.ticket.get_all(**place.mine())
    assert [row["id"] for row in again] == [row["id"] for row in found]
    rest = await api.ticket.get_all(start=50, limit=50, **place.mine())
    assert (len(rest), rest.total, rest.complete) == (3, 53, False)
    assert not {row["id"] for row in rest} & {row["id"] for row in found}


async def test_get_all_that_is_complete(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 3)
    found = await api.ticket.get_all(**place.mine())
    assert ([row["id"] for row in found], found.total, found.complete) == (ids, 3, True)


async def test_get_all_with_a_limit_does_not_warn(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 3)
    found = await api.ticket.get_all(limit=2, **place.mine())
    assert ([row["id"] for row in found], found.total, found.complete) == (ids[:2], 3, False)


async def test_get_all_with_a_range(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 4)
    found = await api.ticket.get_all(range="1-2", **place.mine())
    assert ([row["id"] for row in found], found.total) == (ids[1:3], 4)


async def test_get_all_beyond_the_end_is_empty(place: Place) -> None:
    api = place.client()
    await place.tickets(api, 2)
    found = await api.ticket.get_all(start=10, limit=5, **place.mine())
    assert (list(found), found.complete) == ([], False)


async def test_get_all_where_there_is_nothing(place: Place) -> None:
    found = await place.client().ticket.get_all(**place.mine())
    assert (list(found), found.total, found.complete) == ([], 0, True)


async def test_get_all_in_another_order(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 3)
    assert [row["id"] for row in await api.ticket.get_all(sort="id:desc", **place.mine())] == ids[::-1]
    assert [row["name"] for row in await api.ticket.get_all(sort="name:desc", **place.mine())] == [
        place.name(n) for n in (2, 1, 0)
    ]


async def test_first(place: Place) -> None:
    api = place.client()
    assert await api.ticket.first(**place.mine()) is None
    ids = await place.tickets(api, 3)
    first, last = await api.ticket.first(**place.mine()), await api.ticket.first(sort="id:desc", **place.mine())
    assert first is not None
    assert last is not None
    assert (first["id"], last["id"]) == (ids[0], ids[-1])


async def test_count_reads_no_rows(place: Place) -> None:
    api = place.client()
    assert await api.ticket.count(**place.mine()) == 0
    await place.tickets(api, 7)
    place.sent.clear()
    assert await api.ticket.count(**place.mine()) == 7
    assert len(place.told("Ticket")) == 1


async def test_params_pass_anything_through(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 2)
    told = place.mine()
    through = {"params": {"filter": told["filter"]}} if place.hl else {"params": told}
    assert [row["id"] for row in await api.ticket.get_all(**through)] == ids


async def test_the_same_by_the_client_and_by_the_proxy(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    row = await api.get_item("Ticket", id)
    assert row == await api.ticket.get(id)
    assert await api.get_all_items("Ticket", **place.mine()) == await api.ticket.get_all(**place.mine()) == [row]
    assert await api.get_all_pages("Ticket", **place.mine()) == [row]
    assert [page async for page in api.iter_pages("Ticket", **place.mine())] == [[row]]
