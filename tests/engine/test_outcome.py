"""What became of a call: the table, cell by cell, for every kind of request and both APIs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from glpi_utils import exceptions as errors
from glpi_utils._engine.request.outcome import TABLE, Action, Event, Outcome, act, of_answer, of_transport_error
from glpi_utils._wire import Kind, Operation, Page, Request, Response, Stage, TransportError
from glpi_utils.exceptions import GlpiError
from tests.engine.fakes import DIALECTS, HTML, JSON, LEGACY, asks, page, said

READ, CHANGE, REMOVE, CREATE = Kind.READ, Kind.CHANGE, Kind.REMOVE, Kind.CREATE
WRITES = (CHANGE, REMOVE, CREATE)
HERE = "http://glpi.test/api.php/v2.2/Assistance/Ticket/1"
THERE = "https://glpi.test/api.php/v2.2/Assistance/Ticket/1"
FOREIGN = b'{"type":"about:blank","title":"Bad Gateway","status":502}'
WARNING = b"<br />\n<b>Warning</b>: Undefined array key<br />\n"
GOOD: dict[str, dict[Kind, Response]] = {
    "hl": {
        READ: said(200, b'{"id":1,"name":"x"}'),
        CHANGE: said(200, b'{"id":1,"name":"x"}'),
        REMOVE: said(204),
        CREATE: said(302, b'{"id":5,"href":"/Assistance/Ticket/5"}', location="/Assistance/Ticket/5"),
    },
    "legacy": {
        READ: said(200, b'{"id":1,"name":"x"}'),
        CHANGE: said(200, b'[{"1":true,"message":""}]'),
        REMOVE: said(200, b'[{"1":true,"message":""}]'),
        CREATE: said(201, b'{"id":5,"message":""}'),
    },
}


def refused(api: str, status: int, code: str = "ERROR_RIGHT_MISSING", **more: str) -> Response:
    """GLPI's own no."""
    said_by_glpi = {"status": code, "title": "No", "detail": None} if api == "hl" else [code, "No"]
    return said(status, json.dumps(said_by_glpi).encode(), JSON, **more)


def lapsed(api: str) -> Response:
    if api == "hl":
        return said(400, b'{"status":"ERROR_INVALID_PARAMETER","title":"Invalid OAuth token","detail":null}')
    return refused(api, 401, "ERROR_SESSION_TOKEN_INVALID")


@dataclass(frozen=True)
class Case:
    """An answer, and what it is for these kinds of request."""

    name: str
    what: Outcome
    error: type[GlpiError] | None
    answer: Response
    kinds: tuple[Kind, ...] = tuple(Kind)


