"""A lost answer to a create that can be found again: it is looked for, and its item is the answer."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from typing import Any

import pytest

from glpi_utils import GlpiError, GlpiPartialError, GlpiUnknownOutcomeError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import Fault, troubles
from tests.once.places import CARRIERS, Carrier, Place

LOSSES = {
    "cut": troubles.drop_after,
    "cut body": troubles.truncated,
    "gateway": lambda **when: troubles.status(504, html="x", executed=True, **when),
    "late": lambda **when: troubles.late_commit(0.2, **when),
    "late gateway": lambda **when: troubles.late_commit(0.2, answer=504, **when),
}


def creates(place: Place, fault: Any, **when: Any) -> Fault:
    """This happens to creates."""
    return place.glpi.faults.add(fault(method="POST", path="/api", when=lambda req: "login" not in req.path, **when))


AT_ONCE, LATE = [loss for loss in LOSSES if "late" not in loss], [loss for loss in LOSSES if "late" in loss]
PAIRS = [(each, loss) for each in CARRIERS[::2] for loss in AT_ONCE] + [(CARRIERS[0], loss) for loss in LATE]


@pytest.mark.parametrize(("carrier", "loss"), PAIRS, ids=lambda each: getattr(each, "name", each))
def test_it_is_found_and_is_the_answer(place: Place, carrier: Carrier, loss: str) -> None:
    parent = place.parent(carrier.parent) if carrier.parent else 0
    fault: Fault | None = None

    async def story(api: AsyncClient) -> None:
        nonlocal fault
        await api.ticket.count()
        fault = creates(place, LOSSES[loss], times=1)
        seen = place.glpi.ever(carrier.table, 0)
        how = {"once": True} if loss == "cut" else {"key": place.key}
        made = await carrier.fresh(api, parent, **how)
        assert {made["id"]} == place.glpi.ever(carrier.table, 0) - seen
        assert not made["existing"]

    place.play(story)
    assert fault is not None
    assert fault.fired == 1


def test_own_fields_find_it_on_any_type(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        creates(place, troubles.drop_after, times=1)
        made = await api.computer.create({"name": "pc", "serial": place.key}, unique_by="serial")
        assert [row["id"] for row in place.glpi.rows("Computer", serial=place.key)] == [made["id"]]

    place.play(story)


@pytest.mark.parametrize("how", [{"key": "K"}, {"once": True}, {"unique_by": "name"}], ids=str)
def test_what_was_never_done_ends_unknown_with_its_key(place: Place, how: dict[str, Any]) -> None:
    if "key" in how:
        how = {"key": place.key}

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        creates(place, troubles.drop_before, times=1)
        before, began = place.glpi.count("POST"), time.monotonic()
        with pytest.raises(GlpiUnknownOutcomeError, match="was not there yet") as caught:
            await api.ticket.create({"name": place.key, "content": "y"}, **how)
        took = time.monotonic() - began
        assert 0.35 <= took < 4, "it is looked for up to the read time-out"
        assert place.glpi.count("POST") <= before + 1, "nothing is sent twice"
        key = caught.value.key
        assert key == how.get("key") if "once" not in how else str(key).startswith("once-")
        found = caught.value.find()
        assert (found if place.kind == "sync" else await found) == []
        if key:
            made = await api.ticket.create({"name": place.key, "content": "y"}, key=key)
            assert not made["existing"]

    place.play(story, timeout=0.4)


def test_the_looks_come_with_growing_pauses(place: Place) -> None:
    moments: list[float] = []

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        creates(place, troubles.drop_before, times=1)
        with pytest.raises(GlpiUnknownOutcomeError):
            await api.ticket.create({"name": "x", "content": "y"}, once=True)

    def note(info: Any) -> None:
        moments.append(time.monotonic()) if info.method == "GET" and "filter" in info.url else None

    if place.hl:
        place.play(story, timeout=2, on_request=note)
        gaps = [round(b - a, 1) for a, b in pairwise(moments)]
        assert gaps == pytest.approx([0.5, 1.0, 0.5], abs=0.25)


def test_trouble_while_looking_ends_nothing(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        creates(place, troubles.drop_after, times=1)
        first = place.glpi.faults.add(troubles.status(500, html="x", method="GET", path="Ticket", times=1))
        second = place.glpi.faults.add(troubles.drop_before(method="GET", path="Ticket", times=1))
        made = await api.ticket.create({"name": place.key, "content": "y"}, once=True)
        assert (first.fired, second.fired) == (1, 1)
        assert [row["id"] for row in place.glpi.rows("Ticket", name=place.key)] == [made["id"]]

    place.play(story)


def test_of_a_list_each_is_looked_for_by_itself(place: Place) -> None:
    rows = [{"name": f"{place.key} {number}", "content": "x"} for number in range(3)]

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        creates(place, troubles.drop_after, times=2)
        made = await api.ticket.create(rows, once=True)
        assert [place.glpi.rows("Ticket", name=row["name"])[0]["id"] for row in rows] == [each["id"] for each in made]
        creates(place, troubles.drop_before, times=1)
        with pytest.raises(GlpiPartialError) as caught:
            await api.ticket.create(rows, once=True)
        lost = caught.value.results[0]
        assert isinstance(lost, GlpiUnknownOutcomeError)
        found = lost.find()
        assert (found if place.kind == "sync" else await found) == []

    place.play(story, timeout=0.3)


def test_max_time_bounds_the_looking_too(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        creates(place, troubles.drop_before, times=1)
        began = time.monotonic()
        with pytest.raises(GlpiUnknownOutcomeError):
            await api.ticket.create({"name": "x", "content": "y"}, once=True)
        assert time.monotonic() - began < 2

    place.play(story, timeout=30, max_time=0.6)


def test_who_is_cancelled_while_looking_is_told_the_key(place: Place) -> None:
    if place.kind == "sync":
        pytest.skip("a blocking call is not cancelled")

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        creates(place, troubles.drop_before, times=1)
        task = asyncio.ensure_future(api.ticket.create({"name": "x", "content": "y"}, key=place.key))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert place.key in "".join(caught.value.__notes__)

    place.play(story)


def test_a_refusal_is_a_refusal(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        with pytest.raises(GlpiError) as caught:
            await api.ticket.add_sub_item(10**7, "ITILFollowup", {"content": "x"}, key=place.key)
        assert not isinstance(caught.value, GlpiUnknownOutcomeError)

    place.play(story)
