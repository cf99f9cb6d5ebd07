"""What a version of GLPI does with rows in its own way, whichever API is used; and which version came first."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


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
