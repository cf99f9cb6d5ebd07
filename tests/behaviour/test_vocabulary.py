"""One vocabulary: the High-Level API's names mean the same on both APIs, in fields, filters, orders and keys."""

from __future__ import annotations

import pytest

from glpi_utils import F, GlpiError, GlpiValidationError
from glpi_utils._engine.verbs.client import AsyncClient
from tests.behaviour.places import Place, only, unsent


async def made(place: Place, api: AsyncClient) -> tuple[int, int, list[int]]:
    """A category, a location, and two tickets of each and one of none."""
    category = (await api.itil_category.create({"name": place.name("network")}))["id"]
    location = (await api.location.create({"name": place.name("roof")}))["id"]
    rows = [
        place.ticket("a", category=category, location={"id": location}, urgency=5),
        place.ticket("b", category={"id": category, "name": "as it was read"}, location=location),
        place.ticket("c"),
    ]
    return category, location, [row["id"] for row in await api.ticket.create(rows)]


async def gone(place: Place, api: AsyncClient, category: int, location: int, tickets: list[int]) -> None:
    await api.ticket.delete(tickets, force_purge=True)
    await api.itil_category.delete(category, force_purge=True)
    await api.location.delete(location, force_purge=True)


async def test_fields_filters_and_orders_have_one_name(place: Place) -> None:
    api = place.client()
    category, location, tickets = await made(place, api)
    for condition in (
        F.category == category,
        F.category.id == category,
        F.category == place.name("network"),
        F.location == location,
    ):
        rows = await api.ticket.get_all_pages(filter=condition)
        assert [row["id"] for row in rows] == tickets[:2], condition
    assert await api.ticket.count(filter=(F.category == category) & (F.urgency == 5)) == 1
    rows = await api.ticket.get_all(filter=F.category == category, sort="-date_creation,id" if place.hl else "-id")
    assert {row["id"] for row in rows} == set(tickets[:2])
    await api.ticket.update({"id": tickets[0], "category": None, "status": {"id": "pending"}})
    assert [row["id"] for row in await api.ticket.get_all_pages(filter=F.category == category)] == tickets[1:2]
    await api.ticket.update({"id": tickets[2], "category": place.name("network")})
    assert [row["id"] for row in await api.ticket.get_all_pages(filter=F.category == category)] == tickets[1:]
    await gone(place, api, category, location, tickets)


async def test_users_have_a_username(place: Place) -> None:
    api = place.client()
    login = place.name("one").replace(" ", "-").replace(":", "")
    new = (await api.user.create({"username": login, "realname": "One"}, unique_by=("username",)))["id"]
    again = await api.user.create({"username": login, "realname": "One"}, unique_by=("username",))
    assert (again["id"], again["existing"]) == (new, True)
    (row,) = await api.user.get_all_pages(filter=F.username == login)
    assert row["id"] == new
    rows = await api.user.get_all(sort="-username", limit=50)
    logins = [row["username" if place.hl else "name"].lower() for row in rows]
    assert logins == sorted(logins, reverse=True)
    await api.user.delete(new, force_purge=True)


@only(where="embedded", because="the followups of a run are its own there alone")
async def test_what_hangs_below_an_item_has_them_too(place: Place) -> None:
    api = place.client()
    (ticket,) = await place.tickets(api, 1)
    new = await api.ticket.add_sub_item(ticket, "Followup", {"content": "a", "request_type": 2, "is_private": True})
    here = await api.ticket.get_sub_items(ticket, "Followup", filter=F.request_type == 2, unwrap=True)
    assert [row["id"] for row in here] == [new["id"]]
    here = await api.ticket.get_sub_items(ticket, "Followup", filter=F.user == "me", unwrap=True)
    assert [row["id"] for row in here] == [new["id"]]
    await api.ticket.update_sub_item(ticket, "Followup", {"id": new["id"], "request_type": {"id": 3}})
    assert await api.ticket.get_sub_items(ticket, "Followup", filter=F.request_type == 2, unwrap=True) == []


@only("legacy", because="only there two names are one column")
@unsent
async def test_one_column_is_named_once(place: Place) -> None:
    items = place.client().ticket
    with pytest.raises(GlpiValidationError, match="'category' and 'itilcategories_id' are one column"):
        await items.create({"name": "x", "content": "y", "category": 1, "itilcategories_id": 1})
    with pytest.raises(GlpiError, match="search_rows"):
        await items.get_all(filter=F.category.name == "Network")
