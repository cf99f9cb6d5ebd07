"""Lists that are read in a way of their own: trees, unions, indexes, sub-items, the two legacy lists, GLPI's filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from glpi_utils import GlpiAPI, GlpiAPIError, GlpiOAuthClient, GlpiUnsupportedError, GlpiValidationError, Retry
from glpi_utils.testing import GlpiServer
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.server import front
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.world import World
from tests.faces.clients import highlevel, legacy

ADMIN = Who(user=2)
QUICK = Retry(attempts=2, pause=0.01)


@pytest.fixture
def hl(glpi: GlpiServer) -> Iterator[GlpiOAuthClient]:
    with highlevel(glpi, retries=QUICK) as api:
        yield api


@pytest.fixture
def old(glpi: GlpiServer) -> Iterator[GlpiAPI]:
    with legacy(glpi, retries=QUICK) as api:
        yield api


def insert(glpi: GlpiServer, itemtype: str, number: int, make: Callable[[int], dict[str, Any]]) -> list[int]:
    return glpi.do(lambda world: [world.insert(itemtype, make(each), ADMIN) for each in range(number)])


def family(glpi: GlpiServer) -> tuple[int, int]:
    """A location and its child, in one page."""
    (parent,) = insert(glpi, "Location", 1, lambda _: {"name": "House", "comment": "Tall"})
    (child,) = insert(glpi, "Location", 1, lambda _: {"name": "Room", "comment": "Small", "locations_id": parent})
    return parent, child


def test_rows_of_a_tree_come_with_all_their_fields(glpi: GlpiServer, hl: GlpiOAuthClient) -> None:
    parent, child = family(glpi)
    found = {row["id"]: row for row in hl.location.get_all_pages()}
    assert (found[parent]["comment"], found[child]["comment"]) == ("Tall", "Small")
    assert found[parent] == hl.location.get(parent)
    assert {row["id"]: row for row in hl.location.iter_items()} == found
    assert {len(row) for row in hl.entity.get_all_pages()} == {len(hl.entity.get(0))}


def test_a_row_of_a_tree_that_goes_meanwhile_was_deleted(glpi: GlpiServer, hl: GlpiOAuthClient) -> None:
    parent, child = family(glpi)

    def gone(world: World) -> None:
        if glpi.count("GET", f"/Location/{parent}"):
            world.purge("Location", parent, ADMIN)

    glpi.do(lambda _world: glpi._front.ahead.append(gone))  # type: ignore[union-attr]
    ids = {row["id"] for row in hl.location.get_all_pages()}
    assert child in ids
    assert parent not in ids


@pytest.mark.parametrize("size", [None, 1, 7, 20, 1000])
def test_a_union_is_known_by_type_and_id(glpi: GlpiServer, hl: GlpiOAuthClient, size: int | None) -> None:
    for itemtype in ("Computer", "Monitor", "Phone", "Computer"):
        insert(glpi, itemtype, 25, lambda each: {"name": f"asset {each}"})
    found = hl.item("Assets/Global").get_all_pages(size)
    keys = {(row["_itemtype"], row["id"]) for row in found}
    assert len(found) == len(keys) == found.total
    assert {key for key in keys if key[0] == "Monitor"} == {("Monitor", row["id"]) for row in glpi.rows("Monitor")}
    pages = list(hl.item("Assets/Global").iter_pages(30))
    assert {(row["_itemtype"], row["id"]) for page in pages for row in page} == keys
    with pytest.raises(GlpiValidationError, match="sorted by id alone"):
        hl.item("Assets/Global").get_all_pages(30, sort="name")


def test_complete_says_whether_the_server_counted(hl: GlpiOAuthClient, old: GlpiAPI) -> None:
    for name in ("Assets", "Tools", "Rule/Collection"):
        found = hl.item(name).get_all_pages()
        assert found
        assert not found.complete, f"{name}: nobody has counted it"
    for counted in (hl.ticket, hl.item("Assets/Global"), old.ticket):
        every = counted.get_all_pages()
        assert (every.complete, every.total) == (True, len(every))


@pytest.mark.parametrize("more", [25, 1000, 2300])
def test_sub_items_come_beyond_the_cuts(glpi: GlpiServer, hl: GlpiOAuthClient, old: GlpiAPI, more: int) -> None:
    insert(glpi, "ITILFollowup", more, lambda each: {"itemtype": "Ticket", "items_id": 1, "content": f"note {each}"})
    ids = {row["id"] for row in glpi.rows("ITILFollowup", itemtype="Ticket", items_id=1)}
    for api in (hl, old):
        found = api.ticket.get_sub_items(1, "ITILFollowup", unwrap=True)
        assert len(found) == len(ids) == found.total
        assert found.complete
        assert {row["id"] for row in found} == ids


def test_an_or_in_a_filter_does_not_escape_its_window(glpi: GlpiServer, hl: GlpiOAuthClient) -> None:
    insert(glpi, "Ticket", 80, lambda each: {"name": f"t{each}", "content": "x", "urgency": 2 + each % 3})
    wanted = {row["id"] for row in glpi.rows("Ticket", "urgency IN (2, 4)")}
    for size in (10, 25, 1000):
        found = hl.ticket.get_all_pages(size, filter="urgency==2,urgency==4")
        assert {row["id"] for row in found} == wanted
        assert len(found) == len(wanted)


def meanwhile(glpi: GlpiServer, path: str, after: int, change: Callable[[World], object]) -> None:
    """Once so many requests to a path were seen, something happens."""
    done: list[object] = []

    def look(world: World) -> None:
        if not done and glpi.count(path=path) > after:
            done.append(change(world))

    glpi.do(lambda _world: glpi._front.ahead.append(look))  # type: ignore[union-attr]


def test_a_ticket_trashed_between_the_two_legacy_lists_comes_once(glpi: GlpiServer, old: GlpiAPI) -> None:
    meanwhile(glpi, "/Ticket", 1, lambda world: world.trash("Ticket", 5, ADMIN))
    ids = [row["id"] for row in old.ticket.get_all_pages(include_deleted=True)]
    assert ids.count(5) == 1
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("after", [1, 2])
def test_a_ticket_restored_between_the_two_legacy_lists_is_found(glpi: GlpiServer, old: GlpiAPI, after: int) -> None:
    glpi.do(lambda world: world.trash("Ticket", 5, ADMIN))
    meanwhile(glpi, "/Ticket", after, lambda world: world.restore("Ticket", 5, ADMIN))
    assert 5 in [row["id"] for row in old.ticket.get_all_pages(include_deleted=True)]


@pytest.mark.parametrize("after", [2, 4, 6])
def test_a_ticket_restored_while_a_legacy_list_is_read_comes_in_its_place(
    glpi: GlpiServer, old: GlpiAPI, after: int
) -> None:
    insert(glpi, "Ticket", 20, lambda each: {"name": f"t{each}", "content": "x"})
    glpi.do(lambda world: world.trash("Ticket", 5, ADMIN))
    meanwhile(glpi, "/Ticket", after, lambda world: world.restore("Ticket", 5, ADMIN))
    ids = [row["id"] for row in old.ticket.get_all_pages(10, concurrency=1)]
    assert 5 in ids
    assert ids == sorted(ids)


def test_an_audit_of_a_whole_list_is_one_search_and_its_count_anew(glpi: GlpiServer, old: GlpiAPI) -> None:
    ids = [row["id"] for row in old.ticket.get_all_pages()]
    glpi.requests.clear()
    found = old.ticket.get_all_pages(id_audit=True)
    assert [row["id"] for row in found] == ids
    assert glpi.count(path="/search/Ticket") == 2
    assert old.ticket.get_all_pages(id_audit=False).total == len(ids)
    glpi.requests.clear()
    assert old.ticket.get_all_pages(census=True).total == len(ids)  # the earlier name
    assert glpi.count(path="/search/Ticket") == 2
    with pytest.raises(GlpiValidationError, match="whole lists"):
        old.ticket.get_all_pages(id_audit=True, searchText={"name": "a"})


def test_an_audit_reads_what_was_missed(glpi: GlpiServer, old: GlpiAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    from glpi_utils._engine.lists import ranges

    def blind(self: Any, part: Any, page: Any) -> Any:
        rows, rest = accept(self, part, page)
        return [row for row in rows if row["id"] not in (3, 9)], rest

    accept = ranges.Ranges.accept
    monkeypatch.setattr(ranges.Ranges, "accept", blind)
    assert {3, 9} & {row["id"] for row in old.ticket.get_all_pages(id_audit=False)} == set()
    found = [row["id"] for row in old.ticket.get_all_pages(id_audit=True)]
    assert {3, 9} <= set(found)
    assert found == sorted(found)


def long_filter(ids: list[int]) -> str:
    return f"id=in=({','.join(str(10_000_000 + each) for each in range(1200))},{','.join(map(str, ids))})"


def test_a_filter_beyond_a_request_line_goes_in_the_body(glpi: GlpiServer, hl: GlpiOAuthClient) -> None:
    wanted = [row["id"] for row in glpi.rows("Ticket")][::2]
    assert [row["id"] for row in hl.ticket.get_all_pages(10, filter=long_filter(wanted))] == wanted
    assert [row["id"] for row in hl.ticket.get_all(filter=long_filter(wanted))] == wanted
    assert [row["id"] for row in hl.ticket.search(long_filter(wanted))] == wanted
    assert [row["id"] for page in hl.ticket.iter_pages(7, filter=long_filter(wanted)) for row in page] == wanted
    assert hl.ticket.count(filter=long_filter(wanted)) == len(wanted)
    with pytest.raises(GlpiValidationError, match="500 at a time"):
        hl.ticket.get_all(filter=f"id=in=({'1,' * 12_000}1)")


@pytest.mark.parametrize(("dropped", "said"), [("body", "Invalid JSON"), ("body and its type", "drops the body")])
def test_a_filter_that_is_dropped_on_the_way_is_noticed(
    glpi: GlpiServer, hl: GlpiOAuthClient, monkeypatch: pytest.MonkeyPatch, dropped: str, said: str
) -> None:
    asked = front.dispatch

    def proxy(world: World, req: Req) -> Answer:
        if req.method == "GET" and req.body:
            kept = {name: value for name, value in req.headers.items() if dropped == "body" or name != "content-type"}
            req = replace(req, body=b"", headers=kept)
        return asked(world, req)

    monkeypatch.setattr(front, "dispatch", proxy)
    reads: list[Callable[..., Any]] = [hl.ticket.get_all_pages, hl.ticket.get_all, hl.ticket.count, hl.ticket.search]
    for read in reads:
        with pytest.raises((GlpiUnsupportedError, GlpiAPIError), match=said):
            read(filter=long_filter([1]))
