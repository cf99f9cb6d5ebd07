"""`F` expressions in every read of both APIs: what they find, what is finished here, what is sent; sorting by names."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import F, Filter, GlpiValidationError, TeamRole, TicketStatus, TicketType, Urgency
from tests.behaviour.places import Place, only


async def _four(place: Place, api: Any) -> list[int]:
    """Four tickets, of rising urgency; one has an awkward name."""
    fields = [{"urgency": n + 2} for n in range(4)]
    rows = [place.ticket(n, **each) for n, each in enumerate(fields)]
    rows[3]["name"] += " a_b"
    return [each["id"] for each in await api.ticket.create(rows)]


def _mine(place: Place) -> Filter:
    return F.name.startswith(place.name())


async def test_every_read_takes_an_expression(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    asked = _mine(place) & (F.urgency == Urgency.HIGH)
    assert [row["id"] for row in await api.ticket.get_all(filter=asked)] == [ids[2]]
    assert [row["id"] for row in await api.ticket.get_all_pages(filter=asked)] == [ids[2]]
    assert [row["id"] for row in await api.get_all_items("Ticket", filter=asked)] == [ids[2]]
    assert [row["id"] async for row in api.ticket.iter_items(filter=asked)] == [ids[2]]
    assert [[row["id"] for row in page] async for page in api.ticket.iter_pages(filter=_mine(place), page_size=3)] == [
        ids[:3],
        ids[3:],
    ]
    first = await api.ticket.first(filter=asked)
    assert first is not None
    assert first["id"] == ids[2]
    assert await api.ticket.count(filter=asked) == 1
    if place.hl:
        assert [row["id"] for row in await api.ticket.search(asked)] == [ids[2]]


@pytest.mark.parametrize(
    "asked", [F.name.contains("a_b"), ~F.name.contains("x"), (F.urgency == 4) & F.name.endswith("50%")], ids=repr
)
async def test_what_is_inexact_is_refused_before_anything_is_sent(place: Place, asked: Filter) -> None:
    api = place.client()
    for call in (
        lambda: api.ticket.get_all(filter=asked),
        lambda: api.ticket.count(filter=asked),
        lambda: api.ticket.first(filter=asked),
        lambda: api.ticket.get_all_pages(filter=asked),
        lambda: api.ticket.get_sub_items(1, "ITILFollowup", filter=asked),
    ):
        with pytest.raises(GlpiValidationError, match="client_side=True"):
            await call()
    assert place.sent == []


async def test_what_is_inexact_is_finished_here(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    asked = _mine(place) & ~F.name.contains("a_b")
    given: dict[str, Any] = {"filter": asked, "client_side": True}
    every = await api.ticket.get_all(**given)
    assert ([row["id"] for row in every], every.total, every.complete) == (ids[:3], 3, True)
    part = await api.ticket.get_all(limit=2, **given)
    assert ([row["id"] for row in part], part.total, part.complete) == (ids[:2], None, False)
    later = await api.ticket.get_all(start=1, limit=2, **given)
    assert ([row["id"] for row in later], later.complete) == (ids[1:3], False)
    whole = await api.ticket.get_all_pages(**given)
    assert ([row["id"] for row in whole], whole.total, whole.complete) == (ids[:3], 3, True)
    assert [row["id"] async for row in api.ticket.iter_items(**given)] == ids[:3]
    assert [[row["id"] for row in page] async for page in api.ticket.iter_pages(page_size=2, **given)] == [
        ids[:2],
        ids[2:3],
    ]
    assert await api.ticket.count(**given) == 3
    first = await api.ticket.first(sort="id:desc", **given)
    assert first is not None
    assert first["id"] == ids[2]
    assert await api.ticket.first(filter=_mine(place) & (F.name == "a_b"), client_side=True) is None
    if place.hl:
        found = await api.ticket.search(asked, client_side=True, limit=1)
        assert ([row["id"] for row in found], found.complete) == (ids[:1], False)
        assert [row["id"] for row in await api.ticket.search(_mine(place), client_side=True)] == ids


async def test_sub_items_are_filtered(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    made = [
        (await api.ticket.add_sub_item(id, "ITILFollowup", {"content": text}))["id"]
        for text in ("one", "two", "thr_ee")
    ]

    async def found(asked: Filter, **query: Any) -> list[int]:
        rows = await api.ticket.get_sub_items(id, "ITILFollowup", unwrap=True, filter=asked, **query)
        return [row["id"] for row in rows]

    assert await found(F.content.contains("two")) == made[1:2]
    assert await found(F.id == made[0]) == made[:1]
    assert await found(F.content.contains("r_e"), client_side=True) == made[2:]
    assert await found(~F.content.contains("t"), client_side=True) == made[:1]


@only("hl", because="searchText cannot say it")
async def test_what_only_rsql_says(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    for asked, expected in (
        (F.urgency.in_([2, 4]), [ids[0], ids[2]]),
        (F.urgency >= 4, ids[2:]),
        (F.status.in_([TicketStatus.NEW, TicketStatus.ASSIGNED]) & F.category.is_null(), ids),
        (~F.category.is_null(), []),
        (F.type == TicketType.REQUEST, []),
        ((F.urgency == 2) | (F.urgency == 3) & (F.id > ids[0]), ids[:2]),
        (F.id.in_(range(ids[0], ids[0] + 600)), ids),
        (F.id.in_([]), []),
    ):
        assert [row["id"] for row in await api.ticket.get_all(filter=_mine(place) & asked)] == expected, asked
    both = [_mine(place), f"id=gt={ids[1]}"]
    assert [row["id"] for row in await api.ticket.get_all(filter=both)] == ids[2:]


@only("hl", because="legacy rows have no team")
async def test_a_team_is_looked_through_here(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 2)
    me = (await api.whoami())["user"]["id"]
    await api.ticket.add_team_member(ids[1], me, TeamRole.OBSERVER)
    asked = _mine(place) & (F.team.id == me) & (F.team.role == TeamRole.OBSERVER)
    assert [row["id"] for row in await api.ticket.get_all(filter=asked, client_side=True)] == ids[1:]
    with pytest.raises(GlpiValidationError, match="team"):
        await api.ticket.get_all(filter=asked)


@only("hl", because="a list of ids is no searchText")
async def test_a_list_of_ids_beyond_a_url_goes_in_the_body_and_a_longer_one_is_refused(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 2)
    long = F.id.in_([*range(20_000, 22_000), *ids])
    assert [row["id"] for row in await api.ticket.get_all(filter=_mine(place) & long)] == ids
    place.sent.clear()
    with pytest.raises(GlpiValidationError, match="split it"):
        await api.ticket.get_all(filter=F.id.in_(range(10_000, 14_000)))
    assert place.sent == []


async def test_sorting_by_names(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    for sort in ("-urgency", "urgency:desc", "urgency:DESC", ["-urgency"]):
        assert [row["id"] for row in await api.ticket.get_all(filter=_mine(place), sort=sort)] == ids[::-1], sort
        found = await api.ticket.get_all_pages(filter=_mine(place), sort=sort, unstable=True)
        assert [row["id"] for row in found] == ids[::-1], sort
    for sort in ("urgency", "urgency:asc", ["urgency"]):
        assert [row["id"] for row in await api.ticket.get_all(filter=_mine(place), sort=sort)] == ids, sort


@only("hl", because="legacy lists are sorted by one column")
async def test_sorting_by_several_names(place: Place) -> None:
    api = place.client()
    ids = await _four(place, api)
    await api.ticket.update({"id": ids[3], "urgency": 2})
    for sort in (["urgency", "-id"], "urgency,-id", "urgency:asc,id:desc"):
        expected = [ids[3], ids[0], ids[1], ids[2]]
        assert [row["id"] for row in await api.ticket.get_all(filter=_mine(place), sort=sort)] == expected
        assert [row["id"] for row in await api.ticket.get_all_pages(filter=_mine(place), sort=sort)] == expected


@pytest.mark.parametrize(
    "sort", ["a b", "-", "name:", "name:up", "-name:desc", ["name", 5], {"name": "asc"}, ",", "a..b"]
)
async def test_an_order_that_is_none_is_refused(place: Place, sort: object) -> None:
    with pytest.raises(GlpiValidationError, match="sort"):
        await place.client().ticket.get_all(sort=sort)
    assert place.sent == []


@only("legacy", because="HL sorts by several")
async def test_legacy_sorts_by_one_column(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match="one column"):
        await place.client().ticket.get_all(sort=["name", "id"])
