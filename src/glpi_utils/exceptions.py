"""Every error this library raises, in one tree.

GlpiError
├── GlpiValidationError (also a ValueError)   your arguments: nothing was sent
├── GlpiAmbiguousNameError                    a name that several items have
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
from ._name_errors import GlpiAmbiguousNameError

__all__ = [
    "ErrorRequest",
    "ErrorResponse",
    "GlpiAPIError",
    "GlpiAmbiguousNameError",
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
    """Something works, but not as you may think: a cut list, a connection without TLS.

    >>> import warnings
    >>> from glpi_utils import GlpiWarning
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("error", GlpiWarning)  # raise them
    ...     tickets = api.ticket.get_all(limit=5)
    """

    def __str__(self) -> str:
        return shown(super().__str__())


class GlpiNotAppliedWarning(GlpiWarning):
    """GLPI answered "done" and did not do all of it: some fields do not have what was sent.

    Attributes:
        message: What happened.
        itemtype: The type of the item.
        id: The id of the item.
        fields: The fields that differ, each with what it has now.

    >>> import warnings
    >>> from glpi_utils import GlpiNotAppliedWarning
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     changed = api.ticket.update({"id": 1, "urgency": 4})
    >>> [each.message.fields for each in caught if isinstance(each.message, GlpiNotAppliedWarning)]
    []
    """

    def __init__(
        self, message: str = "", *, itemtype: str = "", id: int = 0, fields: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.itemtype, self.id, self.fields = itemtype, id, dict(fields or {})


class GlpiDeprecationWarning(DeprecationWarning):
    """A name of this library that will go. The message says what to use in its place.

    >>> import warnings
    >>> from glpi_utils import GlpiDeprecationWarning
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("default", GlpiDeprecationWarning)  # show them, which Python does not by itself
    ...     tickets = api.ticket.get_all(limit=5)
    """


class GlpiValidationError(GlpiError, ValueError):
    """An argument is wrong. It was noticed before anything was changed on the server. It is a ``ValueError`` too.

    >>> from glpi_utils import GlpiValidationError
    >>> try:
    ...     api.ticket.update({"id": 1, "urgency": 9})
    ... except GlpiValidationError as error:
    ...     print(str(error)[:35])
    Ticket.urgency cannot be 9: it take
    """


class GlpiUnsupportedError(GlpiError):
    """This API, or this version of GLPI, has no such thing. The message names the client that has it.

    >>> from glpi_utils import GlpiUnsupportedError
    >>> try:
    ...     api.with_options(legacy="never").get_glpi_config()
    ... except GlpiUnsupportedError as error:
    ...     print("GlpiAPI" in str(error))
    True
    """


class GlpiConnectionError(GlpiError):
    """No answer came: the name was not resolved, the connection refused or dropped, TLS broken.

    Attributes:
        sent: Whether the request may have arrived.

    >>> from glpi_utils import GlpiAPI, GlpiConnectionError
    >>> try:
    ...     with GlpiAPI("http://127.0.0.1:9", username="glpi", password="glpi", retries=0) as nobody:
    ...         nobody.ticket.get(1)
    ... except GlpiConnectionError as error:
    ...     print(error.sent)
    False
    """

    sent: bool = False


class GlpiTimeoutError(GlpiConnectionError):
    """No answer came within ``timeout`` (one request) or ``max_time`` (the whole call).

    >>> from glpi_utils import GlpiTimeoutError
    >>> try:
    ...     ticket = api.with_options(timeout=60).ticket.get(1)
    ... except GlpiTimeoutError as error:
    ...     print(error)  # allow more time, or ask for less
    """


class GlpiIncompleteError(GlpiError):
    """A list did not come back whole, and reading again did not help.

    Attributes:
        items: The rows that came.
        total: The number of rows that the server counted; None where it does not count.
        missing: What is missing: a range of ids or of offsets.

    >>> from glpi_utils import GlpiIncompleteError
    >>> try:
    ...     tickets = api.ticket.get_all_pages()
    ... except GlpiIncompleteError as error:
    ...     tickets = error.items
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
    """A file came whole, and its SHA-1 is not the one in GLPI's row, each time it was read.

    Attributes:
        expected: The SHA-1 in GLPI's row.
        actual: The SHA-1 of what came.

    >>> from glpi_utils import GlpiChecksumError
    >>> try:
    ...     content = api.document.download(1)
    ... except GlpiChecksumError as error:
    ...     print(error.expected, error.actual)
    """

    expected: str = ""
    actual: str = ""


class GlpiUnknownOutcomeError(GlpiError):
    """A create (or another POST) was sent and no valid answer came: it may have been carried out.

    It was not repeated, since that could do it twice. Look on the server before you try again: `find` does that. Where
    the create carried a ``key``, creating with the same key again is safe once the server is at rest.

    Attributes:
        key: The key that the create carried; None where it had none.

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
        """Look for what may have been created.

        With a key these are the rows that carry it. Without one they are the rows with the same author and name that
        were made since the create was sent, by the server's clock. With the asynchronous clients it is awaited.

        Returns:
            A list of rows, the oldest first. It is empty where nothing fits (yet).

        Raises:
            GlpiUnsupportedError: The request was no create, or the error comes from another process.
        """
        if self._finder is None:
            raise GlpiUnsupportedError("nothing is known of what this request was to create: look for it by yourself")
        return self._finder()

    def __reduce__(self) -> tuple[Any, ...]:
        return remake, (type(self), self.args, {**self.__dict__, "_finder": None})


class GlpiNotAppliedError(GlpiError):
    """A write with ``verify=True`` was done, and the item that was read back does not have all that was sent.

    The message begins with what was done: do not repeat a create. The three dicts are empty where the item could not
    be read back.

    Attributes:
        id: The id of the item.
        result: What the call would have returned.
        applied: The fields that have what was sent, each with what it has.
        ignored: The fields that are as they were before (after a create: empty).
        changed: The fields to which GLPI gave another value.

    >>> from glpi_utils import GlpiNotAppliedError
    >>> try:
    ...     changed = api.ticket.update({"id": 1, "urgency": 4}, verify=True)
    ... except GlpiNotAppliedError as error:
    ...     print(error.ignored, error.changed)
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
