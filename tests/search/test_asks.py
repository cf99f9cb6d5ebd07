"""What is sent to the search engine, word for word, and how its answers are read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest

from glpi_utils import F, GlpiUnsupportedError, GlpiValidationError
from glpi_utils._dialects.legacy import search
from glpi_utils._dialects.legacy.search_naming import Search, resolved, wanted
from glpi_utils._dialects.legacy.search_options import options_of
from glpi_utils._wire import Request, Response, UndecodableBody, UnexpectedAnswer
from tests.search.listing import options, software

SOFT = {"itemtype": "Software", "field": "name", "searchtype": "contains", "value": "a"}


def made(asked: Any = None, fields: Any = None, sort: Any = None, *, ten: bool = False, trash: bool = False) -> Search:
    known = {"Ticket": options(ten=ten), "Software": software()}
    return resolved("Ticket", known, wanted(asked, None, None), fields, sort, trash)


def words(request: Request) -> list[str]:
    return [f"{name}={value}" for name, value in parse_qsl(request.query, keep_blank_values=True)]


def criterion(place: str, *values: Any) -> list[str]:
    names = ("link", "field", "searchtype", "value")
    return [f"criteria{place}[{name}]={value}" for name, value in zip(names, values, strict=True)]


def answer(rows: Any, total: int, status: int = 200) -> Response:
    return Response(status, {}, json.dumps({"totalcount": total, **({"data": rows} if rows else {})}).encode())


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (
            made(),
            [
                *criterion("[0]", "AND", 2, "contains", ">=7"),
                *("forcedisplay[]=2", "forcedisplay[]=1", "sort[]=2", "order[]=ASC", "range=0-99"),
            ],
        ),
        (
            made(F.status == 1, ["requester", "name"], trash=True),
            [
                *criterion("[0]", "AND", 12, "equals", 1),
                *criterion("[1]", "AND", 2, "contains", ">=7"),
                *("forcedisplay[]=2", "forcedisplay[]=4", "forcedisplay[]=1", "sort[]=2", "order[]=ASC", "range=0-99"),
                "is_deleted=1",
            ],
        ),
        (
            made([F.status == 1, {"link": "OR", "field": 12, "searchtype": "equals", "value": 2}], ["id"]),
            [
                "criteria[0][link]=AND",
                *criterion("[0][criteria][0]", "AND", 12, "equals", 1),
                *criterion("[0][criteria][1]", "OR", 12, "equals", 2),
                *criterion("[1]", "AND", 2, "contains", ">=7"),
                *("forcedisplay[]=2", "sort[]=2", "order[]=ASC", "range=0-99"),
            ],
        ),
        (
            made([SOFT], ["name"]),
            [
                *criterion("[0]", "AND", 1, "contains", "a"),
                *("criteria[0][itemtype]=Software", "criteria[0][meta]=1"),
                *criterion("[1]", "AND", 2, "contains", ">=7"),
                *("forcedisplay[]=2", "forcedisplay[]=1", "sort[]=2", "order[]=ASC", "range=0-99", "uid_cols=1"),
            ],
        ),
        (
            made(None, ["Itil_Project.Project.name"]),
            [
                *criterion("[0]", "AND", 2, "contains", ">=7"),
                *(
                    "forcedisplay[]=2",
                    "forcedisplay[]=450",
                    "forcedisplay[]=4",
                    "sort[]=2",
                    "order[]=ASC",
                    "range=0-99",
                ),
            ],
        ),
        (
            made(None, ["Itil_Project.Project.name", "observer"]),
            [
                *criterion("[0]", "AND", 2, "contains", ">=7"),
                *(
                    "forcedisplay[]=2",
                    "forcedisplay[]=450",
                    "forcedisplay[]=66",
                    "sort[]=2",
                    "order[]=ASC",
                    "range=0-99",
                ),
            ],
        ),
    ],
    ids=["all", "fields", "or", "meta", "not grouped", "grouped"],
)
def test_a_page_by_ids(given: Search, sent: list[str]) -> None:
    request = search.page(given, 7, 100).request
    assert (request.method, request.path) == ("GET", "search/Ticket")
    assert words(request) == sent


def test_a_window_in_an_order() -> None:
    request = search.window(made(F.id > 3, ["name"], "-urgency,name"), 10, 5).request
    assert words(request) == [
        *criterion("[0]", "AND", 2, "contains", ">3"),
        *("forcedisplay[]=2", "forcedisplay[]=1", "sort[]=10", "sort[]=1", "sort[]=2"),
        *("order[]=DESC", "order[]=ASC", "order[]=ASC", "range=10-14"),
    ]
    assert "sort[]=2" in words(search.window(made(None, None, "-id"), 0, 5).request)
    assert made(None, None, "id").by_id
    assert not made(None, None, "-id").by_id


def test_what_is_too_long_for_a_url_is_posted() -> None:
    request = search.page(made(F.id.in_(range(1000, 1300)), ["name"]), 0, 100).request
    assert (request.method, request.query) == ("POST", "")
    assert isinstance(request.body, bytes)
    body = json.loads(request.body)
    assert len(body["criteria"][0]["criteria"]) == 300
    assert body["criteria"][1] == {"link": "AND", "field": 2, "searchtype": "contains", "value": ">=0"}
    assert (body["forcedisplay"], body["sort"], body["range"]) == ([2, 1], [2], "0-99")


def test_rows_are_read() -> None:
    read = search.page(made(None, ["name", 4, "ITILFollowup.content", "ITILCategory"]), 0, 9).read
    rows = [
        {"2": "5", "1": "a &#60; b", "4": ["2", "7"], "25": ["x", "y"], "7": None, "80": "Root entity"},
        {"2": 6, "1": None, "4": "2", "25": [], "7": "Top > Low"},
    ]
    assert read(answer(rows, 2)).items == [
        {"id": 5, "name": "a &#60; b", "requester": [2, 7], "ITILFollowup.content": ["x", "y"], "ITILCategory": None},
        {"id": 6, "name": None, "requester": 2, "ITILFollowup.content": None, "ITILCategory": "Top > Low"},
    ]
    ten = search.page(made(None, ["name"], ten=True), 0, 9).read
    assert ten(answer([{"2": 5, "1": "&#60;b&#62; R&#38;D"}], 1)).items == [{"id": 5, "name": "<b> R&D"}]
    assert read(answer([], 0)).items == []


def test_rows_of_two_itemtypes_are_named_by_uid() -> None:
    read = search.page(made([SOFT]), 0, 9).read
    row = {"Ticket.id": 5, "Ticket.name": "a", "Software.name": "office"}
    assert read(answer([row], 1)).items == [{"id": 5, "name": "a", "Software.name": "office"}]
    with pytest.raises(GlpiValidationError, match="one name for requester and observer"):
        made([SOFT], ["requester", "observer"])


@pytest.mark.parametrize(
    "response",
    [
        Response(200, {}, b"[]"),
        Response(200, {}, b'{"data": []}'),
        Response(200, {}, b'{"totalcount": "1"}'),
        answer([{"1": "a row without its id"}], 1),
        answer({"5": {"2": 5}}, 1),
    ],
)
def test_what_is_no_result_is_told(response: Response) -> None:
    with pytest.raises(UnexpectedAnswer):
        search.page(made(), 0, 9).read(response)


def test_a_window_holds_what_is_counted_and_nothing_twice() -> None:
    read = search.window(made(), 1, 3).read
    assert len(read(answer([{"2": 5}, {"2": 6}], 3)).items) == 2
    with pytest.raises(UndecodableBody, match="gave 1 of 2"):
        read(answer([{"2": 5}], 3))
    with pytest.raises(UnexpectedAnswer, match="more than once"):
        read(answer([{"2": 5}, {"2": 5}], 3))


def test_a_type_without_an_id_is_read_with_indexes() -> None:
    """`Log` has none; that of `Plugin` cannot be searched by."""
    row = {"name": "x", "table": "glpi_logs", "field": "user_name", "datatype": "string", "uid": "Log.user_name"}
    shown = {"nosearch": False, "nodisplay": False, "available_searchtypes": ["contains"]}
    number = {"name": "ID", "table": "glpi_logs", "field": "id", "datatype": "number", "uid": "Log.id"}
    log = options_of(
        "Log",
        {"1": row | shown, "2": number | shown | {"nosearch": True}},
        {"1": {**row, "linkfield": "user_name"}, "2": {**number, "linkfield": "id"}},
    )
    found = resolved("Log", {"Log": log}, [], ["user_name"], None, False)
    ask = search.window(found, 0, 9)
    assert words(ask.request) == ["forcedisplay[]=1", "range=0-8", "withindexes=1"]
    assert ask.read(answer({"7": {"1": "glpi"}, "8": []}, 2)).items == [
        {"id": 7, "user_name": "glpi"},
        {"id": 8, "user_name": None},
    ]


def test_options_are_asked_for_in_two_forms() -> None:
    assert [search.options("Ticket", raw=raw).request.query for raw in (False, True)] == ["", "raw=1"]
    with pytest.raises(GlpiUnsupportedError, match=r"search\(\)"):
        search.options("AllAssets", raw=False)
