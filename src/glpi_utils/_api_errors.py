"""The errors that a server answers with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._errors import GlpiError

__all__ = [
    "GlpiAPIError",
    "GlpiAuthError",
    "GlpiMaintenanceError",
    "GlpiNotFoundError",
    "GlpiPartialError",
    "GlpiPermissionError",
    "GlpiRateLimitError",
]


class GlpiAPIError(GlpiError):
    """GLPI answered and refused. The errors below it say why where that is known.

    Attributes:
        error_code: GLPI's own word (``ERROR_RIGHT_MISSING``); of a login OAuth's (``invalid_grant``).
        detail: The member ``detail`` of the answer.
        hint: OAuth's own hint.
        additional_messages: What GLPI's business rules said.

    >>> from glpi_utils import GlpiAPIError
    >>> try:
    ...     api.request("GET", "no/such/path")
    ... except GlpiAPIError as error:
    ...     print(error.status_code)
    404
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from

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
    """The credentials, the token or the session were refused.

    >>> from glpi_utils import GlpiAPI, GlpiAuthError
    >>> try:
    ...     with GlpiAPI(username="glpi", password="wrong") as legacy:
    ...         legacy.login()
    ... except GlpiAuthError as error:
    ...     print(error.error_code)
    ERROR_GLPI_LOGIN
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from


class GlpiPermissionError(GlpiAPIError):
    """The user may not do this, or the token lacks the scope.

    >>> from glpi_utils import GlpiPermissionError
    >>> try:
    ...     api.with_options(read_only=True).ticket.delete(1)
    ... except GlpiPermissionError as error:
    ...     print(error)
    this client is read-only: DELETE Assistance/Ticket/1 was not sent
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from


class GlpiNotFoundError(GlpiAPIError):
    """There is no such item, or this user may not see it.

    >>> from glpi_utils import GlpiNotFoundError
    >>> try:
    ...     api.ticket.get(99999999)
    ... except GlpiNotFoundError as error:
    ...     print(error.status_code)
    404
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from


class GlpiRateLimitError(GlpiAPIError):
    """There were too many requests, and waiting longer would exceed ``max_time``.

    Attributes:
        retry_after: The seconds that the server asks to wait, or None.

    >>> from glpi_utils import GlpiRateLimitError
    >>> try:
    ...     ticket = api.ticket.get(1)
    ... except GlpiRateLimitError as error:
    ...     print(error.retry_after)
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from

    retry_after: float | None = None


class GlpiMaintenanceError(GlpiAPIError):
    """GLPI is in maintenance, or its database needs an update: an HTML page came with status 200.

    >>> from glpi_utils import GlpiMaintenanceError
    >>> try:
    ...     ticket = api.ticket.get(1)
    ... except GlpiMaintenanceError:
    ...     print("call again later")
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from


class GlpiPartialError(GlpiAPIError):
    """Of a list of rows some were refused.

    Attributes:
        results: In the order of the rows: the server's answer to each, or its error.

    >>> from glpi_utils import GlpiPartialError
    >>> try:
    ...     api.ticket.update([{"id": 1, "urgency": 4}, {"id": 99999999, "urgency": 4}])
    ... except GlpiPartialError as partly:
    ...     print(len(partly.done), [at for at, error in partly.failed])
    1 [1]
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from

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
        """The answers to the rows that were carried out."""
        return [each for each in self.results if not isinstance(each, GlpiError)]

    @property
    def failed(self) -> list[tuple[int, GlpiError]]:
        """The position and the error of each row that was refused."""
        return [(at, each) for at, each in enumerate(self.results) if isinstance(each, GlpiError)]
