"""Names of items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from ..shared.shapes import Item

if TYPE_CHECKING:
    from ..shared.names import Candidate, Identity, Lookup, Name
    from ..shared.query import Listing
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

    def hides_templates(self, resource: Resource, version: str) -> bool:
        """Check whether rows do not tell which of them are templates, though the type has some."""
        ...

    def parent_field(self, resource: Resource) -> str:
        """Return the field by which an item hangs below another of its type; "" where there is none."""
        ...

    def below(self, resource: Resource, root: Item) -> Listing | None:
        """Return a list that holds all that is below an item, and more; None where each level is found by its parents."""
        ...

    def target(self, resource: Resource, sub: str | None, field: str) -> str:
        """Return what `resource` takes for the items that a field points to, of a type or of what hangs off it; "" for none."""
        ...
