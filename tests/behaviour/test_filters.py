"""Filters: what is sent of them, so that none escapes its restriction, and what they find."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from glpi_utils import GlpiAPIError, GlpiValidationError
from tests.behaviour.places import Place, only


def _filter(query: str) -> str:
    """The filter in a query string."""
    return next((unquote(pair[7:]) for pair in query.split("&") if pair.startswith("filter=")), "")


@only("hl", because="the legacy API has no filters")
@only(where="embedded", because="looks at what the server was asked")
@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("name==a,name==b", "(name==a,name==b)"),
        ("(name==a)", "(name==a)"),
        ("date_solve=isnull=1", "(date_solve=isnull=;id=ge=0)"),
        ("date_solve=isnull=", "(date_solve=isnull=;id=ge=0)"),
        (
            "date_solve=notnull=;(name=empty=,id=gt=1)",
            "((date_solve=notnull=;id=ge=0);((name=empty=;id=ge=0),id=gt=1))",
        ),
        ('name=="a;b,c)"', '(name=="a;b,c)")'),
        ("id=in=(1,2,3)", "(id=in=(1,2,3))"),
        (["name==a,name==b", "id=gt=1"], "(name==a,name==b);(id=gt=1)"),
    ],
)
async def test_a_filter_is_sent_in_parentheses(place: Place, given: object, sent: str) -> None:
    api = place.client()
    for call in (
        lambda: api.ticket.get_all(filter=given),
        lambda: api.ticket.get_all_pages(filter=given),
        lambda: api.ticket.first(filter=given),
        lambda: api.ticket.count(filter=given),
        lambda: api.ticket.search(given),
    ):
        place.glpi.requests.clear()
        await call()
        asked = place.glpi.seen("GET", "Assistance/Ticket")
        assert asked
        assert {_filter(seen.query) for seen in asked} == {sent}


@only("hl", because="the legacy API has no filters")
@only(where="embedded", because="looks at what the server was asked")
async def test_the_trash_is_left_out_by_a_filter_of_its_own(place: Place) -> None:
    api = place.client()
    await api.ticket.get_all(filter="name==a,name==b", include_deleted=False)
    (seen,) = place.glpi.seen("GET", "Assistance/Ticket")
    assert _filter(seen.query) == "(name==a,name==b);(is_deleted==false)"


@only("hl", because="the legacy API has no filters")
@only(where="embedded", because="looks at what the server was asked")
async def test_the_filter_of_sub_items_is_sent_in_parentheses(place: Place) -> None:
    await place.client().ticket.get_sub_items(1, "ITILFollowup", filter="content==a,content==b")
    (seen,) = place.glpi.seen("GET", "Timeline/Followup")
    assert _filter(seen.query) == "(content==a,content==b)"


@only("hl", because="the legacy API has no filters")
async def test_what_filters_find(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 4)
    mine = place.mine()["filter"]
    for text, expected in (
        (f'{mine};name=like="*2"', [ids[2]]),
        (f'{mine};(name=like="*1",name=like="*3")', [ids[1], ids[3]]),
        (f"{mine};id=in=({ids[0]},{ids[3]})", [ids[0], ids[3]]),
        (f"{mine};category.id=isnull=", ids),
        (f"{mine};id=gt={ids[1]}", ids[2:]),
    ):
        assert [row["id"] for row in await api.ticket.search(text)] == expected, text
    both = [mine, f'name=="{place.name(0)}",name=="{place.name(1)}"']
    assert [row["id"] for row in await api.ticket.get_all(filter=both)] == ids[:2]


@only("hl", because="the legacy API has no filters")
async def test_an_empty_filter_is_none(place: Place) -> None:
    api = place.client()
    assert (await api.ticket.get_all(limit=1, filter="")).total == await api.ticket.count()
    assert (await api.ticket.search("", limit=1)).total == await api.ticket.count(filter=None)


@only("hl", because="the legacy API has no filters")
@pytest.mark.parametrize(
    "wrong",
    ["name==a)", "(name==a", "name", "name=a", 'name=="a', "id=in=(1,2", "name==a),(name==b", 5, {"a": 1}],
    ids=repr,
)
async def test_a_filter_that_would_break_out_is_refused(place: Place, wrong: object) -> None:
    api = place.client()
    with pytest.raises(GlpiValidationError):
        await api.ticket.get_all(filter=wrong)
    with pytest.raises(GlpiValidationError):
        await api.ticket.get_sub_items(1, "Task", filter=wrong)
    assert place.sent == []


@only("hl", because="the legacy API has no filters")
async def test_a_filter_too_long_for_a_url(place: Place) -> None:
    """It travels in the body of a GET; one for whose reading GLPI would take many seconds is not sent."""
    api = place.client()
    ids = await place.tickets(api, 3)
    text = f"id=in=({','.join(map(str, [*range(10_000_000, 10_001_200), *ids]))})"
    assert [row["id"] for row in await api.ticket.get_all(filter=text)] == ids
    place.sent.clear()
    with pytest.raises(GlpiValidationError, match="split it"):
        await api.ticket.get_all(filter=f"id=in=({','.join(map(str, range(1, 6000)))})")
    assert place.sent == []


@only("hl", because="the legacy API has no filters")
async def test_a_misspelt_property(place: Place) -> None:
    with pytest.raises(GlpiAPIError) as told:  # what goes through params= is not looked at
        await place.client().ticket.get_all(params={"filter": "(no_such_field==1)"})
    assert told.value.status_code in (400, 500)
    assert "no_such_field" in str(told.value) or "property" in str(told.value)


@only("hl", because="legacy search has criteria")
async def test_search_gives_rows(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 3)
    found = await api.ticket.search(place.mine()["filter"])
    assert ([row["id"] for row in found], found.total, found.complete) == (ids, 3, True)
    assert await api.search("Ticket", place.mine()["filter"]) == found
    part = await api.ticket.search(place.mine()["filter"], limit=2, sort="id:desc")
    assert ([row["id"] for row in part], part.total, part.complete) == (ids[:0:-1], 3, False)


@only("legacy", because="HL has no criteria")
async def test_search_by_criteria(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 3)
    criteria = [{"field": 1, "searchtype": "contains", "value": place.mark}]
    found = await api.ticket.search(criteria=criteria, forcedisplay=[2], sort=2)
    assert (found["totalcount"], found["count"]) == (3, 3)
    assert [row["2"] for row in found["data"]] == ids
    assert await api.search("Ticket", criteria=criteria, forcedisplay=[2], sort=2) == found
    part = await api.ticket.search(criteria=criteria, forcedisplay=[2], sort=2, range="1-1")
    assert ([row["2"] for row in part["data"]], part["totalcount"]) == (ids[1:2], 3)


@only("legacy", because="HL has no criteria")
async def test_search_that_finds_nothing_has_no_rows(place: Place) -> None:
    found = await place.client().ticket.search(criteria=[{"field": 1, "searchtype": "contains", "value": place.mark}])
    assert (found["totalcount"], found["data"]) == (0, [])


@only("legacy", because="HL has no criteria")
async def test_search_that_is_too_long_for_a_url(place: Place) -> None:
    api = place.client()
    ids = await place.tickets(api, 2)
    criteria = [{"link": "OR", "field": 2, "searchtype": "equals", "value": id} for id in ids]
    criteria += [
        {"link": "OR", "field": 1, "searchtype": "contains", "value": f"{place.mark} {n:060}"} for n in range(90)
    ]
    found = await api.ticket.search(criteria=criteria, forcedisplay=[2], sort=2)
    assert [row["2"] for row in found["data"]] == ids
    assert [each.method for each in place.told("search/")] == ["POST"]