def cases(api: str) -> list[Case]:
    """Every answer that the table tells apart, as this API gives it."""
    good = GOOD[api]
    plain, no = errors.GlpiAPIError, refused
    found = [
        *(Case(f"{code}", Outcome.MOVED, plain, page(code, location=THERE)) for code in (301, 307, 308)),
        Case("301 with data", Outcome.MOVED, plain, said(301, b'{"id":1}', location=THERE)),
        *(Case(f"{code} on a read", Outcome.MOVED, plain, page(code, location=THERE), (READ,)) for code in (302, 303)),
        Case("lapsed", Outcome.LAPSED, errors.GlpiAuthError, lapsed(api)),
        Case("429 page", Outcome.THROTTLED, errors.GlpiRateLimitError, page(429)),
        Case("429 empty, Retry-After", Outcome.THROTTLED, errors.GlpiRateLimitError, said(429, retry_after="7")),
        Case("429 JSON", Outcome.THROTTLED, errors.GlpiRateLimitError, no(api, 429)),
        Case("503 page, Retry-After", Outcome.UNAVAILABLE, plain, page(503, retry_after="7")),
        Case("503 JSON, Retry-After", Outcome.UNAVAILABLE, plain, no(api, 503, retry_after="7")),
        Case("503 page", Outcome.BROKEN, plain, page(503)),
        Case("503 page, Retry-After nonsense", Outcome.BROKEN, plain, page(503, retry_after="soon")),
        Case("503 JSON", Outcome.REFUSED, plain, no(api, 503)),
        *(Case(f"{code} page", Outcome.PAGE, plain, page(code)) for code in (400, 405, 413, 414, 418)),
        *(Case(f"{code} empty", Outcome.PAGE, plain, said(code)) for code in (400, 405, 409, 422)),
        Case("403 page", Outcome.PAGE, errors.GlpiPermissionError, page(403)),
        Case("404 page", Outcome.PAGE, errors.GlpiNotFoundError, page(404)),
        Case("404 foreign JSON", Outcome.PAGE, errors.GlpiNotFoundError, said(404, b'{"message":"no Route matched"}')),
        Case("200 page", Outcome.MAINTENANCE, errors.GlpiMaintenanceError, page(200)),
        Case("400 JSON", Outcome.REFUSED, plain, no(api, 400)),
        Case("403 JSON", Outcome.REFUSED, errors.GlpiPermissionError, no(api, 403)),
        Case("404 JSON", Outcome.REFUSED, errors.GlpiNotFoundError, no(api, 404, "ERROR_ITEM_NOT_FOUND")),
        Case("500 JSON, a business rule", Outcome.REFUSED, plain, no(api, 500, "ERROR")),
        Case("502 JSON of GLPI", Outcome.REFUSED, plain, no(api, 502, "ERROR")),
        *(Case(f"{code} page", Outcome.BROKEN, plain, page(code)) for code in (500, 502, 504, 520)),
        *(Case(f"{code} empty", Outcome.BROKEN, plain, said(code)) for code in (500, 502, 504)),
        Case("502 foreign JSON", Outcome.BROKEN, plain, said(502, FOREIGN)),
        Case("504 foreign JSON", Outcome.BROKEN, plain, said(504, b'{"error":"upstream timed out"}')),
        *(Case("done", Outcome.DONE, None, good[kind], (kind,)) for kind in Kind),
        Case("204 for a create", Outcome.HOLLOW, plain, said(204), (CREATE,)),
        Case("302 page on a write", Outcome.HOLLOW, plain, page(302, location=THERE), WRITES),
        Case("303 page on a write", Outcome.HOLLOW, plain, page(303, location=THERE), WRITES),
        Case("304", Outcome.HOLLOW, plain, said(304, b"{}"), (READ, CHANGE, CREATE)),
        Case("200, no id", Outcome.HOLLOW, plain, said(200, b'{"message":"fine"}'), (CREATE,)),
        Case("201, id no number", Outcome.HOLLOW, plain, said(201, b'{"id":"5"}'), (CREATE,)),
        Case("201, id true", Outcome.HOLLOW, plain, said(201, b'{"id":true}'), (CREATE,)),
        Case("200, a list for an item", Outcome.HOLLOW, plain, said(200, b"[]"), (READ, CREATE)),
        Case("warnings, then the id", Outcome.BROKEN, plain, said(200, WARNING + b'{"id":5}', HTML), (READ, CREATE)),
    ]
    whole = [kind for kind in Kind if good[kind].body]
    for kind in whole:
        body, status = good[kind].body, 200 if api == "hl" else good[kind].status
        found += [
            Case("cut", Outcome.BROKEN, plain, said(status, body[:-3]), (kind,)),
            Case("trailing garbage", Outcome.BROKEN, plain, said(status, body + WARNING), (kind,)),
            Case("a page behind it", Outcome.BROKEN, plain, said(status, body + b"<html></html>"), (kind,)),
            Case("warnings before it", Outcome.BROKEN, plain, said(200, WARNING + body), (kind,)),
            Case("200 empty", Outcome.BROKEN, plain, said(200), (kind,)),
        ]
    return found + (_of_highlevel() if api == "hl" else _of_legacy())


def _of_highlevel() -> list[Case]:
    unknown = b'{"title":"You are not authenticated","detail":null,"status":"ERROR_UNAUTHENTICATED"}'
    new = GOOD["hl"][CREATE].body
    return [
        Case("401 JSON", Outcome.LAPSED, errors.GlpiAuthError, said(401, unknown)),
        Case("401 page", Outcome.LAPSED, errors.GlpiAuthError, page(401)),
        Case("401 empty", Outcome.LAPSED, errors.GlpiAuthError, said(401)),
        *(Case(f"{code}", Outcome.DONE, None, said(code, new), (CREATE,)) for code in (200, 201, 302)),
        *(Case(f"{code}", Outcome.DONE, None, said(code), (REMOVE,)) for code in (200, 201, 202, 204)),
        Case("warnings and nothing else", Outcome.BROKEN, errors.GlpiAPIError, said(200, WARNING, HTML), (REMOVE,)),
        Case("200 for a delete, a page", Outcome.MAINTENANCE, errors.GlpiMaintenanceError, page(200), (REMOVE,)),
    ]


