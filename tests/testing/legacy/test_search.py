"""The search engine: what criteria mean, which columns come, how pages and orders are told."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from glpi_utils.testing.rights import SYSTEM
from glpi_utils.testing.world import World
from tests.testing.legacy.asking import Caller


def criteria(*parts: tuple[Any, ...], at: str = "criteria") -> str:
    """`(field, searchtype, value[, link])` as a query string."""
    names = ("field", "searchtype", "value", "link")
    return "&".join(
        f"{at}[{number}][{name}]={quote(str(value))}"
        for number, part in enumerate(parts)
        for name, value in zip(names, part, strict=False)
    )


@pytest.fixture
def tickets(glpi: Caller) -> list[int]:
    """Six tickets that a name finds, statuses 1 to 6."""
    made = []
    for status in range(1, 7):
        given = {"name": f"seek-{status}", "content": "c", "status": status, "urgency": status % 5 + 1}
        made.append(glpi.ask("POST", "Ticket", {"input": given}, 201)["id"])
    return made


MINE = (1, "contains", "^seek-")


def found(glpi: Caller, *parts: tuple[Any, ...], more: str = "", status: int = 200) -> list[int]:
    query = criteria(MINE, *parts)
    page = glpi.ask("GET", f"search/Ticket?{query}&forcedisplay[0]=2&sort=2&range=0-99{more}", status=status)
    return [row["2"] for row in page.get("data", [])]


def test_a_page(glpi: Caller, tickets: list[int]) -> None:
    path = f"search/Ticket?{criteria(MINE)}&forcedisplay[0]=2&sort=2&order=DESC&range=0-1"
    answer = glpi.say("GET", path)
    assert (answer.status, answer.header("content-range")) == (206, "0-1/6")
    assert answer.header("accept-range") == "Ticket 1000"
    page = glpi.ask("GET", path, status=206)
    data = page.pop("data")
    assert page == {"totalcount": 6, "count": 2, "sort": [2], "order": ["DESC"], "content-range": "0-1/6"}
    assert [row["2"] for row in data] == tickets[:-3:-1]


def test_the_ends_of_a_search(glpi: Caller, tickets: list[int]) -> None:
    query = f"search/Ticket?{criteria(MINE)}"
    last = glpi.ask("GET", f"{query}&range=6-9", status=206)
    assert "data" not in last
    assert last["content-range"] == "6-5/6"
    assert glpi.refused("GET", f"{query}&range=7-9") == "ERROR_RANGE_EXCEED_TOTAL"
    none = glpi.ask("GET", f"search/Ticket?{criteria((1, 'contains', 'zzzz'))}")
    assert "data" not in none
    assert (none["totalcount"], none["content-range"]) == (0, "0--1/0")
    assert glpi.say("GET", f"search/Ticket?{criteria((1, 'contains', 'zzzz'))}").header("content-range") is None


def test_a_json_body_does_as_well(glpi: Caller, tickets: list[int]) -> None:
    body = {
        "range": "0-1",
        "forcedisplay": [2],
        "criteria": [{"field": 1, "searchtype": "contains", "value": "^seek-"}],
        "sort": 2,
    }
    assert [row["2"] for row in glpi.ask("POST", "search/Ticket", body, 206)["data"]] == tickets[:2]


@pytest.mark.parametrize(
    ("value", "meant"),
    [(">{2}", [3, 4, 5]), (">={2}", [2, 3, 4, 5]), ("<{2}", [0, 1]), ("{2}", [2]), ("> {4}", [5]), ("x", [])],
)
def test_comparing_the_id(glpi: Caller, tickets: list[int], value: str, meant: list[int]) -> None:
    assert found(glpi, (2, "contains", value.format(*tickets), "AND")) == [tickets[place] for place in meant]


def test_an_anchored_number_matches_only_on_10(glpi: Caller, tickets: list[int]) -> None:
    matched = [tickets[2]] if glpi.world.version == "10.0.17" else []
    assert found(glpi, (2, "contains", f"^{tickets[2]}$", "AND")) == matched


@pytest.mark.parametrize("searchtype", ["morethan", "lessthan", "equals", "bogus"])
def test_a_search_type_that_the_column_lacks_means_contains(glpi: Caller, tickets: list[int], searchtype: str) -> None:
    assert found(glpi, (2, searchtype, tickets[2], "AND")) == [tickets[2]]


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", [0]), ("notold", [0, 1, 2, 3]), ("old", [4, 5]), ("process", [1, 2]), ("all", [0, 1, 2, 3, 4, 5])],
)
@pytest.mark.parametrize("searchtype", ["equals", "notequals"])
def test_status(glpi: Caller, tickets: list[int], searchtype: str, value: str, meant: list[int]) -> None:
    assert found(glpi, (12, searchtype, value, "AND")) == [tickets[place] for place in meant]


def test_links(glpi: Caller, tickets: list[int]) -> None:
    assert found(glpi, (12, "equals", 1, "AND NOT")) == tickets[1:]
    one, two = (12, "equals", 1), (12, "equals", 2, "OR")
    query = criteria(one, two, (1, "contains", "^seek-", "AND"))
    page = glpi.ask("GET", f"search/Ticket?{query}&forcedisplay[0]=2&range=0-999&sort=2")
    ones = [row["id"] for row in glpi.world.select("Ticket", "is_deleted = 0 AND status = 1")]
    assert [row["2"] for row in page["data"]] == sorted([*ones, tickets[1]]), "AND binds before OR"


def test_a_group_within(glpi: Caller, tickets: list[int]) -> None:
    inner = criteria((12, "equals", 1), (12, "equals", 3, "OR"), at="criteria[1][criteria]")
    query = f"{criteria(MINE)}&criteria[1][link]=AND&{inner}&forcedisplay[0]=2&sort=2"
    assert [row["2"] for row in glpi.ask("GET", f"search/Ticket?{query}")["data"]] == [tickets[0], tickets[2]]


@pytest.mark.parametrize(
    "query",
    [
        criteria((99999, "equals", 1)),
        criteria(("name", "equals", 1)),
        criteria(("view", "contains", "x")),
        criteria((151, "contains", "x")),
        "criteria[0][field]=1&criteria[0][value]=1",
        "range=5",
    ],
)
def test_refused_searches(glpi: Caller, query: str) -> None:
    assert glpi.refused("GET", f"search/Ticket?{query}") == "ERROR"


def test_what_stands_after_a_group_is_not_checked(glpi: Caller) -> None:
    group = criteria((12, "equals", 1), at="criteria[0][criteria]")
    late = "criteria[1][field]=99999&criteria[1][searchtype]=x&criteria[1][value]=1"
    assert glpi.say("GET", f"search/Ticket?{group}&{late}").status in (200, 206)


def test_shapes_that_are_fatal(glpi: Caller) -> None:
    ten = glpi.world.version == "10.0.17"
    answer = glpi.say("GET", "search/Ticket?criteria=abc")
    assert (answer.status, answer.header("content-type")) == (200 if ten else 500, "text/html; charset=UTF-8")
    inverted = glpi.say("GET", "search/Ticket?range=5-2")
    assert inverted.status == 500
    if ten:
        assert inverted.body.startswith(b"You have an error in your SQL syntax")
        assert inverted.body.endswith(b"]")
        assert inverted.header("content-type") == "application/json; charset=UTF-8"


def test_actors_come_as_ids_one_or_many_or_none(glpi: Caller, tickets: list[int]) -> None:
    for users, place in (([2], 0), ([2, 4], 1)):
        for user in users:
            given = {"tickets_id": tickets[place], "users_id": user, "type": 1}
            glpi.ask("POST", "Ticket_User", {"input": given}, 201)
    query = f"{criteria(MINE)}&forcedisplay[0]=2&forcedisplay[1]=4&sort=2&range=0-2"
    rows = glpi.ask("GET", f"search/Ticket?{query}", status=206)["data"]
    assert [row["4"] for row in rows] == ["2", ["2", "4"], None]
    assert found(glpi, (4, "equals", 4, "AND")) == [tickets[1]]
    assert found(glpi, (4, "equals", "myself", "AND")) == tickets[:2]
    assert found(glpi, (4, "contains", "tech", "AND")) == [tickets[1]]
    assert found(glpi, (4, "notequals", 4, "AND")) == [tickets[0], *tickets[2:]]
    assert found(glpi, (4, "empty", "null", "AND")) == tickets[2:]


def test_categories_are_a_tree(glpi: Caller, tickets: list[int]) -> None:
    top = glpi.ask("POST", "ITILCategory", {"input": {"name": "top"}}, 201)["id"]
    low = glpi.ask("POST", "ITILCategory", {"input": {"name": "low", "itilcategories_id": top}}, 201)["id"]
    glpi.ask("PUT", f"Ticket/{tickets[0]}", {"input": {"itilcategories_id": top}})
    glpi.ask("PUT", f"Ticket/{tickets[1]}", {"input": {"itilcategories_id": low}})
    assert found(glpi, (7, "equals", top, "AND")) == tickets[:1]
    assert found(glpi, (7, "under", top, "AND")) == tickets[:2]
    assert found(glpi, (7, "notunder", top, "AND")) == tickets[2:]
    assert found(glpi, (7, "contains", "top > low", "AND")) == [tickets[1]]
    query = f"{criteria((2, 'equals', tickets[1]))}&forcedisplay[0]=7"
    separator = "&#62;" if glpi.world.version == "10.0.17" else ">"
    assert glpi.ask("GET", f"search/Ticket?{query}")["data"][0]["7"] == f"top {separator} low"


def test_moments(glpi: Caller, tickets: list[int]) -> None:
    for place, day in enumerate(("01", "02", "03", "04", "05", "06")):
        glpi.world.store.change("Ticket", tickets[place], {"date": f"2020-01-{day} 10:00:00"})
    assert found(glpi, (15, "morethan", "2020-01-04 10:00:00", "AND")) == tickets[4:]
    assert found(glpi, (15, "lessthan", "2020-01-02", "AND")) == tickets[:1]
    assert found(glpi, (15, "equals", "2020-01-03", "AND")) == [tickets[2]]
    assert found(glpi, (15, "notequals", "2020-01-03", "AND")) == [*tickets[:2], *tickets[3:]]
    assert found(glpi, (15, "contains", "2020-01-0", "AND")) == tickets
    assert found(glpi, (15, "morethan", "-7DAY", "AND")) == []
    assert found(glpi, (19, "morethan", "-1HOUR", "AND")) == tickets


def test_nothing_to_look_for_and_nothing_there(glpi: Caller, tickets: list[int]) -> None:
    assert found(glpi, (21, "contains", "", "AND")) == tickets
    glpi.world.store.change("Ticket", tickets[1], {"content": ""})
    glpi.world.store.change("Ticket", tickets[2], {"content": None})
    assert found(glpi, (21, "contains", "NULL", "AND")) == tickets[1:3]
    assert found(glpi, (21, "empty", "null", "AND")) == tickets[1:3]
    assert found(glpi, (21, "notcontains", "zzz", "AND")) == tickets


def test_columns(glpi: Caller, tickets: list[int]) -> None:
    several = {"80"}  # where there are several entities each row tells its own
    base = f"search/Ticket?{criteria((2, 'equals', tickets[0]))}"
    assert set(glpi.ask("GET", f"{base}&forcedisplay[0]=12")["data"][0]) == {"1", "2", "12"} | several
    assert set(glpi.ask("GET", f"{base}&forcedisplay=99999&sort=15")["data"][0]) == {"1", "2", "15"} | several
    usual = {"1", "2", "12", "19", "15", "3", "4", "5", "7", "18"} | several
    assert set(glpi.ask("GET", base)["data"][0]) == usual
    named = glpi.ask("GET", f"{base}&forcedisplay[0]=4&forcedisplay[1]=22&uid_cols=1")["data"][0]
    users = {"Ticket.Ticket_User.User.name", "Ticket.users_id_recipient.User.name"}
    assert set(named) == {"Ticket.id", "Ticket.name", "Ticket.Entity.completename"} | users
    assert "2" not in glpi.ask("GET", "search/Computer?range=0-0", status=206)["data"][0]
    indexed = glpi.ask("GET", f"{base}&forcedisplay[0]=2&withindexes=1")["data"]
    assert indexed[str(tickets[0])]["2"] == tickets[0]


def test_orders(ten: World, eleven: World) -> None:
    for world, said, unknown in ((ten, [1], [99999]), (eleven, [0], [0])):
        glpi = Caller(world)
        page = glpi.ask("GET", "search/Ticket?range=0-3&forcedisplay=2", status=206)
        assert (page["sort"], page["order"]) == (said, ["ASC"])
        names = [row["1"] for row in page["data"]]
        by_id = [row["name"] for row in world.select("Ticket", "is_deleted = 0", limit=4)]
        assert (names == by_id) is (world is eleven)
        assert glpi.ask("GET", "search/Ticket?range=0-0&sort=99999", status=206)["sort"] == unknown
        assert glpi.ask("GET", "search/Ticket?range=0-0&order=up", status=206)["order"] == ["ASC"]


def test_several_orders(glpi: Caller, tickets: list[int]) -> None:
    glpi.world.store.change("Ticket", tickets[0], {"priority": 5})
    for key in tickets[1:]:
        glpi.world.store.change("Ticket", key, {"priority": 1})
    more = "&sort[0]=3&sort[1]=2&order[0]=ASC&order[1]=DESC"
    page = glpi.ask("GET", f"search/Ticket?{criteria(MINE)}&forcedisplay[0]=2&range=0-9{more}")
    assert (page["sort"], page["order"]) == ([3, 2], ["ASC", "DESC"])
    assert [row["2"] for row in page["data"]] == [*tickets[:0:-1], tickets[0]]


def test_the_trash_templates_and_others_rows_stay_out(glpi: Caller, tickets: list[int]) -> None:
    glpi.ask("DELETE", f"Ticket/{tickets[0]}")
    assert found(glpi) == tickets[1:]
    assert found(glpi, more="&is_deleted=1") == tickets[:1]
    glpi.ask("POST", "Computer", {"input": {"name": "mould", "is_template": 1}}, 201)
    assert glpi.ask("GET", f"search/Computer?{criteria((1, 'contains', 'mould'))}")["totalcount"] == 0
    user = Caller(glpi.world, "post-only", "postonly")
    assert user.ask("GET", f"search/Ticket?{criteria(MINE)}")["totalcount"] == 0
    assert user.refused("GET", "search/Computer", status=403) == "ERROR_RIGHT_MISSING"


def test_a_second_itemtype(glpi: Caller) -> None:
    world = glpi.world
    software = world.insert("Software", {"name": "seek-soft"}, SYSTEM)
    version = world.insert("SoftwareVersion", {"name": "1", "softwares_id": software}, SYSTEM)
    link = {"itemtype": "Computer", "items_id": 1, "softwareversions_id": version}
    world.insert("Item_SoftwareVersion", link, SYSTEM)
    meta = "criteria[0][meta]=true&criteria[0][itemtype]=Software"
    query = f"search/Computer?{criteria((1, 'contains', 'seek-soft'))}&{meta}&forcedisplay[0]=2"
    assert glpi.ask("GET", f"{query}&uid_cols=1")["data"][0]["Software.name"] == "seek-soft"
    assert glpi.ask("GET", query)["data"][0]["1"] == "seek-soft", "it overwrites the computer's own name"
    ignored = criteria((1, "contains", "seek-soft"), at="metacriteria") + "&metacriteria[0][itemtype]=Software"
    page = glpi.ask("GET", f"search/Computer?{ignored}&forcedisplay[0]=2&uid_cols=1&range=0-0", status=206)
    assert page["data"][0]["Software.name"] == []
    assert page["totalcount"] == world.count("Computer", "is_deleted = 0 AND is_template = 0")


def test_a_second_itemtype_that_the_engine_fails_at(glpi: Caller) -> None:
    meta = "criteria[0][meta]=true&criteria[0][itemtype]=User"
    answer = glpi.say("GET", f"search/Ticket?{criteria((1, 'equals', 2))}&{meta}")
    assert answer.status == 500
    assert (b"ERROR_SQL" in answer.body) is (glpi.world.version == "10.0.17")


def test_all_assets(glpi: Caller) -> None:
    page = glpi.ask("GET", "search/AllAssets?range=0-99&forcedisplay[0]=2")
    assert {"Computer", "Monitor"} <= {row["itemtype"] for row in page["data"]}
    assert all(row["id"] == row["2"] for row in page["data"])
    assert glpi.refused("GET", "listSearchOptions/AllAssets") == "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM"


def test_search_options(glpi: Caller) -> None:
    options = glpi.ask("GET", "listSearchOptions/Ticket")
    assert options["common"] == {"name": "Characteristics"}
    names = {"1": "name", "2": "id", "12": "status", "3": "priority", "15": "date", "19": "date_mod", "21": "content"}
    assert {number: options[number]["uid"] for number in names} == {n: f"Ticket.{field}" for n, field in names.items()}
    assert options["7"]["uid"] == "Ticket.ITILCategory.completename"
    assert options["4"]["table"] == "glpi_users"
    ten = glpi.world.version == "10.0.17"
    assert options["2"]["available_searchtypes"] == ["contains", "notcontains", *([] if ten else ["empty"])]
    assert ("87" in options) is not ten
    raw = glpi.ask("GET", "listSearchOptions/Ticket?raw")
    assert {"table", "field", "name", "linkfield", "joinparams"} <= set(raw["2"])
    assert raw["4"]["joinparams"]["beforejoin"]["joinparams"]["condition"] == {"NEWTABLE.type": 1}
    assert (raw["25"]["forcegroupby"], raw["27"]["usehaving"]) == (True, True)
    assert glpi.refused("GET", "listSearchOptions") == "ERROR_RESOURCE_MISSING"
    assert glpi.refused("GET", "listSearchOptions/Nope") == "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM"


def test_every_itemtype_can_be_searched_by_its_id(glpi: Caller) -> None:
    """What a census needs: the options of every itemtype are sound SQL."""
    for itemtype in glpi.world.itemtypes:
        options = glpi.ask("GET", f"listSearchOptions/{quote(itemtype)}")
        numbers = [number for number in options if number.isdigit()]
        if "2" not in numbers:
            continue
        shown = "&".join(f"forcedisplay[]={number}" for number in numbers)
        query = criteria((2, "contains", ">0"))
        answer = glpi.say("GET", f"search/{quote(itemtype)}?{query}&sort=2&order=ASC&range=0-4&{shown}")
        assert answer.status in (200, 206), (itemtype, answer.body[:300])


def test_a_negated_number_turns_its_sign_round(glpi: Caller, tickets: list[int]) -> None:
    assert found(glpi, (2, "contains", f">={tickets[2]}", "AND NOT")) == tickets[:3], "and keeps the equals sign"
    assert found(glpi, (2, "contains", tickets[2], "AND NOT")) == [*tickets[:2], *tickets[3:]]
    assert found(glpi, (2, "notcontains", tickets[2], "AND")) == [tickets[2]]


def test_a_negated_group_is_negated_as_the_database_negates(glpi: Caller, tickets: list[int]) -> None:
    glpi.world.sql('UPDATE "Ticket" SET solvedate = NULL WHERE id <> ?', [tickets[0]])
    glpi.world.sql('UPDATE "Ticket" SET solvedate = ? WHERE id = ?', ["2026-01-01 00:00:00", tickets[0]])
    inner = criteria((17, "equals", "2025-01-01"), at="criteria[1][criteria]")
    query = f"{criteria(MINE)}&criteria[1][link]=AND NOT&{inner}&forcedisplay[0]=2&sort=2"
    assert [row["2"] for row in glpi.ask("GET", f"search/Ticket?{query}")["data"]] == tickets[:1], (
        "null is in neither half"
    )
    assert found(glpi, (17, "equals", "2025-01-01", "AND NOT")) == tickets, "null is found by a negated criterion"


def test_zero_and_less_of_an_urgency_is_at_least(glpi: Caller, tickets: list[int]) -> None:
    urgencies = [row["urgency"] for row in glpi.world.select("Ticket", f"id IN ({','.join(map(str, tickets))})")]
    assert found(glpi, (10, "equals", -4, "AND")) == [
        ticket for ticket, urgency in zip(tickets, urgencies, strict=True) if urgency >= 4
    ]
    assert found(glpi, (10, "equals", 0, "AND")) == tickets


def test_what_is_counted_is_compared_apart(glpi: Caller, tickets: list[int]) -> None:
    given = {"itemtype": "Ticket", "items_id": tickets[0], "content": "x"}
    glpi.ask("POST", "ITILFollowup", {"input": given}, 201)
    assert found(glpi, (27, "contains", ">0", "AND")) == tickets[:1]
    either = ((12, "equals", 2, "AND"), (27, "contains", ">0", "OR"))
    assert found(glpi, *either) == [], "OR between what is counted and the rest is AND"


def test_wildcards_and_spaces(glpi: Caller, tickets: list[int]) -> None:
    glpi.ask("PUT", f"Ticket/{tickets[0]}", {"input": {"name": "seek-a_b\\c"}})
    assert found(glpi, (1, "contains", " a_b\\c ", "AND")) == tickets[:1]
    assert found(glpi, (1, "contains", "k_a", "AND")) == [], "an underscore is one"
    assert found(glpi, (1, "contains", "k%a_b", "AND")) == tickets[:1], "a percent sign is any text"
    assert found(glpi, (1, "contains", "^$", "AND")) == []


def test_what_is_joined_and_not_grouped_gives_an_item_several_times(glpi: Caller) -> None:
    pc = glpi.ask("POST", "Computer", {"input": {"name": "seek-pc", "entities_id": 0}}, 201)["id"]
    for name in ("one", "two"):
        project = glpi.ask("POST", "Project", {"input": {"name": name}}, 201)["id"]
        given = {"itemtype": "Computer", "items_id": pc, "projects_id": project}
        glpi.ask("POST", "Item_Project", {"input": given}, 201)
    query = f"search/Computer?{criteria(MINE)}&forcedisplay[0]=2&forcedisplay[1]=450"
    twice = glpi.ask("GET", query)
    assert (twice["totalcount"], [row["2"] for row in twice["data"]]) == (2, [pc, pc])
    grouped = glpi.ask("GET", f"{query}&forcedisplay[2]=45")
    assert (grouped["totalcount"], [row["2"] for row in grouped["data"]]) == (1, [pc])
    assert grouped["data"][0]["450"] in ("one", "two")
