"""Lists that GLPI counts too high on the legacy API: users, and tickets for who sees only his own. Each profile reads them."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from glpi_utils._engine.verbs.client import AsyncClient
from tests.behaviour.places import Place, only

SELF_SERVICE, TECHNICIAN, OBSERVER = 1, 6, 2
LEGACY = only("legacy", because="High-Level lists are counted right, and accounts are made here by the legacy API")
Row = dict[str, Any]


class Crew(NamedTuple):
    """Who was made: clients of each, and the ids of all."""

    admin: AsyncClient
    technician: AsyncClient
    asker: AsyncClient
    ids: list[int]
    asker_id: int


@asynccontextmanager
async def crew(place: Place) -> AsyncGenerator[Crew]:
    """A technician and a self-service user, with three and two authorisations, and someone with three."""
    admin = place.client()
    made: dict[str, int] = {}
    try:
        for word, profiles in (
            ("asker", (SELF_SERVICE, OBSERVER)),
            ("tech", (TECHNICIAN, OBSERVER, SELF_SERVICE)),
            ("idle", (SELF_SERVICE, OBSERVER, TECHNICIAN)),
        ):
            login = _login(place, word)
            fields = {"name": login, "password": f"Pw-{login}", "password2": f"Pw-{login}"}
            made[word] = (await admin.user.create({**fields, "profiles_id": profiles[0]}))["id"]
            for row in await admin.user.get_sub_items(made[word], "Profile_User"):
                await admin.item("Profile_User").delete({"id": row["id"]}, force_purge=True)
            for profile in profiles:
                link = {"users_id": made[word], "profiles_id": profile, "entities_id": 0, "is_recursive": 1}
                await admin.item("Profile_User").create(link)
        entered = {
            word: place.client(username=_login(place, word), password=f"Pw-{_login(place, word)}", user_token=None)
            for word in ("tech", "asker")
        }
        await entered["tech"].set_active_profile(TECHNICIAN)
        await entered["asker"].set_active_profile(SELF_SERVICE)
        yield Crew(admin, entered["tech"], entered["asker"], sorted(made.values()), made["asker"])
    finally:
        for number in made.values():
            await admin.user.delete({"id": number}, force_purge=True)


def _login(place: Place, word: str) -> str:
    return re.sub(r"\W+", "-", place.name(word))


async def every_way(api: AsyncClient, name: str, **query: Any) -> dict[str, list[Row]]:
    """The list by every verb that reads all of it, in pages of several sizes."""
    items = api.item(name)
    found: dict[str, list[Row]] = {}
    for size in (None, 1, 2, 3, 1000):
        found[f"get_all_pages({size})"] = rows = await items.get_all_pages(size, **query)
        assert (rows.total, rows.complete) == (len(rows), True), size
        found[f"iter_items({size})"] = [row async for row in items.iter_items(size, **query)]
    for size in (1, 2, 50):
        pages = [page async for page in items.iter_pages(size, **query)]
        assert all(len(page) == size for page in pages[:-1])
        found[f"iter_pages({size})"] = [row for page in pages for row in page]
    found["get_all"] = rows = await items.get_all(limit=1000, **query)
    assert (rows.total, rows.complete) == (len(rows), True)
    return found


@LEGACY
async def test_users_with_several_authorisations(place: Place) -> None:
    async with crew(place) as who:
        mine: dict[str, Any] = {"searchText": {"name": f"^{_login(place, '')}"}}
        for api in (who.admin, who.technician):
            for way, rows in (await every_way(api, "User", **mine)).items():
                assert [row["id"] for row in rows] == who.ids, way
            assert await api.user.count(**mine) == 3
            part = await api.user.get_all(limit=2, **mine)
            assert (len(part), part.total, part.complete) == (2, 3, False)
            assert [row["id"] for row in await api.user.get_all_pages(2, sort="id:desc", **mine)] == who.ids[::-1]
            assert [row["id"] for row in await api.user.get_all_pages(limit=2, start=1, **mine)] == who.ids[1:]


@LEGACY
async def test_all_users_and_their_number(place: Place) -> None:
    async with crew(place) as who:
        for api in (who.admin, who.technician):
            seen: list[Any] = []
            rows = await api.user.get_all_pages(3, on_page=seen.append)
            ids = [row["id"] for row in rows]
            assert len(set(ids)) == len(ids) == rows.total
            assert rows.complete
            assert ids == sorted(ids)
            assert set(who.ids) <= set(ids)
            if not place.cell.embedded:  # others make users there meanwhile
                continue
            assert ids == [row["id"] for row in place.glpi.rows("User", is_deleted=0)]
            assert {each.total for each in seen} == {len(ids)}, "the count was known from the first page on"
            assert await api.user.count() == len(ids)
            few = await api.user.get_all(limit=2)
            assert (few.total, few.complete) == (len(ids), False)
            for way, found in (await every_way(api, "User")).items():
                assert [row["id"] for row in found] == ids, way


@LEGACY
async def test_ones_own_tickets_with_many_actors(place: Place) -> None:
    async with crew(place) as who:
        others = [number for number in who.ids if number != who.asker_id]
        roles = {"_users_id_requester": [who.asker_id, *others], "_users_id_observer": [who.asker_id, *others]}
        made = await who.admin.ticket.create([place.ticket(n, **roles) for n in range(5)])
        ids = [row["id"] for row in made]
        await who.admin.ticket.create(place.ticket("of somebody else"))
        for way, rows in (await every_way(who.asker, "Ticket")).items():
            assert [row["id"] for row in rows] == ids, way
        assert await who.asker.ticket.count() == 5
        assert await who.asker.ticket.count(**place.mine("3")) == 1
        part = await who.asker.ticket.get_all(limit=2)
        assert (len(part), part.total, part.complete) == (2, 5, False)
        seen: list[Any] = []
        await who.asker.ticket.get_all_pages(2, on_page=seen.append)
        assert {each.total for each in seen} <= {5}
        falling = await who.asker.ticket.get_all_pages(2, sort="id:desc")
        assert ([row["id"] for row in falling], falling.total) == (ids[::-1], 5)
        whole = await who.asker.ticket.get_all_pages(2, include_deleted=True)
        assert ([row["id"] for row in whole], whole.complete) == (ids, True)
        for number in ids:
            await who.admin.ticket.delete({"id": number}, force_purge=True)


@LEGACY
async def test_a_technician_reads_tickets_as_before(place: Place) -> None:
    async with crew(place) as who:
        roles = {"_users_id_requester": who.ids, "_users_id_observer": who.ids}
        made = await who.admin.ticket.create([place.ticket(n, **roles) for n in range(5)])
        for api in (who.admin, who.technician):
            for way, rows in (await every_way(api, "Ticket", **place.mine())).items():
                assert [row["id"] for row in rows] == [row["id"] for row in made], way
            assert await api.ticket.count(**place.mine()) == 5
