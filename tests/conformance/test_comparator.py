"""The comparator's own tests: what is identical is alike, and each way of being unlike is found."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.conformance.compare import differences
from tests.conformance.ranges import Range, expected, parse
from tests.conformance.recording import Answer, Exchange, Request, recordings

BASE = "http://127.0.0.1:8080"
JSON = {"content-type": "application/json"}


def exchange(path: str, status: int, headers: dict[str, str], json: Any = None, method: str = "GET") -> Exchange:
    answer = Answer(status, JSON | headers, json, "", json is not None)
    return Exchange(0, "a note", Request(method, path, {}), answer)


ITEM = {
    "id": 32805,
    "name": "hl Test",
    "is_deleted": False,
    "date": "2026-01-03T10:00:00+00:00",
    "date_mod": "2026-11-24T04:08:02+00:00",
    "status": {"id": 2, "name": "Processing (assigned)"},
    "category": None,
    "actiontime": 0,
    "waiting_duration": 3,
    "team": [{"role": "requester", "id": 7}],
    "emails": [],
}
READ = exchange("/api.php/v2/Assistance/Ticket/32805", 200, {}, ITEM)
LIST = exchange("/api.php/v2/Assistance/Ticket?start=6&limit=5", 200, {"content-range": "6-10/10"}, [ITEM] * 4)
BIG = exchange("/api.php/v2/Assistance/Ticket?limit=2", 206, {"content-range": "0-1/20012"}, [ITEM, ITEM])
EMPTY = exchange("/api.php/v2/Assistance/Ticket?filter=id==9", 200, {"content-range": "0--1/0"}, [])
CREATED = exchange(
    "/api.php/v2/Assistance/Ticket",
    302,
    {"location": "/Assistance/Ticket/5"},
    {"id": 5, "href": "/Assistance/Ticket/5"},
    "POST",
)
BULK = exchange(
    "/apirest.php/Computer",
    201,
    {"link": "https://glpi.example.com/apirest.php/Computer/1,https://glpi.example.com/apirest.php/Computer/2"},
    [{"id": 1, "message": "added"}, {"id": 2, "message": "added"}],
    "POST",
)
OAUTH = exchange(
    "/api.php/token",
    400,
    {},
    {"error": "invalid_request", "error_description": "…", "hint": "Check the `client_id` parameter"},
    "POST",
)
BASIC = exchange(
    "/api.php/token", 401, {"www-authenticate": 'Basic realm="OAuth"'}, {"error": "invalid_client"}, "POST"
)
TOKENS = exchange(
    "/api.php/token",
    200,
    {},
    {"token_type": "Bearer", "access_token": "<token>", "refresh_token": "<refresh_token>"},
    "POST",
)
REFUSED = exchange(
    "/api.php/v2/Assistance/Ticket",
    500,
    {},
    {
        "status": "ERROR",
        "title": "Failed to create item(s)",
        "detail": None,
        "additional_messages": [{"priority": "error", "message": "No."}],
    },
    "POST",
)
LEGACY_ERROR = exchange("/apirest.php/Ticket/9", 404, {}, ["ERROR_ITEM_NOT_FOUND", "Item not found"])
OPTIONS = exchange("/api.php/v2/Assistance/Ticket/2", 204, {"allow": "DELETE, GET, PATCH"}, method="OPTIONS")
SHA1 = exchange("/apirest.php/Computer/1?get_sha1=true", 200, {}, "7250517801a10021045f6c2ef462cd03b4737ade")
PAGE = Exchange(
    0,
    "a page",
    Request("GET", "/nope", {}),
    Answer(404, {"content-type": "text/html; charset=UTF-8"}, text="<title>Item not found - GLPI</title>"),
)
NOTHING = Exchange(0, "no body", Request("DELETE", "/x", {}), Answer(204))
SCALAR = exchange("/apirest.php/killSession", 200, {}, True)
MODIFIED = exchange("/apirest.php/Ticket/1", 200, {"last-modified": "Tue, 24 Nov 2026 03:22:10 GMT"}, {"id": 1})


def as_the_double_says(one: Exchange) -> Answer:
    """The same answer from another server at another time."""
    got = copy.deepcopy(one.answer)
    if one is TOKENS:
        return replace(got, json=got.json | {"access_token": "eyJ0.eyJz-x.c2ln_", "refresh_token": "def50200" * 9})
    if one is BULK:
        return replace(
            got, headers=got.headers | {"link": f"{BASE}/apirest.php/Computer/1, {BASE}/apirest.php/Computer/2"}
        )
    if one is SHA1:
        return replace(got, json="0" * 40)
    if one is READ:
        return replace(got, json=got.json | {"date_mod": "2027-03-01T23:59:59+00:00", "waiting_duration": 0})
    if one is BIG:
        return replace(got, headers=got.headers | {"content-range": "0-1/5004"})
    if one is PAGE:
        return replace(got, text="<!doctype html>\n<html><title>\n Item not found - GLPI </title><p>bye</html>")
    if one is MODIFIED:
        return replace(got, headers=got.headers | {"last-modified": "Mon, 01 Mar 2027 00:00:00 GMT"})
    return got


WHOLE = [READ, LIST, BIG, EMPTY, CREATED, BULK, OAUTH, BASIC, TOKENS, REFUSED, LEGACY_ERROR, OPTIONS, SHA1, PAGE]
WHOLE += [NOTHING, SCALAR, MODIFIED]


def compared(one: Exchange, got: Answer) -> list[str]:
    api = "legacy" if one.request.path.startswith("/apirest.php") else "hl"
    return [str(each) for each in differences(api, one, got, BASE)]


@pytest.mark.parametrize("one", WHOLE, ids=[f"{one.request.method} {one.request.path}" for one in WHOLE])
def test_alike(one: Exchange) -> None:
    assert compared(one, as_the_double_says(one)) == []


def headers(**changed: str | None) -> Callable[[Answer], Answer]:
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    return lambda got: replace(
        got, headers={key: value for key, value in (dict(got.headers) | named).items() if value is not None}
    )


def status(value: int) -> Callable[[Answer], Answer]:
    return lambda got: replace(got, status=value)


def body(change: Callable[[Any], Any]) -> Callable[[Answer], Answer]:
    return lambda got: replace(got, json=change(copy.deepcopy(got.json)))


def put(*path: Any) -> Callable[[Answer], Answer]:
    """`put("status", "id", 3)`: change one value inside."""

    def change(value: Any) -> Any:
        *inside, key, new = path
        for each in inside:
            value = value[each]
        value[key] = new

    def whole(value: Any) -> Any:
        change(value)
        return value

    return body(whole)


def drop(key: str) -> Callable[[Answer], Answer]:
    return body(lambda value: {name: each for name, each in value.items() if name != key})


MUTANTS: dict[str, tuple[Exchange, Callable[[Answer], Answer]]] = {
    "status changed": (READ, status(201)),
    "302 told as 200": (CREATED, status(200)),
    "key removed": (READ, drop("category")),
    "key added": (READ, put("extra", 1)),
    "nested key removed": (READ, put("status", {"id": 2})),
    "integer told as text": (READ, put("id", "32805")),
    "boolean told as integer": (READ, put("is_deleted", 0)),
    "integer told as decimal": (READ, put("actiontime", 0.0)),
    "null told as object": (READ, put("category", {"id": 1})),
    "object told as null": (READ, put("status", None)),
    "another id": (READ, put("id", 57)),
    "another status": (READ, put("status", "id", 1)),
    "another name of the status": (READ, put("status", "name", "New")),
    "a written date lost": (READ, put("date", "2026-01-03T11:00:00+00:00")),
    "a date without zone": (READ, put("date_mod", "2026-11-24T04:08:02")),
    "a date in SQL form": (READ, put("date_mod", "2026-11-24 04:08:02")),
    "rows for none": (READ, put("emails", ["a@b"])),
    "no rows for some": (READ, put("team", [])),
    "a row too many": (READ, put("team", [{"role": "requester", "id": 7}, {"role": "assigned", "id": 4}])),
    "an empty object for an empty list": (READ, put("emails", {})),
    "list answered by one object": (LIST, body(lambda value: value[0])),
    "empty list for rows": (LIST, body(lambda _: [])),
    "a row short": (LIST, body(lambda value: value[:3])),
    "rows for an empty list": (EMPTY, body(lambda _: [ITEM])),
    "Content-Range off by one": (LIST, headers(content_range="6-9/10")),
    "Content-Range of another total": (LIST, headers(content_range="6-10/11")),
    "Content-Range with a unit": (LIST, headers(content_range="items 6-10/10")),
    "Content-Range gone": (LIST, headers(content_range=None)),
    "Content-Range too many": (READ, headers(content_range="0-0/1")),
    "Content-Range against the formula": (BIG, headers(content_range="0-2/20012")),
    "rows against Content-Range": (BIG, body(lambda value: value * 2)),
    "Content-Range tidied": (EMPTY, headers(content_range="0-0/0")),
    "Content-Type changed": (READ, headers(content_type="text/html; charset=UTF-8")),
    "Content-Type with a charset": (READ, headers(content_type="application/json; charset=UTF-8")),
    "Content-Type gone": (READ, headers(content_type=None)),
    "Location gone": (CREATED, headers(location=None)),
    "Location with /api.php": (CREATED, headers(location="/api.php/Assistance/Ticket/5")),
    "Location without its path": (CREATED, headers(location="5")),
    "Location of another row": (CREATED, headers(location="/Assistance/Ticket/6")),
    "Link of one row only": (BULK, headers(link=f"{BASE}/apirest.php/Computer/1")),
    "Link of another host": (BULK, headers(link="http://x/apirest.php/Computer/1,http://x/apirest.php/Computer/2")),
    "Allow lost a method": (OPTIONS, headers(allow="DELETE, GET")),
    "Allow gone": (OPTIONS, headers(allow=None)),
    "WWW-Authenticate gone": (BASIC, headers(www_authenticate=None)),
    "Set-Cookie too many": (READ, headers(set_cookie="glpi_x=1")),
    "OAuth error changed": (OAUTH, put("error", "invalid_grant")),
    "OAuth hint changed": (OAUTH, put("hint", "Check the `client_secret` parameter")),
    "OAuth hint gone": (OAUTH, drop("hint")),
    "token is no JWT": (TOKENS, put("access_token", "opaque")),
    "refresh token gone": (TOKENS, drop("refresh_token")),
    "code changed": (REFUSED, put("status", "ERROR_INVALID_PARAMETER")),
    "title changed": (REFUSED, put("title", "Failed to update item(s)")),
    "message changed": (REFUSED, put("additional_messages", 0, "message", "Perhaps.")),
    "messages gone": (REFUSED, drop("additional_messages")),
    "legacy code changed": (LEGACY_ERROR, put(0, "ERROR_RIGHT_MISSING")),
    "legacy message changed": (LEGACY_ERROR, put(1, "")),
    "hash told as text": (SHA1, body(lambda _: "not a hash")),
    "page of another title": (PAGE, lambda got: replace(got, text="<title>Error - GLPI</title>")),
    "page gone": (PAGE, lambda got: replace(got, text="")),
    "JSON for a page": (PAGE, lambda got: replace(got, text="", json=["ERROR", ""], is_json=True)),
    "body for none": (NOTHING, lambda got: replace(got, text="x")),
    "JSON for none": (NOTHING, lambda got: replace(got, json={}, is_json=True)),
    "none for JSON": (READ, lambda got: replace(got, json=None, is_json=False)),
    "true told as text": (SCALAR, body(lambda _: "true")),
    "Last-Modified gone": (MODIFIED, headers(last_modified=None)),
    "Last-Modified in another form": (MODIFIED, headers(last_modified="2026-11-24 03:22:10")),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_unlike(name: str) -> None:
    one, mutate = MUTANTS[name]
    assert compared(one, mutate(as_the_double_says(one)))


def test_there_are_enough_mutants() -> None:
    assert len(MUTANTS) >= 20


@pytest.mark.parametrize("recording", recordings(), ids=lambda recording: recording.name)
def test_every_recorded_answer_is_alike_itself(recording: Any) -> None:
    for one in recording.exchanges:
        got = one.answer
        if any(
            mark in f"{got.json}{got.headers}" for mark in ("<more rows>", "<more keys>", "token>", "<code>", "secret>")
        ):
            continue  # cut by the trimmer or a placeholder: no server says that
        assert [str(each) for each in differences(recording.api, one, got, "https://glpi.example.com")] == []


def test_what_a_scenario_frees_is_compared_by_shape() -> None:
    one = exchange("/api.php/v2/session", 200, {}, {"rights": {"ticket": 523295, "user": None}, "id": 4})
    free = ["body.rights.*"]
    for rights, same in (({"ticket": 1, "user": 2}, True), ({"ticket": "1", "user": 2}, False), ({"ticket": 1}, False)):
        got = replace(one.answer, json={"rights": rights, "id": 4})
        assert (differences("hl", one, got, BASE, free) == []) is same


@pytest.mark.parametrize(
    ("path", "total", "text", "rows"),
    [
        ("/api.php/v2/Assistance/Ticket?limit=9", 10, "0-8/10", 9),
        ("/api.php/v2/Assistance/Ticket?limit=10", 10, "0-9/10", 10),
        ("/api.php/v2/Assistance/Ticket?start=6&limit=5", 10, "6-10/10", 4),
        ("/api.php/v2/Assistance/Ticket?start=10&limit=1", 10, "10-10/10", 0),
        ("/api.php/v2/Assistance/Ticket", 0, "0--1/0", 0),
        ("/api.php/v2/Assistance/Ticket?limit=1", 0, "0-0/0", 0),
        ("/api.php/v2/Assistance/Ticket?start=50000&limit=2", 20012, "50000-20011/20012", 0),
        ("/api.php/v2/Assistance/Ticket?start=-5&limit=2", 20012, "-5-0/20012", 2),
    ],
)
def test_the_formula_is_the_contract_s(path: str, total: int, text: str, rows: int) -> None:
    assert expected("hl", path, total) == (parse(text), rows)


def test_the_legacy_formula_is_the_contract_s() -> None:
    assert expected("legacy", "/apirest.php/Ticket", 5004) == (Range(0, 20, 5004), 20)
    assert expected("legacy", "/apirest.php/search/Ticket", 5004) == (Range(0, 19, 5004), 20)
    assert expected("legacy", "/apirest.php/Ticket?range=5004-5010", 5004) == (Range(5004, 5003, 5004), 0)
    assert expected("legacy", "/apirest.php/Ticket?range=4-5", 5004) == (Range(4, 5, 5004), 2)
