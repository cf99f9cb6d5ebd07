"""Single rows: what a path means, options, links, the two versions' differences."""

from __future__ import annotations

import pytest

from glpi_utils.testing.legacy import target
from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import BASE, Caller


@pytest.fixture
def computer(glpi: Caller) -> int:
    given = {"name": 'a <b>& "PC" é', "comment": "<script>x</script>", "locations_id": 1}
    return int(glpi.ask("POST", "Computer", {"input": given}, 201)["id"])


def test_a_row_has_its_columns_and_no_secret(glpi: Caller) -> None:
    row = glpi.ask("GET", "User/2?get_hateoas=false")
    assert row["name"] == "glpi"
    assert not {"password", "api_token", "personal_token", "cookie_token"} & set(row)


def test_last_modified_is_date_mod(glpi: Caller, computer: int) -> None:
    row = glpi.ask("GET", f"Computer/{computer}")
    expected = f"{row['date_mod'][8:10]} "
    header = glpi.say("GET", f"Computer/{computer}").header("last-modified") or ""
    assert expected in header
    assert row["date_mod"][11:] in header


def test_only_10_sends_texts_sanitised_and_only_until_asked_not_to(glpi: Caller, computer: int) -> None:
    plain = 'a <b>& "PC" é'
    row = glpi.ask("GET", f"Computer/{computer}?add_keys_names[]=id")
    asked = glpi.ask("GET", f"Computer/{computer}?add_keys_names[]=id", x_glpi_sanitized_content="false")
    encoded = 'a &#60;b&#62;&#38; "PC" é' if glpi.world.version == "10.0.17" else plain
    assert (row["name"], asked["name"]) == (encoded, plain)
    assert asked["_keys_names"]["id"] == encoded, "nested texts stay as they are stored"


def test_names_instead_of_ids(glpi: Caller, computer: int) -> None:
    row = glpi.ask("GET", f"Computer/{computer}?expand_dropdowns=true&get_hateoas=false")
    location = glpi.world.get("Location", 1)
    assert location is not None
    assert (row["entities_id"], row["locations_id"], row["manufacturers_id"]) == (
        "Root entity",
        location["completename"],
        0,
    )


def test_false_in_python_spelling_is_true(glpi: Caller, computer: int) -> None:
    assert "links" in glpi.ask("GET", f"Computer/{computer}?get_hateoas=False")
    assert "links" not in glpi.ask("GET", f"Computer/{computer}?get_hateoas=0")


def test_links_name_the_api_as_the_version_does(glpi: Caller, computer: int) -> None:
    links = glpi.ask("GET", f"Computer/{computer}")["links"]
    root = f"{BASE}/{'apirest.php' if glpi.world.version == '10.0.17' else 'api.php/v1'}"
    assert links[:3] == [
        {"rel": "Entity", "href": f"{root}/Entity/0"},
        {"rel": "Location", "href": f"{root}/Location/1"},
        {"rel": "ReservationItem", "href": f"{root}/Computer/{computer}/ReservationItem/"},
    ]
    followup = glpi.ask("POST", "ITILFollowup", {"input": {"itemtype": "Ticket", "items_id": 1, "content": "x"}}, 201)
    assert glpi.ask("GET", f"ITILFollowup/{followup['id']}")["links"][0] == {
        "rel": "Ticket",
        "href": f"{root}/Ticket/1",
    }


def test_the_footprint_is_a_bare_string(glpi: Caller, computer: int) -> None:
    first = glpi.ask("GET", f"Computer/{computer}?get_sha1=true&get_hateoas=false")
    assert isinstance(first, str)
    assert len(first) == 40
    glpi.ask("PUT", f"Computer/{computer}", {"input": {"serial": "changed"}})
    assert glpi.ask("GET", f"Computer/{computer}?get_sha1=true&get_hateoas=false") != first


def test_keys_names_are_empty_where_nothing_is_pointed_at(glpi: Caller, computer: int) -> None:
    path = f"Computer/{computer}?add_keys_names[]=locations_id&add_keys_names[]=states_id"
    names = glpi.ask("GET", path)["_keys_names"]
    assert names["states_id"] == ""
    assert names["locations_id"]


@pytest.mark.parametrize("options", ["add_keys_names=id", "get_sha1=true&add_keys_names[]=id"])
def test_wrong_shapes_are_fatal_each_version_in_its_way(glpi: Caller, computer: int, options: str) -> None:
    answer = glpi.say("GET", f"Computer/{computer}?{options}")
    assert answer.header("content-type") == "text/html; charset=UTF-8"
    ten = glpi.world.version == "10.0.17"
    assert (answer.status, bool(answer.body)) == ((200, False) if ten else (500, True))


