"""Two writers with one key at the same moment: what they can still do, and what is said about it."""

from __future__ import annotations

import asyncio
import threading
import warnings
from typing import Any

import pytest

from glpi_utils import GlpiWarning
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import Fault
from tests.once.places import ADMIN, CARRIERS, Carrier, Place

TOP, FOLLOWUP, TASK = CARRIERS[1], CARRIERS[3], CARRIERS[4]


def other_writer(place: Place, carrier: Carrier, parent: int, after: bool) -> list[int]:
    """Someone else creates with the same key right ahead of our create, or right after it."""
    made: list[int] = []

    async def meanwhile(at: Any, answer: Any = None) -> Any:
        world = at.world
        ours = made or [row["id"] for row in world.select(carrier.table, "1", ())]
        text = f"<!-- key:{place.key} -->"
        link = {"itemtype": carrier.parent, "items_id": parent} if carrier.parent else {}
        made.append(world.insert(carrier.table, {"name": "x", "content": f"x{text}", **link}, ADMIN))
        assert ours
        return answer

    if after:
        fault = Fault("another writer", "after", following=meanwhile, method="POST", path="/", times=1)
    else:
        fault = Fault("another writer", "beside", before=meanwhile, method="POST", path="/", times=1)
    place.glpi.faults.add(fault)
    return made


@pytest.mark.parametrize("after", [False, True], ids=["ahead", "behind"])
@pytest.mark.parametrize("carrier", [TOP, FOLLOWUP], ids=lambda each: each.name)
def test_the_lowest_id_is_the_item_and_the_other_is_reported(place: Place, carrier: Carrier, after: bool) -> None:
    place.key = place.key.lower().replace("_", "-").replace("/", "-")
    parent = place.parent(carrier.parent) if carrier.parent else 0
    looks_again = place.hl or carrier.parent is not None

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        await carrier.fresh(api, parent, key="warm-up")  # reads the version
        theirs = other_writer(place, carrier, parent, after)
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            mine = await carrier.fresh(api, parent, key=place.key)
            again = await carrier.fresh(api, parent, key=place.key)
        rows = [row["id"] for row in place.glpi.rows(carrier.table) if place.key in row["content"]]
        assert len(rows) == 2
        assert theirs[0] in rows
        assert again["id"] == min(rows)
        texts = [str(each.message) for each in told if each.category is GlpiWarning]
        assert len(texts) == (2 if looks_again else 1)
        assert all(f"{min(rows)}, the oldest" in text and str(max(rows)) in text for text in texts)
        if looks_again:
            assert mine["id"] == min(rows)
            assert mine["existing"] == (mine["id"] in theirs)

    place.play(story)


def test_a_tasks_uuid_lets_only_one_through(place: Place) -> None:
    if place.hl:
        pytest.skip("the High-Level API sets no uuid")
    parent = place.parent()
    made: list[dict[str, Any]] = []

    async def story(api: AsyncClient) -> None:
        clients = [place.client() for _ in range(8)]
        if place.kind == "async":
            made.extend(await asyncio.gather(*[TASK.fresh(each, parent, key=place.key) for each in clients]))
        else:
            threads = [threading.Thread(target=at_once, args=(each,)) for each in clients]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        for each in clients:
            await each.close()

    def at_once(api: Any) -> None:
        made.append(api._inner.ticket.add_sub_item(parent, "Task", {"content": "The text"}, key=place.key))

    place.play(story)
    assert len({each["id"] for each in made}) == 1
    assert len(place.glpi.rows("TicketTask", tickets_id=parent)) == 1
    assert sum(not each["existing"] for each in made) == 1
