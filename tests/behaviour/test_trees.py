"""`ensure` makes what is missing of a path in a tree, and nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from glpi_utils import (
    F,
    GlpiAmbiguousNameError,
    GlpiAPIError,
    GlpiPermissionError,
    GlpiUnsupportedError,
    GlpiValidationError,
)
from glpi_utils.testing import troubles
from glpi_utils.version import GLPIVersion
from tests.behaviour.places import Place, one_server, only, unsent


def path(place: Place, *names: str) -> str:
    return " > ".join(place.name(each) for each in names)


def parent(place: Place, row: dict[str, Any], key: str = "locations_id") -> Any:
    """The id of what an item hangs below; None where it hangs below nothing."""
    return (row["parent"] or {}).get("id") if place.hl else row[key] or None


def posted(place: Place) -> int:
    return [each.method for each in place.told("Location")].count("POST")


async def test_what_is_missing_is_made_level_by_level(place: Place) -> None:
    api = place.client()
    names = [place.name(each) for each in ("HQ", "Étage 3", "R&D <b> 'x'")]
    new = await api.location.ensure(names, {"comment": "The lab"})
    assert (new["existing"], len(new["made"]), new["made"][-1]) == (False, 3, new["id"])
    room = await api.location.get(new["id"])
    assert (room["name"], room["comment"]) == (names[-1], "The lab")
    floor = await api.location.get(new["made"][1])
    assert (parent(place, room), parent(place, floor)) == (floor["id"], new["made"][0])
    assert (floor["name"], floor["comment"] or "") == (names[1], "")
    assert parent(place, await api.location.get(new["made"][0])) is None
    place.sent.clear()
    for again in (names, [each.upper() for each in names]):
        there = await api.location.ensure(again, {"comment": "Another one"})
        assert (there["id"], there["existing"], there["made"], there["comment"]) == (new["id"], True, [], "The lab")
    for text in (path(place, "HQ", "Étage 3"), path(place, "hq", "éTAGE 3").replace(" > ", ">")):
        assert (await api.location.ensure(text))["id"] == floor["id"]
    assert posted(place) == 0
    second = await api.location.ensure([place.name("HQ"), place.name("Floor > 4")])
    assert second["made"] == [second["id"]]
    assert parent(place, await api.location.get(second["id"])) == new["made"][0]
    with pytest.raises(GlpiValidationError, match="accents alone"):
        await api.location.ensure(path(place, "HQ", "Etage 3", "Room"))


async def test_of_other_trees_and_of_entities(place: Place) -> None:
    api = place.client()
    for itemtype, key in (("ITILCategory", "itilcategories_id"), ("group", "groups_id")):
        items = api.item(itemtype)
        new = await items.ensure(path(place, "One", "Two"))
        assert parent(place, await items.get(new["id"]), key) == new["made"][0]
        twin = {"name": place.name("two"), ("parent" if place.hl else key): new["made"][0]}
        assert (await items.ensure(path(place, "One", "Two")))["made"] == []
        both = [new["id"], (await items.create({**twin, "name": place.name("Two")}))["id"]]
        with pytest.raises(GlpiAmbiguousNameError) as several:
            await items.ensure(path(place, "One", "Two", "Three"))
        assert [each["id"] for each in several.value.candidates] == both


@only(where="embedded", because="entities stay on a server")
async def test_entities_hang_below_the_root(place: Place) -> None:
    api = place.client()
    new = await api.entity.ensure(path(place, "North", "Hamburg"))
    assert len(new["made"]) == 2
    assert parent(place, await api.entity.get(new["made"][0]), "entities_id") in (0, None)
    assert (await api.entity.ensure(f"Root entity>{path(place, 'north', 'hamburg')}"))["id"] == new["id"]
    assert (await api.entity.ensure(path(place, "North", "Hamburg", "Harbour")))["made"][1:] == []
    where = {("entity" if place.hl else "entities_id"): new["id"], "is_recursive": True}
    inside = await api.location.ensure(path(place, "Pier", "Crane"), where)
    other = await api.location.ensure(
        path(place, "Pier", "Crane"), {**where, ("entity" if place.hl else "entities_id"): 1}
    )
    assert inside["id"] != other["id"]
    below = {**where, ("entity" if place.hl else "entities_id"): path(place, "Harbour")}
    assert (await api.location.ensure(path(place, "Pier", "Crane"), below))["id"] == inside["id"]


@unsent
async def test_what_is_no_path(place: Place) -> None:
    api = place.client()
    wrong: list[Callable[[], Awaitable[object]]] = [
        lambda: api.location.ensure("HQ > > Room"),
        lambda: api.location.ensure(""),
        lambda: api.location.ensure([]),
        lambda: api.location.ensure("HQ", {"name": "Room"}),
        lambda: api.location.ensure("HQ", {"id": 5}),
        lambda: api.location.ensure("HQ", {"parent" if place.hl else "locations_id": 5}),
    ]
    for call in wrong:
        with pytest.raises(GlpiValidationError):
            await call()
    with pytest.raises(GlpiUnsupportedError, match=r"no ensure\(\)"):
        await api.computer.ensure("HQ > Room")


@one_server(because="what is made of a lost answer depends on no server")
async def test_a_lost_or_refused_create_is_looked_up_again(place: Place) -> None:
    api = place.client(timeout=3)
    which: Any = {"method": "POST", "path": "Location", "times": 1}
    lost = (
        troubles.drop_after(**which),
        troubles.status(502, html="Bad gateway", executed=True, **which),
        troubles.truncated(**which),
        troubles.late_commit(0.2, **which),
    )
    for number, trouble in enumerate(lost):
        place.glpi.faults.add(trouble)
        new = await api.location.ensure(path(place, f"HQ {number}", "Room"))
        assert len(new["made"]) == 2, trouble
        assert await count(place, api, f"HQ {number}") == 1
        assert (await api.location.ensure(path(place, f"HQ {number}", "Room")))["made"] == []
    assert posted(place) == 2 * len(lost)
    place.glpi.faults.add(troubles.status(400, json=["ERROR", "nothing was written"], **which))
    with pytest.raises(GlpiAPIError):
        await api.location.ensure(path(place, "HQ 9"))
    assert await count(place, api, "HQ 9") == 0
    place.glpi.faults.add(troubles.status(400, json=["ERROR", "somebody was faster"], executed=True, **which))
    there = await api.location.ensure(path(place, "HQ 9"))
    assert (there["existing"], there["made"], await count(place, api, "HQ 9")) == (True, [], 1)
    place.glpi.faults.add(troubles.status(400, json=["ERROR", "not here"], **which, after=1))
    with pytest.raises(GlpiAPIError, match=r"Above it \d+ was made"):
        await api.location.ensure(path(place, "HQ 10", "Room"))


async def count(place: Place, api: Any, of: str) -> int:
    return int(await api.location.count(filter=F.name == place.name(of)))


@one_server(because="callers of one process wait for each other, whatever the server")
async def test_many_at_once_make_one_tree(place: Place) -> None:
    clients = [place.client() for _ in range(3)]
    wanted = path(place, "HQ", "Floor", "Room")
    if place.cell.kind == "async":
        rows = await asyncio.gather(*(api.location.ensure(wanted) for api in clients for _ in range(4)))
    else:
        from concurrent.futures import ThreadPoolExecutor

        from tests.behaviour.adapter import bare

        with ThreadPoolExecutor(12) as crew:
            works = [crew.submit(bare(api).location.ensure, wanted) for api in clients for _ in range(4)]
            rows = [work.result() for work in works]
    assert len({row["id"] for row in rows}) == 1
    assert sum(len(row["made"]) for row in rows) == 3
    assert posted(place) == 3


@one_server(because="what may not be written is refused here")
async def test_where_nothing_may_be_made(place: Place) -> None:
    api = place.client()
    there = await api.location.ensure(path(place, "HQ"))
    reader = place.client(read_only=True)
    assert (await reader.location.ensure(path(place, "HQ")))["id"] == there["id"]
    with pytest.raises(GlpiPermissionError):
        await reader.location.ensure(path(place, "HQ", "Room"))
    old = place.client().with_options(entity=1) if place.hl else place.client()
    await old.location.count()
    core: Any = old._core
    core.session.view.version = GLPIVersion("11.0.4")
    place.sent.clear()
    if not place.hl:
        assert (await old.location.ensure(path(place, "Sub")))["made"]
        return
    with pytest.raises(GlpiUnsupportedError, match=r"older than 11\.0\.5"):
        await old.location.ensure(path(place, "Sub"))
    core.session.view.version = GLPIVersion("11.0.5")
    assert (await old.location.ensure(path(place, "Sub")))["made"]
