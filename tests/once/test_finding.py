"""An unknown outcome without a key: `find` looks by author, name and the server's clock."""

from __future__ import annotations

import pickle
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from glpi_utils import GlpiUnknownOutcomeError, GlpiUnsupportedError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._engine.writes.lost_create import _made_since, _zone
from glpi_utils.testing import troubles
from glpi_utils.testing.world.rights import Who
from tests.behaviour.adapter import drive
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


class Elsewhere:
    """A legacy server two hours ahead of UTC, whose clock said 10:00 UTC at our second 50."""

    def __init__(self) -> None:
        self.dialect = self.session = self.runtime = self.api_session = self
        self.times_have_offsets = False

    def now(self) -> float:
        return 60.0

    def server_time(self, at: float) -> float:
        return datetime(2026, 7, 1, 10, 0, tzinfo=UTC).timestamp() + at - 50

    async def full_session(self, _core: Any) -> dict[str, Any]:
        return {"glpi_currenttime": "2026-07-01 12:00:11"}


def test_a_servers_own_zone_is_learnt_from_its_session() -> None:
    core: Any = Elsewhere()

    async def story() -> None:
        zone = await _zone(core)
        assert zone == 7200
        sent = core.server_time(50.0)
        assert _made_since("2026-07-01 12:00:00", sent, zone)
        assert not _made_since("2026-07-01 11:59:58", sent, zone)
        assert _made_since("2026-07-01T12:00:00+02:00", sent, None)
        assert not _made_since("2026-07-01T11:59:59+02:00", sent, None)
        assert _made_since(None, sent, zone), "what a row does not tell does not speak against it"

    drive(story())
