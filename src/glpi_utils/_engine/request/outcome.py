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
| broken: any other 5xx, reset, read time-out, body cut or with garbage around it, a file that is not the one noted | repeat | unknown |
| oversized: an answer of more than max_response_size | raise | unknown |
| done: what the call promises, also a create that is answered with 302 (11.0.6) | done | done |
| hollow: 2xx or 3xx without what the call promises | repeat | unknown |
"""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from ..._dialects.protocols.addressing import Addressing
from ..._dialects.shared.errors import page_refusal, refusal, retry_after
from ..._dialects.shared.page_titles import is_empty, is_page, is_whole_page, title
from ..._wire import Kind, Operation, Response, Stage, TransportError, UndecodableBody, UnexpectedAnswer
from ...exceptions import (
    GlpiAPIError,
    GlpiChecksumError,
    GlpiConnectionError,
    GlpiError,
    GlpiTimeoutError,
    GlpiValidationError,
)


class Outcome(Enum):
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


class Action(Enum):
    """What follows from it."""

    RAISE = "raise"
    REPEAT = "repeat"
    RENEW = "renew once"
    UNKNOWN = "unknown"
    DONE = "done"


TABLE: dict[Outcome, tuple[Action, Action]] = {
    Outcome.UNSENDABLE: (Action.RAISE, Action.RAISE),
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
    Outcome.OVERSIZED: (Action.RAISE, Action.UNKNOWN),
    Outcome.DONE: (Action.DONE, Action.DONE),
    Outcome.HOLLOW: (Action.REPEAT, Action.UNKNOWN),
}

ARRIVED = frozenset({Outcome.UNAVAILABLE, Outcome.BROKEN, Outcome.OVERSIZED, Outcome.HOLLOW})
"""After these a write may have been carried out."""


_PRINTED = " (did PHP print a warning, or its memory end? display_errors = Off, and look in files/_log/php-errors.log)"

_OF_STAGE = {
    Stage.CERTIFICATE: Outcome.CERTIFICATE,
    Stage.UNREACHED: Outcome.UNREACHED,
    Stage.SENT: Outcome.BROKEN,
    Stage.OVERSIZED: Outcome.OVERSIZED,
}


class Event(NamedTuple):
    """One attempt's end: what it was, the value or the error, and the pause that the server asked for."""

    what: Outcome
    value: Any = None
    error: GlpiError | None = None
    pause: float | None = None


def act(what: Outcome, kind: Kind) -> Action:
    """Look it up."""
    return TABLE[what][kind is Kind.CREATE]


def of_transport_error(fault: TransportError) -> Event:
    """Judge a request that got no whole answer."""
    if fault.stage is Stage.UNSENDABLE:
        return Event(Outcome.UNSENDABLE, error=GlpiValidationError(str(fault)))
    error = (GlpiTimeoutError if fault.timed_out else GlpiConnectionError)(str(fault))
    error.sent = fault.stage in (Stage.SENT, Stage.OVERSIZED)
    return Event(_OF_STAGE[fault.stage], error=error)


def of_answer(response: Response, operation: Operation[Any], dialect: Addressing) -> Event:
    """Judge an answer that came whole."""
    status = response.status
    if status in (301, 307, 308) or (status in (302, 303) and operation.request.kind is Kind.READ):
        return Event(Outcome.MOVED, error=moved(response, operation.request.kind))
    if operation.request.signed and dialect.lapsed(response):
        return Event(Outcome.LAPSED, error=_refused(response, dialect))
    if status < 400:
        return _of_success(response, operation)
    if status == 429 or (status == 503 and retry_after(response) is not None):
        what = Outcome.THROTTLED if status == 429 else Outcome.UNAVAILABLE
        return Event(what, error=_refused(response, dialect), pause=retry_after(response))
    return _of_refusal(response, operation, dialect)


def _of_success(response: Response, operation: Operation[Any]) -> Event:
    if response.streamed is None and is_page(response):
        if not is_whole_page(response):
            return Event(
                Outcome.BROKEN, error=_unreadable(response, f"PHP's own words stand in it or around it{_PRINTED}")
            )
        if response.status != 200:
            return Event(Outcome.HOLLOW, error=_unreadable(response, f"{title(response)} came instead of data"))
        return Event(Outcome.MAINTENANCE, error=page_refusal(response))
    try:
        return Event(Outcome.DONE, operation.read(response))
    except UndecodableBody as problem:
        printed = "" if is_empty(response) or not response.body.lstrip().startswith((b"{", b"[")) else _PRINTED
        return Event(Outcome.BROKEN, error=_unreadable(response, f"{problem}{printed}"))
    except UnexpectedAnswer as problem:
        return Event(Outcome.HOLLOW, error=_unreadable(response, str(problem)))
    except GlpiChecksumError as error:
        return Event(Outcome.BROKEN, error=error)
    except GlpiError as error:
        return Event(Outcome.REFUSED, error=error)


def _of_refusal(response: Response, operation: Operation[Any], dialect: Addressing) -> Event:
    error = _refused(response, dialect)
    if error.error_code is None and not _speaks(response, dialect):
        return Event(Outcome.BROKEN if response.status >= 500 else Outcome.PAGE, error=error)
    if error.error_code is not None and error.error_code in operation.instead:
        return Event(Outcome.DONE, operation.instead[error.error_code])
    return Event(Outcome.REFUSED, error=error)


def _speaks(response: Response, dialect: Addressing) -> bool:
    if is_page(response) or is_empty(response):
        return False
    try:
        dialect.refused(response)
    except UndecodableBody:
        return False
    return True


def _refused(response: Response, dialect: Addressing) -> GlpiAPIError:
    if not is_page(response) and not is_empty(response):
        try:
            return dialect.refused(response)
        except UndecodableBody:
            return refusal(response, "the server refused, in words that are not GLPI's", None)
    return page_refusal(response)


def _unreadable(response: Response, reason: str) -> GlpiAPIError:
    return GlpiAPIError(f"the server's answer cannot be used: {reason} (HTTP {response.status})", response.status)


def moved(response: Response, kind: Kind) -> GlpiAPIError:
    """Return where the server says that GLPI is."""
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