def _of_legacy() -> list[Case]:
    partly = b'["ERROR_GLPI_PARTIAL_UPDATE",[{"1":false,"message":"no"}]]'
    return [
        Case(
            "401, a wrong password", Outcome.REFUSED, errors.GlpiAuthError, refused("legacy", 401, "ERROR_GLPI_LOGIN")
        ),
        Case("401 page", Outcome.PAGE, errors.GlpiAuthError, page(401)),
        Case("207, some refused", Outcome.REFUSED, errors.GlpiPartialError, said(207, partly), (CHANGE,)),
        Case("200, of another item", Outcome.HOLLOW, errors.GlpiAPIError, said(200, b'[{"2":true}]'), (CHANGE, REMOVE)),
        Case("a false answer", Outcome.REFUSED, errors.GlpiPartialError, said(200, b'[{"1":false}]'), (CHANGE, REMOVE)),
    ]


ALL = [
    pytest.param(api, case, kind, id=f"{api}-{case.name}-{kind.value}")
    for api in DIALECTS
    for case in cases(api)
    for kind in case.kinds
]


@pytest.mark.parametrize(("api", "case", "kind"), ALL)
def test_what_an_answer_is(api: str, case: Case, kind: Kind) -> None:
    dialect = DIALECTS[api]
    event = of_answer(case.answer, asks(dialect)[kind], dialect)
    assert (event.what, type(event.error)) == (case.what, type(None) if case.error is None else case.error)
    if event.error is not None:
        assert event.error.status_code == case.answer.status
        assert "<" not in event.error.message, "no page is shown"


@pytest.mark.parametrize("api", DIALECTS)
def test_every_row_but_those_of_faults_is_met_by_every_kind(api: str) -> None:
    met = {(case.what, kind) for case in cases(api) for kind in case.kinds}
    rows = set(Outcome) - {Outcome.UNSENDABLE, Outcome.CERTIFICATE, Outcome.UNREACHED, Outcome.OVERSIZED}
    assert met == set(product(rows, Kind))


FAULTS = [
    (Stage.CERTIFICATE, False, Outcome.CERTIFICATE, errors.GlpiConnectionError, False),
    (Stage.UNREACHED, False, Outcome.UNREACHED, errors.GlpiConnectionError, False),
    (Stage.UNREACHED, True, Outcome.UNREACHED, errors.GlpiTimeoutError, False),
    (Stage.SENT, False, Outcome.BROKEN, errors.GlpiConnectionError, True),
    (Stage.SENT, True, Outcome.BROKEN, errors.GlpiTimeoutError, True),
    (Stage.UNSENDABLE, False, Outcome.UNSENDABLE, errors.GlpiValidationError, False),
    (Stage.OVERSIZED, False, Outcome.OVERSIZED, errors.GlpiConnectionError, True),
]


@pytest.mark.parametrize(("stage", "late", "what", "kind", "sent"), FAULTS)
def test_what_no_answer_is(stage: Stage, late: bool, what: Outcome, kind: type[GlpiError], sent: bool) -> None:
    event = of_transport_error(TransportError(stage, "why", timed_out=late))
    assert (event.what, type(event.error), str(event.error)) == (what, kind, "why")
    assert getattr(event.error, "sent", False) is sent


DECIDED = {
    Outcome.CERTIFICATE: (Action.RAISE, Action.RAISE),
    Outcome.UNREACHED: (Action.REPEAT, Action.REPEAT),
    Outcome.MOVED: (Action.RAISE, Action.RAISE),
    Outcome.LAPSED: (Action.RENEW, Action.RENEW),
    Outcome.THROTTLED: (Action.REPEAT, Action.REPEAT),
    Outcome.UNAVAILABLE: (Action.REPEAT, Action.UNKNOWN),
    Outcome.PAGE: (Action.RAISE, Action.RAISE),
    Outcome.MAINTENANCE: (Action.RAISE, Action.RAISE),
    Outcome.REFUSED: (Action.RAISE, Action.RAISE),
    Outcome.BROKEN: (Action.REPEAT, Action.UNKNOWN),
    Outcome.DONE: (Action.DONE, Action.DONE),
    Outcome.UNSENDABLE: (Action.RAISE, Action.RAISE),
    Outcome.OVERSIZED: (Action.RAISE, Action.UNKNOWN),
    Outcome.HOLLOW: (Action.REPEAT, Action.UNKNOWN),
}


