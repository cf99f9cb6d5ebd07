"""Lists: windows, totals, filters, order, and what walking them by offset loses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import Caller


@pytest.fixture
def rows(glpi: Caller) -> list[int]:
    """Thirty computers that a name filter finds; the sample has others."""
    made = glpi.ask("POST", "Computer", {"input": [{"name": f"walk-{n:02d}"} for n in range(30)]}, 201)
    return [one["id"] for one in made]


MINE = "Computer?searchText[name]=^walk-"


def span(glpi: Caller, path: str) -> str | None:
    return glpi.say("GET", path).header("content-range")


def test_a_page_says_where_it_stands(glpi: Caller, rows: list[int]) -> None:
    assert glpi.ids(f"{MINE}&range=0-1", 206) == rows[:2]
    assert span(glpi, f"{MINE}&range=0-1") == "0-1/30"
    assert glpi.ids(f"{MINE}&range=28-40", 206) == rows[28:], "the last page is a part too"
    assert span(glpi, f"{MINE}&range=28-40") == "28-29/30"
    assert glpi.ids(f"{MINE}&range=0-999") == rows
    assert glpi.say("GET", MINE).header("accept-range") == "Computer 1000"


def test_the_default_range_is_the_list_limit_and_its_header_one_too_far(glpi: Caller, rows: list[int]) -> None:
    assert glpi.ids(MINE, 206) == rows[:20]
    assert span(glpi, MINE) == "0-20/30"


def test_the_end(glpi: Caller, rows: list[int]) -> None:
    assert glpi.ask("GET", f"{MINE}&range=30-40", status=206) == []
    assert span(glpi, f"{MINE}&range=30-40") == "30-29/30"
    assert glpi.refused("GET", f"{MINE}&range=31-40") == "ERROR_RANGE_EXCEED_TOTAL"
    assert glpi.ask("GET", "Computer?searchText[name]=zzz") == []
    assert span(glpi, "Computer?searchText[name]=zzz") is None


def test_an_inverted_range(ten: World, eleven: World) -> None:
    assert Caller(ten).refused("GET", "Ticket?range=5-2", status=500) == "ERROR_UNKNOWN"
    every = Caller(eleven).ids("Ticket?range=5-2", 206)
    assert len(every) == eleven.count("Ticket", "is_deleted = 0")
    assert (Caller(eleven).say("GET", "Ticket?range=5-2").header("content-range") or "").startswith("5-2/")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("range=5", "ERROR"),
        ("range=a-b", "ERROR"),
        ("sort=nofield", "ERROR"),
        ("sort=id%20DESC", "ERROR"),
        ("order=up", "ERROR"),
        ("searchText[nofield]=x", "ERROR_FIELD_NOT_FOUND"),
        ("searchText[all]=x", "ERROR_FIELD_NOT_FOUND"),
    ],
)
def test_refused_questions(glpi: Caller, query: str, code: str) -> None:
    assert glpi.refused("GET", f"Computer?{query}") == code


@pytest.mark.parametrize("query", ["range[]=0-1", "sort[]=id", "searchText[name][]=x"])
def test_arrays_where_texts_belong_are_fatal(glpi: Caller, query: str) -> None:
    answer = glpi.say("GET", f"Computer?{query}")
    assert answer.status == (200 if glpi.world.version == "10.0.17" else 500)
    assert answer.header("content-type") == "text/html; charset=UTF-8"


def test_text_filters_are_like_on_numbers_too(glpi: Caller, rows: list[int]) -> None:
    assert glpi.ids("Computer?searchText[name]=ALK-0&range=0-99") == rows[:10], "blind to case"
    assert glpi.ids("Computer?searchText[name]=alk-05$") == [rows[5]]
    first = str(rows[0])
    found = glpi.ids(f"Computer?searchText[id]={first}&range=0-9999", 200)
    assert rows[0] in found
    assert all(first in str(key) for key in found)
    assert glpi.ids(f"Computer?searchText[id]=^{first}$") == [rows[0]]
    assert glpi.ids(f"{MINE}&searchText[id]=^{first}$") == [rows[0]], "filters add up"
    assert glpi.ids(f"Computer?searchText[id]=>{first}") == [], "there is no comparing"
    assert glpi.ids("Computer?searchText[locations_id]=NULL") == []


def test_filters_that_are_not_looked_at(glpi: Caller, rows: list[int]) -> None:
    everyone = glpi.ask("GET", "User?range=0-999")
    assert glpi.ask("GET", "User?range=0-999&searchText[password]=x") == everyone
    whole = glpi.world.count("Computer", "is_deleted = 0")
    for query in ("searchText=abc", "unknown=1", "criteria[0][field]=2", "filter=id==1"):
        assert (span(glpi, f"Computer?range=0-0&{query}") or "").endswith(f"/{whole}")


def test_10_stores_what_it_sanitised_so_signs_do_not_match(ten: World, eleven: World) -> None:
    for world, found in ((ten, False), (eleven, True)):
        glpi = Caller(world)
        key = glpi.ask("POST", "Computer", {"input": {"name": "n", "comment": "text <!-- key:7 -->"}}, 201)["id"]
        assert glpi.ids("Computer?searchText[comment]=<!-- key:7") == ([key] if found else [])
        assert glpi.ids("Computer?searchText[comment]=key:7") == [key]


def test_zero_filters_only_on_11(ten: World, eleven: World) -> None:
    for world in (ten, eleven):
        glpi = Caller(world)
        glpi.ask("POST", "Computer", {"input": {"name": "n", "is_dynamic": 1}}, 201)
        whole = world.count("Computer", "is_deleted = 0")
        expected = whole if world is ten else world.count("Computer", "is_deleted = 0 AND is_dynamic = 0")
        assert (span(glpi, "Computer?range=0-0&searchText[is_dynamic]=0") or "").endswith(f"/{expected}")
        assert (span(glpi, "Computer?range=0-0&searchText[is_dynamic]=") or "").endswith(f"/{whole}")


def test_order(glpi: Caller, rows: list[int]) -> None:
    assert glpi.ids(f"{MINE}&sort=name&order=DESC&range=0-2", 206) == rows[:-4:-1]
    glpi.ask("PUT", "Computer", {"input": [{"id": rows[3], "serial": "b"}, {"id": rows[7], "serial": "a"}]})
    assert glpi.ids(f"{MINE}&sort=serial&order=DESC&range=0-1", 206) == [rows[3], rows[7]]


def test_small_letters_ask_11_for_the_other_order(ten: World, eleven: World) -> None:
    for world in (ten, eleven):
        ids = Caller(world).ids("Ticket?range=0-999&order=desc")
        assert (ids == sorted(ids)) is (world is eleven)


def test_the_trash(glpi: Caller, rows: list[int]) -> None:
    glpi.ask("DELETE", f"Computer/{rows[4]}")
    assert rows[4] not in glpi.ids(f"{MINE}&range=0-99")
    for value in ("true", "1"):
        assert glpi.ids(f"{MINE}&is_deleted={value}") == [rows[4]]
    glpi.ask("PUT", f"Computer/{rows[4]}", {"input": {"is_deleted": 0}})
    assert glpi.ids(f"{MINE}&range=0-99") == rows


def test_what_only_id_leaves(glpi: Caller, rows: list[int]) -> None:
    row = glpi.ask("GET", f"{MINE}&only_id=true&range=0-0", status=206)[0]
    assert sorted(row) == ["id", "links"]


def test_a_row_gone_before_the_window_shifts_the_rest(glpi: Caller, rows: list[int]) -> None:
    """Walked by offset, exactly one live row is skipped, and only the total says so."""
    seen = glpi.ids(f"{MINE}&range=0-9", 206) + glpi.ids(f"{MINE}&range=10-19", 206)
    glpi.ask("DELETE", f"Computer/{rows[2]}")
    assert span(glpi, f"{MINE}&range=20-29") == "20-28/29"
    seen += glpi.ids(f"{MINE}&range=20-29", 206)
    assert sorted(set(rows) - set(seen)) == [rows[20]]
    assert len(seen) == len(set(seen))


def test_a_keyset_search_skips_nothing(glpi: Caller, rows: list[int]) -> None:
    seen: list[Any] = []
    last = rows[0] - 1
    while True:
        query = f"criteria[0][field]=2&criteria[0][searchtype]=contains&criteria[0][value]=>{last}"
        page = glpi.say("GET", f"search/Computer?{query}&sort=2&order=ASC&range=0-6&forcedisplay[0]=2")
        found = [row["2"] for row in json.loads(page.body).get("data", [])]
        if not found:
            break
        seen += found
        last = found[-1]
        if len(seen) == 14:
            glpi.ask("DELETE", f"Computer/{rows[2]}")
    assert [key for key in seen if key in rows] == rows


def test_post_only_sees_its_own_tickets_and_their_number(world: World) -> None:
    glpi, user = Caller(world), Caller(world, "post-only", "postonly")
    mine = user.ask("POST", "Ticket", {"input": {"name": "mine", "content": "c"}}, 201)["id"]
    others = glpi.ask("POST", "Ticket", {"input": {"name": "yours", "content": "c"}}, 201)["id"]
    seen = user.ids("Ticket?range=0-999")
    assert mine in seen
    assert others not in seen
    assert (mine, len(seen)) == (seen[-1], 4)
    assert user.refused("GET", f"Ticket/{others}", status=403) == "ERROR_RIGHT_MISSING"
    assert user.refused("GET", "Computer", status=403) == "ERROR_RIGHT_MISSING"


def test_users_and_own_tickets_are_counted_over_joins(world: World) -> None:
    """As 10.0.19, 11.0.6 and 11.0.8 do: 206 users with 228 authorisations are 0-227/228, 3 own tickets 0-2/9."""
    glpi, user = Caller(world), Caller(world, "post-only", "postonly")
    for caller, path, rows in ((glpi, "User", 15), (user, "Ticket", 3)):
        ids = caller.ids(f"{path}?range=0-999")
        assert len(ids) == len(set(ids)) == rows
        counted = int(str(span(caller, f"{path}?range=0-0")).rpartition("/")[2])
        assert counted == {"User": 19, "Ticket": 9}[path]
        assert caller.ids(f"{path}?range=1-2", 206) == ids[1:3], "ranges count distinct rows"
        for start in range(rows, counted + 1):
            assert caller.ask("GET", f"{path}?range={start}-{start + 9}", status=206) == [], start
        assert caller.refused("GET", f"{path}?range={counted + 1}-99") == "ERROR_RANGE_EXCEED_TOTAL"
        assert caller.ask("GET", f"search/{path}?range=0-99&forcedisplay[]=2")["totalcount"] == rows
    assert str(span(glpi, "Ticket?range=0-0")).endswith("/38"), "who may see all has no join"


def test_sub_items_are_chosen_by_columns(glpi: Caller) -> None:
    ticket = glpi.ask("POST", "Ticket", {"input": {"name": "t", "content": "c", "_users_id_requester": [2, 4]}}, 201)[
        "id"
    ]
    assert glpi.ask("GET", f"Ticket/{ticket}/ITILFollowup") == []
    made = [
        glpi.ask("POST", "ITILFollowup", {"input": {"itemtype": "Ticket", "items_id": ticket, "content": f"f{n}"}}, 201)
        for n in range(3)
    ]
    ids = [one["id"] for one in made]
    assert glpi.ids(f"Ticket/{ticket}/ITILFollowup?range=1-1", 206) == ids[1:2]
    assert [row["users_id"] for row in glpi.ask("GET", f"Ticket/{ticket}/Ticket_User")] == [2, 4]
    assert glpi.ask("GET", f"Ticket/{ticket}/ITILFollowup/{ids[0]}")["content"] == "f0"
    assert glpi.ask("GET", f"Ticket/1/ITILFollowup/{ids[0]}")["items_id"] == ticket, "the parent is not checked"
    whole = glpi.world.count("Software", "is_deleted = 0")
    assert (span(glpi, f"Ticket/{ticket}/Software?range=0-0") or f"/{whole}").endswith(f"/{whole}"), "no filter fits"
    assert glpi.refused("GET", "Ticket/99999999/ITILFollowup", status=404) == "ERROR_ITEM_NOT_FOUND"
    assert glpi.ids("Entity/0/Computer?range=0-0", 206)


def test_a_former_itemtype_is_translated_both_ways(glpi: Caller) -> None:
    answer = glpi.say("POST", "TicketFollowup", {"input": {"tickets_id": 1, "content": "old"}})
    assert "/TicketFollowup/" in (answer.header("location") or "")
    row = glpi.ask("GET", "Ticket/1/TicketFollowup?get_hateoas=false&searchText[content]=^old$")[0]
    assert row["tickets_id"] == 1
    assert not {"itemtype", "items_id", "sourceitems_id"} & set(row)
    assert glpi.say("GET", "Ticket/1/TicketFollowup").header("accept-range") == "TicketFollowup 1000"


@pytest.mark.slow
def test_11_runs_out_of_memory_where_10_does_not(ten: World, eleven: World) -> None:
    for world, status in ((ten, 200), (eleven, 500)):
        names = ["name", *(name for name in world.itemtype("Manufacturer").columns if name not in ("id", "name"))]
        rest = [column.default for name, column in world.itemtype("Manufacturer").columns.items() if name in names[1:]]
        world.store.add_many("Manufacturer", names, ((f"m{n}", *rest) for n in range(20_100)))
        answer = Caller(world).say("GET", "Manufacturer?range=0-30000&get_hateoas=false")
        assert answer.status == status
        assert answer.header("content-range"), "it is sent before the memory ends"
