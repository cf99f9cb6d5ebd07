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
    """GLPI answered, and the answer is no.

    ``error_code`` is GLPI's own (``ERROR_RIGHT_MISSING``; on the token endpoint OAuth's,
    such as ``invalid_grant``), ``additional_messages`` what GLPI's business rules said,
    ``hint`` OAuth's own hint, ``detail`` the ``detail`` member of an answer.
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
    """The credentials, the token or the session were refused."""

    __module__ = "glpi_utils.exceptions"  # where people import it from


class GlpiPermissionError(GlpiAPIError):
    """The user may not do this, or the token lacks the scope."""

    __module__ = "glpi_utils.exceptions"  # where people import it from


class GlpiNotFoundError(GlpiAPIError):
    """No such item, or none that this user may see."""

    __module__ = "glpi_utils.exceptions"  # where people import it from


class GlpiRateLimitError(GlpiAPIError):
    """Too many requests; ``retry_after`` are the seconds that the server asked for, or ``None``."""

    __module__ = "glpi_utils.exceptions"  # where people import it from

    retry_after: float | None = None


class GlpiMaintenanceError(GlpiAPIError):
    """GLPI is in maintenance, or its database needs an update: an HTML page came with status 200."""

    __module__ = "glpi_utils.exceptions"  # where people import it from


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
        """The answers of the rows that were carried out."""
        return [each for each in self.results if not isinstance(each, GlpiError)]

    @property
    def failed(self) -> list[tuple[int, GlpiError]]:
        """The position and the error of each row that was not."""
        return [(at, each) for at, each in enumerate(self.results) if isinstance(each, GlpiError)]
