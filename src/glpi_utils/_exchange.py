"""The request and the answer behind an error, as a program may read them: without secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ._secret import MASK, names_a_secret

__all__ = ["ErrorRequest", "ErrorResponse"]


class ErrorRequest(NamedTuple):
    """The request that failed.

    Attributes:
        method: The HTTP method.
        path: The path below the address of the API.

    >>> from glpi_utils import GlpiNotFoundError
    >>> try:
    ...     api.ticket.get(99999999)
    ... except GlpiNotFoundError as error:
    ...     error.request
    ErrorRequest(method='GET', path='/Assistance/Ticket/99999999')
    """

    method: str
    path: str


ErrorRequest.__module__ = "glpi_utils.exceptions"  # where people import it from


class ErrorResponse:
    """The answer that an error comes of. Secrets are cut out when it is read for the first time.

    Args:
        status: The HTTP status.
        headers: The headers by lower-case names.
        body: The bytes as they came, unpacked where they were compressed.
        clean: Cuts secrets out of a text.

    Attributes:
        status: The HTTP status.

    >>> answer = ErrorResponse(403, {"content-type": "application/json"}, b'["ERROR_RIGHT_MISSING", "..."]')
    >>> answer, answer.text
    (ErrorResponse(403, 30 bytes), '["ERROR_RIGHT_MISSING", "..."]')
    """

    __module__ = "glpi_utils.exceptions"  # where people import it from

    __slots__ = ("_give", "status")

    def __init__(
        self, status: int, headers: Mapping[str, str], body: bytes, clean: Callable[[str], str] | None = None
    ) -> None:
        self.status = status
        self._give: Callable[[], tuple[dict[str, str], bytes]] = lambda: (dict(headers), body)
        if clean is not None:
            self._give = lambda: self._cleaned(headers, body, clean)  # a closure: no attribute holds a secret

    def _cleaned(
        self, headers: Mapping[str, str], body: bytes, clean: Callable[[str], str]
    ) -> tuple[dict[str, str], bytes]:
        kept = {name: MASK if names_a_secret(name) else clean(value) for name, value in headers.items()}
        whole = _without_secrets(body, clean)
        self._give = lambda: (dict(kept), whole)
        return self._give()

    @property
    def headers(self) -> dict[str, str]:
        """The headers by lower-case names; repeated ones are joined by ``, ``."""
        return self._give()[0]

    @property
    def body(self) -> bytes:
        """The bytes of the body."""
        return self._give()[1]

    @property
    def text(self) -> str:
        """The body as text; what is no UTF-8 is replaced."""
        return self.body.decode("utf-8", "replace")

    def __repr__(self) -> str:
        return f"ErrorResponse({self.status}, {len(self.body)} bytes)"

    def __reduce__(self) -> tuple[Any, ...]:
        return ErrorResponse, (self.status, self.headers, self.body)


def _without_secrets(body: bytes, clean: Callable[[str], str]) -> bytes:
    for charset in ("utf-8", "latin-1"):
        try:
            text = body.decode(charset)
        except UnicodeDecodeError:
            continue
        cleaned = clean(text)
        return body if cleaned == text else cleaned.encode(charset, "replace")
    return body
