"""Which lists the legacy API counts over joins, so that their count is too high, and for which profiles.

GLPI selects each row of a list once and counts the joined rows (10.0.19, 11.0.6, 11.0.8). What is joined follows from
the type: who somebody is in which entity (User), whom it is shown to (KnowbaseItem, Reminder, RSSFeed), the teams
(ProjectTask); of tickets, changes, problems and projects the actors and teams, for profiles that may not see all.
`Reservation` and `ITILFollowup` are joined with one row each, which changes no count. A list below a parent is joined
as the list of its type is; the parent itself adds no rows. Plugins may join what they like.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ID_IS_TWO", "READ_ALL", "joined"]

_ALWAYS: Final = frozenset({"User", "KnowbaseItem", "Reminder", "RSSFeed", "ProjectTask"})
_UNLESS: Final = {"Ticket": "ticket", "Change": "change", "Problem": "problem", "Project": "project"}
READ_ALL: Final = 1024
"""The bit of these rights that lets a profile see all, so that nothing is joined."""
ID_IS_TWO: Final = frozenset({"User", "KnowbaseItem", *_UNLESS})
"""Types whose search option 2 is their id. Of Reminder and RSSFeed 2 is the writer, of ProjectTask the project."""


def joined(itemtype: str) -> bool | str:
    """Check whether a list is counted over joins; a text names the right with which it is not."""
    return itemtype in _ALWAYS or _UNLESS.get(itemtype, False)
