"""What became of a call: one table, decided by what came back and by what a repeat would do.

The first row that matches counts:

| what came back | read, PATCH/PUT, DELETE | create and other POST |
|---|---|---|
| unsendable: the request breaks the rules of HTTP | raise | raise |
| certificate: the server's was refused | raise | raise |
| unreached: DNS, connection refused, TLS or proxy handshake broken, connect time-out | repeat | repeat |
| moved: 301, 307, 308 (on a read any redirect to another origin) | raise | raise |
| lapsed: 401, 400 "Invalid OAuth token", ERROR_SESSION_TOKEN_INVALID or (to a request with a token) _MISSING | renew once | renew once |
| throttled: 429 | repeat | repeat |
| unavailable: 503 with Retry-After | repeat | unknown |
| page: 4xx that is HTML, empty or not in GLPI's words | raise | raise |
| maintenance: 200 with an HTML page | raise | raise |
| refused: GLPI's JSON error of any status | raise | raise |
| broken: any other 5xx, reset, read time-out, body cut or with garbage around it | repeat | unknown |
| oversized: an answer of more than max_response_size | raise | unknown |
| done: what the call promises | done | done |
| hollow: 2xx or 3xx without what the call promises | repeat | unknown |
"""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from ..._dialects.dialect import Dialect
from ..._dialects.shared.errors import page_refusal, refusal, retry_after
from ..._dialects.shared.page_titles import is_empty, is_page, is_whole_page, title
from ..._wire import Ask, Fault, Kind, Response, Stage, Unkept, Unread
from ...exceptions import GlpiAPIError, GlpiConnectionError, GlpiError, GlpiTimeoutError, GlpiValidationError


class What(Enum):
    """What came back."""

    UNSENDABLE = "unsendable"
    CERTIFICATE = "certificate"
    UNREACHED = "unreached"
    MOVED = "moved"
    LAPSED = "lapsed"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    PAGE = "page"
    MAINTENANCE = "maintenance"
    REFUSED = "refused"
    BROKEN = "broken"
    OVERSIZED = "oversized"
    DONE = "done"
    HOLLOW = "hollow"


class Act(Enum):
    """What follows from it."""

    RAISE = "raise"
    REPEAT = "repeat"
    RENEW = "renew once"
    UNKNOWN = "unknown"
    DONE = "done"


TABLE: dict[What, tuple[Act, Act]] = {
    What.UNSENDABLE: (Act.RAISE, Act.RAISE),
    What.CERTIFICATE: (Act.RAISE, Act.RAISE),
    What.UNREACHED: (Act.REPEAT, Act.REPEAT),
    What.MOVED: (Act.RAISE, Act.RAISE),
    What.LAPSED: (Act.RENEW, Act.RENEW),
    What.THROTTLED: (Act.REPEAT, Act.REPEAT),
    What.UNAVAILABLE: (Act.REPEAT, Act.UNKNOWN),
    What.PAGE: (Act.RAISE, Act.RAISE),
    What.MAINTENANCE: (Act.RAISE, Act.RAISE),
    What.REFUSED: (Act.RAISE, Act.RAISE),
    What.BROKEN: (Act.REPEAT, Act.UNKNOWN),
    What.OVERSIZED: (Act.RAISE, Act.UNKNOWN),
    What.DONE: (Act.DONE, Act.DONE),
    What.HOLLOW: (Act.REPEAT, Act.UNKNOWN),
}

ARRIVED = frozenset({What.UNAVAILABLE, What.BROKEN, What.OVERSIZED, What.HOLLOW})
"""After these a write may have been carried out."""


_OF_STAGE = {
    Stage.CERTIFICATE: What.CERTIFICATE,
    Stage.UNREACHED: What.UNREACHED,
    Stage.SENT: What.BROKEN,
    Stage.OVERSIZED: What.OVERSIZED,
}


class Event(NamedTuple):
    """One attempt's end: what it was, the value or the error, and the pause that the server asked for."""

    what: What
    value: Any = None
    error: GlpiError | None = None
    pause: float | None = None


