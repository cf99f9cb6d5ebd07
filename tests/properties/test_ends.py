"""What once never ended, or ended short: each answer as it was seen, and what a read makes of it now."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from glpi_utils import GlpiAPIError, GlpiIncompleteError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._wire import Response, WireRequest
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.properties.bent import Bend, Runtime, Server, client, never_changed
from tests.properties.readings import OF_LEGACY, READS, Read, followups

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """More tickets than two pages hold, and a ticket with more followups than one."""
    with World("11.0.6") as made:
        service_desk.fill(made, 900)
        said = {"itemtype": "Ticket", "items_id": 1, "content": "x"}
        for _ in range(530 - made.count("ITILFollowup", "itemtype='Ticket' AND items_id=1")):
            made.insert("ITILFollowup", said, SYSTEM)
        never_changed(made)
        yield made


def slept(api: AsyncClient) -> list[float]:
    """The pauses that its runtime was asked for."""
    runtime: Runtime = vars(api)["_core"].session.runtime
    return runtime.slept


def run(work: Coroutine[Any, Any, Any]) -> Any:
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waited for something")


VERBS = ["all tickets", "pages of tickets", "tickets"]
NOTHING = {
    "200 []": Bend("empty", "fits", "from then on", 2),
    "200 [] 0-0/0": Bend("empty", "zero", "from then on", 2),
    "ERROR_RANGE_EXCEED_TOTAL": Bend("refused", "true", "from then on", 2),
    "the row that is known": Bend("one", "true", "from then on", 2),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("answer", NOTHING)
def test_a_legacy_list_whose_pages_come_no_more_is_an_error_soon(world: World, verb: str, answer: str) -> None:
    server = Server(world, NOTHING[answer])
    api = client("legacy", server)
    with pytest.raises(GlpiIncompleteError):
        run(READS[verb](api))
    assert len(server.asked) < 60
    assert slept(api), "with pauses in between"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", ["cut", "holes", "empty", "refused", "uncounted", "repeated", "reversed"])
@pytest.mark.parametrize("count", ["true", "fits", "zero"])
def test_one_answer_that_is_wrong_costs_no_row(world: World, verb: str, what: Any, count: Any) -> None:
    read: Read = READS[verb]
    whole = [row["id"] for row in run(read(client("legacy", Server(world))))]
    for number in (1, 2, 3):
        server = Server(world, Bend(what, count, "once", number))
        ids = [row["id"] for row in run(read(client("legacy", server)))]
        assert sorted(ids) == whole, number
        assert len(server.asked) < 120


def test_users_that_a_page_leaves_out_are_read_by_their_ids(world: World) -> None:
    for bend in (Bend("holes", "true", "from then on", 1), Bend("cut", "fits", "once", 1)):
        server = Server(world, bend)
        ids = [row["id"] for row in run(OF_LEGACY["users"](client("legacy", server)))]
        assert ids == [row["id"] for row in world.select("User", "is_deleted=0")]


def test_what_the_search_engine_leaves_out_is_asked_for_again(world: World) -> None:
    for what in (Bend("cut", "fits", "once", 2), Bend("empty", "zero", "once", 2), Bend("holes", "fits", "once", 2)):
        for number in (1, 2, 4):
            server = Server(world, replace(what, searches=True, first=number))
            rows = run(client("legacy", server).ticket.search_rows(page_size=300))
            assert len({row["id"] for row in rows}) == len(rows) == world.count("Ticket", "is_deleted=0"), what


def test_a_search_that_never_tells_its_rows_ends(world: World) -> None:
    server = Server(world, Bend("cut", "fits", "from then on", 2, searches=True))
    with pytest.raises(GlpiIncompleteError):
        run(client("legacy", server).ticket.search_rows(page_size=300))
    assert len(server.asked) < 60


@pytest.mark.parametrize("what", ["cut", "empty", "refused", "repeated"])
def test_long_sub_items_are_read_whole_or_not_at_all(world: World, what: Any) -> None:
    for when in ("once", "from then on"):
        server = Server(world, Bend(what, "true", when, 2))
        try:
            rows = run(followups(client("legacy", server)))
        except GlpiIncompleteError:
            assert when == "from then on"
        else:
            assert len({row["id"] for row in rows}) == len(rows) == 530
        assert len(server.asked) < 60


def test_a_timeline_that_ignores_after_which_id_it_is_asked_for_is_an_error() -> None:
    rows = [{"type": "Followup", "item": {"id": number, "content": "x"}} for number in range(1, 1001)]
    asked: list[str] = []

    def server(sending: WireRequest) -> Response:
        if sending.url.endswith("/token"):
            return Response(200, JSON, b'{"access_token": "a", "refresh_token": "b", "expires_in": 3600}')
        if sending.url.rstrip("/").endswith("api.php"):
            return Response(200, JSON, b'{"api_versions": [{"api_version": "2.2.0", "version": "2.2.0"}]}')
        asked.append(sending.url)
        assert len(asked) < 60, "endless"
        return Response(200, JSON, json.dumps(rows).encode())

    api = client("hl", cast("Server", server))
    with pytest.raises(GlpiIncompleteError, match="after 1000") as caught:
        run(api.ticket.get_sub_items(1, "ITILFollowup"))
    assert len(caught.value.items) == 1000
    assert slept(api)


@pytest.mark.parametrize("data", ["[false, false]", '{"5": false}', '[{"2": 5}, null]', '"rows"'])
def test_no_row_that_is_no_object_leaves_the_library(world: World, data: str) -> None:
    real = Server(world)

    def server(sending: WireRequest) -> Response:
        if "/search/" not in sending.url:
            return real(sending)
        return Response(200, JSON, f'{{"totalcount": 2, "count": 2, "data": {data}}}'.encode())

    api = client("legacy", cast("Server", server))
    with pytest.raises(GlpiAPIError, match="in the place of rows"):
        run(api.ticket.search(forcedisplay=[2]))
    with pytest.raises((GlpiAPIError, GlpiIncompleteError)):
        run(api.ticket.search_rows())


@pytest.mark.parametrize("api", ["legacy", "hl"])
def test_nor_does_a_list_hand_out_such_rows(world: World, api: str) -> None:
    server = Server(world, Bend("junk", "true", "from then on", 1))
    reads: list[Callable[[AsyncClient], Coroutine[Any, Any, Any]]] = [
        lambda glpi: glpi.ticket.get_all(limit=5),
        lambda glpi: glpi.ticket.first(),
        lambda glpi: glpi.ticket.get_all_pages(),
        lambda glpi: glpi.ticket.get_sub_items(1, "ITILFollowup"),
    ]
    for read in reads:
        with pytest.raises((GlpiAPIError, GlpiIncompleteError)):
            run(read(client(api, server)))
