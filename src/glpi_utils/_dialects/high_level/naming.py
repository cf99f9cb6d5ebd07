"""Names of items on the High-Level API: which fields hold them, by which filter they are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from ..._knowledge.children import ITIL
from ..._knowledge.fields import fields_of
from ..._knowledge.targets import targets_of
from ..._knowledge.versions import NEWEST
from ...filters import Comparison
from ..shared.keyed_creates import KeyedCreate
from ..shared.names import (
    EMAIL,
    INVENTORY,
    KEY,
    LOGIN,
    NAME,
    PATH,
    SERIAL,
    Candidate,
    Identity,
    Lookup,
    Name,
    folded,
    is_titled,
    paths_of,
    sought,
    texts_of,
)
from ..shared.query import Listing
from ..shared.resource import Resource
from ..shared.shapes import Item, Keywords, as_array, as_object, is_object
from .filtering import nearest, nearest_path

_OTHERS: Final = (("designation", NAME), ("completename", PATH), ("serial", SERIAL), ("otherserial", INVENTORY))


class NameRequests:
    """The part of the dialect that concerns names of items."""

    keeps_trash_apart = False
    misses_entities_above = True
    listing: Callable[[Resource, Keywords], Listing]
    marked: Callable[..., KeyedCreate]

    def identity(self, resource: Resource, version: str) -> Identity:
        """Return by which fields the items of a type are named."""
        return _identity(resource.itemtype, resource.schema, version or NEWEST)

    def lookups(self, resource: Resource, name: Name, version: str, *, trashed: bool) -> Sequence[Lookup]:
        """Return the list of the items that a name may mean; it holds those in the trash too."""
        identity = self.identity(resource, version)
        ends = resource.itemtype == "Entity"  # the root may be left out
        texts = [
            nearest_path(field, text, ends=ends) if kind == PATH else nearest(field, text)
            for kind, field, text in sought(name, identity)
        ]
        return [self.listing(resource, {"filter": texts[0] if len(texts) == 1 else f"({','.join(texts)})"})]

    def candidate(self, resource: Resource, row: Item, version: str) -> Candidate:
        """Return what a row is called."""
        texts = texts_of(row, self.identity(resource, version))
        if path := texts.get(PATH):
            texts[PATH] = paths_of(resource.itemtype, path[0])
        if resource.itemtype == "User":
            texts[EMAIL] = [str(each.get("email")) for each in as_array(row.get("emails")) if is_object(each)]
        entity = as_object(row.get("entity"))
        return Candidate(
            int(row["id"]),
            texts,
            entity.get("completename") or entity.get("id"),
            row.get("is_deleted") is True,
            row.get("is_template") is True,
        )

    def hides_templates(self, resource: Resource, version: str) -> bool:
        """Check for a version that shows no templates; of types that are not known nothing is known."""
        known, now = fields_of(resource.schema, NEWEST) or {}, fields_of(resource.schema, version or NEWEST) or {}
        return "is_template" in known and "is_template" not in now

    def parent_field(self, resource: Resource) -> str:
        """Return the field by which an item hangs below another of its type."""
        return "parent" if targets_of(resource.schema).get("parent") == resource.path else ""

    def below(self, resource: Resource, root: Item) -> None:
        """What has one of several parents is found by these."""
        return

    def children(self, resource: Resource, name: str, parent: int | None) -> Listing:
        """Return the list of what hangs below an item under a name; the server compares without case and accents."""
        field = self.identity(resource, "").fields[NAME]
        place = Comparison(("parent",), "is_null" if parent is None else "eq", parent)
        return self.listing(resource, {"filter": [nearest(field, name), place]})

    def branch(
        self, resource: Resource, item: Item, name: str, parent: int | None, holds: Callable[[Item], bool]
    ) -> KeyedCreate:
        """Return the create of what hangs there, which is found again by its name and parent."""
        text = self.children(resource, name, parent).filter
        mark = self.marked(resource, None, item, text, holds, ("branch", parent, folded(NAME, name)))
        return mark._replace(unique=True, cheap=False)

    def is_seen_in(self, row: Item, entities: Sequence[int]) -> bool:
        """Check whether a row is seen in the first of these entities."""
        entity = as_object(row.get("entity")).get("id")
        return entity is None or entity == entities[0] or (entity in entities and row.get("is_recursive") is True)

    def target(self, resource: Resource, sub: str | None, field: str) -> str:
        """Return the path of the items that a field points to; the class, where they have none here."""
        from .high_level_sub_items import schema_below

        return targets_of(schema_below(resource, sub)).get(field, "")


@cache
def _identity(itemtype: str, schema: str, version: str) -> Identity:
    if itemtype == "User":
        return Identity({LOGIN: "username", EMAIL: "emails.email"})
    known = fields_of("CommonAsset" if schema.startswith("Custom_") else schema, version)
    fields = {} if is_titled(itemtype) or (known is not None and "name" not in known) else {NAME: "name"}
    fields |= {kind: field for field, kind in _OTHERS if known and field in known}
    if itemtype in ITIL:
        fields[KEY] = "external_id"
    return Identity(fields, is_titled(itemtype))
