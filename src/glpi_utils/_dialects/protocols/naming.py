"""Names of items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from ..shared.shapes import Item

if TYPE_CHECKING:
    from ..shared.names import Candidate, Identity, Lookup, Name
    from ..shared.resource import Resource


class Naming(Protocol):
    """Looking an item up by its name."""

    keeps_trash_apart: bool
    """Whether what is in the trash is a list of its own."""

    def identity(self, resource: Resource, version: str) -> Identity:
        """Return by which fields the items of a type are named, in a version of the API."""
        ...

    def lookups(self, resource: Resource, name: Name, version: str, *, trashed: bool) -> Sequence[Lookup]:
        """Return where to look for the items that a name may mean; more rows may come. ``trashed``: in the trash."""
        ...

    def candidate(self, resource: Resource, row: Item, version: str) -> Candidate:
        """Return what a row is called."""
        ...
