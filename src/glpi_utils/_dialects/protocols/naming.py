"""Names of items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from ..shared.shapes import Item

if TYPE_CHECKING:
    from ..shared.keyed_creates import KeyedCreate
    from ..shared.names import Candidate, Identity, Lookup, Name
    from ..shared.query import Listing
    from ..shared.resource import Resource


class Naming(Protocol):
    """Looking an item up by its name."""

    misses_entities_above: bool
    """Whether older servers leave out of lists what the entities above the active one have."""
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

    def children(self, resource: Resource, name: str, parent: int | None) -> Listing:
        """Return the list of what hangs below an item (None: below none) under a name; more may come."""
        ...

    def branch(
        self, resource: Resource, item: Item, name: str, parent: int | None, holds: Callable[[Item], bool]
    ) -> KeyedCreate:
        """Return the create of what hangs there, which is found again by its name and parent."""
        ...

    def is_seen_in(self, row: Item, entities: Sequence[int]) -> bool:
        """Check whether a row is seen in the first of these entities; the others are those above it."""
        ...

    def target(self, resource: Resource, sub: str | None, field: str) -> str:
        """Return what `resource` takes for the items that a field points to, of a type or of what hangs off it; "" for none."""
        ...
