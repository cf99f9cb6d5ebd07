"""Answers as GLPI's high-level API words them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import orjson

from glpi_utils.testing.http.quirks import error_page
from glpi_utils.testing.http.wire import Answer

Headers = tuple[tuple[str, str], ...]

JSON: Headers = (("Content-Type", "application/json"),)
HTML: Headers = (("Content-Type", "text/html; charset=UTF-8"),)
NOSNIFF: Headers = (("X-Content-Type-Options", "nosniff"),)
EXPOSED: Headers = tuple(
    ("Access-Control-Expose-Headers", name) for name in ("Content-Type", "Content-Range", "Accept-Ranges")
)

NO_RIGHT = "You don't have permission to perform this action."


class Stop(Exception):
    """Ends a request with this answer, wherever it stands."""

    def __init__(self, answer: Answer, why: str = "") -> None:
        super().__init__(answer.status)
        self.answer = answer
        self.why = why
        """What `X-Debug-Mode` shows."""


def json(body: Any, status: int = 200, headers: Headers = ()) -> Answer:
    """Return an answer with a JSON body."""
    return Answer(status, JSON + headers, orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS))


def empty(status: int, *, typed: bool = True) -> Answer:
    """Return an answer without a body; a 204 has no Content-Type either."""
    return Answer(status, JSON if typed else ())


def error(status: int, code: str, title: str, detail: Any = None, messages: Sequence[str] = ()) -> Answer:
    """Return an error in the API's own shape."""
    body: dict[str, Any] = {"status": code, "title": title, "detail": detail}
    if messages:
        body["additional_messages"] = [{"priority": "error", "message": message} for message in messages]
    return json(body, status)


def not_found() -> Answer:
    """Return 404: nothing is there, or nothing that the user may see."""
    return error(404, "ERROR_ITEM_NOT_FOUND", "Not found")


def forbidden(detail: str | None = None) -> Answer:
    """Return 403: the user has no right to this."""
    return error(403, "ERROR_RIGHT_MISSING", NO_RIGHT, detail)


def unauthenticated() -> Answer:
    """Return 401: nobody is logged in."""
    return json(
        {
            "title": "You are not authenticated",
            "detail": "The Authorization header is missing or invalid",
            "status": "ERROR_UNAUTHENTICATED",
        },
        401,
    )


def invalid_token(detail: str) -> Answer:
    """Return 400, not 401: the bearer token is not valid."""
    return error(400, "ERROR_INVALID_PARAMETER", "Invalid OAuth token", detail)


def invalid_parameters(title: str = "One or more parameters are invalid", messages: Sequence[str] = ()) -> Answer:
    """Return 400: parameters are wrong."""
    return error(400, "ERROR_INVALID_PARAMETER", title, None, messages)


def bad_json() -> Answer:
    """Return 400: the body is no JSON object or list."""
    return error(400, "ERROR", "Invalid JSON body")


def failed(action: str, messages: Sequence[str] = ()) -> Answer:
    """Return 500 with messages: a business rule refuses."""
    return error(500, "ERROR", f"Failed to {action} item(s)", None, messages)


def trouble(detail: str | None = None) -> Answer:
    """Return 500 with a body: an exception that GLPI caught."""
    return error(500, "ERROR", "An error occurred while processing your request.", detail)


def crashed() -> Answer:
    """Return 500 without a body: an exception that GLPI did not catch."""
    return empty(500)


def nginx(status: int, title: str) -> Answer:
    """Return what the web server says by itself."""
    return Answer(status, (("Content-Type", "text/html"),), error_page(f"{status} {title}"))


def texts_of(answer: Answer) -> list[Any]:
    """Return the values of an answer's body, as PHP's `foreach` meets them."""
    body: Any = orjson.loads(answer.body) if answer.body else {}
    return list(cast("dict[str, Any]", body).values()) if isinstance(body, dict) else []


def add_headers(answer: Answer, headers: Headers) -> Answer:
    """Return the same answer with more headers."""
    return Answer(answer.status, answer.headers + headers, answer.body)
