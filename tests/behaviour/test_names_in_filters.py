"""The names of properties in filters and orders: a misspelt one is refused, one that exists anywhere never is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from glpi_utils import F, GlpiError, GlpiValidationError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import troubles
from tests.behaviour.places import Call, Place, only

HL = only("hl", because="the legacy API's filters become searchText, whose unknown fields it refuses itself")
EMBEDDED = only(where="embedded", because="looks at what the server was asked, or changes what it tells")
Read = Callable[[AsyncClient, Any], Awaitable[object]]


async def _pages(api: AsyncClient, given: Any) -> object:
    return [page async for page in api.ticket.iter_pages(filter=given)]


async def _rows(api: AsyncClient, given: Any) -> object:
    return [row async for row in api.ticket.iter_items(filter=given)]


READS: dict[str, Read] = {
    "get_all": lambda api, given: api.ticket.get_all(filter=given),
    "get_all_pages": lambda api, given: api.ticket.get_all_pages(filter=given),
    "iter_pages": _pages,
    "iter_items": _rows,
    "first": lambda api, given: api.ticket.first(filter=given),
    "count": lambda api, given: api.ticket.count(filter=given),
    "search": lambda api, given: api.ticket.search(given),
    "by name": lambda api, given: api.get_all_items("Assistance/Ticket", filter=given),
}


@HL
@pytest.mark.parametrize("read", READS)
async def test_every_read_refuses_a_misspelt_name_before_it_asks(place: Place, read: str) -> None:
    api = place.client()
    for given in (
        F.urgncy == 1,
        "urgncy==1",
        ["name==a", "(name==b,urgncy=in=(1,2))"],
        F.name.contains("a") & (F.urgncy > 1),
    ):
        with pytest.raises(GlpiValidationError, match=r"Ticket has no 'urgncy'.*did you mean urgency"):
            await READS[read](api, given)
    assert place.told("Assistance/Ticket") == []
    assert len(place.told("doc.json")) == 1


@HL
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("itilcategories_id", "the High-Level API calls it category.id"),
        ("users_id_recipient", "the High-Level API calls it user_recipient.id"),
        ("time_to_resolve", "api.schema|did you mean|calls it"),
        ("status.nam", "did you mean status.id"),
        ("category.completename", "did you mean category.name"),
        ("nmae", "did you mean name"),
        ("zzzzzz", r"api\.schema\('Ticket'\) tells"),
    ],
)
async def test_what_may_have_been_meant(place: Place, name: str, meant: str) -> None:
    api = place.client()
    asks: list[Call] = [
        lambda: api.ticket.get_all(filter=f"{name}==1"),
        lambda: api.ticket.get_all(filter=F[name] == 1),
        lambda: api.ticket.get_all(sort=f"-{name}"),
    ]
    for ask in asks:
        with pytest.raises(GlpiValidationError, match=meant):
            await ask()


@HL
async def test_an_object_is_compared_by_what_is_in_it(place: Place) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError, match=r"it holds an object: status\.id is compared"):
        await api.ticket.get_all(filter="status==1")
    assert isinstance(await api.ticket.get_all(filter=F.status == 1, limit=1), list)
    with pytest.raises(GlpiValidationError, match=r"it holds an object: category\.id or category\.name"):
        await api.ticket.get_all(sort="category")


@HL
@pytest.mark.parametrize("sort", ["-nosuch", "id,nosuch:desc", ["date", "nosuch"], "is_nosuch"])
async def test_an_order_by_what_is_not_there(place: Place, sort: Any) -> None:
    api = place.client()
    asks: list[Call] = [lambda: api.ticket.get_all(sort=sort), lambda: api.ticket.get_all_pages(sort=sort)]
    for ask in asks:
        with pytest.raises(GlpiValidationError, match="nosuch"):
            await ask()
    assert place.told("Assistance/Ticket") == []


@HL
async def test_an_order_by_what_the_server_computes_later(place: Place) -> None:
    with pytest.raises(GlpiValidationError, match=r"cannot be sorted by 'status\.name'"):
        await place.client().ticket.get_all(sort="status.name")


@HL
@EMBEDDED
async def test_no_doubt_no_question(place: Place) -> None:
    api = place.client()
    filters = [
        F.name.contains("a") & (F.status == 1) & F.category.name.startswith("b") & ~F.date_solve.is_null(),
        '(name=="nosuch==1;x",urgency=in=(1,2));entity.completename=like="*"',
        "name=='a\\b'",
        "id==1",
    ]
    for given in filters:
        await api.ticket.get_all(filter=given, sort="-date_mod,category.name")
        await _pages(api, given)
    await api.computer.get_all(filter=(F.type == 1) & (F.serial == "x"), sort="location.name")
    await api.user.get_all(filter=F["emails.email"] == "a@b.c")
    await api.item("Assets/Custom/MyType").get_all(filter=(F.name == "x") & (F.serial == "y"), include_deleted=False)
    await api.ticket.get_sub_items(1, "ITILFollowup", filter=F.content.contains("x"))
    assert place.told("doc.json") == []


@HL
@EMBEDDED
async def test_a_custom_asset_is_asked_about(place: Place) -> None:
    api = place.client()
    kind = api.item("Assets/Custom/MyType")
    with pytest.raises(GlpiValidationError, match=r"has no 'seriall'.*did you mean serial"):
        await kind.get_all(filter=F.seriall == "x")
    await kind.get_all(filter=F.location.id == 1)
    assert len(place.told("doc.json")) == 1


def _told(name: str, schema: str, path: str = "Assistance/Ticket") -> dict[str, Any]:
    answer = {"schema": {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        "info": {"version": "2.9.0"},
        "paths": {f"/{path}": {"get": {"responses": {"200": {"content": {"application/json": answer}}}}}},
        "components": {"schemas": {schema: {"properties": {name: {"type": "string"}, "odd": {"type": "object"}}}}},
    }


@HL
@EMBEDDED
@pytest.mark.parametrize("name", ["plugin_fields_colour", "odd.part", "odd"])
async def test_what_only_the_server_knows_is_sent(place: Place, name: str) -> None:
    place.glpi.faults.add(troubles.status(200, _told("plugin_fields_colour", "Ticket"), path="doc.json"))
    with pytest.raises(GlpiError) as told:  # the embedded server tells of it and does not have it
        await place.client().ticket.get_all(filter=f"{name}==1")
    assert not isinstance(told.value, GlpiValidationError)
    assert len(place.told("Assistance/Ticket")) == 1


@HL
@EMBEDDED
@pytest.mark.parametrize(
    ("status", "body"), [(403, {"status": "ERROR_RIGHT_MISSING"}), (502, None), (200, {}), (200, {"paths": {}})]
)
async def test_without_the_document_the_server_decides(place: Place, status: int, body: Any) -> None:
    """From 11.0.7 on it would give every row, so that nothing is sent, whatever version is pinned."""
    place.glpi.faults.add(troubles.status(status, body, path="doc.json"))
    if place.newest != "v2.2":
        for pin in (place.oldest, None):
            with pytest.raises(GlpiValidationError, match=r"whether Ticket has 'nosuch' cannot be told: .*every row"):
                await place.client(api_version=pin, retries=0).ticket.get_all(filter="nosuch==1")
        assert place.told("Assistance/Ticket") == []
        return
    api = place.client(retries=0)
    for _ in range(2):
        with pytest.raises(GlpiError) as told:
            await api.ticket.get_all(filter="nosuch==1")
        assert not isinstance(told.value, GlpiValidationError)
    assert len(place.told("Assistance/Ticket")) == 2


@HL
async def test_what_is_finished_here_is_not_looked_up(place: Place) -> None:
    api = place.client()
    asked = (F.team.display_name == "no one") | (F.team.href == "nowhere")  # rows tell both, the schema neither
    assert await api.ticket.get_all(filter=asked, client_side=True, limit=1) == []
    assert await api.ticket.count(filter=(F.id == 1) & asked, client_side=True) == 0
    assert place.told("doc.json") == []
    with pytest.raises(GlpiValidationError, match="did you mean name"):
        await api.ticket.get_all(filter=F.nmae.contains("100%"), client_side=True)


@HL
@EMBEDDED
async def test_names_are_those_of_the_version_in_use(place: Place) -> None:
    if place.oldest != "v2.0":
        return
    old, new = place.client(api_version="2.0"), place.client()
    assert isinstance(await new.ticket.get_all(filter=~F.date_solve.is_null()), list)
    with pytest.raises(GlpiValidationError, match=r"API v2\.0"):
        await old.ticket.get_all(filter=~F.date_solve.is_null())


@HL
@EMBEDDED
async def test_a_walk_is_checked_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from glpi_utils._dialects.high_level import property_names as naming

    asked: list[list[str]] = []
    real = naming.unverified

    def counted(schema: str, version: str, names: Any) -> list[str]:
        asked.append(list(names))
        return real(schema, version, names)

    monkeypatch.setattr(naming, "unverified", counted)
    await place.tickets(place.client(), 6)
    found = [page async for page in place.client().ticket.iter_pages(2, filter=F.urgency >= 1, concurrency=1)]
    assert len(found) > 5
    assert asked == [["urgency"]]


@HL
async def test_sub_items_are_looked_at_too(place: Place) -> None:
    api = place.client()
    (number,) = await place.tickets(api, 1)
    for kind, schema in (("ITILFollowup", "Followup"), ("TicketTask", "TicketTask"), ("ITILSolution", "Solution")):
        with pytest.raises(GlpiValidationError, match=f"{schema} has no 'contnet'.*did you mean content"):
            await api.ticket.get_sub_items(number, kind, filter=F.contnet == "x")
    assert place.told("/Timeline/") == []