def act(what: What, kind: Kind) -> Act:
    """Look it up."""
    return TABLE[what][kind is Kind.CREATE]


def of_fault(fault: Fault) -> Event:
    """Judge a request that got no whole answer."""
    if fault.stage is Stage.UNSENDABLE:
        return Event(What.UNSENDABLE, error=GlpiValidationError(str(fault)))
    error = (GlpiTimeoutError if fault.timed_out else GlpiConnectionError)(str(fault))
    error.sent = fault.stage in (Stage.SENT, Stage.OVERSIZED)
    return Event(_OF_STAGE[fault.stage], error=error)


def of_answer(response: Response, ask: Ask[Any], dialect: Dialect) -> Event:
    """Judge an answer that came whole."""
    status = response.status
    if status in (301, 307, 308) or (status in (302, 303) and ask.request.kind is Kind.READ):
        return Event(What.MOVED, error=moved(response, ask.request.kind))
    if ask.request.signed and dialect.lapsed(response):
        return Event(What.LAPSED, error=_refused(response, dialect))
    if status < 400:
        return _of_success(response, ask)
    if status == 429 or (status == 503 and retry_after(response) is not None):
        what = What.THROTTLED if status == 429 else What.UNAVAILABLE
        return Event(what, error=_refused(response, dialect), pause=retry_after(response))
    return _of_refusal(response, ask, dialect)


def _of_success(response: Response, ask: Ask[Any]) -> Event:
    if is_page(response):
        if not is_whole_page(response):
            return Event(What.BROKEN, error=_unreadable(response, "warnings of PHP stand around the data"))
        if response.status != 200:
            return Event(What.HOLLOW, error=_unreadable(response, f"{title(response)} came instead of data"))
        return Event(What.MAINTENANCE, error=page_refusal(response))
    try:
        return Event(What.DONE, ask.read(response))
    except Unread as problem:
        return Event(What.BROKEN, error=_unreadable(response, str(problem)))
    except Unkept as problem:
        return Event(What.HOLLOW, error=_unreadable(response, str(problem)))
    except GlpiError as error:
        return Event(What.REFUSED, error=error)


def _of_refusal(response: Response, ask: Ask[Any], dialect: Dialect) -> Event:
    error = _refused(response, dialect)
    if error.error_code is None and not _speaks(response, dialect):
        return Event(What.BROKEN if response.status >= 500 else What.PAGE, error=error)
    if error.error_code is not None and error.error_code in ask.instead:
        return Event(What.DONE, ask.instead[error.error_code])
    return Event(What.REFUSED, error=error)


def _speaks(response: Response, dialect: Dialect) -> bool:
    if is_page(response) or is_empty(response):
        return False
    try:
        dialect.refused(response)
    except Unread:
        return False
    return True


def _refused(response: Response, dialect: Dialect) -> GlpiAPIError:
    if not is_page(response) and not is_empty(response):
        try:
            return dialect.refused(response)
        except Unread:
            return refusal(response, "the server refused, in words that are not GLPI's", None)
    return page_refusal(response)


def _unreadable(response: Response, reason: str) -> GlpiAPIError:
    return GlpiAPIError(f"the server's answer can not be used: {reason} (HTTP {response.status})", response.status)


def moved(response: Response, kind: Kind) -> GlpiAPIError:
    """Tell where the server says that GLPI is."""
    place = response.headers.get("location", "").partition("?")[0]
    base = place.partition("/api.php")[0].partition("/apirest.php")[0]
    if place.startswith(("http://", "https://")):
        hint = f"use url={base!r}" if base != place else f"it leads to {place!r}, which is no API of GLPI: check url="
    else:
        hint = "check url="
    reason = "credentials go to no other server" if kind is Kind.READ else "a redirected write can be lost"
    return GlpiAPIError(
        f"the server sends this request elsewhere (HTTP {response.status}), which was not followed: {reason}. "
        f"{hint[0].upper()}{hint[1:]}",
        response.status,
    )
