"""Several calls of one process with one key at the same moment: one creates, the others take what comes of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import GlpiServer
from tests.behaviour.adapter import bare
from tests.faults.herd import client
from tests.once.crowd import (
    Crowd,
    client_create,
    empty_register,
    held,
    in_line,
    looping,
    one_item,
    sent,
    until,
    until_then,
)
from tests.once.places import CARRIERS, Carrier, Place

__all__ = ["empty_register"]

TICKET, FOLLOWUP, TASK, PROBLEM_TASK = CARRIERS[0], CARRIERS[3], CARRIERS[4], CARRIERS[8]


async def five_tasks(place: Place, api: AsyncClient, carrier: Carrier, parent: int) -> list[Any]:
    first = held(place)
    tasks = [asyncio.ensure_future(carrier.fresh(api, parent, key=place.key)) for _ in range(5)]
    await until_then(lambda: in_line() == 5 and first.fired == 1)
    first.release()
    return await asyncio.gather(*tasks)


def eight_threads(place: Place, api: AsyncClient, carrier: Carrier, parent: int) -> list[Any]:
    first, crowd = held(place), Crowd()

    def create() -> Any:
        found: Any = carrier.fresh(bare(api), parent, key=place.key)
        return found

    crowd.add(create, times=8)
    until(lambda: first.fired == 1)
    first.release()
    return crowd.all()


@pytest.mark.parametrize("carrier", [TICKET, FOLLOWUP, TASK, PROBLEM_TASK], ids=lambda each: each.name)
def test_one_client_with_many_callers(place: Place, carrier: Carrier) -> None:
    parent = place.parent(carrier.parent) if carrier.parent else 0

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        before, seen = sent(place.glpi), place.glpi.ever(carrier.table, 0)
        crowd = five_tasks(place, api, carrier, parent) if place.kind == "async" else None
        got = await crowd if crowd else eight_threads(place, api, carrier, parent)
        made = place.glpi.ever(carrier.table, 0) - seen
        assert [{each["id"] for each in got}, sent(place.glpi, before)] == [made, 1]
        assert sum(not each["existing"] for each in got) == 1
        again = await carrier.fresh(api, parent, key=place.key)
        assert (again["id"], again["existing"]) == (made.pop(), True), "later it is found as ever"

    place.play(story)


def test_own_fields_are_claimed_as_keys_are(place: Place) -> None:
    """The relation and the number are written in two ways: they are the same item all the same."""
    forms: tuple[Any, ...] = ("locations_id", 1), ("locations_id", "1")
    if place.hl:
        forms = ("location", {"id": 1}), ("location", 1)

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        first, crowd = held(place), Crowd()
        for field, value in forms:
            item = {"name": "pc", "serial": place.key, field: value}

            def create(item: dict[str, Any] = item, field: str = field) -> Any:
                with client(place.api, "sync", place.glpi) as mine:
                    return mine.computer.create(item, unique_by=("serial", field))

            crowd.add(create)
        until(lambda: first.fired == 1)
        first.release()
        one_item(place.glpi, "Computer", crowd.all(), serial=place.key)

    place.play(story)


def test_two_lists_at_once_are_one(place: Place) -> None:
    """Row by row: whoever comes second to a row takes it from the first."""
    rows = [{"name": f"{place.key} {number}", "content": "x"} for number in range(4)]
    first, crowd = held(place), Crowd()

    def create() -> Any:
        with client(place.api, "sync", place.glpi) as api:
            return api.ticket.create(rows, unique_by="name")

    crowd.add(create, times=2)
    until(lambda: first.fired == 1)
    first.release()
    got = crowd.all()
    assert [each["id"] for each in got[0]] == [each["id"] for each in got[1]]
    assert [len(place.glpi.rows("Ticket", name=row["name"])) for row in rows] == [1] * 4
    for pair in zip(*got, strict=True):
        assert sum(not each["existing"] for each in pair) == 1


def test_other_keys_parents_and_types_do_not_wait(place: Place) -> None:
    one, other = place.parent(), place.parent()

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        first, crowd = held(place), Crowd()
        crowd.add(lambda: client_create(place, TICKET, 0, place.key))
        until(lambda: first.fired == 1)
        made = [
            await TICKET.fresh(api, 0, key=f"{place.key}-2"),
            await FOLLOWUP.fresh(api, one, key=place.key),
            await FOLLOWUP.fresh(api, other, key=place.key),
            await TASK.fresh(api, one, key=f"{place.key}-t"),
        ]
        assert not any(each["existing"] for each in made)
        assert crowd.got == []
        first.release()
        assert crowd.all()[0]["existing"] is False

    place.play(story)


@pytest.mark.parametrize("kinds", [("sync", "sync"), ("async", "async"), ("sync", "async"), ("async", "sync")], ids=str)
def test_clients_threads_and_loops_of_all_kinds(place: Place, kinds: tuple[str, str]) -> None:
    """Two clients of each kind; asynchronous ones each with a loop of their own, on a thread of its own."""
    if place.kind == "async" and place.hl:
        pytest.skip("the same for both rows of the High-Level API")
    first, crowd = held(place), Crowd()
    parent = place.parent()
    for kind in (*kinds, *kinds):
        if kind == "sync":
            crowd.add(lambda: client_create(place, FOLLOWUP, parent, place.key))
        else:
            made = looping(
                lambda: client(place.api, "async", place.glpi), lambda api: FOLLOWUP.fresh(api, parent, key=place.key)
            )
            crowd.add(made)
    until(lambda: first.fired == 1)
    first.release()
    got = crowd.all()
    one_item(place.glpi, "ITILFollowup", got, items_id=parent, itemtype="Ticket")


def test_both_apis_mean_the_same_item(servers: dict[str, GlpiServer]) -> None:
    """They answer in forms of their own, so each that waited looks for itself."""
    high = Place("hl", "sync", servers["11.0.6"])
    low = Place("legacy", "sync", high.glpi, high.key)
    first, crowd = held(high), Crowd()
    for place in (low, high, low):
        crowd.add(lambda place=place: client_create(place, TICKET, 0, high.key))  # type: ignore[misc]
    until(lambda: first.fired == 1)
    first.release()
    one_item(high.glpi, "Ticket", crowd.all(), externalid=high.key)
    high.glpi.faults.clear()


@pytest.mark.parametrize("who", ["the same", "another"])
def test_who_waited_gets_the_answer_and_another_user_looks(place: Place, who: str) -> None:
    """The same user's second call costs no request at all."""

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        first, crowd = held(place), Crowd()
        login = {} if who == "the same" else {"username": "tech", "password": "tech"}
        crowd.add(lambda: client_create(place, TICKET, 0, place.key))
        until(lambda: first.fired == 1)
        with client(place.api, "sync", place.glpi, **login) as mine:
            mine.ticket.create({"name": "x", "content": "y"}, key=f"{place.key}-warm-up")
            place.glpi.requests.clear()
            crowd.add(lambda: TICKET.fresh(mine, 0, key=place.key))
            first.release()
            got = crowd.all()
        assert len({each["id"] for each in got}) == 1
        second = next(each for each in got if each["existing"])
        looked = [each for each in place.glpi.requests if each.method == "GET" and "Ticket" in each.path]
        assert sent(place.glpi) == 0, "the held one was sent before"
        if who == "another":
            assert (second["name"], len(looked) > 0) == ("created once", True), "it is found, and given whole"
        else:
            assert "name" not in second

    place.play(story)


def test_the_answers_of_the_callers_are_their_own(place: Place) -> None:
    first, crowd = held(place), Crowd()
    with client(place.api, "sync", place.glpi) as api:
        crowd.add(lambda: TICKET.fresh(api, 0, key=place.key), times=3)
        until(lambda: first.fired == 1)
        first.release()
        got = crowd.all()
    got[0]["id"] = got[1]["id"] = None
    assert got[2]["id"] is not None
