"""The server's own description of itself: reading it, and how long the result of a reading is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ..._wire import Operation, Request, Response
from ...exceptions import GlpiAPIError, GlpiAuthError, GlpiError
from .runtime import Runtime

if TYPE_CHECKING:
    from ..._dialects.high_level.document import Document

_PAUSE = 60.0


def _body(response: Response) -> bytes:
    return response.body


_DOCUMENT: Operation[bytes] = Operation(Request("GET", "doc.json"), _body)


class Description:
    """The result of reading the document: the document, or the error, and the time of the reading."""

    __slots__ = ("at", "document", "error")

    def __init__(self, document: Document | None, error: GlpiError | None, at: float) -> None:
        self.document, self.error, self.at = document, error, at

    def lasts(self, now: float) -> bool:
        """Check whether the result is kept: a document and a refusal are kept for good, a broken connection for a while."""
        refused = isinstance(self.error, GlpiAPIError) and 400 <= (self.error.status_code or 400) < 500
        return self.document is not None or refused or now - self.at < _PAUSE


async def describe(send: Callable[[Operation[bytes]], Awaitable[bytes]], runtime: Runtime) -> Description:
    """Read the document of the API version in use. A login that fails is raised: the call would try it once more."""
    from ..._dialects.high_level.document import read

    try:
        body = await send(_DOCUMENT)
    except GlpiAuthError:
        raise
    except GlpiError as error:
        return Description(None, error, runtime.now())
    document = await runtime.offload(lambda: read(body))  # a tenth of a second, which would hold up a loop
    refusal = None if document is not None else GlpiAPIError("the server's doc.json is no OpenAPI document", 400)
    return Description(document, refusal, runtime.now())
