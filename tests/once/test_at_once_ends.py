"""How the call that goes first may end, and what becomes of those that wait: refused, lost, too late, forked."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from glpi_utils import (
    GlpiConnectionError,
    GlpiError,
    GlpiPermissionError,
    GlpiTimeoutError,
    GlpiUnknownOutcomeError,
    GlpiValidationError,
)
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._runtimes.claims import REGISTER
from glpi_utils.testing import troubles
from tests.faults.herd import client
from tests.once.crowd import (
    Crowd,
    client_create,
    creates,
    empty_register,
    held,
    in_line,
    looks,
    one_item,
    sent,
    until,
    until_then,
)
from tests.once.places import CARRIERS, Place
from tests.runtimes.test_forks import in_a_child

__all__ = ["empty_register"]

TICKET, FOLLOWUP = CARRIERS[0], CARRIERS[3]


def refused(place: Place, times: int) -> None:
    body: Any = {"status": "ERROR_RIGHT_MISSING", "title": "no", "detail": None}
    if not place.hl:
        body = ["ERROR_RIGHT_MISSING", "no"]
    place.glpi.faults.add(troubles.status(403, json=body, when=creates, times=times))


@pytest.mark.parametrize("who", ["the same", "another"])
def test_a_refusal_is_for_the_same_user_alone(place: Place, who: str) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        first, crowd = held(place, **looks), Crowd()
        refused(place, times=1)
        crowd.add(lambda: client_create(place, TICKET, 0, place.key))
        until(lambda: first.fired == 1)
        login = {} if who == "the same" else {"username": "tech", "password": "tech"}
        crowd.add(lambda: client_create(place, TICKET, 0, place.key, **login), times=2)
        before = sent(place.glpi)
        first.release()
        got = crowd.all()
        errors = [each for each in got if isinstance(each, GlpiPermissionError)]
        assert [each for each in got if isinstance(each, GlpiError)] == errors
        if who == "the same":
            assert [len(errors), len(set(map(id, errors))), sent(place.glpi, before)] == [3, 3, 1]
            assert len({str(each) for each in errors}) == 1
        else:
            made = [each for each in got if isinstance(each, dict)]
            assert [len(errors), sent(place.glpi, before)] == [1, 2]
            assert (made[0]["id"], sum(each["existing"] for each in made)) == (made[1]["id"], 1)

    place.play(story)


@pytest.mark.parametrize("who", ["the same", "another"])
def test_what_is_unknown_is_unknown_to_all(place: Place, who: str) -> None:
    """Nobody sends it again: it may be under way still."""

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        first, crowd = held(place, **looks), Crowd()
        place.glpi.faults.add(troubles.drop_before(when=creates, times=1))
        crowd.add(lambda: client_create(place, TICKET, 0, place.key, timeout=0.3))
        until(lambda: first.fired == 1)
        login = {} if who == "the same" else {"username": "tech", "password": "tech"}
        crowd.add(lambda: client_create(place, TICKET, 0, place.key, timeout=0.3, max_time=20, **login), times=2)
        before = sent(place.glpi)
        first.release()
        got = crowd.all()
        assert [type(each) for each in got] == [GlpiUnknownOutcomeError] * 3, got
        assert sent(place.glpi, before) == 1
        for each in got:
            assert (each.key, str(each).count("safe once the server is at rest"), each.find()) == (place.key, 1, [])

    place.play(story, timeout=20)


def test_a_waiter_looks_by_its_own_client(place: Place) -> None:
    """The error of a call on another runtime is made for the runtime of the one that waited."""

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        first, crowd = held(place, **looks), Crowd()
        place.glpi.faults.add(troubles.drop_before(when=creates, times=1))
        crowd.add(lambda: client_create(place, TICKET, 0, place.key, timeout=0.3))
        until(lambda: first.fired == 1)
        task = asyncio.ensure_future(TICKET.fresh(api, 0, key=place.key))
        await until_then(lambda: in_line() == 2)
        first.release()
        with pytest.raises(GlpiUnknownOutcomeError) as caught:
            await task
        assert await caught.value.find() == []
        crowd.all()

    if place.kind == "async":
        place.play(story)


def test_a_waiter_waits_no_longer_than_its_own_time(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await TICKET.fresh(api, 0, key=f"{place.key}-warm-up")
        first, crowd = held(place), Crowd()
        crowd.add(lambda: client_create(place, TICKET, 0, place.key))
        until(lambda: first.fired == 1)
        hasty = api.with_options(max_time=0.3)
        with pytest.raises(GlpiTimeoutError, match=r"another call of this process is still creating .* sent nothing"):
            await TICKET.fresh(hasty, 0, key=place.key)
        assert crowd.got == [], "the others wait on"
        first.release()
        assert crowd.all()[0]["existing"] is False

    place.play(story)


def test_whose_time_ends_first_leaves_it_to_the_next(place: Place) -> None:
    """Its end says nothing about the server, and nothing was sent."""

    async def story(api: AsyncClient) -> None:
        crowd, mark = Crowd(), {"X-First": "1"}
        first = held(place, method="GET", when=lambda req: "Ticket" in req.path and "x-first" in req.headers)
        with client(place.api, "sync", place.glpi) as mine:
            TICKET.fresh(mine, 0, key=f"{place.key}-warm-up")
            hasty = mine.with_options(max_time=0.5, headers=mark)
            crowd.add(lambda: TICKET.fresh(hasty, 0, key=place.key))
            crowd.add(lambda: TICKET.fresh(mine, 0, key=place.key), times=2)
            got = crowd.all()
            first.release()
        late = [each for each in got if isinstance(each, GlpiError)]
        assert [type(each) for each in late] == [GlpiTimeoutError]
        one_item(place.glpi, "Ticket", [each for each in got if each not in late], id=got[-1]["id"])
        await api.ticket.count()

    place.play(story)


@pytest.mark.parametrize("whose", ["of the client", "of another client"])
def test_a_server_that_is_not_reached_is_so_for_all_calls_of_the_client(place: Place, whose: str) -> None:
    """Another client may have another way to it."""

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        crowd = Crowd()
        with client(place.api, "sync", place.glpi, retries=0) as mine:
            mine.ticket.create({"name": "x", "content": "y"}, key=f"{place.key}-warm-up")
            first = held(place, **looks)
            place.glpi.faults.add(troubles.drop_before(times=1, **looks))
            crowd.add(lambda: TICKET.fresh(mine, 0, key=place.key))
            until(lambda: first.fired == 1)
            if whose == "of the client":
                crowd.add(lambda: TICKET.fresh(mine, 0, key=place.key), times=3)
            else:
                crowd.add(lambda: client_create(place, TICKET, 0, place.key), times=3)
            first.release()
            got = crowd.all()
        others = GlpiConnectionError if whose == "of the client" else dict
        assert isinstance(got[0], GlpiConnectionError)
        assert [isinstance(each, others) for each in got[1:]] == [True] * 3, got

    if place.kind == "sync":
        place.play(story)


def test_what_lies_with_one_call_alone_is_not_for_the_others(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        with pytest.raises(GlpiValidationError):
            await api.ticket.create({"name": "x", "urgency": 9}, key=place.key)
        first, crowd = held(place), Crowd()
        crowd.add(lambda: client_create(place, TICKET, 0, place.key))
        until(lambda: first.fired == 1)
        with pytest.raises(GlpiPermissionError, match="read-only"):
            client_create(place, TICKET, 0, place.key, read_only=True)
        assert crowd.got == [], "who may write nothing does not even wait"
        first.release()
        crowd.all()

    place.play(story)


def test_a_forked_child_begins_with_an_empty_register(place: Place) -> None:
    if place.kind == "async":
        pytest.skip("forks are the blocking client's")
    first, crowd = held(place), Crowd()
    crowd.add(lambda: client_create(place, TICKET, 0, place.key))
    until(lambda: first.fired == 1)
    waiting = REGISTER.guard

    def child() -> None:
        assert REGISTER.lines == {}
        assert REGISTER.guard is not waiting
        made = client_create(place, TICKET, 0, place.key)
        assert not made["existing"], "between processes the second look alone helps"

    try:
        in_a_child(child)
        assert in_line() == 1
    finally:
        first.release()
    crowd.all()


def test_a_call_that_would_wait_for_its_own_thread_is_refused(place: Place) -> None:
    if place.kind == "sync":
        pytest.skip("there is no event loop to be blocked")

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        first = held(place)
        task = asyncio.ensure_future(TICKET.fresh(api, 0, key=place.key))
        await until_then(lambda: first.fired == 1)
        with pytest.raises(GlpiError, match="do not block an event loop"):
            client_create(place, TICKET, 0, place.key)
        first.release()
        assert not (await task)["existing"]

    place.play(story)


def test_a_hook_that_creates_the_same_is_refused_too(place: Place) -> None:
    if place.kind == "async":
        pytest.skip("hooks of the asynchronous clients cannot wait")
    errors: list[GlpiError] = []

    def hook(info: Any) -> None:
        if info.method == "GET" and "Ticket" in info.url and not errors:
            errors.append(GlpiError())
            try:
                client_create(place, TICKET, 0, place.key)
            except GlpiError as error:
                errors[0] = error

    made = client_create(place, TICKET, 0, place.key, on_request=hook)
    assert "nor create in a hook" in str(errors[0])
    assert not made["existing"]


def test_a_loop_that_ends_with_a_waiter_in_it_holds_nobody_up(place: Place) -> None:
    first, crowd = held(place), Crowd()
    crowd.add(lambda: client_create(place, TICKET, 0, place.key))
    until(lambda: first.fired == 1)

    def leave_one_behind() -> None:
        loop = asyncio.new_event_loop()
        api = client(place.api, "async", place.glpi)
        task = asyncio.ensure_future(TICKET.fresh(api, 0, key=place.key), loop=loop)
        loop.run_until_complete(until_then(lambda: in_line() == 2))
        task.cancel()
        loop.run_until_complete(asyncio.wait((task,)))
        loop.run_until_complete(api.close())
        loop.close()

    thread = threading.Thread(target=leave_one_behind)
    thread.start()
    thread.join()
    assert in_line() == 1
    first.release()
    crowd.all()
