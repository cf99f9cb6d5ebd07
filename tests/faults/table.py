"""The table of issue and docs as data: what strikes, and what the caller, the server and the rows say afterwards.

A cell reads `outcome requests rows`: "done" or the error's name without Glpi and Error; how many requests the server saw;
how often the call was carried out there. Where the APIs differ, HL stands before the slash, legacy behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from glpi_utils.testing import Fault, troubles
from glpi_utils.testing.http.wire import Req
from tests.faults.places import Place

OUTCOMES = """
what strikes              | read            | update                    | delete                    | create, followup
------------------------- | --------------- | ------------------------- | ------------------------- | -------------------------
nothing                   | done 1 0        | done 1 1                  | done 1 1                  | done 1 1
latency                   | done 1 0        | done 1 1                  | done 1 1                  | done 1 1
429                       | done 2 0        | done 2 1                  | done 2 1                  | done 2 1
429, Retry-After          | done 2 0        | done 2 1                  | done 2 1                  | done 2 1
429, JSON                 | done 2 0        | done 2 1                  | done 2 1                  | done 2 1
429 for ever              | RateLimit 4 0   | RateLimit 4 0             | RateLimit 4 0             | RateLimit 4 0
429, Retry-After too long | RateLimit 1 0   | RateLimit 1 0             | RateLimit 1 0             | RateLimit 1 0
503, Retry-After          | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
503, Retry-After, done    | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
503 too long              | API 1 0         | API 1 0                   | API 1 0                   | UnknownOutcome 1 0
503 page                  | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
503 page, done            | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
503 for ever              | API 4 0         | API 4 0                   | API 4 0                   | UnknownOutcome 1 0
500 page                  | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
500 page, done            | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
500 empty                 | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
500 empty, done           | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
500 JSON of GLPI          | API 1 0         | API 1 0                   | API 1 0                   | API 1 0
502 page                  | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
502 page, done            | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
502 JSON of a gateway     | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
504 page                  | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
504 page, done            | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
502 for ever, done        | API 4 0         | API 4 1                   | API 4 1                   | UnknownOutcome 1 1
400 page                  | API 1 0         | API 1 0                   | API 1 0                   | API 1 0
400 empty                 | API 1 0         | API 1 0                   | API 1 0                   | API 1 0
403 page                  | Permission 1 0  | Permission 1 0            | Permission 1 0            | Permission 1 0
404 page                  | NotFound 1 0    | NotFound 1 0              | NotFound 1 0              | NotFound 1 0
413 page                  | API 1 0         | API 1 0                   | API 1 0                   | API 1 0
403 JSON of GLPI          | Permission 1 0  | Permission 1 0            | Permission 1 0            | Permission 1 0
maintenance               | Maintenance 1 0 | Maintenance 1 0           | Maintenance 1 0           | Maintenance 1 0
401 page                  | done 3 0 / Auth 1 0 | done 3 1 / Auth 1 0   | done 3 1 / Auth 1 0       | done 3 1 / Auth 1 0
401 for ever              | Auth 3 0        | Auth 3 0                  | Auth 3 0                  | Auth 3 0
expired there             | done 3 0        | done 3 1                  | done 3 1                  | done 3 1
revoked there             | done 3 0        | done 3 1                  | done 3 1                  | done 3 1
expired, then 502, done   | done 4 0        | done 4 1                  | done 4 1 / done 5 1       | UnknownOutcome 3 1
reset before the write    | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
closed before the write   | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
reset after the write     | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
closed after the write    | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
reset for ever            | Connection 4 0  | Connection 4 0            | Connection 4 0            | UnknownOutcome 1 0
time-out before the write | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
time-out after the write  | done 2 0        | done 2 1                  | done 2 1 / done 3 1       | UnknownOutcome 1 1
time-out for ever         | Timeout 4 0     | Timeout 4 0               | Timeout 4 0               | UnknownOutcome 1 0
committed late            | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 1
cut body, chunked         | done 2 0        | done 2 1                  | done 1 1 / done 3 1       | UnknownOutcome 1 1
cut body, by length       | done 2 0        | done 2 1                  | done 1 1 / done 3 1       | UnknownOutcome 1 1
cut body for ever         | Connection 4 0  | Connection 4 1            | done 1 1 / Connection 4 1 | UnknownOutcome 1 1
garbage behind the body   | done 2 0        | done 2 1                  | done 1 1 / done 3 1       | UnknownOutcome 1 1
garbage for ever          | API 4 0         | API 4 1                   | done 1 1 / API 2 1        | UnknownOutcome 1 1
created 200               | done 1 0        | done 1 1                  | done 1 1                  | done 1 1
created 201               | done 1 0        | done 1 1                  | done 1 1                  | done 1 1
created 302               | done 1 0        | done 1 1                  | done 1 1                  | done 1 1
created 200, no body      | done 1 0        | done 1 1                  | done 1 1                  | UnknownOutcome 1 1
created 201, no body      | done 1 0        | done 1 1                  | done 1 1                  | UnknownOutcome 1 1
created 302, no body      | done 1 0        | done 1 1                  | done 1 1                  | UnknownOutcome 1 1
200 without what was due  | API 4 0         | API 4 0                   | done 1 0 / API 4 0        | UnknownOutcome 1 0
302 page                  | done 2 0        | done 2 1                  | done 2 1                  | UnknownOutcome 1 0
301 to another server     | API 1 0         | API 1 0                   | API 1 0                   | API 1 0
307 to another server     | API 1 0         | API 1 0                   | API 1 0                   | API 1 0
308 to another server     | API 1 0         | API 1 0                   | API 1 0                   | API 1 0
301 to the same server    | done 2 0        | API 1 0                   | API 1 0                   | API 1 0
307 to the same server    | done 2 0        | API 1 0                   | API 1 0                   | API 1 0
308 to the same server    | done 2 0        | API 1 0                   | API 1 0                   | API 1 0
"""

T = troubles
Make = Callable[[Place], list[Fault]]


def business(place: Place, code: int) -> Any:
    """GLPI's no, in the words of the API."""
    no = {"status": "ERROR_RIGHT_MISSING", "title": "No", "detail": None, "additional_messages": [{"message": "no"}]}
    return no if place.hl else ["ERROR_RIGHT_MISSING", "No"]


