"""What a version of GLPI does with rows in its own way, whichever API is used; and which version came first."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")


@cache
def before(version: str, fixed: str) -> bool:
    """Check whether a version is older than the one that changed something."""
    return [int(part) for part in version.split(".")] < [int(part) for part in fixed.split(".")]


def until(fixed: str) -> Callable[[str], bool]:
    """Return a check: whether a version still has what another one changed."""
    return lambda version: before(version, fixed)


def since(changed: str) -> Callable[[str], bool]:
    """Return a check: whether a version has what another one brought."""
    return lambda version: not before(version, changed)


an_empty_description_is_refused = until("11.0.7")
"""Up to 11.0.6 a ticket keeps its description; 11.0.7 and later blank it, by both APIs."""

long_titles_are_cut = since("11.0.7")
"""From 11.0.7 on a new ticket's title of more than 255 characters is cut without a word, by both APIs."""

a_place_has_a_name = since("11.0.8")
"""11.0.8 stumbles over a location without a name."""

doubled_links_are_left_to_the_database = until("11")
"""10 does not look whether a change and a ticket are linked already: the database refuses the second link."""


def both_ends_are_looked_at(version: str, link: str) -> bool:
    """Check whether a link to a thing needs that thing: 10 wants it for changes and problems, not for tickets."""
    return before(version, "11") and link != "Item_Ticket"


duplicates_are_closed_along = until("11")
"""A ticket that is closed closes its duplicates on 10; on 11 they are only solved along with one that is solved."""

an_address_alone_is_enough = since("11")
"""A link to somebody without an account has to say that the user is 0 on 10."""

an_address_twice_fails_the_change = since("11")
"""A ticket's change that adds an address a second time: 11 refuses it all, 10 says so and does the rest."""

closed_tickets_take_no_tasks = until("11")
"""10 adds no task to a closed ticket; 11 does, but neither changes or removes one there."""

a_new_approval_always_waits = until("11")
"""10 takes a ticket's approval for waiting whenever one more is asked for; 11 sums up, and a refusal stays."""


def words_for_a_lost_approval(version: str, itemtype: str) -> str:
    """Return what is said where there is nothing to approve."""
    return "" if before(version, "11") else f"Failed to create approval step of type {itemtype}Step"


def is_address(version: str, text: Any) -> bool:
    """Check whether a text is an e-mail address: 10 takes ASCII alone, and blanks around it."""
    if before(version, "11"):
        return str(text).isascii() and _ADDRESS.fullmatch(str(text).strip()) is not None
    return _ADDRESS.fullmatch(str(text)) is not None


def fitting(version: str, text: Any) -> Any:
    """Return what a short column takes of a text: 10 cuts it without a word, 11 leaves it to its database to refuse."""
    return text[:255] if isinstance(text, str) and before(version, "11") else text
