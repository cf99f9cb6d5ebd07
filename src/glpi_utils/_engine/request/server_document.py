"""The server's own description of itself, read once per session and only when something needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._wire import Operation, Request, Response
from ...exceptions import GlpiAPIError, GlpiAuthError, GlpiError, GlpiTimeoutError

if TYPE_CHECKING:
    from ..._dialects.high_level.document import Document
    from .core import Core
    from .session import Session

_LONGEST = 60.0  # a busy server takes seconds for it
_PAUSE = 60.0


def _body(response: Response) -> bytes:
    return response.body


_DOCUMENT: Operation[bytes] = Operation(Request("GET", "doc.json"), _body)


class Description:
    """What became of the question for the document: why there is none, and when that was found."""

    __slots__ = ("at", "document", "error")

    def __init__(self, document: Document | None, error: GlpiError | None, at: float) -> None:
        self.document, self.error, self.at = document, error, at

    def lasts(self, now: float) -> bool:
        """Check whether it stands: a document and a refusal for good, what broke on the way for a while."""
        refused = isinstance(self.error, GlpiAPIError) and 400 <= (self.error.status_code or 400) < 500
        return self.document is not None or refused or now - self.at < _PAUSE


async def describe(session: Session) -> Description:
    """Read the document of the API version in use. A login that fails is raised: the call would try it once more."""
    from ..._dialects.high_level.document import read

    try:
        body = await session.plainly(_DOCUMENT)
    except GlpiAuthError:
        raise
    except GlpiError as error:
        return Description(None, error, session.runtime.now())
    found = await session.runtime.offload(lambda: read(body))  # a tenth of a second, which would hold up a loop
    refusal = None if found is not None else GlpiAPIError("the server's doc.json is no OpenAPI document", 400)
    return Description(found, refusal, session.runtime.now())


async def _described(core: Core, seconds: float) -> Description:
    shared = core.session.descriptions
    held = shared.held
    if held is not None and held.lasts(core.session.runtime.now()):
        return held
    return await shared.get(held, seconds)


async def document(core: Core) -> Document:
    """Return the server's document, read once per session; raises where it cannot be had."""
    found = await _described(core, core.options.longest)
    if found.document is None:
        assert found.error is not None  # noqa: S101  there is the one or the other
        raise found.error.again()
    return found.document


async def document_or_none(core: Core) -> Document | None:
    """Return the server's document; None where it cannot be had: who only doubts goes on without it."""
    if not core.dialect.keyset:
        return None
    try:
        return (await _described(core, min(core.options.longest, _LONGEST))).document
    except GlpiTimeoutError:
        return None


async def server_knows(core: Core, schema: str, name: str) -> bool | None:
    """Ask the server's own document whether a schema has a property, or part of one (``"status.id"``).

    ``schema`` may be a path. None: it cannot be told (no document, no such schema there, an object that does
    not name its parts).
    """
    found = await document_or_none(core)
    properties = None if found is None else found.properties(schema)
    return None if properties is None else has(properties, name)


def has(properties: dict[str, Any], name: str) -> bool | None:
    """Look a property up, part by part."""
    from ..._dialects.high_level.document import inner

    first, _, rest = name.partition(".")
    if first not in properties:
        return False
    if not rest:
        return True
    parts = inner(properties[first])
    return None if parts is None else has(parts, rest)
