"""The verbs on what hangs off an item, by the legacy session where the API in use lacks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._knowledge.versions import KNOWN, numbers
from ...exceptions import GlpiPermissionError
from ..request.server_document import document_or_none

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core


async def elsewhere(core: Core, resource: Resource, id: Any, sub: str, verb: str) -> Core | None:
    """Return the core of the legacy session where a verb of a sub-item needs it; else None.

    ``verb``: list, create, update or delete.
    """
    if core.companion is None or core.options.legacy == "never":
        return None
    reason = core.dialect.sub_elsewhere(resource, id, sub, verb)
    if reason is None:
        return None
    if verb != "list" and core.options.read_only:
        raise GlpiPermissionError(f"this client is read-only: {verb} {sub} of {resource.name} was not sent")
    prefix = await core.session.prefix(core.options.longest)
    why = reason(prefix)
    if not why or (numbers(prefix) > numbers(KNOWN) and await _is_here(core, resource, sub)):
        return None
    return await core.legacy_core(f"{sub} of {resource.name}", why)


async def _is_here(core: Core, resource: Resource, sub: str) -> bool:
    """Check whether a server that is newer than all that is known tells of such a sub-item in its own document."""
    from ..._dialects.high_level.document import alike

    doubt = core.dialect.known_below(resource, sub)
    document = None if doubt is None else await document_or_none(core)
    if doubt is None or document is None:
        return doubt is None
    parent, _, rest = doubt.path.partition("/{}/")
    return any(alike(each, rest) for each in document.below(parent))