def _status(code: int, kind: str, done: bool, **more: Any) -> Make:
    def make(place: Place) -> list[Fault]:
        body = {"json": business(place, code)} if kind == "glpi" else {"html": "Trouble"} if kind == "page" else {}
        return [T.status(code, executed=done, **body, **more)]

    return make


def _redirect(code: int, same: bool) -> Make:
    def make(place: Place) -> list[Fault]:
        base = place.glpi.url if same else ELSEWHERE
        return [T.redirect(code, base + place.path, times=1 if same else None)]

    return make


def _created(code: int, body: bool) -> Make:
    return lambda _: [T.create_status(code, body)]


def _not_you(place: Place) -> Any:
    """What a deactivated user is told, for ever."""
    if place.hl:
        return {"title": "You are not authenticated", "detail": None, "status": "ERROR_UNAUTHENTICATED"}
    return ["ERROR_SESSION_TOKEN_INVALID", "session_token seems invalid"]


def _signed(req: Req) -> bool:
    """Not the requests by which one logs in."""
    return not req.path.endswith(("/token", "/initSession"))


ELSEWHERE = "https://elsewhere.test"
GATEWAY = {"type": "about:blank", "title": "Bad Gateway", "status": 502}
ONCE: dict[str, Any] = {"times": 1}
STRIKES: dict[str, Make] = {
    "nothing": lambda _: [],
    "latency": lambda _: [T.latency(0.05)],
    "429": lambda _: [T.too_many(**ONCE)],
    "429, Retry-After": lambda _: [T.too_many(0, **ONCE)],
    "429, JSON": _status(429, "glpi", False, **ONCE),
    "429 for ever": lambda _: [T.too_many()],
    "429, Retry-After too long": lambda _: [T.too_many(3600)],
    "503, Retry-After": _status(503, "page", False, retry_after=0, **ONCE),
    "503, Retry-After, done": _status(503, "page", True, retry_after=0, **ONCE),
    "503 too long": _status(503, "page", False, retry_after=3600),
    "503 for ever": _status(503, "page", False),
    "500 JSON of GLPI": _status(500, "glpi", False),
    "403 JSON of GLPI": _status(403, "glpi", False),
    "502 JSON of a gateway": lambda _: [T.status(502, json=GATEWAY, **ONCE)],
    "502 for ever, done": _status(502, "page", True),
    **{
        f"{code} {kind}{', done' if done else ''}": _status(code, kind, done, **ONCE)
        for code, kind in ((500, "page"), (500, "empty"), (502, "page"), (503, "page"), (504, "page"))
        for done in (False, True)
    },
    **{
        f"{code} {kind}": _status(code, kind, False)
        for code, kind in ((400, "page"), (400, "empty"), (403, "page"), (404, "page"), (413, "page"))
    },
    "maintenance": lambda _: [T.maintenance()],
    "401 page": _status(401, "page", False, **ONCE),
    "401 for ever": lambda place: [T.status(401, json=_not_you(place), when=_signed)],
    "expired there": lambda _: [T.expired_token(**ONCE)],
    "revoked there": lambda _: [T.revoked_token(**ONCE)],
    "expired, then 502, done": lambda place: [
        T.expired_token(**ONCE),
        T.status(502, html="Trouble", executed=True, after=1, when=_signed, **ONCE),
    ],
    "reset before the write": lambda _: [T.drop_before(**ONCE)],
    "closed before the write": lambda _: [T.drop_before(reset=False, **ONCE)],
    "reset after the write": lambda _: [T.drop_after(**ONCE)],
    "closed after the write": lambda _: [T.drop_after(reset=False, **ONCE)],
    "reset for ever": lambda _: [T.drop_before()],
    "time-out before the write": lambda _: [T.hang(**ONCE)],
    "time-out after the write": lambda _: [T.hang(executed=True, **ONCE)],
    "time-out for ever": lambda _: [T.hang()],
    "committed late": lambda _: [T.late_commit(0.03, **ONCE)],
    "cut body, chunked": lambda _: [T.truncated(**ONCE)],
    "cut body, by length": lambda _: [T.truncated(announced="length", **ONCE)],
    "cut body for ever": lambda _: [T.truncated()],
    "garbage behind the body": lambda _: [T.garbage(**ONCE)],
    "garbage for ever": lambda _: [T.garbage()],
    **{f"created {code}": _created(code, True) for code in (200, 201, 302)},
    **{f"created {code}, no body": _created(code, False) for code in (200, 201, 302)},
    "200 without what was due": lambda _: [T.status(200, json=[])],
    "302 page": lambda place: [T.redirect(302, place.glpi.url + place.path, **ONCE)],
    **{f"{code} to another server": _redirect(code, False) for code in (301, 307, 308)},
    **{f"{code} to the same server": _redirect(code, True) for code in (301, 307, 308)},
}
TIMES_OUT = "time-out"


def cells() -> list[tuple[str, str, str]]:
    """(what strikes, verb, cell) for every cell of the table."""
    head, _, *lines = [[cell.strip() for cell in line.split("|")] for line in OUTCOMES.strip().splitlines()]
    found = []
    for strike, *row in lines:
        for verbs, cell in zip(head[1:], row, strict=True):
            found += [(strike, verb.strip(), cell) for verb in verbs.split(",")]
    return found


def expected(cell: str, api: str) -> str:
    """The half that is this API's."""
    hl, _, legacy = cell.partition("/")
    return (legacy if api == "legacy" and legacy else hl).strip()
