"""How a list is counted: GLPI selects each row once, and counts the rows of the joins that restrict the list.

Seen on 10.0.19, 11.0.6 and 11.0.8: 206 users with 228 authorisations are counted as 228, and 4 own tickets in which
the user has several roles as 15. The search engine and the High-Level API count each row once.
"""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.world.rights import SELF_SERVICE, Who, marks
from glpi_utils.testing.world.world import World

OWN_TICKET = """(
    SELECT count(*) FROM (SELECT 1)
    LEFT JOIN "Ticket_User" requester ON requester.tickets_id = "Ticket".id AND requester.type = 1
    LEFT JOIN "Ticket_User" observer ON observer.tickets_id = "Ticket".id AND observer.type = 3
    LEFT JOIN "Ticket_User" assigned ON assigned.tickets_id = "Ticket".id AND assigned.type = 2
    WHERE "Ticket".users_id_recipient = ? OR requester.users_id = ? OR observer.users_id = ?
)"""
TARGETS = ("Entity_KnowbaseItem", "Group_KnowbaseItem", "KnowbaseItem_Profile", "KnowbaseItem_User")
"""Whom an article is shown to: each table is joined, so that their rows multiply."""


def counted(world: World, who: Who, itemtype: str, where: str, args: list[Any]) -> int:
    """The number that stands in Content-Range."""
    times, more = _times(world, who, itemtype)
    if not times:
        return world.count(itemtype, where, args)
    text = f'SELECT coalesce(sum({times}), 0) AS n FROM "{itemtype}"{f" WHERE {where}" if where else ""}'
    return int(world.sql(text, [*more, *args])[0]["n"])


def _times(world: World, who: Who, itemtype: str) -> tuple[str, list[Any]]:
    """How often a row is counted, as SQL over its table; empty: once, since nothing is joined for this profile."""
    if itemtype == "User":
        within = 'SELECT count(*) FROM "Profile_User" p WHERE p.users_id = "User".id'
        return f"max(1, ({within} AND p.entities_id IN ({marks(who.entities)})))", [*who.entities]
    if itemtype == "Ticket" and who.profile == SELF_SERVICE:
        return OWN_TICKET, [who.user] * 3
    if itemtype == "KnowbaseItem":
        there = [name for name in TARGETS if world.columns(name) is not None]
        counts = [
            f'max(1, (SELECT count(*) FROM "{name}" x WHERE x.knowbaseitems_id = "KnowbaseItem".id))' for name in there
        ]
        return " * ".join(counts), []
    return "", []
