"""Items go by their names: where an id of another item is meant, and where an item's own id is taken."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import F, GlpiAmbiguousNameError, GlpiNotFoundError, GlpiValidationError
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.behaviour.places import Call, Place, one_server, only

Tree = dict[str, int]


def field(place: Place, name: str) -> str:
    """What a relation is called on the API of this place."""
    columns = {"location": "locations_id", "user_tech": "users_id_tech", "category": "itilcategories_id"}
    return name if place.hl else columns[name]


def related(place: Place, row: dict[str, Any], name: str) -> Any:
    """The id that a row holds for a relation."""
    value = row[field(place, name)]
    return value["id"] if place.hl and value is not None else value


async def tree(place: Place, api: Any, itemtype: str = "location") -> Tree:
    """Two sites, each with a floor 3; the first floor has a room."""
    items, parent = getattr(api, itemtype), "parent" if place.hl else field(place, itemtype)
    if itemtype != "location":
        parent = "parent" if place.hl else "itilcategories_id"
    made: Tree = {}
    for name, above in (("Étage", ""), ("Süd", ""), ("3", "Étage"), ("3 ", "Süd"), ("room", "3")):
        fields = {"name": place.name(name.strip() if name.strip() != "3" else "floor 3")}
        made[name] = (await items.create({**fields, **({parent: made[above]} if above else {})}))["id"]
    return made


async def test_an_item_is_read_changed_and_deleted_by_its_name(place: Place) -> None:
    api = place.client()
    made = await tree(place, api)
    site, floor, room = place.name("Étage"), place.name("floor 3"), place.name("room")
    for name in (f"{site} > {floor}", f"{site}>{floor}", f"{site.upper()} >  {floor}", f"name:{site} > {floor}"):
        assert (await api.location.get(name))["id"] == made["3"]
    assert (await api.location.get(room))["id"] == (await api.location.get({"name": room}))["id"] == made["room"]
    assert (await api.location.get({"id": made["3"], "name": room}))["id"] == made["3"]
    await api.location.update({"id": room, "comment": "By name"})
    assert (await api.location.get(f"id:{made['room']}"))["comment"] == "By name"
    machine, other = [
        (await api.computer.create({"name": place.name(n), "serial": f"{place.name(n)}-S"}))["id"]
        for n in ("one", "two")
    ]
    assert (await api.computer.get(f"serial:{place.name('two')}-s"))["id"] == other
    assert list(await api.computer.get_sub_items(place.name("one"), "Notepad")) == []
    await api.computer.delete([place.name("one"), {"id": place.name("two")}])
    with pytest.raises(GlpiNotFoundError, match=f"{machine} is in the trash"):
        await api.computer.get(place.name("one"))
    await api.computer.restore(place.name("one"))
    assert (await api.computer.get(place.name("one")))["id"] == machine
    with pytest.raises(GlpiNotFoundError, match="in the trash"):
        await api.computer.restore(place.name("one"))


async def test_fields_take_names(place: Place) -> None:
    api = place.client()
    made = await tree(place, api)
    path = f"{place.name('Étage')} > {place.name('floor 3')}"
    new = await api.computer.create(
        {"name": place.name(), field(place, "location"): path, field(place, "user_tech"): "login:tech"}
    )
    row = await api.computer.get(new["id"])
    assert related(place, row, "location") == made["3"]
    assert related(place, row, "user_tech") == (await api.user.get("tech"))["id"]
    await api.computer.update({"id": new["id"], field(place, "location"): place.name("room")})
    assert related(place, await api.computer.get(new["id"]), "location") == made["room"]
    before = len(place.sent)
    await api.computer.create([{"name": place.name(n), field(place, "location"): path} for n in range(3)])
    assert {each.method for each in place.sent[before:]} == {"POST"}, "the name is known by now"


async def test_a_name_that_none_or_several_have_is_refused_before_anything_is_written(place: Place) -> None:
    api = place.client()
    made = await tree(place, api)
    floor, where = place.name("floor 3"), field(place, "location")
    ticket = (await api.ticket.create(place.ticket()))["id"]
    before = len(place.sent)
    writes: list[Call] = [
        lambda: api.computer.create({"name": place.name(), where: floor}),
        lambda: api.ticket.update({"id": ticket, where: {"name": floor}}),
        lambda: api.location.update({"id": floor, "comment": "Which?"}),
        lambda: api.location.delete(floor, force_purge=True),
    ]
    for write in writes:
        with pytest.raises(GlpiAmbiguousNameError) as several:
            await write()
        assert [each["id"] for each in several.value.candidates] == sorted([made["3"], made["3 "]])
        assert several.value.candidates[0]["name"] == f"{place.name('Étage')} > {floor}"
        assert several.value.candidates[0]["entity"] == "Root entity" or not place.cell.embedded
    misspelt: list[Call] = [
        lambda: api.computer.create({"name": place.name(), where: place.name("flor 3")}),
        lambda: api.location.delete(place.name("Etage")),
    ]
    for write in misspelt:
        with pytest.raises(GlpiNotFoundError, match="did you mean"):
            await write()
    assert {each.method for each in place.sent[before:]} == {"GET"}
    before = len(place.sent)
    for refused in (
        lambda: api.ticket.get(place.name()),
        lambda: api.ticket.delete("serial:5"),
        lambda: api.group.get(""),
    ):
        with pytest.raises(GlpiValidationError):
            await refused()
    assert place.sent[before:] == [], "a ticket is not named by its title"


async def test_an_item_made_with_a_key_is_named_by_it(place: Place) -> None:
    api = place.client()
    key = place.name("key").replace(" ", "_")
    ticket = (await api.ticket.create(place.ticket(), key=key))["id"]
    change = (await api.change.create(place.ticket(), key=key))["id"]
    assert (await api.ticket.get(f"key:{key}"))["id"] == ticket
    await api.change.update({"id": f"key:{key}", "urgency": 5})
    assert (await api.change.get(change))["urgency"] == 5
    with pytest.raises(GlpiNotFoundError, match="no Ticket"):
        await api.ticket.delete(f"key:{key}x")


async def test_filters_take_names_and_trees(place: Place) -> None:
    api = place.client()
    made = await tree(place, api)
    named = F[field(place, "location")]
    site, room = place.name("Étage"), place.name("room")
    machines = {
        name: (await api.computer.create({"name": place.name(), field(place, "location"): made[name]}))["id"]
        for name in ("Étage", "3", "room", "Süd")
    }
    mine = F.name == place.name()

    async def found(condition: Any) -> set[int]:
        rows = await (
            api.computer.get_all(filter=condition & mine) if place.hl else api.computer.search_rows(condition & mine)
        )
        return {row["id"] for row in rows}

    assert [row["id"] for row in await api.computer.get_all(filter=(named == room) & mine)] == [machines["room"]]
    assert await api.computer.count(filter=(named == site.upper()) & mine) == 1
    assert [row["id"] async for row in api.computer.iter_items(filter=(named == site) & mine)] == [machines["Étage"]]
    assert await found(named.in_([room, made["Süd"]])) == {machines["room"], machines["Süd"]}
    assert await found(named.under(site)) == {machines[each] for each in ("Étage", "3", "room")}
    assert await found(named.under(f"{site}>{place.name('floor 3')}")) == {machines["3"], machines["room"]}
    assert await found(~named.under(made["3"])) == {machines["Étage"], machines["Süd"]}
    with pytest.raises(GlpiNotFoundError):
        await found(named == place.name("nowhere"))
    if not place.hl:
        rows = await api.computer.get_all(filter=named.under(site) & mine, client_side=True)
        assert {row["id"] for row in rows} == {machines[each] for each in ("Étage", "3", "room")}


async def test_words_for_states(place: Place) -> None:
    api = place.client()
    states = {"ticket": (1, 2, 4, 5, 6), "change": (1, 7, 11, 5, 14), "problem": (1, 7, 3, 5, 8)}
    processing = {"ticket": 1, "change": 2, "problem": 2}
    for itemtype, numbers in states.items():
        items = api.item(itemtype)
        await items.create([place.ticket(status=number) for number in numbers])

        async def count(condition: Any, items: Any = items) -> int:
            asked = condition & (F.name == place.name())
            return await items.count(filter=asked) if place.hl else len(await items.search_rows(asked))

        assert [await count(F.status == word) for word in ("open", "processing", "done")] == [
            3,
            processing[itemtype],
            2,
        ]
        assert await count(F.status != "open") == await count(F.status.in_(["done"])) == 2
    with pytest.raises(GlpiValidationError):
        await api.ticket.update({"id": 1, "status": "open"})


@one_server(because="how names are kept depends on no server")
async def test_names_are_kept_for_five_minutes_and_dropped_by_writes(place: Place) -> None:
    api = place.client()
    made = await tree(place, api)
    where, room = field(place, "location"), place.name("room")
    runtime: Any = api._core.session.runtime

    async def looks() -> int:
        before = len(place.told("Location"))
        await api.computer.create({"name": place.name(), where: room})
        return len(place.told("Location")) - before

    assert [await looks(), await looks()] == [1, 0]
    await api.location.update({"id": made["Süd"], "comment": "Another one"})
    assert [await looks(), await looks()] == [1, 0]
    clock = runtime.now
    runtime.now = lambda: clock() + 301
    assert [await looks(), await looks()] == [1, 0]
    await api.location.delete(made["room"])
    with pytest.raises(GlpiNotFoundError):
        await looks()
    with pytest.raises(GlpiNotFoundError):
        await looks()
    before = len(place.told("Location"))
    await api.location.update({"id": place.name("Süd"), "comment": "1"})
    await api.location.update({"id": place.name("Süd"), "comment": "2"})
    assert [each.method for each in place.told("Location")[before:]].count("GET") == 2, "never from what is kept"


@only(where="embedded", because="users with addresses, and twins in two entities, are put into the server")
async def test_users_and_twins_in_several_entities(place: Place) -> None:
    def fill(world: World) -> list[int]:
        users = [world.insert("User", {"name": name}, SYSTEM) for name in ("a.one", "b@x.org", "10234")]
        for user, address in zip(users, ("b@x.org", "c@x.org", "d@x.org"), strict=True):
            world.insert("UserEmail", {"users_id": user, "email": address}, SYSTEM)
            world.insert(
                "Profile_User", {"users_id": user, "profiles_id": 1, "entities_id": 0, "is_recursive": 1}, SYSTEM
            )
        return [*users, *(world.insert("ITILCategory", {"name": "Twin", "entities_id": n}, SYSTEM) for n in (1, 2))]

    one, two, digits, first, second = place.glpi.do(fill)
    api = place.client()
    names = {
        "A.ONE": one,
        "b@x.org": two,
        "email:b@x.org": one,
        "C@x.org": two,
        "login:10234": digits,
        "name:10234": digits,
    }
    for name, number in names.items():
        assert (await api.user.get(name))["id"] == number, name
    for entity in ("Workshop", "Headquarters > Workshop", "root entity>headquarters>workshop"):
        assert (await api.entity.get(entity))["id"] == 3
    with pytest.raises(GlpiAmbiguousNameError) as twins:
        await api.itilcategory.get("Twin")
    assert [each["id"] for each in twins.value.candidates] == [first, second]
    assert [each["entity"] for each in twins.value.candidates] == [
        "Root entity > Headquarters",
        "Root entity > Branch office",
    ]
    if place.hl:
        inside = place.client().with_options(entity=1)
        assert (await inside.itilcategory.get("Twin"))["id"] == first


@only(where="embedded", because="a template is put into the server")
async def test_a_template_is_no_candidate(place: Place) -> None:
    place.rows("Computer", [{"name": place.name(), "is_template": 1, "template_name": "T"}])
    api = place.client()
    with pytest.raises(GlpiNotFoundError):
        await api.computer.get(place.name())


@one_server(because="what is sent depends on no server")
async def test_without_validation_texts_go_as_they_are(place: Place) -> None:
    api = place.client()
    before = len(place.sent)
    with pytest.raises(Exception):  # noqa: B017  whatever the server makes of it
        await api.ticket.update({"id": 1, field(place, "category"): "No such category"}, validate="off")
        raise ValueError("taken")
    assert not place.told("ITILCategory")
    assert {each.method for each in place.sent[before:]} <= {"GET", "POST", "PATCH", "PUT"}
