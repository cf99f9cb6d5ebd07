"""The escape hatch: any request, signed, retried and its errors mapped like all else."""

from __future__ import annotations

import pytest

from glpi_utils import GlpiAPIError, GlpiNotFoundError, Retry
from glpi_utils.testing import troubles
from tests.behaviour.places import Place, only


def _path(place: Place) -> str:
    return "Assistance/Ticket" if place.hl else "Ticket"


async def test_read(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    assert (await api.request("GET", f"{_path(place)}/{id}"))["id"] == id
    assert (await api.request("get", f"/{_path(place)}/{id}/"))["id"] == id


async def test_parameters(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 3)
    words = {"limit": 2, **place.mine()} if place.hl else {"range": "0-1", **place.mine()}
    found = await api.request("GET", _path(place), params=words)
    assert [row["id"] for row in found] == ids[:2]


async def test_write(place: Place) -> None:
    api = place.client()
    body = place.ticket() if place.hl else {"input": place.ticket()}
    made = await api.request("POST", _path(place), json=body)
    where = f"{_path(place)}/{made['id']}"
    change = {"urgency": 5} if place.hl else {"input": {"urgency": 5}}
    await api.request("PATCH", where, json=change)
    assert (await api.request("GET", where))["urgency"] == 5
    assert (await api.request("DELETE", where, params={} if place.hl else {"force_purge": "true"})) in (
        None,
        [{str(made["id"]): True, "message": ""}],
    )


async def test_an_empty_answer_is_none(place: Place) -> None:
    api = place.client()
    (id,) = await place.tickets(api, 1)
    if place.hl:
        assert await api.request("DELETE", f"Assistance/Ticket/{id}") is None
    else:
        assert await api.request("OPTIONS", "Ticket") is None


async def test_a_refusal(place: Place) -> None:
    with pytest.raises(GlpiNotFoundError) as told:
        await place.client().request("GET", f"{_path(place)}/99999999")
    assert told.value.error_code == "ERROR_ITEM_NOT_FOUND"


async def test_a_path_that_is_not_there(place: Place) -> None:
    with pytest.raises(GlpiAPIError) as told:
        await place.client().request("GET", "No/Such/Path")
    assert told.value.status_code in (400, 404)


async def test_it_logs_in_by_itself_and_once(place: Place) -> None:
    api = place.client()
    await api.request("GET", _path(place), params={"limit": 1})
    await api.request("GET", _path(place), params={"limit": 1})
    assert len([each for each in place.sent if each.url.endswith(("/token", "initSession"))]) == 1


@only(where="embedded", because="needs a server that fails")
async def test_a_read_is_repeated(place: Place) -> None:
    api = place.client(retries=Retry(attempts=2, pause=0.01))
    await api.authenticate()
    place.glpi.faults.add(troubles.status(502, path="Ticket/1", times=1))
    assert (await api.request("GET", f"{_path(place)}/1"))["id"] == 1


@only("hl", because="the legacy API has no such document")
async def test_the_servers_own_documents(place: Place) -> None:
    api = place.client()
    assert (await api.request("GET", "session"))["user_id"] == (await api.whoami())["user"]["id"]


@only("legacy", because="HL has it as session")
async def test_what_has_no_method_of_its_own(place: Place) -> None:
    api = place.client()
    options = await api.request("GET", "listSearchOptions/Ticket")
    assert options["1"]["field"] == "name"
    ids = await place.tickets(api, 2)
    words = {"items": [{"itemtype": "Ticket", "items_id": id} for id in ids]}
    assert [row["id"] for row in await api.request("GET", "getMultipleItems", params=words)] == ids
