"""What one row of the table of capabilities says."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["THROUGH_LEGACY", "Capability"]

THROUGH_LEGACY: Final = "through legacy"
"""A client of the High-Level API does it through a legacy session of the same user."""


class Capability(NamedTuple):
    """One verb, keyword, field, or kind of rows, and who has it."""

    name: str
    kind: str
    """verb, verb of clients, keyword, condition, field, rows or itemtype."""
    itemtypes: tuple[str, ...]
    """The classes that have it; () where `others` says which."""
    others: bool = False
    """Types that are not known (plugins', custom assets) may have it; with no itemtypes: all do."""
    writes: bool = False
    high_level: str = "2.0"
    """The version of the High-Level API that has it first; THROUGH_LEGACY where it has not."""
    legacy: bool = True
    why: str = ""
    """Why the High-Level API does not do it."""

    @property
    def shown(self) -> str:
        """The name as messages show it."""
        return f"{self.name}()" if self.kind.startswith("verb") else self.name
