"""Names of items on the legacy API: which columns hold them, by which lists they are found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from ..._knowledge.children import ITIL, foreign_key, legacy_sub
from ..._knowledge.legacy_columns import column_for, columns_of
from ..._knowledge.targets import class_at
from ..._wire import Operation, Page, Request, Response
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
from ..shared.query import Listing, encode
from ..shared.resource import Resource
from ..shared.shapes import Item, Keywords, as_array, as_object, is_array
from . import answers
from .key_carriers import anchored

_OTHERS: Final = (("designation", NAME), ("completename", PATH), ("serial", SERIAL), ("otherserial", INVENTORY))
_WIDE: Final = re.compile(r"[^\x00-\x7f]+|ss", re.IGNORECASE)
"""What LIKE compares sign by sign, and a comparison without case does not."""
_AROUND: Final = re.compile(r"\s*>\s*")
_KEPT: Final = (("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"))
"""How GLPI 10 shows signs in a full path."""
_LOGIN, _ID, _EMAIL = "1", "2", "5"
"""Columns of users in GLPI's search engine, the same in all versions."""


class NameRequests:
    """The part of the dialect that concerns names of items."""

    keeps_trash_apart = True
    misses_entities_above = False
    listing: Callable[[Resource, Keywords], Listing]
    marked: Callable[..., KeyedCreate]

    def identity(self, resource: Resource, version: str) -> Identity:
        """Return by which columns the items of a type are named."""
        return _identity(resource.itemtype)

    def lookups(self, resource: Resource, name: Name, version: str, *, trashed: bool) -> Sequence[Lookup]:
        """Return the lists of the items that a name may mean: one for each column, the trash is a list of its own."""
        looks: list[Lookup] = []
        for kind, field, text in sought(name, _identity(resource.itemtype)):
            plain = _AROUND.sub(">", text) if kind == PATH else text
            pattern = _WIDE.sub("%", anchored(plain))
            if kind == PATH and resource.itemtype == "Entity":
                pattern = pattern.removeprefix("^")
            if kind == EMAIL:
                looks.append(_by_email(pattern, trashed=trashed))
            else:
                more = {"is_deleted": True} if trashed else {}
                looks.append(self.listing(resource, {"searchText": {field: pattern}, **more}))
        return looks

    def candidate(self, resource: Resource, row: Item, version: str) -> Candidate:
        """Return what a row is called."""
        texts = texts_of(row, _identity(resource.itemtype))
        if path := row.get("completename"):
            shown = dict.fromkeys((str(path), _decoded(str(path))))
            texts[PATH] = [text for each in shown for text in paths_of(resource.itemtype, each)]
        if is_array(row.get("_emails")):
            texts[EMAIL] = row["_emails"]
        return Candidate(
            int(row["id"]), texts, row.get("entities_id"), row.get("is_deleted") == 1, row.get("is_template") == 1
        )

    def hides_templates(self, resource: Resource, version: str) -> bool:
        """Rows tell which of them are templates."""
        return False

    def parent_field(self, resource: Resource) -> str:
        """Return the column by which an item hangs below another of its type."""
        key, columns = foreign_key(resource.itemtype), columns_of(resource.itemtype) or {}
        return key if key in columns and columns[key].kind and "completename" in columns else ""

    def below(self, resource: Resource, root: Item) -> Listing:
        """Return the list of the items whose full path begins alike."""
        pattern = _WIDE.sub("%", anchored(_AROUND.sub(">", _decoded(str(root["completename"])))))
        return self.listing(resource, {"searchText": {"completename": pattern.removesuffix("$")}})

    def children(self, resource: Resource, name: str, parent: int | None) -> Listing:
        """Return the list of what hangs below an item under a name."""
        return self.listing(resource, {"searchText": self._child_texts(resource, name, parent)})

    def _child_texts(self, resource: Resource, name: str, parent: int | None) -> Item:
        pattern = _WIDE.sub("%", anchored(name))
        return {_identity(resource.itemtype).fields[NAME]: pattern, self.parent_field(resource): f"^{parent or 0}$"}

    def branch(
        self, resource: Resource, item: Item, name: str, parent: int | None, holds: Callable[[Item], bool]
    ) -> KeyedCreate:
        """Return the create of what hangs there, which is found again by its name and parent."""
        texts = self._child_texts(resource, name, parent)
        mark = self.marked(resource, None, item, {}, texts, holds, ("branch", parent, folded(NAME, name)))
        return mark._replace(unique=True, cheap=False)

    def is_seen_in(self, row: Item, entities: Sequence[int]) -> bool:
        """Check whether a row is seen in the first of these entities."""
        entity = row.get("entities_id")
        return entity is None or entity == entities[0] or (entity in entities and row.get("is_recursive") == 1)

    def target(self, resource: Resource, sub: str | None, field: str) -> str:
        """Return the class of the items that a column points to."""
        itemtype = resource.itemtype if sub is None else legacy_sub(resource.itemtype, sub)
        return class_at(itemtype, column_for(itemtype, field))


def _decoded(text: str) -> str:
    for kept, shown in _KEPT:
        text = text.replace(kept, shown)
    return text


@cache
def _identity(itemtype: str) -> Identity:
    if itemtype == "User":
        return Identity({LOGIN: "name", EMAIL: "email"})
    known = columns_of(itemtype)
    fields = {} if is_titled(itemtype) or (known is not None and "name" not in known) else {NAME: "name"}
    fields |= {kind: field for field, kind in _OTHERS if known and field in known}
    if itemtype in ITIL:
        fields[KEY] = "externalid"
    return Identity(fields, is_titled(itemtype))


def _by_email(pattern: str, *, trashed: bool) -> Operation[Page]:
    """Build the request for the users with a mail address, which is no column of theirs."""
    pairs = [("criteria[0][field]", _EMAIL), ("criteria[0][searchtype]", "contains"), ("criteria[0][value]", pattern)]
    pairs += [(f"forcedisplay[{at}]", field) for at, field in enumerate((_LOGIN, _ID, _EMAIL))]
    pairs += [("sort", _ID), ("order", "ASC"), ("range", "0-199"), *([("is_deleted", "1")] if trashed else [])]

    def read(response: Response) -> Page:
        result = answers.item(response)
        rows = [_user(as_object(row), trashed=trashed) for row in as_array(result.get("data"))]
        return Page(rows, 0, int(result.get("totalcount") or 0))

    return Operation(Request("GET", "search/User", encode(pairs)), read)


def _user(row: Item, *, trashed: bool) -> Item:
    emails = row.get(_EMAIL)
    shown = [str(each) for each in (emails if is_array(emails) else [emails])]
    return {"id": row[_ID], "name": row.get(_LOGIN), "_emails": shown, "is_deleted": int(trashed)}
