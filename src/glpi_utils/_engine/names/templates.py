"""Templates, where the API in use does not tell them from other items: the legacy session does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..._dialects.shared.names import Candidate
from ...exceptions import GlpiNotFoundError, GlpiPermissionError

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

_WHY = "the High-Level API does not tell before version 2.3 which items are templates"
_ALONE = "no legacy session tells templates"


async def without_templates(core: Core, resource: Resource, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that are no templates, as far as a legacy session may be had."""
    if core.session.view.kept.get(_ALONE):
        return list(candidates)
    legacy = await core.legacy_core_or_none(f"the name of a {resource.itemtype}", _WHY)
    if legacy is None:
        core.session.view.kept[_ALONE] = True
        return list(candidates)
    return [each for each in candidates if not await _is_template(legacy, resource.itemtype, each.id)]


async def _is_template(legacy: Core, itemtype: str, number: int) -> bool:
    try:
        row = await legacy.do(legacy.dialect.get(legacy.dialect.resource(itemtype), number, {}))
    except (GlpiNotFoundError, GlpiPermissionError):
        return False
    return row.get("is_template") == 1
