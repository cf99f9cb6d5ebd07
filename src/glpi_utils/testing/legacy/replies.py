"""Answers on the wire: JSON with GLPI's headers, refusals, fatals, pages, files."""

from __future__ import annotations

from typing import Any

import orjson

from glpi_utils.testing.http.quirks import page
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.legacy import quirks
from glpi_utils.testing.legacy.refusals import Fatal, Refused, SqlFailed

Headers = tuple[tuple[str, str], ...]

EXPOSED = ("Access-Control-Expose-Headers", "content-type, content-range, accept-range")
NEVER_CACHED: Headers = (
    ("Pragma", "no-cache"),
    ("Cache-Control", "no-store, no-cache, must-revalidate"),
    ("Expires", "Mon, 26 Jul 1997 05:00:00 GMT"),
)
SESSION_STARTED: Headers = (
    ("Expires", "Thu, 19 Nov 1981 08:52:00 GMT"),
    ("Cache-Control", "no-store, no-cache, must-revalidate"),
    ("Pragma", "no-cache"),
)
HTML = ("Content-Type", "text/html; charset=UTF-8")
JSON = ("Content-Type", "application/json; charset=UTF-8")
FRAMED = ("x-frame-options", "SAMEORIGIN")


def cors(req: Req) -> Headers:
    """Return what is sent before anything else."""
    origin = (("Access-Control-Allow-Origin", "*"),) if "origin" in req.headers else ()
    return (*origin, EXPOSED) if req.method in ("GET", "OPTIONS") else origin


def encoded(value: Any) -> bytes:
    """Return compact JSON, UTF-8, slashes as they are."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)


def as_json(req: Req, value: Any, status: int = 200, extra: Headers = ()) -> Answer:
    """Return a JSON answer."""
    return Answer(status, (*cors(req), *NEVER_CACHED[:1], *extra, *NEVER_CACHED[1:], JSON), encoded(value))


def refused(req: Req, error: Refused, version: str) -> Answer:
    """Return a refusal in GLPI's own words."""
    return as_json(req, error.body(quirks.links_name_the_other_address(req.base, version)), error.status)


def fatal(req: Req, _error: Fatal, version: str, extra: Headers = ()) -> Answer:
    """Return what is sent when PHP has stopped."""
    if quirks.is_ten(version):
        return Answer(200, (*cors(req), *SESSION_STARTED, HTML), b"")
    private = ("Cache-Control", "no-store, no-cache, must-revalidate, no-cache, private")
    headers = (*cors(req), *extra, NEVER_CACHED[0], FRAMED, private, NEVER_CACHED[2], HTML)
    return Answer(500, headers, page("Error - GLPI"))


def sql_failed(req: Req, error: SqlFailed) -> Answer:
    """Return the database's words and then the JSON error, all labelled JSON, as 10 does."""
    text = str(error)
    body = text.encode() + encoded(["ERROR_SQL", f"Unexpected SQL Error : {text}"])
    return Answer(500, (*cors(req), *NEVER_CACHED, JSON), body)


def html_page(req: Req, title: str, extra: Headers = ()) -> Answer:
    """Return a page with GLPI's frame around it."""
    return Answer(200, (*cors(req), NEVER_CACHED[0], *extra, FRAMED, *NEVER_CACHED[1:], HTML), page(title))


def debugged(req: Req, called: Answer) -> Answer:
    """Return the page that `debug=1` makes of an answer; headers that say what it holds are kept."""
    kept = tuple(header for header in called.headers if header[0] in ("Last-Modified", "Accept-Range", "Content-Range"))
    return html_page(req, "Rest API - GLPI", kept)


def plain_page(req: Req, title: str) -> Answer:
    """Return a page outside GLPI's frame."""
    return Answer(200, (*cors(req), HTML), page(title))


def options(req: Req) -> Answer:
    """Return the answer to OPTIONS: allowed, and no session needed."""
    allowed = (
        ("Access-Control-Allow-Methods", "PUT, GET, POST, DELETE, OPTIONS"),
        ("Access-Control-Allow-Headers", "origin, content-type, accept, session-token, authorization, app-token"),
    )
    wanted_headers = ("access-control-request-method" in req.headers, "access-control-request-headers" in req.headers)
    return Answer(
        200, (*cors(req), *(header for header, wanted in zip(allowed, wanted_headers, strict=True) if wanted), HTML)
    )
