"""The kinds of trouble, one function each; `fault` says when they strike. Those of lists are in `list_troubles`."""

from __future__ import annotations

import base64
import json as json_text
from binascii import Error as Undecodable
from dataclasses import replace
from typing import Any, Literal, Unpack
from urllib.parse import parse_qs

from glpi_utils.testing.faults.fault import Cut, Fault, Place, When
from glpi_utils.testing.faults.list_troubles import (
    byte_order_mark,
    cut_list,
    empty_list,
    false_rows,
    filter_dropped,
    other_rows,
    range_exceeded,
    repeated_page,
)
from glpi_utils.testing.http.quirks import MAINTENANCE, error_page, is_legacy, memory_exhausted, page
from glpi_utils.testing.http.wire import Answer

__all__ = [
    "byte_order_mark",
    "create_status",
    "cut_list",
    "drop_after",
    "drop_before",
    "empty_list",
    "expired_token",
    "false_rows",
    "filter_dropped",
    "garbage",
    "hang",
    "late_commit",
    "latency",
    "maintenance",
    "memory_limit",
    "other_rows",
    "range_exceeded",
    "redirect",
    "repeated_page",
    "revoked_token",
    "stale_keep_alive",
    "status",
    "too_many",
    "truncated",
]

JSON = ("Content-Type", "application/json")
HTML = ("Content-Type", "text/html; charset=UTF-8")


def latency(seconds: float, **when: Unpack[When]) -> Fault:
    """The answer comes late; the request is executed after the wait."""
    return Fault("latency", "beside", before=lambda place: place.sleep(seconds), **when)


def status(
    code: int,
    json: Any = None,
    html: str | None = None,
    retry_after: str | float | None = None,
    executed: bool = False,
    **when: Unpack[When],
) -> Fault:
    """Another answer: JSON, a page with the title `html`, or an empty body.

    Nothing is executed, unless `executed`: then the request is, and only its answer is lost behind this one.
    """
    answer = made(code, json, html, retry_after)
    return replaced(f"status {code}", answer, executed, **when)


def too_many(retry_after: str | float | None = None, **when: Unpack[When]) -> Fault:
    """429, with or without Retry-After."""
    return replaced("429", made(429, None, "429 Too Many Requests", retry_after), False, **when)


def maintenance(**when: Unpack[When]) -> Fault:
    """The maintenance page: 200, HTML."""
    return replaced("maintenance", MAINTENANCE, False, **when)


def redirect(code: int, location: str, **when: Unpack[When]) -> Fault:
    """A redirect by something in front of GLPI."""
    answer = Answer(code, (HTML, ("Location", location)), page(f"{code} Redirect"))
    return replaced(f"redirect {code}", answer, False, **when)


def memory_limit(rows: int, **when: Unpack[When]) -> Fault:
    """PHP's memory ends where a list is asked for more than so many rows; how that looks depends on API and version."""

    def look(place: Place, answer: Answer) -> Answer:
        if answer.header("Content-Range") is None or answer.status >= 400 or rows_asked(place) <= rows:
            return answer
        return memory_exhausted(place.world.version, place.req.path, answer)

    return Fault("memory limit", "after", following=look, **when)


def expired_token(**when: Unpack[When]) -> Fault:
    """The token or session that the request carries has just run out."""
    return token("expired token", revoke=False, **when)


def revoked_token(**when: Unpack[When]) -> Fault:
    """The token or session that the request carries has just been revoked."""
    return token("revoked token", revoke=True, **when)


def drop_before(reset: bool = True, **when: Unpack[When]) -> Fault:
    """The connection is cut; the request is never executed."""
    return Fault("drop before", "before", before=lambda _: Cut(reset=reset), **when)


def drop_after(reset: bool = True, **when: Unpack[When]) -> Fault:
    """The request is executed; the connection is cut instead of an answer."""
    return Fault("drop after", "after", following=lambda _place, _answer: Cut(reset=reset), **when)


def late_commit(seconds: float, answer: int | None = None, reset: bool = True, **when: Unpack[When]) -> Fault:
    """The client is turned away at once (cut off, or answered by a gateway with status `answer`, say 504);
    the request is executed so many seconds later all the same.
    """

    def promise(place: Place) -> Answer | Cut:
        place.later(seconds)
        return Cut(reset=reset) if answer is None else made(answer, None, f"{answer} Gateway", None)

    return Fault("late commit", "after", before=promise, **when)


def truncated(
    keep: int | None = None, announced: Literal["chunked", "length"] = "chunked", **when: Unpack[When]
) -> Fault:
    """The request is executed; the body breaks off after `keep` bytes (half, if not said), the connection closes."""

    def cut(_place: Place, answer: Answer) -> Cut:
        size = len(answer.body) // 2 if keep is None else keep
        return Cut(answer, size, reset=False, length=announced == "length")

    return Fault("truncated", "after", following=cut, **when)


def garbage(html: str = "<br />\n<b>Warning</b>: something went wrong<br />", **when: Unpack[When]) -> Fault:
    """The request is executed; HTML follows the complete body."""

    def append(_place: Place, answer: Answer) -> Answer:
        return replace(answer, body=answer.body + html.encode())

    return Fault("garbage", "after", following=append, **when)


def create_status(code: int, body: bool = True, **when: Unpack[When]) -> Fault:
    """A successful create is answered with this status (200, 201, 302), with or without its body."""

    def change(place: Place, answer: Answer) -> Answer:
        if place.req.method != "POST" or answer.status not in (200, 201, 302) or place.req.path.endswith("/token"):
            return answer
        return Answer(code, answer.headers, answer.body if body else b"")

    return Fault("create status", "beside" if body else "after", following=change, **when)


def stale_keep_alive(idle: float | None = None, **when: Unpack[When]) -> Fault:
    """The request is answered, and nothing says that the connection will close; it does, `idle` seconds later.

    None: it closes with a reset at the moment the next request arrives on it, which is then not executed.
    """

    def mark(place: Place, answer: Answer) -> Answer:
        place.stale(idle)
        return answer

    return Fault("stale keep-alive", "beside", following=mark, **when)


def hang(executed: bool = False, **when: Unpack[When]) -> Fault:
    """No answer until `fault.release()`, `faults.clear()` or the end of the server; then all goes on.

    It hangs before the execution, or after it if `executed`. One whose client has gone meanwhile is not executed.
    """
    name = "hang"

    async def wait(place: Place) -> Cut | None:
        await place.hold(fault.release)
        return Cut() if place.gone else None

    async def wait_after(place: Place, answer: Answer) -> Answer:
        await place.hold(fault.release)
        return answer

    if executed:
        fault = Fault(name, "after", following=wait_after, **when)
    else:
        fault = Fault(name, "before", before=wait, **when)
    return fault


# -------------------------------------------------------------------------------------------------------- helping hands


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
