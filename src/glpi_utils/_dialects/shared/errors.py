"""From a refusal to the exception that tells it, the same for both APIs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite, nan
from typing import TYPE_CHECKING, Any

from ..._wire import Response
from ...exceptions import (
    GlpiAPIError,
    GlpiAuthError,
    GlpiMaintenanceError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiRateLimitError,
)
from .page_titles import asks_to_log_in, title

if TYPE_CHECKING:
    from datetime import datetime

_BY_STATUS: dict[int, type[GlpiAPIError]] = {
    401: GlpiAuthError,
    403: GlpiPermissionError,
    404: GlpiNotFoundError,
    429: GlpiRateLimitError,
}

_PAGE_ADVICE = {
    401: "something in front of GLPI (a proxy, the web server) asks for its own login",
    403: "the web server, not GLPI, forbids this path: check the URL and the server's rules",
    404: "there is no GLPI API at this URL: check url= (the folder that GLPI is installed in)",
    413: "the request is too large for the web server: raise its limit, or send less",
    414: "the request line is too long for the web server: shorten the filter, or split it",
}

_BROKE = "the server or a proxy failed (out of memory? look in GLPI's and PHP's logs)"
_FAILED = {
    502: "the web server or a proxy got no answer from PHP (is it running? out of memory? look in their logs)",
    503: "the server is overloaded or stopped for a while: try again later, and look in the web server's log",
    504: "GLPI took longer than the web server or a proxy waits: ask for less at once (limit=, page_size=), or let it wait longer",
}


def plain(text: object) -> str:
    """Undo GLPI's HTML in a message."""
    import html

    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", str(text)))).strip()


def advised(text: str, advice: str | None) -> str:
    """Join what GLPI said and what to do next."""
    return f"{text.rstrip('. ')}: {advice}" if advice else text


def by_status(status: int) -> type[GlpiAPIError]:
    """Return the class for an HTTP status."""
    return _BY_STATUS.get(status, GlpiAPIError)


def retry_after(response: Response) -> float | None:
    """Return the seconds of Retry-After; None where it is neither a finite number nor a date.

    A date is counted from the server's own Date: its clock and ours need not agree.
    """
    text = response.headers.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        until, now = _moment(text), _moment(response.headers.get("date", ""))
        seconds = (until - now).total_seconds() if until and now else nan
    return max(0.0, seconds) if isfinite(seconds) else None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None


def refusal(
    response: Response,
    message: str,
    code: str | None,
    *,
    kind: type[GlpiAPIError] | None = None,
    detail: Any = None,
    hint: str | None = None,
    messages: Sequence[str] = (),
) -> GlpiAPIError:
    """Build the error of a JSON refusal."""
    error = (kind or by_status(response.status))(
        f"{message} (HTTP {response.status}{f', {code}' if code else ''})",
        response.status,
        code,
        detail=detail,
        hint=hint,
        additional_messages=messages,
    )
    if isinstance(error, GlpiRateLimitError):
        error.retry_after = retry_after(response)
    return error


def page_refusal(response: Response) -> GlpiAPIError:
    """Build the error of an answer that is a page, or nothing at all, where JSON was due."""
    page = title(response)
    if response.status < 300 and asks_to_log_in(response):
        return GlpiAuthError(
            f"{page} to log in at came in place of the API: a single sign-on or a proxy in front of GLPI asks for a login "
            "of its own (let /api.php and /apirest.php pass without it), or url= leads to something else than GLPI. "
            "Nothing was changed.",
            response.status,
        )
    if response.status < 300:
        return GlpiMaintenanceError(
            f"GLPI answered with {page} instead of data: it is in maintenance, its database needs an update, "
            "or a proxy put its own page in between. Nothing was changed; try again when it is back.",
            response.status,
        )
    advice = _PAGE_ADVICE.get(response.status)
    if advice is None and response.status >= 500:
        advice = _FAILED.get(response.status, _BROKE)
    text = f"the server answered HTTP {response.status} with {page}"
    error = by_status(response.status)(f"{text}: {advice}" if advice else text, response.status)
    if isinstance(error, GlpiRateLimitError):
        error.retry_after = retry_after(response)
    return error


def in_trash(response: Response, itemtype: str, id: object) -> GlpiNotFoundError:
    """Build the error of an item that is in the trash where the trash was not wanted."""
    return GlpiNotFoundError(f"{itemtype} {id} is in the trash (include_deleted=False)", response.status)
