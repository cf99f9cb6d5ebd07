"""`with_options`: other options on the same login and connections; read-only clients; the scope of HL calls."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiPermissionError, GlpiTimeoutError, GlpiUnsupportedError, GlpiValidationError, Retry
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import troubles
from tests.behaviour.adapter import bare
from tests.behaviour.places import Call, Place, only

LOGINS = ("/token", "initSession")


def _logins(place: Place) -> int:
    return sum(each.url.endswith(LOGINS) for each in place.sent)


async def test_a_derived_client_shares_the_login(place: Place) -> None:
    api = place.client()
    derived = api.with_options(timeout=60)
    assert type(bare(derived)) is type(bare(api))
    (id,) = await place.tickets(derived, 1)
    assert (await api.ticket.get(id))["id"] == (await derived.ticket.get(id))["id"] == id
    assert (await derived.with_options(retries=1).ticket.get(id))["id"] == id
    assert _logins(place) == 1


async def test_closing_a_derived_client_closes_nothing_of_its_parent(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    derived = api.with_options(timeout=60)
    await derived.ticket.get(id)
    await derived.close()
    async with api.with_options(retries=0) as other:
        await other.ticket.get(id)
    await api.ticket.get(id)
    assert _logins(place) == 1
    assert not place.told("killSession")


@only(where="embedded", because="counts connections")
async def test_a_derived_client_shares_the_connections(place: Place) -> None:
    api = place.client()
    await api.ticket.get(1)
    before = place.glpi.connections
    for _ in range(3):
        await api.with_options(timeout=60).ticket.get(1)
    assert place.glpi.connections == before


def _writes(api: AsyncClient, id: int, fields: dict[str, Any]) -> list[Call]:
    items = api.ticket
    return [
        lambda: items.create(fields),
        lambda: items.create([fields]),
        lambda: items.update({"id": id, "urgency": 5}),
        lambda: items.update([{"id": id, "urgency": 5}]),
        lambda: items.delete({"id": id}),
        lambda: items.delete([{"id": id}]),
        lambda: items.restore(id),
        lambda: items.add_sub_item(id, "ITILFollowup", {"content": "no"}),
        lambda: items.add_team_member(id, 2, "assigned"),
        lambda: api.create_item("Ticket", fields),
        lambda: api.request("POST", "Ticket", json={}),
        lambda: api.request("DELETE", "Ticket/1"),
    ]


async def test_a_read_only_client_lets_no_write_leave(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    for careful in (api.with_options(read_only=True), place.client(read_only=True)):
        assert (await careful.ticket.get(id))["id"] == id
        assert len(await careful.ticket.get_all(**place.mine())) == 1
        assert (await careful.whoami())["user"]["id"]
        before = len(place.sent)
        for call in _writes(careful, id, place.ticket("no")):
            with pytest.raises(GlpiPermissionError, match="read-only"):
                await call()
        assert len(place.sent) == before
    assert await api.ticket.get(id) == await api.with_options(read_only=False).ticket.get(id)
    assert await api.ticket.count(**place.mine("no")) == 0


async def test_a_read_only_client_changes_no_sub_items(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    made = await api.ticket.add_sub_item(id, "ITILFollowup", {"content": "kept"})
    careful = api.with_options(read_only=True)
    before = len(place.sent)
    with pytest.raises(GlpiPermissionError):
        await careful.ticket.update_sub_item(id, "ITILFollowup", {"id": made["id"], "content": "no"})
    with pytest.raises(GlpiPermissionError):
        await careful.ticket.delete_sub_item(id, "ITILFollowup", made["id"])
    assert {each.method for each in place.sent[before:]} <= {"GET"}
    assert len(await api.ticket.get_sub_items(id, "ITILFollowup")) == 1


async def test_read_only_can_be_lifted_in_a_derived_client(place: Place) -> None:
    api = place.client(read_only=True)
    assert len(await place.tickets(api.with_options(read_only=False), 1)) == 1


@only(where="embedded", because="looks at what the server was sent")
async def test_headers_are_added_to_each_other(place: Place) -> None:
    api = place.client(headers={"X-One": "1", "X-Two": "1"})
    await api.with_options(headers={"X-Two": "2"}).ticket.get(1)
    assert (place.glpi.requests[-1].headers["x-one"], place.glpi.requests[-1].headers["x-two"]) == ("1", "2")
    await api.ticket.get(1)
    assert place.glpi.requests[-1].headers["x-two"] == "1"


@only(where="embedded", because="looks at what the server was sent")
async def test_the_user_agent_names_the_application(place: Place) -> None:
    await place.client(app="stock-take/2").ticket.get(1)
    agents = {seen.headers["user-agent"] for seen in place.glpi.requests}
    assert len(agents) == 1
    assert agents.pop().startswith("stock-take/2 glpi-utils/")


@only(where="embedded", because="needs a server that is slow")
async def test_a_timeout_of_its_own(place: Place) -> None:
    api = place.client()
    await api.ticket.get(1)
    place.glpi.faults.add(troubles.latency(1.0, path="Ticket/1", times=1))
    with pytest.raises(GlpiTimeoutError):
        await api.with_options(timeout=0.2, retries=0).ticket.get(1)
    place.glpi.faults.clear()
    assert (await api.ticket.get(1))["id"] == 1


@only(where="embedded", because="needs a server that fails")
async def test_a_number_of_repeats_of_its_own(place: Place) -> None:
    api = place.client(retries=Retry(attempts=3, pause=0.01))
    await api.ticket.get(1)
    place.glpi.faults.add(troubles.status(502, path="Ticket/1", times=2))
    assert (await api.ticket.get(1))["id"] == 1
    assert [each.attempt for each in place.sent[-3:]] == [1, 2, 3]
    place.glpi.faults.add(troubles.status(502, path="Ticket/1", times=1))
    before = len(place.sent)
    with pytest.raises(Exception, match="502"):
        await api.with_options(retries=0).ticket.get(1)
    assert len(place.sent) == before + 1


@only("hl", because="the legacy API keeps entity and profile in its session")
async def test_an_entity_that_is_not_ones_own(place: Place) -> None:
    api = place.client()
    await api.ticket.get_all(limit=1)
    for narrowed in (api.with_options(entity=99_999_999), api.with_options(profile=99_999_999)):
        place.sent.clear()
        with pytest.raises(GlpiPermissionError, match="ignores it"):
            await narrowed.ticket.create(place.ticket())
        with pytest.raises(GlpiPermissionError, match="ignores it"):
            await narrowed.ticket.get_all(limit=1)
        assert {each.url.rpartition("/")[2] for each in place.sent} == {"session"}
    assert await api.ticket.count(**place.mine()) == 0


@only("hl", because="the legacy API keeps entity and profile in its session")
@only(where="embedded", because="a new GLPI has one entity")
async def test_an_entity_of_ones_own(place: Place) -> None:
    api = place.client()
    narrowed = api.with_options(entity=1)
    made = await narrowed.ticket.create(place.ticket())
    assert (await api.ticket.get(made["id"]))["entity"]["id"] == 1
    assert (await narrowed.whoami())["entity"]["id"] == 1
    seen = {row["entity"]["id"] for row in await narrowed.ticket.get_all_pages()}
    assert seen == {1}
    assert len({row["entity"]["id"] for row in await api.ticket.get_all_pages()}) > 1
    whole = api.with_options(entity=0, recursive=True)
    root = api.with_options(entity=0, recursive=False)
    assert {row["entity"]["id"] for row in await root.ticket.get_all_pages()} == {0}
    assert (await whole.ticket.get_all_pages()).total == (await api.ticket.get_all_pages()).total


@only("hl", because="the legacy API keeps entity and profile in its session")
async def test_the_scope_is_checked_once(place: Place) -> None:
    api = place.client()
    narrowed = api.with_options(entity=0)
    for _ in range(3):
        await narrowed.ticket.get_all(limit=1)
    assert len(place.told("/session")) == 1


@only("hl", because="the legacy API keeps entity and profile in its session")
async def test_a_profile_of_ones_own(place: Place) -> None:
    api = place.client()
    active = (await api.whoami())["profile"]
    narrowed = api.with_options(profile=active["id"], entity=0, recursive=True)
    assert (await narrowed.whoami())["profile"] == active


@only("hl", because="the legacy API keeps entity and profile in its session")
async def test_wrong_words_of_scope(place: Place) -> None:
    api = place.client()
    for words in ({"entity": -1}, {"entity": "root"}, {"profile": 0}, {"recursive": 1}):
        with pytest.raises(GlpiValidationError):
            api.with_options(**words)
    assert place.sent == []


@only("legacy", because="HL has a scope per call")
async def test_the_legacy_api_has_no_scope_per_call(place: Place) -> None:
    api = place.client()
    for words in ({"entity": 0}, {"profile": 4}, {"recursive": True}):
        with pytest.raises(GlpiUnsupportedError, match="GlpiOAuthClient"):
            api.with_options(**words)
    assert place.sent == []
