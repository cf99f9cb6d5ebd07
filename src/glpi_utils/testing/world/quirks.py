"""What a version of GLPI does with rows in its own way, whichever API is used; and which version came first."""

from __future__ import annotations

from functools import cache


@cache
def before(version: str, fixed: str) -> bool:
    """Whether a version is older than the one that changed something."""
    return [int(part) for part in version.split(".")] < [int(part) for part in fixed.split(".")]


def an_empty_description_is_refused(version: str) -> bool:
    """Up to 11.0.6 a ticket keeps its description; 11.0.7 and later blank it, by both APIs."""
    return before(version, "11.0.7")


def long_titles_are_cut(version: str) -> bool:
    """From 11.0.7 on a new ticket's title of more than 255 characters is cut without a word, by both APIs."""
    return not before(version, "11.0.7")


def a_place_has_a_name(version: str) -> bool:
    """11.0.8 stumbles over a location without a name."""
    return not before(version, "11.0.8")
