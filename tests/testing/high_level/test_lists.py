"""Windows, ranges, sorting, filters over real rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.testing.high_level.conftest import Desk

LIST = "Dropdowns/Manufacturer"


@pytest.fixture
def ten(desk: Desk) -> Desk:
    """Ten manufacturers, m0 to m9, whatever the sample had."""
    desk.world.store.remove("Manufacturer", "1", ())
    for number in range(10):
        desk.ask("POST", LIST, {"name": f"m{number}", "comment": "Ünï" if number == 3 else None})
    return desk


def names(desk: Desk, query: str) -> list[str]:
    said = desk.ask("GET", f"{LIST}?{query}")
    assert said.status in {200, 206}, said.body
    return [row["name"] for row in said.body]


@pytest.mark.parametrize(
    ("query", "status", "wide", "rows"),
    [
        ("start=0&limit=9", 206, "0-8/10", 9),
        ("start=0&limit=10", 200, "0-9/10", 10),
        ("start=6&limit=5", 200, "6-10/10", 4),
        ("start=10&limit=1", 200, "10-10/10", 0),
        ("filter=name==x", 200, "0--1/0", 0),
        ("filter=name==x&limit=1", 200, "0-0/0", 0),
        ("start=500&limit=2", 200, "500-9/10", 0),
        ("start=-5&limit=2", 206, "-5-0/10", 2),
        ("limit=abc", 200, "0-9/10", 10),
        ("limit=2.7", 206, "0-1/10", 2),
        ("limit=0", 200, "0-9/10", 10),
        ("", 200, "0-9/10", 10),
        ("nosuch=1&fields=id", 200, "0-9/10", 10),
    ],
)
def test_windows(ten: Desk, query: str, status: int, wide: str, rows: int) -> None:
    said = ten.ask("GET", f"{LIST}?{query}")
    assert (said.status, said.header("Content-Range"), len(said.body)) == (status, wide, rows)


def test_sorting(ten: Desk) -> None:
    assert names(ten, "sort=name:desc&limit=2") == ["m9", "m8"]
    assert names(ten, "sort=comment,id:DESC&limit=2") == ["m9", "m8"]
    assert names(ten, "sort=id:foo&limit=1") == ["m0"]


@pytest.mark.parametrize(("name", "status"), [("nosuch", 400), ("-id", 400), ("status", 400), ("status.name", 500)])
def test_what_can_not_be_sorted_by(desk: Desk, name: str, status: int) -> None:
    said = desk.ask("GET", f"Assistance/Ticket?sort={name}")
    assert said.status == status
    if status == 400:
        assert said.body == {"status": "ERROR", "title": f"Invalid property for sorting: {name}", "detail": None}


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ("name==M1", ["m1"]),  # blind to case
        ("comment==uni", ["m3"]),  # and to accents
        ("comment=like=Ü*", ["m3"]),
        ("comment=like=ü*", []),
        ("comment=ilike=u*", ["m3"]),
        ("name=like=m%", [f"m{number}" for number in range(10)]),  # % is one character
        ("name=like=m", []),
        ('name=in=(m1,"m2")', ["m1", "m2"]),
        ("name=in=('m1','m2')", ["m1", "m2"]),
        ('name=out=(m1,m2);name=in=(m1, "m3")', ["m3"]),
        ("name==m1,name==m2;name==x", ["m1"]),  # AND binds tighter
        ("(name==m1,name==m2);name==m2", ["m2"]),
        ("comment=notnull=", ["m3"]),
        ("comment=isnull=;name==m1", ["m1"]),
        ("comment=empty=1;name==m2", ["m2"]),
        ("name=notempty=", []),  # compiled to <> NULL
        ("name==null", []),
        ('comment=="null";name==m1', ["m1"]),  # GLPI's database layer makes IS NULL of it
        ("name=gt=m7", ["m8", "m9"]),
        ("id==abc", []),
        (";;name==m1,", ["m1"]),
    ],
)
def test_filters(ten: Desk, filter: str, found: list[str]) -> None:
    assert names(ten, f"filter={quote(filter)}") == found


def test_numbers_and_dates_are_compared_as_mysql_does(desk: Desk) -> None:
    first = desk.ask("GET", "Assistance/Ticket?limit=1").body[0]
    made = first["date_creation"]

    def ids(filter: str) -> list[int]:
        said = desk.ask("GET", f"Assistance/Ticket?filter={quote(f'({filter})')}")
        return [row["id"] for row in said.body]

    number = first["id"]
    assert ids(f"id=={number} and more") == [number]
    assert ids(f"id=={number}e0") == [number]
    assert number in ids(f"date_creation=ge={made[:19]}+05:00"), "the zone is ignored"
    assert ids("date_creation=lt=2019") == []
    assert len(ids("is_deleted==banana")) == desk.world.count("Ticket", "is_deleted = 0")
    assert ids("category.id==0") == []
    assert len(ids("entity.id==0")) == desk.world.count("Ticket", "entities_id = 0")


@pytest.mark.parametrize(
    ("filter", "detail"),
    [
        ("nosuch==1", {"nosuch": "Unknown property"}),
        ("status==1", {"status": "Unknown property"}),
        ("status.name==New", {"status.name": "Mapped properties cannot be used in RSQL"}),
        ("id=foo=1", {"id": "Unknown operator"}),
        ("id=isnotnull=", {"id": "Unknown operator"}),
        ("id == 1", {"id ": "Unknown property"}),
    ],
)
def test_invalid_filters(desk: Desk, filter: str, detail: dict[str, str]) -> None:
    said = desk.ask("GET", f"Assistance/Ticket?filter={quote(filter)}")
    assert said.status == 400
    assert said.body == {
        "status": "ERROR_INVALID_PARAMETER",
        "title": "RSQL query has invalid filters",
        "detail": detail,
    }


def test_the_team_can_not_be_asked_for(desk: Desk) -> None:
    said = desk.ask("GET", "Assistance/Ticket?filter=team.name==tech")
    assert (said.status, said.body["title"]) == (500, "An error occurred while processing your request.")


@pytest.mark.parametrize("filter", ["name==", "name==;id==1", "name=like=,id==1"])
def test_a_missing_value(desk: Desk, filter: str) -> None:
    said = desk.ask("GET", f"Assistance/Ticket?filter={quote(filter)}")
    assert said.body["title"] == 'RSQL query is missing a value in filter for property "name"'


def test_filters_come_as_a_list_or_in_a_body(desk: Desk) -> None:
    many = desk.ask("GET", "Assistance/Ticket?filter[]=id=le=3&filter[]=id=ge=2")
    assert [row["id"] for row in many.body] == [2, 3]
    body = desk.ask("GET", "Assistance/Ticket", {"filter": "id==1"})
    assert [row["id"] for row in body.body] == [1]


def elsewhere(desk: Desk) -> dict[str, Any]:
    """A ticket outside the root entity."""
    child = desk.ask("GET", "Administration/Entity?filter=id=gt=0&sort=id&limit=1").body[0]["id"]
    made = desk.ask("POST", "Assistance/Ticket", {"name": "in-sub", "content": "c", "entity": child}).body
    found: dict[str, Any] = made
    return found


def test_a_leading_or_escapes_the_entity(desk: Desk) -> None:
    made = elsewhere(desk)

    def found(filter: str) -> list[int]:
        said = desk.ask("GET", f"Assistance/Ticket?filter={quote(filter)}", glpi_entity="0")
        return [row["id"] for row in said.body]

    assert found("name==in-sub") == []
    assert found("name==in-sub,name==zzz") == [made["id"]]
    assert found("name==zzz,name==in-sub") == []
    assert found("(name==in-sub,name==zzz)") == []


def test_a_filter_on_one_item(desk: Desk) -> None:
    assert desk.ask("GET", "Assistance/Ticket/1?filter=id==2,id==3").body["id"] == 2
    assert desk.ask("GET", "Assistance/Ticket/1?filter=(id==2,id==3)").status == 404
    assert desk.ask("GET", "Assistance/Ticket/1?filter=urgency=ge=1").body["id"] == 1


def test_parents_lose_their_fields_beside_their_children(desk: Desk) -> None:
    above = desk.ask("POST", "Dropdowns/Location", {"name": "above", "comment": "c"}).body["id"]
    below = desk.ask("POST", "Dropdowns/Location", {"name": "below", "parent": above}).body["id"]
    both = desk.ask("GET", f"Dropdowns/Location?filter=id=in=({above},{below})").body
    assert set(both[0]) == {"id", "name", "entity", "parent"}
    assert both[1]["completename"] == "above > below"
    alone = desk.ask("GET", f"Dropdowns/Location?filter=id=in=({above})").body
    assert alone[0]["comment"] == "c"


def test_arrays(desk: Desk) -> None:
    desk.ask("POST", "Administration/User/Me/Email", {"email": "glpi@example.org", "is_default": True})
    found = desk.ask("GET", "Administration/User?filter=emails.email=like=glpi@*").body
    assert [row["username"] for row in found] == ["glpi"]
    assert found[0]["emails"][0]["email"] == "glpi@example.org"


def test_memory_is_not_endless(desk: Desk) -> None:
    desk.world.store.add_many("Ticket", ["name", "entities_id"], ((f"t{n}", 0) for n in range(8_000)))
    said = desk.ask("GET", "Assistance/Ticket?limit=0")
    assert (said.status, said.header("Content-Type")) == (500, "text/html; charset=UTF-8")
    assert desk.ask("GET", "Assistance/Ticket?limit=5000").status == 206
