"""Telling what happens: the log, the caller's hooks, and errors without secrets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..._dialects.shared.shapes import is_array, is_object
from ..._display import shown
from ..._exchange import ErrorRequest, ErrorResponse
from ..._redactor import Redactor
from ..._wire import Request, Response, TransportError, WireRequest
from ...exceptions import GlpiAPIError, GlpiError, GlpiPartialError

if TYPE_CHECKING:
    from logging import Logger

E = TypeVar("E", bound=GlpiError)
SENT = "was sent, its outcome is unknown"
"""How the note ends on what stopped a call after its write had left."""


class RequestInfo(NamedTuple):
    """What ``on_request`` of a client gets: one attempt that is about to be sent.

    Attributes:
        method: The HTTP method.
        url: The whole address, without secrets.
        attempt: 1 for the first attempt of a call, 2 for its first repeat.

    >>> from glpi_utils import GlpiOAuthClient
    >>> sent = []
    >>> with GlpiOAuthClient(on_request=sent.append) as watched:
    ...     ticket = watched.ticket.get(1)
    >>> sent[-1].method, sent[-1].attempt
    ('GET', 1)
    """

    method: str
    url: str
    attempt: int


class ResponseInfo(NamedTuple):
    """What ``on_response`` of a client gets: how one attempt ended.

    Attributes:
        method: The HTTP method.
        url: The whole address, without secrets.
        attempt: 1 for the first attempt of a call, 2 for its first repeat.
        status: The HTTP status; None where no whole answer came.
        size: The bytes of the answer's body, once it is unpacked.
        seconds: How long the attempt took.
        error: Why no whole answer came; None where one came.

    >>> from glpi_utils import GlpiOAuthClient
    >>> came = []
    >>> with GlpiOAuthClient(on_response=came.append) as watched:
    ...     ticket = watched.ticket.get(1)
    >>> came[-1].status, came[-1].size > 0
    (200, True)
    """

    method: str
    url: str
    attempt: int
    status: int | None
    size: int
    seconds: float
    error: str | None = None


RequestInfo.__module__ = ResponseInfo.__module__ = "glpi_utils"  # where people import them from


class Report:
    """One per client: what is sent with every request, and which hooks and which log learn of it."""

    def __init__(
        self,
        redactor: Redactor,
        headers: Mapping[str, str],
        on_request: Callable[[RequestInfo], object] | None = None,
        on_response: Callable[[ResponseInfo], object] | None = None,
    ) -> None:
        self.redactor, self.headers = redactor, headers
        self.on_request, self.on_response = on_request, on_response
        self._logger: Logger | None = None

    @property
    def logger(self) -> Logger:
        """The logger ``glpi_utils``."""
        if self._logger is None:
            from ...logger import library_logger

            self._logger = library_logger()
        return self._logger

    def sent(self, sending: WireRequest, attempt: int) -> None:
        """Call the hook."""
        if self.on_request is not None:
            self._tell(self.on_request, RequestInfo(sending.method, self.redactor.clean(sending.url), attempt))

    def answered(self, sending: WireRequest, answer: Response | TransportError, attempt: int, seconds: float) -> None:
        """Write to the log, and call the hook."""
        fault = answer if isinstance(answer, TransportError) else None
        listened = self._listened_to()
        if not listened and self.on_response is None:
            return
        status, size = (answer.status, answer.size) if isinstance(answer, Response) else (None, 0)
        if listened:
            path = self._clean_text(sending.url)
            end = self._clean_text(str(fault)) if fault else status
            self.logger.debug(
                "%s %s -> %s, %d bytes, %.0f ms, attempt %d", sending.method, path, end, size, seconds * 1000, attempt
            )
        if self.on_response is not None:
            url = self.redactor.clean(sending.url)
            error_text = self._clean_text(str(fault)) if fault else None
            self._tell(self.on_response, ResponseInfo(sending.method, url, attempt, status, size, seconds, error_text))

    def _tell(self, hook: Callable[[Any], object], info: RequestInfo | ResponseInfo) -> None:
        """Call a hook. An error of the hook is logged and not raised: it must not hide the outcome of the call."""
        try:
            hook(info)
        except Exception as problem:  # noqa: BLE001  it is the caller's code
            self.warn(f"a hook failed: {type(problem).__name__}: {problem}")

    def repeats(self, request: Request, attempt: int, pause: float, error: GlpiError | None) -> None:
        """Log that a call is tried again."""
        why = self._clean_text(error.message if error is not None else "")
        self.logger.warning(
            "%s %s: attempt %d failed (%s), again in %.1f s", request.method, request.path, attempt, why, pause
        )

    def _listened_to(self) -> bool:
        """Check whether the log shows DEBUG. A program that has not imported `logging` has not set it; the import is slow."""
        return "logging" in sys.modules and self.logger.isEnabledFor(10)

    def debug(self, text: str, *args: object) -> None:
        """Log what is decided on the way."""
        if self._listened_to():
            self.logger.debug("%s", self._clean_text(text % args if args else text))

    def warn(self, text: str) -> None:
        """Log a warning."""
        self.logger.warning("%s", self._clean_text(text))

    def _clean_text(self, text: str) -> str:
        """Return a text that may be shown. Secrets are removed first: cutting the text could leave half of one."""
        return shown(self.redactor.clean(text))

    def of(self, error: E, request: Request, response: Response | None) -> E:
        """Return the error with the request and the answer that it comes of, and without any secret."""
        parts: list[GlpiError] = [part for _, part in error.failed] if isinstance(error, GlpiPartialError) else []
        whole: list[GlpiError] = [error, *parts]
        for each in whole:
            if each.request is None:
                each.request = ErrorRequest(request.method, self._clean_text(f"/{request.path}"))
                if response is not None:
                    clean = self.redactor.clean
                    each.response = ErrorResponse(response.status, response.headers, response.body, clean)
        return self.clean(error)

    def clean(self, error: E) -> E:
        """Cut every secret out of an error."""
        error.message = self._clean_text(error.message)
        error.args = (error.message,)
        if isinstance(error, GlpiAPIError):
            error.detail = self._cleaned(error.detail)
            error.hint = self._cleaned(error.hint)
            error.additional_messages = self._cleaned(error.additional_messages)
        if isinstance(error, GlpiPartialError):
            error.results = [self.clean(each) if isinstance(each, GlpiError) else each for each in error.results]
        return error

    def _cleaned(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.redactor.clean(value)
        if is_object(value):
            return {self._cleaned(name): self._cleaned(each) for name, each in value.items()}
        return [self._cleaned(each) for each in value] if is_array(value) else value


def noted(error: BaseException, text: str) -> None:
    """Add a note to somebody else's exception."""
    if text not in getattr(error, "__notes__", ()):
        error.add_note(text)


def notes_a_write(stop: BaseException) -> bool:
    """Check whether what stopped a call came after its write was sent, so that nobody knows its outcome."""
    return any(note.endswith(SENT) for note in getattr(stop, "__notes__", ()))


def user_agent(app: str | None) -> str:
    """Name this library, and the application that uses it."""
    from ..._version import __version__

    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    own = f"glpi-utils/{__version__} (Python {python})"
    return f"{app} {own}" if app else own
