"""Versions of the high-level API as numbers that can be compared."""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = ["BEFORE", "KNOWN", "NEWEST", "numbers"]

KNOWN: Final = "2.3"
"""The newest version whose routes and fields are all known; later ones may have more."""
BEFORE: Final = "2.2"
"""The newest version of releases before 11.0.7, which have fewer fields and clear dates."""
NEWEST: Final = "2.99"
"""Stands for a version 2 that is newer than all that are known."""


@cache
def numbers(version: str) -> tuple[int, int]:
    """Read a version; a version without a minor number means the newest of its major number.

    >>> numbers("v2.1"), numbers("2.10.0"), numbers("2") > numbers("2.3")
    ((2, 1), (2, 10), True)
    """
    major, _, rest = version.lstrip("v").partition(".")
    minor = rest.partition(".")[0]
    return int(major or 2), int(minor) if minor else 99
