"""The root of the errors."""

from __future__ import annotations

import copy
from typing import Any, Self

from ._display import shown
from ._exchange import ErrorRequest, ErrorResponse

__all__ = ["GlpiError", "remake"]


class GlpiError(Exception):
    """The root: ``except GlpiError`` catches all errors that this library raises.

    ``str()`` returns at most 2 000 characters of the message, with control characters escaped. There is no secret in
    the message, in ``request`` or in ``response``.

    Attributes:
        message: What happened, and what to do next where that is known.
        status_code: The HTTP status; None where no answer came.
        error_code: GLPI's own word, such as ``ERROR_ITEM_NOT_FOUND``; None where there is none.
        request: The request that failed, an `ErrorRequest`; None where nothing was sent.
        response: Its answer, an `ErrorResponse`; None where none came.

    >>> from glpi_utils import GlpiError
    >>> try:
    ...     api.ticket.get(99999999)
    ... except GlpiError as error:
    ...     error.status_code, error.error_code, error.request.method
    (404, 'ERROR_ITEM_NOT_FOUND', 'GET')
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from

    request: ErrorRequest | None = None
    response: ErrorResponse | None = None

    def __init__(self, message: str = "", status_code: int | None = None, error_code: str | None = None) -> None:
        super().__init__(message)
        self.message, self.status_code, self.error_code = message, status_code, error_code

    def __str__(self) -> str:
        return shown(self.message)

    def __repr__(self) -> str:
        head = f"{type(self).__name__}(message={str(self)!r}"
        return f"{head}, status_code={self.status_code!r}, error_code={self.error_code!r})"

    def again(self) -> Self:
        """Return a fresh copy to raise elsewhere: one exception object must not travel through many threads."""
        twin = copy.copy(self)
        twin.__traceback__ = None
        twin.__cause__ = self.__cause__
        twin.__suppress_context__ = True
        return twin

    def __reduce__(self) -> tuple[Any, ...]:
        return remake, (type(self), self.args, self.__dict__)


def remake(kind: type[GlpiError], args: tuple[Any, ...], state: dict[str, Any]) -> GlpiError:
    """Return an error that was pickled."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error
