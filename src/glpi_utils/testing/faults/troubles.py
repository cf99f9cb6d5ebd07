"""The kinds of trouble, one function each; `fault` says when they strike. Those of lists are in `list_troubles`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, Unpack

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
from glpi_utils.testing.faults.making import HTML, made, replaced, rows_asked, token
from glpi_utils.testing.http.quirks import MAINTENANCE, memory_exhausted, page
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


def latency(seconds: float, **when: Unpack[When]) -> Fault:
    """The answer comes late; the request is executed after the wait.

    Args:
        seconds: How late.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    return Fault("latency", "beside", before=lambda place: place.sleep(seconds), **when)


def status(
    code: int,
    json: Any = None,
    html: str | None = None,
    retry_after: str | float | None = None,
    executed: bool = False,
    **when: Unpack[When],
) -> Fault:
    """Another answer in place of GLPI's, which executes nothing.

    Args:
        code: The HTTP status.
        json: The body, as JSON.
        html: The title of a page, in place of ``json``. Neither: the body is empty.
        retry_after: The header Retry-After.
        executed: True: the request is executed, and only its answer is lost behind this one.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    answer = made(code, json, html, retry_after)
    return replaced(f"status {code}", answer, executed, **when)


def too_many(retry_after: str | float | None = None, **when: Unpack[When]) -> Fault:
    """429: too many requests.

    Args:
        retry_after: The header Retry-After. None: there is none.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    return replaced("429", made(429, None, "429 Too Many Requests", retry_after), False, **when)


def maintenance(**when: Unpack[When]) -> Fault:
    """The maintenance page: 200, HTML.

    Args:
        **when: Which requests it strikes, and when, see `Fault`.
    """
    return replaced("maintenance", MAINTENANCE, False, **when)


def redirect(code: int, location: str, **when: Unpack[When]) -> Fault:
    """A redirect by something in front of GLPI.

    Args:
        code: The HTTP status.
        location: Where to.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    answer = Answer(code, (HTML, ("Location", location)), page(f"{code} Redirect"))
    return replaced(f"redirect {code}", answer, False, **when)


def memory_limit(rows: int, **when: Unpack[When]) -> Fault:
    """PHP's memory ends where a list is asked for more rows; how that looks depends on API and version.

    Args:
        rows: The rows of a list that memory is enough for.
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def look(place: Place, answer: Answer) -> Answer:
        if answer.header("Content-Range") is None or answer.status >= 400 or rows_asked(place) <= rows:
            return answer
        return memory_exhausted(place.world.version, place.req.path, answer)

    return Fault("memory limit", "after", following=look, **when)


def expired_token(**when: Unpack[When]) -> Fault:
    """The token or session that the request carries has just run out.

    Args:
        **when: Which requests it strikes, and when, see `Fault`.
    """
    return token("expired token", revoke=False, **when)


def revoked_token(**when: Unpack[When]) -> Fault:
    """The token or session that the request carries has just been revoked.

    Args:
        **when: Which requests it strikes, and when, see `Fault`.
    """
    return token("revoked token", revoke=True, **when)


def drop_before(reset: bool = True, **when: Unpack[When]) -> Fault:
    """The connection is cut; the request is never executed.

    Args:
        reset: True: the connection is reset. False: it is closed.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    return Fault("drop before", "before", before=lambda _: Cut(reset=reset), **when)


def drop_after(reset: bool = True, **when: Unpack[When]) -> Fault:
    """The request is executed; the connection is cut instead of an answer.

    Args:
        reset: As in `drop_before`.
        **when: Which requests it strikes, and when, see `Fault`.
    """
    return Fault("drop after", "after", following=lambda _place, _answer: Cut(reset=reset), **when)


def late_commit(seconds: float, answer: int | None = None, reset: bool = True, **when: Unpack[When]) -> Fault:
    """The client is turned away at once; the request is executed later all the same.

    Args:
        seconds: How long afterwards the request is executed.
        answer: The HTTP status of the gateway's answer, such as 504. None: the connection is cut.
        reset: As in `drop_before`.
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def promise(place: Place) -> Answer | Cut:
        place.later(seconds)
        return Cut(reset=reset) if answer is None else made(answer, None, f"{answer} Gateway", None)

    return Fault("late commit", "after", before=promise, **when)


def truncated(
    keep: int | None = None, announced: Literal["chunked", "length"] = "chunked", **when: Unpack[When]
) -> Fault:
    """The request is executed; the body breaks off, and the connection closes.

    Args:
        keep: Bytes of the body that come. None: half of them.
        announced: "length": Content-Length named the whole. "chunked": it was to come in chunks.
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def cut(_place: Place, answer: Answer) -> Cut:
        size = len(answer.body) // 2 if keep is None else keep
        return Cut(answer, size, reset=False, length=announced == "length")

    return Fault("truncated", "after", following=cut, **when)


def garbage(html: str = "<br />\n<b>Warning</b>: something went wrong<br />", **when: Unpack[When]) -> Fault:
    """The request is executed; HTML follows the complete body.

    Args:
        html: What follows the body.
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def append(_place: Place, answer: Answer) -> Answer:
        return replace(answer, body=answer.body + html.encode())

    return Fault("garbage", "after", following=append, **when)


def create_status(code: int, body: bool = True, **when: Unpack[When]) -> Fault:
    """A successful create is answered with another status.

    Args:
        code: The HTTP status: 200, 201 or 302.
        body: False: the answer has no body.
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def change(place: Place, answer: Answer) -> Answer:
        if place.req.method != "POST" or answer.status not in (200, 201, 302) or place.req.path.endswith("/token"):
            return answer
        return Answer(code, answer.headers, answer.body if body else b"")

    return Fault("create status", "beside" if body else "after", following=change, **when)


def stale_keep_alive(idle: float | None = None, **when: Unpack[When]) -> Fault:
    """The request is answered, and nothing says that the connection will close; it does.

    Args:
        idle: Seconds until the connection closes. None: it is reset when the next request arrives, which is then not
            executed.
        **when: Which requests it strikes, and when, see `Fault`.
    """

    def mark(place: Place, answer: Answer) -> Answer:
        place.stale(idle)
        return answer

    return Fault("stale keep-alive", "beside", following=mark, **when)


def hang(executed: bool = False, **when: Unpack[When]) -> Fault:
    """No answer until `fault.release()`, `faults.clear()` or the end of the server; then all goes on.

    Args:
        executed: True: it hangs after the execution. False: before it; a request whose client has gone meanwhile is
            not executed.
        **when: Which requests it strikes, and when, see `Fault`.
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
