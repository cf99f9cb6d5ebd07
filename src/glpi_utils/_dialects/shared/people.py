"""The words for who may be in a team."""

from __future__ import annotations

from ..._knowledge.children import TEAM_TYPES
from ...exceptions import GlpiValidationError


def checked_type(kind: object) -> str:
    """Return the kind of member, or say which there are."""
    for each in TEAM_TYPES:
        if isinstance(kind, str) and kind.lower() == each.lower():
            return each
    raise GlpiValidationError(f"a team member is one of {', '.join(TEAM_TYPES)}, not {kind!r:.60}")
