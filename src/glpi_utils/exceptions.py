"""Every error this library raises, in one tree.

GlpiError
├── GlpiValidationError (also a ValueError)   your arguments: nothing was sent
├── GlpiUnsupportedError                      this API or server has no such thing
├── GlpiIncompleteError                       a list came back with rows missing
├── GlpiChecksumError                         a file came that is not the one GLPI noted
├── GlpiUnknownOutcomeError                   a write was sent and its answer lost
├── GlpiNotAppliedError                       a write was done, but not all of it
├── GlpiConnectionError                       no answer came
│   └── GlpiTimeoutError                      not within the time allowed
└── GlpiAPIError                              the server said no
    ├── GlpiAuthError                         who you are (401, or the token request refused)
    ├── GlpiPermissionError                   what you may (403)
    ├── GlpiNotFoundError                     no such item (404)
    ├── GlpiRateLimitError                    too many requests (429)
    ├── GlpiMaintenanceError                  maintenance, or a database update is needed
    └── GlpiPartialError                      some rows of a list were refused
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ._api_errors import (
    GlpiAPIError,
    GlpiAuthError,
    GlpiMaintenanceError,
    GlpiNotFoundError,
    GlpiPartialError,
    GlpiPermissionError,
    GlpiRateLimitError,
)
from ._display import shown
from ._errors import GlpiError, remake
from ._exchange import ErrorRequest, ErrorResponse

__all__ = [
    "ErrorRequest",
    "ErrorResponse",
    "GlpiAPIError",
    "GlpiAuthError",
    "GlpiChecksumError",
    "GlpiConnectionError",
    "GlpiDeprecationWarning",
    "GlpiError",
    "GlpiIncompleteError",
    "GlpiMaintenanceError",
    "GlpiNotAppliedError",
    "GlpiNotAppliedWarning",
    "GlpiNotFoundError",
    "GlpiPartialError",
    "GlpiPermissionError",
    "GlpiRateLimitError",
    "GlpiTimeoutError",
    "GlpiUnknownOutcomeError",
    "GlpiUnsupportedError",
    "GlpiValidationError",
    "GlpiWarning",
]


class GlpiWarning(UserWarning):
    """Something works, but not as you may think: a cut list, a connection without TLS."""

    def __str__(self) -> str:
        return shown(super().__str__())


class GlpiNotAppliedWarning(GlpiWarning):
    """GLPI answered "done" and did not do all of it: some fields do not have what was sent.

    ``itemtype`` and ``id`` tell of which item, ``fields`` maps each of these fields to what it has.
    """

    def __init__(
        self, message: str = "", *, itemtype: str = "", id: int = 0, fields: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.itemtype, self.id, self.fields = itemtype, id, dict(fields or {})


class GlpiDeprecationWarning(DeprecationWarning):
    """A name of this library that will go, and what to use instead."""


class GlpiValidationError(GlpiError, ValueError):
    """An argument is wrong; it was noticed before any request, so nothing happened on the server."""


class GlpiUnsupportedError(GlpiError):
    """This API, or this version of GLPI, has no such thing; the message names the client that has it."""


class GlpiConnectionError(GlpiError):
    """No answer: name not resolved, refused, TLS broken, connection dropped.

    ``sent``: whether the request may have arrived.
    """

    sent: bool = False


class GlpiTimeoutError(GlpiConnectionError):
    """No answer within ``timeout`` (one request) or ``max_time`` (the whole call)."""


class GlpiIncompleteError(GlpiError):
    """A list did not come back whole, and asking again did not help.

    ``items`` holds the rows that did arrive, ``total`` what the server counted,
    ``missing`` describes the gap (a range of ids or of offsets).
    """

    def __init__(
        self,
        message: str = "",
        status_code: int | None = None,
        error_code: str | None = None,
        *,
        items: Sequence[dict[str, Any]] = (),
        total: int | None = None,
        missing: str = "",
    ) -> None:
        super().__init__(message, status_code, error_code)
        self.items = list(items)
        self.total, self.missing = total, missing


class GlpiChecksumError(GlpiError):
    """A file came whole, and its SHA-1 (``actual``) is not the one in GLPI's row (``expected``), each time it was read."""

    expected: str = ""
    actual: str = ""


class GlpiUnknownOutcomeError(GlpiError):
    """A create (or another POST) was sent and no valid answer came: it may have been carried out.

    It was not repeated, since that could do it twice. Look on the server before you try again: `find` does,
    and where the create carried a ``key``, creating with the same key again is safe once the server is at rest.

    >>> from glpi_utils import GlpiUnknownOutcomeError
    >>> try:
    ...     made = api.ticket.create({"name": "Door 7", "content": "It does not close."})
    ... except GlpiUnknownOutcomeError as lost:
    ...     made = lost.find()
    """

    def __init__(
        self,
        message: str = "",
        status_code: int | None = None,
        error_code: str | None = None,
        *,
        key: str | None = None,
        finder: Callable[[], Any] | None = None,
    ) -> None:
        super().__init__(message, status_code, error_code)
        self.key = key
        """The key that the create carried; None where it had none."""
        self._finder = finder

    def find(self) -> Any:
        """Look for what may have been created: rows that fit, oldest first, none where nothing fits (yet).

        With a key the rows that carry it; else those with the same author and name that were made since the
        create was sent, by the server's clock. Awaited where the create was (asyncio). Only a create knows what
        to look for: of another request, and in another process, `GlpiUnsupportedError`.
        """
        if self._finder is None:
            raise GlpiUnsupportedError("nothing is known of what this request was to create: look for it by yourself")
        return self._finder()

    def __reduce__(self) -> tuple[Any, ...]:
        return remake, (type(self), self.args, {**self.__dict__, "_finder": None})


class GlpiNotAppliedError(GlpiError):
    """A write with ``verify=True`` was done, and the item read back does not have all that was sent.

    The message begins with what was done: do not repeat a create. ``id`` is the item's, ``result`` what the call would
    have given. ``applied`` maps the fields that have what was sent to what they have, ``ignored`` those that are as they
    were before (after a create: empty), ``changed`` those to which GLPI gave another value. All three are empty where the
    item could not be read back.
    """

    def __init__(
        self,
        message: str = "",
        status_code: int | None = None,
        error_code: str | None = None,
        *,
        id: int = 0,
        result: Any = None,
        applied: Mapping[str, Any] | None = None,
        ignored: Mapping[str, Any] | None = None,
        changed: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, status_code, error_code)
        self.id, self.result = id, result
        self.applied, self.ignored, self.changed = dict(applied or {}), dict(ignored or {}), dict(changed or {})
