"""A list that is read on in another process, wherever it was left: every row that was there throughout, none twice."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glpi_utils import F, GlpiConnectionError, GlpiIncompleteError, GlpiUnsupportedError, GlpiValidationError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._wire import Stage, TransportError, WireRequest
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.properties.bent import Server, client
from tests.properties.readings import done

Row = dict[str, Any]
LISTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "HL tickets": ("hl", "Ticket", {}),
    "HL filtered": ("hl", "Ticket", {"filter": F.id >= 4}),
    "HL part": ("hl", "Ticket", {"start": 7, "limit": 90}),
    "HL union": ("hl", "Assets/Global", {}),
    "HL users": ("hl", "User", {}),
    "legacy tickets": ("legacy", "Ticket", {}),
    "legacy users, counted over joins": ("legacy", "User", {}),
    "legacy narrowed": ("legacy", "Ticket", {"searchText": {"name": "e"}}),
    "legacy part": ("legacy", "Ticket", {"range": "5-80"}),
}
ORDERED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "HL by name": ("hl", "Ticket", {"sort": "name"}),
    "legacy falling": ("legacy", "Ticket", {"sort": "id:desc"}),
}


@pytest.fixture
def world() -> Iterator[World]:
    with World("11.0.6") as made:
        service_desk.fill(made, 110)
        yield made


def relay(
    world: World,
    api: str,
    name: str,
    query: dict[str, Any],
    stops: list[int],
    between: Callable[[], None],
    *,
    one_by_one: bool = False,
) -> list[Row]:
    """Read in legs, each with a client of its own; `stops` says how many pages, or rows, each but the last reads."""
    state: Any = None
    handed: list[Row] = []

    async def leg(client: AsyncClient, most: int | None) -> str:
        items = client.item(name)
        if one_by_one:
            reading: Any = items.iter_items(20, state=state, **query)
        else:
            reading = items.iter_pages(9, state=state, **query)
        count = 0
        while count != most:
            count += 1
            try:
                rows = await anext(reading)
            except StopAsyncIteration:
                break
            handed.extend([rows] if one_by_one else rows)
        now = json.dumps(reading.state())
        await reading.aclose()
        assert json.dumps(reading.state()) == now, "after the loop was left it says the same"
        return now

    for stop in [*stops, None]:
        state = json.loads(done(leg(client(api, Server(world)), stop)))  # type: ignore[arg-type]
        between()
    assert state["ended"]
    assert state["rows"] == len(handed)
    return handed


def key(row: Row) -> tuple[Any, Any]:
    return row.get("_itemtype"), row["id"]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    stops=st.lists(st.integers(0, 30), min_size=1, max_size=4),
    seed=st.integers(0, 2**32),
    writes=st.integers(0, 6),
    one_by_one=st.booleans(),
)
@pytest.mark.parametrize("which", [*LISTS, *ORDERED])
def test_every_row_that_was_there_throughout_and_none_twice(
    world: World, which: str, stops: list[int], seed: int, writes: int, one_by_one: bool
) -> None:
    api, name, query = {**LISTS, **ORDERED}[which]
    dice, table = random.Random(seed), "Computer" if name == "Assets/Global" else name
    part = "start" in query or "range" in query
    before = whole(world, api, name, query)
    dead: set[int] = set()

    def write() -> None:
        for _ in range(0 if part else writes):
            if table == "Ticket" and dice.random() < 0.5:
                (row,) = world.sql("SELECT id FROM Ticket WHERE is_deleted=0 ORDER BY random() LIMIT 1")
                world.purge("Ticket", row["id"], SYSTEM)
                dead.add(row["id"])
            elif table != "User":
                world.insert(
                    table, {"name": "one more", "content": "x"} if table == "Ticket" else {"name": "x"}, SYSTEM
                )

    try:
        handed = relay(world, api, name, query, stops, write, one_by_one=one_by_one)
    except GlpiIncompleteError:
        assert which in ORDERED
        assert writes, "a list that nobody writes to is read whole"
        return
    found = [key(row) for row in handed]
    assert len(found) == len(set(found))
    assert {each for each in before if each[1] not in dead} <= set(found)
    assert writes or part or set(found) == set(before)
    assert not part or found == before


def whole(world: World, api: str, name: str, query: dict[str, Any]) -> list[tuple[Any, Any]]:
    async def read() -> list[Row]:
        return list(await client(api, Server(world)).item(name).get_all_pages(**query))

    return [key(row) for row in done(read())]


# what a state is refused for


def state_of(world: World, api: str, name: str, **query: Any) -> dict[str, Any]:
    async def read() -> list[Row]:
        pages = client(api, Server(world)).item(name).iter_pages(9, **query)
        await anext(pages)
        return [pages.state()]

    return done(read())[0]


@pytest.mark.parametrize(
    ("api", "name", "query", "why"),
    [
        ("legacy", "Ticket", {"sort": "name", "unstable": True}, "equal in this order have none"),
        ("legacy", "Ticket", {"include_deleted": True}, "two lists here"),
        ("hl", "Ticket", {"filter": F.team.id == 4, "client_side": True}, "finished here"),
    ],
)
def test_where_no_place_can_be_kept_it_is_said(
    world: World, api: str, name: str, query: dict[str, Any], why: str
) -> None:
    with pytest.raises(GlpiUnsupportedError, match=why):
        state_of(world, api, name, **query)


@pytest.mark.parametrize("api", ["hl", "legacy"])
def test_a_state_of_another_list_is_refused(world: World, api: str) -> None:
    state = state_of(world, api, "Ticket")
    other = "legacy" if api == "hl" else "hl"
    here = client(api, Server(world))
    cases: dict[str, Callable[[], object]] = {
        "another itemtype: 'Ticket', here it is 'User'": lambda: here.user.iter_pages(state=state),
        "another filter, order or part": lambda: here.ticket.iter_pages(state=state, sort="id:desc"),
        "another server": lambda: client(other, Server(world)).ticket.iter_items(state=state),
        "state must be what state": lambda: here.ticket.iter_pages(state={"walk": 1}),
        "state must be what": lambda: here.ticket.iter_pages(state="x"),  # type: ignore[arg-type]
        "state is damaged": lambda: here.ticket.iter_pages(state={**state, "place": {"ids": "x"}}),
    }
    for why, refused in cases.items():
        with pytest.raises(GlpiValidationError, match=why):
            refused()


def test_a_state_of_another_entity_is_refused(world: World) -> None:
    state = state_of(world, "hl", "Ticket")
    with pytest.raises(GlpiValidationError, match="another filter"):
        client("hl", Server(world)).with_options(entity=1).ticket.iter_pages(state=state)


@pytest.mark.parametrize("api", ["hl", "legacy"])
@pytest.mark.parametrize("lists", [7, 9])
def test_a_walk_that_broke_off_goes_on(world: World, api: str, lists: int) -> None:
    class Gone(Server):
        def __call__(self, sending: WireRequest) -> Any:
            if sum("Ticket" in each for each in self.asked) >= lists:
                return TransportError(Stage.UNREACHED, "connection refused")
            return super().__call__(sending)

    handed: list[Row] = []

    async def read() -> list[Row]:
        rows = client(api, Gone(world)).ticket.iter_items(10, concurrency=1)
        try:
            async for row in rows:
                handed.append(row)  # noqa: PERF401  what came before the error counts
        except GlpiConnectionError:
            return [rows.state()]
        raise AssertionError("the server was gone")

    (state,) = done(read())

    async def go_on() -> list[Row]:
        return [row async for row in client(api, Server(world)).ticket.iter_items(state=json.loads(json.dumps(state)))]

    assert handed
    found = [key(row) for row in handed + done(go_on())]
    assert found == whole(world, api, "Ticket", {})
