"""The search engine: which columns come, how pages and orders are told, what else it knows."""

from __future__ import annotations

from urllib.parse import quote

from glpi_utils.testing.world.rights import BY_ANYBODY_ON_10, SYSTEM
from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import Caller
from tests.testing.legacy.seeking import MINE, criteria, found


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
        if itemtype in BY_ANYBODY_ON_10 and glpi.world.version.startswith("10."):
            assert answer.status == 403
            continue
        assert answer.status in (200, 206), (itemtype, answer.body[:300])


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
