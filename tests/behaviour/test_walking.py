"""Reading a whole list: every row once, in order, in pages of the size that was asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from glpi_utils import GlpiValidationError
from tests.behaviour.places import Place, only


async def test_get_all_pages_gives_every_row_once(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 7)
    for size in (None, 1, 2, 7, 1000):
        found = await api.ticket.get_all_pages(size, **place.mine())
        assert [row["id"] for row in found] == ids, f"page_size={size}"
        assert (found.total, found.complete) == (7, True)


async def test_get_all_pages_of_nothing(place: Place) -> None:
    found = await place.client().ticket.get_all_pages(**place.mine())
    assert (list(found), found.total, found.complete) == ([], 0, True)


async def test_get_all_pages_in_another_order(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 5)
    found = await api.ticket.get_all_pages(2, sort="id:desc", **place.mine())
    assert ([row["id"] for row in found], found.total, found.complete) == (ids[::-1], 5, True)


PARTS: list[tuple[dict[str, Any], slice]] = [
    ({"limit": 5}, slice(0, 5)),
    ({"limit": 7}, slice(0, 7)),
    ({"limit": 50}, slice(0, 7)),
    ({"start": 3}, slice(3, None)),
    ({"start": 2, "limit": 3}, slice(2, 5)),
    ({"start": 7}, slice(7, None)),
    ({"start": 50, "limit": 5}, slice(50, None)),
    ({"range": "0-1"}, slice(0, 2)),
    ({"range": "5-20"}, slice(5, None)),
]


@pytest.mark.parametrize(("part", "rows"), PARTS, ids=str)
async def test_every_way_to_read_a_list_gives_the_part_that_was_asked_for(
    place: Place, part: dict[str, Any], rows: slice
) -> None:
    api = place.client()
    ids = await place.tickets(api, 7)
    asked = {**place.mine(), **part}
    for size in (None, 2):
        found = await api.ticket.get_all_pages(size, **asked)
        assert [row["id"] for row in found] == ids[rows]
        assert (found.total, found.complete) == (7, ids[rows] == ids)
    assert [row["id"] async for page in api.ticket.iter_pages(2, **asked) for row in page] == ids[rows]
    assert [row["id"] async for row in api.ticket.iter_items(**asked)] == ids[rows]


async def test_a_part_of_an_order_is_cut_in_that_order(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 7)
    found = await api.ticket.get_all_pages(sort="id:desc", limit=3, start=1, **place.mine())
    assert [row["id"] for row in found] == ids[::-1][1:4]


async def test_a_part_asks_for_no_more_rows_than_it_needs(place: Place) -> None:
    api = place.client()
    await place.tickets(api, 7)
    place.sent.clear()
    assert len(await api.ticket.get_all_pages(limit=5, **place.mine())) == 5
    (sent,) = place.told("Ticket")
    assert "limit=5" in sent.url or "range=0-4" in sent.url


async def test_a_part_can_not_be_counted_again(place: Place) -> None:
    for part in ({"limit": 5}, {"start": 1}, {"range": "0-4"}):
        with pytest.raises(GlpiValidationError, match="id_audit"):
            await place.client().ticket.get_all_pages(census=True, **part)
    assert place.sent == []


async def test_get_all_pages_takes_few_requests(place: Place) -> None:
    api = place.client()
    await place.tickets(api, 6)
    place.sent.clear()
    await api.ticket.get_all_pages(**place.mine())
    assert len(place.sent) == (1 if place.hl else 2), "its only page, and the count anew with the last row"


@pytest.mark.parametrize(("size", "lengths"), [(2, [2, 2, 1]), (5, [5]), (4, [4, 1]), (50, [5])])
async def test_pages_have_the_size_that_was_asked_for(place: Place, size: int, lengths: list[int]) -> None:
    api = place.client()
    ids = await place.tickets(api, 5)
    pages = [page async for page in api.ticket.iter_pages(size, **place.mine())]
    assert [len(page) for page in pages] == lengths
    assert [row["id"] for page in pages for row in page] == ids


async def test_pages_are_fetched_one_by_one(place: Place) -> None:
    api = place.client()
    await place.tickets(api, 6)
    place.sent.clear()
    async for page in api.ticket.iter_pages(3, **place.mine()):
        assert len(page) == 3
        break
    assert len(place.sent) == 1


async def test_no_pages_where_there_is_nothing(place: Place) -> None:
    assert [page async for page in place.client().ticket.iter_pages(**place.mine())] == []


async def test_a_walk_that_was_closed_gives_no_more(place: Place) -> None:
    api = place.client()
    await place.tickets(api, 4)
    pages = api.ticket.iter_pages(2, **place.mine())
    assert len(await pages.__anext__()) == 2
    await pages.aclose()
    assert [page async for page in pages] == []


async def test_rows_one_by_one(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 5)
    assert [row["id"] async for row in api.ticket.iter_items(**place.mine())] == ids
    assert [row["id"] async for row in api.ticket.iter_items(2, sort="id:desc", **place.mine())] == ids[::-1]
    rows = api.ticket.iter_items(2, **place.mine())
    assert (await rows.__anext__())["id"] == ids[0]
    await rows.aclose()


async def test_a_page_size_that_is_none(place: Place) -> None:
    api = place.client()
    for wrong in (0, -1, 1001, "many", True, 2.5):
        with pytest.raises(GlpiValidationError, match="page_size"):
            await api.ticket.get_all_pages(wrong)  # type: ignore[arg-type]
        with pytest.raises(GlpiValidationError, match="page_size"):
            api.ticket.iter_pages(wrong)  # type: ignore[arg-type]
    assert place.sent == []


@only(where="embedded", because="needs more rows than a real server should be given")
async def test_a_list_of_many_requests(place: Place) -> None:
    place.copies("Ticket", place.ticket(), 1230)
    api = place.client()
    found = await api.ticket.get_all_pages(**place.mine())
    assert (len({row["id"] for row in found}), len(found), found.total, found.complete) == (1230, 1230, 1230, True)
    sizes = [len(page) async for page in api.ticket.iter_pages(100, **place.mine())]
    assert sizes == [100] * 12 + [30]
    assert await api.ticket.count(**place.mine()) == 1230


@only("hl", because="the legacy API has no lists without ids")
async def test_an_index_of_types(place: Place) -> None:
    api = place.client()
    types = await api.item("Assets").get_all_pages()
    assert "Computer" in [row["itemtype"] for row in types]
    pages = [page async for page in api.item("Assets").iter_pages(5)]
    assert [row["itemtype"] for page in pages for row in page] == [row["itemtype"] for row in types]


async def test_a_walk_goes_on_elsewhere(place: Place) -> None:
    made = await place.tickets(place.client(), 23)
    ids: list[int] = []
    state: Any = None
    for pages in (1, 2, None):
        walk = place.client().ticket.iter_pages(5, state=state, **place.mine())
        async for page in walk:
            ids += [row["id"] for row in page]
            if pages is not None and len(ids) >= 5 * pages:
                break
        state = json.loads(json.dumps(walk.state()))
        await walk.aclose()
    assert ids == sorted(made)
    rows = place.client().ticket.iter_items(**place.mine())
    first = await anext(rows)
    rest = place.client().ticket.iter_items(state=rows.state(), **place.mine())
    assert [first["id"], *[row["id"] async for row in rest]] == ids
    await rows.aclose()
