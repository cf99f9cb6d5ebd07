"""An unknown outcome without a key: `find` looks by author, name and the server's clock."""

from __future__ import annotations

import pickle
import time
from typing import Any

import pytest

from glpi_utils import GlpiUnknownOutcomeError, GlpiUnsupportedError
from glpi_utils._engine.client import AsyncClient
from glpi_utils.testing import troubles
from glpi_utils.testing.rights import Who
from tests.once.places import Place

ME, SOMEBODY = Who(user=2), Who(user=3)


async def lose(place: Place, work: Any) -> GlpiUnknownOutcomeError:
    place.glpi.faults.add(troubles.drop_after(method="POST", path="/", times=1))
    with pytest.raises(GlpiUnknownOutcomeError) as caught:
        await work
    return caught.value


async def found(place: Place, error: GlpiUnknownOutcomeError) -> list[int]:
    rows = error.find()
    return [row["id"] for row in (rows if place.kind == "sync" else await rows)]


def add(place: Place, table: str, who: Who = ME, **fields: Any) -> int:
    return place.glpi.do(lambda world: world.insert(table, fields, who))


def test_a_ticket_by_author_name_and_time(place: Place) -> None:
    name = f"{place.key} it's 100%"

    async def story(api: AsyncClient) -> None:
        add(place, "Ticket", name=name, content="before")
        await api.ticket.count()
        time.sleep(2.1)  # the server's clock shows whole seconds
        error = await lose(place, api.ticket.create({"name": name, "content": "x"}))
        (made,) = place.glpi.rows("Ticket", name=name, content="x")
        add(place, "Ticket", SOMEBODY, name=name, content="by another")
        add(place, "Ticket", name=name + "x", content="another name")
        assert error.key is None
        assert await found(place, error) == [made["id"]]
        late = add(place, "Ticket", name=name, content="at the same time, for all we know")
        assert await found(place, error) == [made["id"], late]

    place.play(story)


def test_a_followup_by_author_and_time(place: Place) -> None:
    parent = place.parent()

    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        error = await lose(place, api.ticket.add_sub_item(parent, "ITILFollowup", {"content": "x"}))
        made = [row["id"] for row in place.glpi.rows("ITILFollowup", items_id=parent)]
        add(place, "ITILFollowup", SOMEBODY, itemtype="Ticket", items_id=parent, content="another's")
        assert await found(place, error) == made

    place.play(story)


def test_a_type_without_an_author(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await api.computer.count()
        error = await lose(place, api.computer.create({"name": place.key}))
        assert await found(place, error) == [row["id"] for row in place.glpi.rows("Computer", name=place.key)]

    place.play(story)


def test_with_a_key_the_key_is_looked_for(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        place.glpi.faults.add(troubles.late_commit(0.4, method="POST", path="/", times=1))
        with pytest.raises(GlpiUnknownOutcomeError) as caught:
            await api.ticket.create({"name": "x", "content": "y"}, key=place.key)
        assert caught.value.key == place.key
        place.glpi.settle()
        (number,) = await found(place, caught.value)
        again = await api.ticket.create({"name": "x", "content": "y"}, key=place.key)
        assert (again["id"], again["existing"]) == (number, True)

    place.play(story, timeout=0.2)


def test_other_requests_do_not_know_what_to_look_for(place: Place) -> None:
    async def story(api: AsyncClient) -> None:
        await api.ticket.count()
        path = "Assistance/Ticket" if place.hl else "Ticket"
        error = await lose(place, api.request("POST", path, json={"name": "x", "input": {"name": "x"}}))
        with pytest.raises(GlpiUnsupportedError):
            error.find()
        known = await lose(place, api.ticket.create({"name": "x", "content": "y"}))
        travelled = pickle.loads(pickle.dumps(known))
        assert (str(travelled), travelled.key) == (str(known), None)
        with pytest.raises(GlpiUnsupportedError):
            travelled.find()

    place.play(story)