@pytest.mark.parametrize(("what", "kind"), list(product(Outcome, Kind)))
def test_what_follows(what: Outcome, kind: Kind) -> None:
    assert act(what, kind) is DECIDED[what][kind is CREATE]
    assert TABLE[what] == DECIDED[what]


def test_nothing_that_may_have_been_done_is_repeated_for_a_create() -> None:
    unknown = {what for what in Outcome if act(what, CREATE) is Action.UNKNOWN}
    assert unknown == {Outcome.UNAVAILABLE, Outcome.BROKEN, Outcome.OVERSIZED, Outcome.HOLLOW}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(("7", 7.0), ("0", 0.0), ("-3", 0.0), ("2.5", 2.5), ("soon", None), ("", None)),
        *(("inf", None), ("1e999", None), ("-Infinity", None), ("nan", None)),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
    ],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    event = _read(page(429, retry_after=text))
    assert event.pause == seconds
    assert isinstance(event.error, errors.GlpiRateLimitError)
    assert event.error.retry_after == seconds


@pytest.mark.parametrize(
    ("until", "now", "pause"),
    [
        ("Wed, 21 Oct 2015 07:28:30 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", 30.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:30 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", "", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", "now", None),
        ("Wed, 21 Oct 2015 07:28:00 -0000", "Wed, 21 Oct 2015 07:28:00 GMT", None),
        ("Wed, 32 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", None),
    ],
    ids=["ahead", "past", "no Date", "no date in Date", "no zone", "no date"],
)
def test_retry_after_as_a_date_counts_from_the_clock_of_the_server(until: str, now: str, pause: float | None) -> None:
    event = _read(page(429, retry_after=until, date=now))
    assert event.pause == pause


def test_an_unsigned_request_does_not_lapse() -> None:
    ask: Operation[Any] = Operation(Request("GET", "initSession", signed=False), lambda _: None)
    for api, dialect in DIALECTS.items():
        event = of_answer(refused(api, 401, "ERROR_SESSION_TOKEN_INVALID"), ask, dialect)
        assert (event.what, type(event.error)) == (Outcome.REFUSED, errors.GlpiAuthError)


def test_a_session_token_that_the_server_can_not_open() -> None:
    """From 11.0.7 on it says that there was none: to a request that carried one, the session has lapsed."""
    answer = refused("legacy", 400, "ERROR_SESSION_TOKEN_MISSING")
    event = of_answer(answer, LEGACY.get(LEGACY.resource("Ticket"), 1, {}), LEGACY)
    assert (event.what, type(event.error)) == (Outcome.LAPSED, errors.GlpiAuthError)
    unsigned: Operation[Any] = Operation(Request("GET", "initSession", signed=False), lambda _: None)
    assert of_answer(answer, unsigned, LEGACY).what is Outcome.REFUSED


def test_a_refusal_that_is_an_answer_after_all() -> None:
    ticket = LEGACY.resource("Ticket")
    ask = LEGACY.page(ticket, LEGACY.listing(ticket, {"range": "50-99"}))
    event = of_answer(refused("legacy", 400, "ERROR_RANGE_EXCEED_TOTAL"), ask, LEGACY)
    assert (event.what, event.value) == (Outcome.DONE, Page([], 50, None))


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        (THERE, "Use url='https://glpi.test'"),
        ("https://b.test/glpi/apirest.php/Ticket?x=secret", "Use url='https://b.test/glpi'"),
        ("https://sso.test/login?next=secret", "leads to 'https://sso.test/login', which is no API of GLPI"),
        ("/elsewhere", "Check url="),
        ("", "Check url="),
    ],
)
def test_a_redirect_names_the_url_to_use(place: str, advice: str) -> None:
    event = _read(page(301, location=place))
    assert event.what is Outcome.MOVED
    assert advice in str(event.error)
    assert "secret" not in str(event.error)


def _read(answer: Response) -> Event:
    dialect = DIALECTS["hl"]
    return of_answer(answer, asks(dialect)[READ], dialect)
