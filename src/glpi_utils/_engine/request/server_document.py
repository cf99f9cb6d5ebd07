"""The server's own description of itself, read once per session and only when something needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...exceptions import GlpiTimeoutError

if TYPE_CHECKING:
    from ..._dialects.high_level.document import Document
    from .core import Core
    from .server_description import Description

_LONGEST = 60.0  # a busy server takes seconds for it


async def _described(core: Core, seconds: float) -> Description:
    shared = core.session.descriptions
    held = shared.held
    if held is not None and held.lasts(core.session.runtime.now()):
        return held
    return await shared.get(held, seconds)


async def document(core: Core) -> Document:
    """Return the server's document, read once per session; raise an error where it cannot be read."""
    description = await _described(core, core.options.longest)
    if description.document is None:
        assert description.error is not None  # noqa: S101  there is the one or the other
        raise description.error.again()
    return description.document


async def document_or_none(core: Core) -> Document | None:
    """Return the server's document; None where it cannot be read: the callers of this can do without it."""
    if not core.dialect.describes_itself:
        return None
    try:
        return (await _described(core, min(core.options.longest, _LONGEST))).document
    except GlpiTimeoutError:
        return None


async def server_knows(core: Core, schema: str, name: str) -> bool | None:
    """Check whether a schema of the server's own document has a property, or part of one (``"status.id"``).

    ``schema`` may be a path. None: the document does not say (there is no document, it has no such
    schema, or an object does not name its parts).
    """
    openapi = await document_or_none(core)
    properties = None if openapi is None else openapi.properties(schema)
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
