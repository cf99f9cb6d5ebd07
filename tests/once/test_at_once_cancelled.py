"""The call that goes first is cancelled, before it has sent or after: what becomes of those that wait."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from glpi_utils import (
    GlpiUnknownOutcomeError,
)
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import troubles
from tests.once.crowd import (
    creates,
    empty_register,
    held,
    in_line,
    looks,
    one_item,
    sent,
    until_then,
)
from tests.once.places import ASYNC, CARRIERS, Place

__all__ = ["empty_register"]

TICKET, FOLLOWUP = CARRIERS[0], CARRIERS[3]


async def cancelled_while_it_looks(place: Place, api: AsyncClient, _posts: list[Any]) -> list[asyncio.Future[Any]]:
    first = held(place, **looks)
    tasks: list[asyncio.Future[Any]]
    tasks = [asyncio.ensure_future(TICKET.fresh(api, 0, key=place.key)) for _ in range(4)]
    await until_then(lambda: in_line() == 4 and first.fired == 1)
    tasks[0].cancel()
    await asyncio.wait(tasks[:1])
    first.release()
    return tasks


async def cancelled_while_it_waits_for_a_place(
    place: Place, api: AsyncClient, posts: list[Any]
) -> list[asyncio.Future[Any]]:
    """Its create is ready, and another request has the only place in flight."""
    last_look = held(place, **looks, after=0 if place.hl else 1)  # the trash is a list of its own there
    other = held(place, path="User/2", when=None)
    tasks: list[asyncio.Future[Any]]
    tasks = [asyncio.ensure_future(TICKET.fresh(api, 0, key=place.key)) for _ in range(4)]
    await until_then(lambda: in_line() == 4 and last_look.fired == 1)
    busy = asyncio.ensure_future(api.user.get(2))
    await asyncio.sleep(0)
    last_look.release()
    await until_then(lambda: other.fired == 1 and len(posts) > 0)
    tasks[0].cancel()
    await asyncio.wait(tasks[:1])
    other.release()
    await busy
    return tasks


@pytest.mark.parametrize("place", ASYNC, ids="-".join, indirect=True)
@pytest.mark.parametrize("cancelled", [cancelled_while_it_looks, cancelled_while_it_waits_for_a_place])
def test_cancelled_before_it_sent_the_next_takes_over(place: Place, cancelled: Any) -> None:
    posts: list[Any] = []

    async def story(api: AsyncClient) -> None:
        await TICKET.fresh(api, 0, key=f"{place.key}-warm-up")
        posts.clear()
        tasks = await cancelled(place, api, posts)
        with pytest.raises(asyncio.CancelledError) as caught:
            await tasks[0]
        assert not hasattr(caught.value, "__notes__")
        one_item(place.glpi, "Ticket", await asyncio.gather(*tasks[1:]), externalid=place.key)

    def note(info: Any) -> None:
        posts.append(info) if info.method == "POST" else None

    place.play(story, max_in_flight=1, on_request=note)


@pytest.mark.parametrize("place", ASYNC, ids="-".join, indirect=True)
@pytest.mark.parametrize("becomes", ["done", "done later", "never done"])
def test_cancelled_after_it_sent_the_next_looks_for_it_and_sends_nothing(place: Place, becomes: str) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        if becomes == "done later":
            first = held(place)
        else:
            first = place.glpi.faults.add(troubles.hang(executed=becomes == "done", when=creates, times=1))
        before = sent(place.glpi)
        hasty = api.with_options(timeout=0.5) if becomes == "never done" else api
        tasks = [asyncio.ensure_future(TICKET.fresh(each, 0, key=place.key)) for each in (api, hasty, hasty)]
        await until_then(lambda: in_line() == 3 and first.fired == 1)
        await until_then(lambda: becomes != "done" or bool(place.glpi.rows("Ticket", externalid=place.key)))
        tasks[0].cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await tasks[0]
        assert caught.value.__notes__[0].endswith("was sent, its outcome is unknown")
        looked = place.glpi.count("GET")
        await until_then(lambda: becomes == "done" or place.glpi.count("GET") > looked)
        first.release()
        got: list[Any] = await asyncio.gather(*tasks[1:], return_exceptions=True)
        assert sent(place.glpi, before) == 1
        if becomes == "never done":
            assert [type(each) for each in got] == [GlpiUnknownOutcomeError] * 2, got
            assert all("another call of this process" in str(each) for each in got)
        else:
            (row,) = place.glpi.rows("Ticket", externalid=place.key)
            assert [(each["id"], each["existing"]) for each in got] == [(row["id"], True)] * 2

    place.play(story, timeout=20)


@pytest.mark.parametrize("place", ASYNC, ids="-".join, indirect=True)
def test_cancelled_at_its_second_look_it_has_created(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        parent = place.parent()
        second = held(place, method="GET", when=lambda req: str(parent) in req.path, after=1)
        tasks = [asyncio.ensure_future(FOLLOWUP.fresh(api, parent, key=place.key)) for _ in range(2)]
        await until_then(lambda: in_line() == 2 and second.fired == 1)
        (row,) = place.glpi.rows("ITILFollowup", items_id=parent, itemtype="Ticket")
        tasks[0].cancel()
        got: list[Any] = await asyncio.gather(*tasks, return_exceptions=True)
        assert isinstance(got[0], asyncio.CancelledError)
        assert (got[1]["id"], got[1]["existing"]) == (row["id"], True)
        second.release()

    place.play(story)