def test_a_trashed_row_is_a_row(glpi: Caller, computer: int) -> None:
    glpi.ask("DELETE", f"Computer/{computer}")
    assert glpi.ask("GET", f"Computer/{computer}")["is_deleted"] == 1


def test_missing_rows_rights_and_itemtypes(glpi: Caller) -> None:
    assert glpi.refused("GET", "Ticket/99999999", status=404) == "ERROR_ITEM_NOT_FOUND"
    assert glpi.refused("GET", f"Ticket/{'9' * 40}", status=404) == "ERROR_ITEM_NOT_FOUND"
    for path in ("Nope/1", "Nope", "Ticket/1/Nope", "getactiveentities"):
        assert glpi.refused("GET", path) == "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM"
    user = Caller(glpi.world, "post-only", "postonly")
    assert user.refused("GET", "Computer/1", status=403) == "ERROR_RIGHT_MISSING"


def test_ids_that_are_none(glpi: Caller) -> None:
    ten = glpi.world.version == "10.0.17"
    assert glpi.ask("GET", "Entity/0")["name"] == "Root entity"
    assert isinstance(glpi.ask("GET", "Ticket/abc", status=206), list)
    for key in ("0", "-1"):
        assert isinstance(glpi.ask("GET", f"Ticket/{key}", status=206 if ten else 404), list)


def test_spelling_of_paths(ten: World, eleven: World) -> None:
    old, new = Caller(ten), Caller(eleven)
    for caller in (old, new):
        assert caller.ask("GET", "Ticket/1/")["id"] == 1
        assert caller.say("GET", "Glpi%5CSocket?range=0-0").header("accept-range") == "Glpi\\Socket 1000"
    assert old.ask("GET", "ticket/1")["id"] == 1
    assert old.ask("GET", "Ticket//1")["id"] == 1
    assert new.refused("GET", "ticket/1") == "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM"
    assert new.refused("GET", "Ticket//1") == "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM"


def test_where_the_api_answers() -> None:
    assert target.elements("/api.php/v1/Ticket/1", "11.0.6") == ["Ticket", "1"]
    assert target.elements("/api.php/v1/Ticket/1", "10.0.17") is None
    assert target.elements("/apirest.php", "11.0.6") == [""]
    assert target.elements("/nope.php", "11.0.6") is None


def test_unknown_verbs_read_and_head_and_options_say_little(glpi: Caller) -> None:
    assert glpi.ask("LINK", "Ticket/1")["id"] == 1
    ten = glpi.world.version == "10.0.17"
    head = glpi.say("HEAD", "Ticket/1")
    assert (head.status, head.body) == (200, b"")
    assert head.header("content-type") == f"{'application/json' if ten else 'text/html'}; charset=UTF-8"
    options = glpi.say("OPTIONS", "Ticket/1", origin="https://x.example", access_control_request_method="GET")
    assert options.header("access-control-allow-methods") == "PUT, GET, POST, DELETE, OPTIONS"


def test_several_rows_at_once(glpi: Caller) -> None:
    path = "getMultipleItems?get_hateoas=false&items[0][itemtype]=User&items[0][items_id]=2&items[1][itemtype]=Ticket"
    rows = glpi.ask("GET", f"{path}&items[1][items_id]=1")
    assert [row["id"] for row in rows] == [2, 1]
    assert glpi.refused("GET", f"{path}&items[1][items_id]=99999999", status=404) == "ERROR_ITEM_NOT_FOUND"
    assert glpi.refused("GET", "getMultipleItems") == "ERROR_BAD_ARRAY"
    answer = glpi.say("POST", "getMultipleItems", {"items": [{"itemtype": "User", "items_id": 2}]})
    assert answer.header("content-type") == "text/html; charset=UTF-8", "objects are no arrays"


def test_11_lists_the_groups_of_an_asset_behind_its_columns(eleven: World) -> None:
    glpi = Caller(eleven)
    key = glpi.ask("POST", "Computer", {"input": {"name": "x"}}, 201)["id"]
    row = glpi.ask("GET", f"Computer/{key}?get_hateoas=false")
    assert list(row)[-2:] == ["groups_id", "groups_id_tech"]
    assert row["groups_id"] == []
    assert "groups_id" not in glpi.ask("GET", f"Computer?searchText[id]=^{key}$&get_hateoas=false")[0]
