"""What the kinds of trouble are made of: answers in place of GLPI's, and what a request carries."""

from __future__ import annotations

import base64
import json as json_text
from binascii import Error as Undecodable
from typing import Any, Unpack
from urllib.parse import parse_qs

from glpi_utils.testing.faults.fault import Fault, Place, When
from glpi_utils.testing.http.quirks import error_page, is_legacy
from glpi_utils.testing.http.wire import Answer

JSON = ("Content-Type", "application/json")
HTML = ("Content-Type", "text/html; charset=UTF-8")


def replaced(name: str, answer: Answer, executed: bool, **when: Unpack[When]) -> Fault:
    """Return a fault that answers in place of GLPI."""
    if executed:
        return Fault(name, "after", following=lambda _place, _own: answer, **when)
    return Fault(name, "before", before=lambda _: answer, **when)


def made(code: int, json: Any, html: str | None, retry_after: str | float | None) -> Answer:
    """Return an answer from its parts."""
    wait = () if retry_after is None else (("Retry-After", str(retry_after)),)
    if json is not None:
        return Answer(code, (JSON, *wait), json_text.dumps(json).encode())
    return Answer(code, (HTML, *wait), b"" if html is None else error_page(html))


def token(name: str, revoke: bool, **when: Unpack[When]) -> Fault:
    """Return a fault that acts on the credential of a request."""

    def act(place: Place) -> None:
        credentials = place.world.credentials
        now = place.world.clock().timestamp()
        known = credentials.access.get(token_id(place.req.headers.get("authorization", "")))
        if known is not None and revoke:
            known.revoked = True
        elif known is not None:
            known.expires = now - 60
        credentials.sessions.pop(place.req.headers.get("session-token", ""), None)

    return Fault(name, "beside", before=act, **when)


def token_id(authorization: str) -> str:
    """Return the `jti` of a bearer token, read without any check."""
    parts = authorization.removeprefix("Bearer ").split(".")
    try:
        payload = json_text.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        return str(payload["jti"])
    except (IndexError, KeyError, TypeError, ValueError, Undecodable):
        return ""


def rows_asked(place: Place) -> float:
    """Return how many rows a list request wants: HL `limit` (100; what is no number means all), legacy `range` (20)."""
    query = parse_qs(place.req.query)
    if is_legacy(place.req.path):
        first, _, last = query.get("range", ["0-19"])[-1].partition("-")
        return int(last) - int(first) + 1 if first.isdigit() and last.isdigit() else 0
    limit = query.get("limit", ["100"])[-1]
    return int(limit) if limit.isdigit() and int(limit) > 0 else float("inf")
