"""Which rows of an itemtype a session sees, as SQL: its entities, and for a helpdesk profile its own tickets only."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.credentials import LegacySession
from glpi_utils.testing.legacy import sessions
from glpi_utils.testing.rights import visible as rows_seen
from glpi_utils.testing.world import World


def visible(world: World, session: LegacySession, itemtype: str) -> tuple[str, list[Any]]:
    """A condition over the itemtype's own columns; empty: every row."""
    where, args = rows_seen(world, sessions.who(session), itemtype)
    return where, list(args)
