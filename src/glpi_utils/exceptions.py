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

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from ._display import shown
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


class GlpiError(Exception):
    """The root: ``except GlpiError`` catches all that this library raises.

    ``message`` is the text; ``status_code`` (HTTP) and ``error_code`` (GLPI's own word,
    such as ``ERROR_ITEM_NOT_FOUND``) are ``None`` where no answer came. ``str()`` gives the message with control
    characters escaped and at most 2 000 characters of it.

    ``request`` is the request that failed (method, path), ``response`` its answer (status, headers, body): ``None``
    where nothing was sent, or no answer came. Secrets are cut out of both.
    """

    request: ErrorRequest | None = None
    response: ErrorResponse | None = None

    def __init__(self, message: str = "", status_code: int | None = None, error_code: str | None = None) -> None:
        super().__init__(message)
        self.message, self.status_code, self.error_code = message, status_code, error_code

    def __str__(self) -> str:
        return shown(self.message)

    def __repr__(self) -> str:
        said = f"{type(self).__name__}(message={str(self)!r}"
        return f"{said}, status_code={self.status_code!r}, error_code={self.error_code!r})"

    def again(self) -> Self:
        """Return a fresh copy to raise elsewhere: one exception object must not travel through many threads."""
        twin = copy.copy(self)
        twin.__traceback__ = None
        twin.__cause__ = self.__cause__
        twin.__suppress_context__ = True
        return twin

    def __reduce__(self) -> tuple[Any, ...]:
        return _remake, (type(self), self.args, self.__dict__)


def _remake(kind: type[GlpiError], args: tuple[Any, ...], state: dict[str, Any]) -> GlpiError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


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
        return _remake, (type(self), self.args, {**self.__dict__, "_finder": None})


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


class GlpiAPIError(GlpiError):
    """GLPI answered, and the answer is no.

    ``error_code`` is GLPI's own (``ERROR_RIGHT_MISSING``; on the token endpoint OAuth's,
    such as ``invalid_grant``), ``additional_messages`` what GLPI's business rules said,
    ``hint`` OAuth's own hint, ``detail`` the ``detail`` member of an answer.
    """

    def __init__(
        self,
        message: str = "",
        status_code: int | None = None,
        error_code: str | None = None,
        *,
        detail: Any = None,
        hint: str | None = None,
        additional_messages: Sequence[str] = (),
    ) -> None:
        super().__init__(message, status_code, error_code)
        self.detail = detail
        self.hint = hint
        self.additional_messages = list(additional_messages)


class GlpiAuthError(GlpiAPIError):
    """The credentials, the token or the session were refused."""


class GlpiPermissionError(GlpiAPIError):
    """The user may not do this, or the token lacks the scope."""


class GlpiNotFoundError(GlpiAPIError):
    """No such item, or none that this user may see."""


class GlpiRateLimitError(GlpiAPIError):
    """Too many requests; ``retry_after`` are the seconds that the server asked for, or ``None``."""

    retry_after: float | None = None


class GlpiMaintenanceError(GlpiAPIError):
    """GLPI is in maintenance, or its database needs an update: an HTML page came with status 200."""


class GlpiPartialError(GlpiAPIError):
    """Of a list of rows some were refused.

    ``results`` holds, in the order of the rows given, what each gave: the server's answer, or
    the error. ``done`` are the answers alone, ``failed`` pairs of (position, error).

    >>> from glpi_utils import GlpiPartialError
    >>> try:
    ...     api.ticket.update([{"id": 1, "urgency": 4}, {"id": 99999999, "urgency": 4}])
    ... except GlpiPartialError as partly:
    ...     print(len(partly.done), [at for at, error in partly.failed])
    1 [1]
    """

    def __init__(
        self,
        message: str = "",
        status_code: int | None = None,
        error_code: str | None = None,
        *,
        results: Sequence[Mapping[str, Any] | GlpiError] = (),
    ) -> None:
        super().__init__(message, status_code, error_code)
        self.results = list(results)

    @property
    def done(self) -> list[Mapping[str, Any]]:
        """The answers of the rows that were carried out."""
        return [each for each in self.results if not isinstance(each, GlpiError)]

    @property
    def failed(self) -> list[tuple[int, GlpiError]]:
        """The position and the error of each row that was not."""
        return [(at, each) for at, each in enumerate(self.results) if isinstance(each, GlpiError)]
