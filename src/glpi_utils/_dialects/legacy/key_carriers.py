"""Creates that can be found again on the legacy API: what carries a key, and by which ``searchText`` it is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from ..._knowledge.aliases import trash_of
from ..._knowledge.children import ITIL, legacy_sub
from ..._wire import Operation, Page
from ...exceptions import GlpiValidationError
from ..shared import ids
from ..shared.keyed_creates import (
    KeyedCreate,
    Look,
    Sub,
    all_alike,
    by_fields,
    by_key,
    chosen,
    commented,
    encoded,
    fresh,
    no_carrier,
    put,
    speaks,
)
from ..shared.query import Listing
from ..shared.resource import Resource
from ..shared.shapes import Item, Keywords
from .addressing import resource_of
from .legacy_sub_items import belongs
from .vocabulary import columns_among

_AT_ONCE = 200
_TASKS = ("TicketTask", "ChangeTask", "ProblemTask")
_ENTRIES = ("ITILFollowup", "ITILSolution")
_SPECIAL = re.compile(r"[\\\"'<>&%^$]+")
_LONGEST_UUID = 255


class CarrierRequests:
    """The part of the dialect that concerns creating once."""

    create: Callable[[Resource, object, Keywords], Operation[Item]]
    add_sub_item: Callable[[Resource, object, str, object, Keywords], Operation[Item]]
    listing: Callable[[Resource, Keywords], Listing]
    page: Callable[..., Operation[Page]]
    sub_page: Callable[..., Operation[Page]]

    def needs_version(self, resource: Resource, sub: Sub | None) -> bool:
        """Check whether the carrier depends on GLPI's version: 10 drops ``externalid`` without a word."""
        return sub is None and resource.itemtype == "Ticket"

    def keyed(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, key: str, modern: bool
    ) -> KeyedCreate:
        """Return a create that carries a key: tasks in ``uuid``, tickets of GLPI 11 in ``externalid``, others in content."""
        itemtype = legacy_sub(resource.itemtype, sub[1]) if sub else resource.itemtype
        fields = fresh(item, sub)
        if itemtype in _TASKS:
            return self._task(resource, sub, itemtype, fields, extra, key)
        if itemtype == "Ticket" and modern:
            marked = put(fields, "externalid", key)
            text = {"externalid": anchored(key)}
            return self.marked(
                resource, None, marked, extra, text, lambda row: row.get("externalid") == key, by_key(key)
            )
        if itemtype in ITIL or itemtype in _ENTRIES:
            marked = commented(fields, key, itemtype in ITIL)
            text = {"content": f"key:{encoded(key)} -"}
            return self.marked(resource, sub, marked, extra, text, speaks(key), by_key(key))
        raise no_carrier(f"{itemtype} on the legacy API")

    def matched(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, names: Sequence[str]
    ) -> KeyedCreate:
        """Return a create that is found again by fields of its own."""
        fields = fresh(item, sub)
        own = chosen(fields, columns_among(legacy_sub(resource.itemtype, sub[1]) if sub else resource.itemtype, names))
        text = {each: anchored(value) for each, value in own.items()}
        return self.marked(resource, sub, fields, extra, text, all_alike(own), by_fields(own))

    def named(self, field: str, text: str) -> Keywords:
        """Narrow a list to those of a name."""
        return {"searchText": {field: anchored(text)}}

    def author(self, resource: Resource, sub: Sub | None) -> str:
        """Name the field that tells who made it; "" where none does."""
        if sub is not None or resource.itemtype in (*_TASKS, *_ENTRIES):
            return "users_id"
        return "users_id_recipient" if resource.itemtype in ITIL else ""

    def _task(
        self, resource: Resource, sub: Sub | None, itemtype: str, fields: Item, extra: Keywords, key: str
    ) -> KeyedCreate:
        """A task's uuid is unique in its table, whatever the parent: a second one is refused by the database."""
        uuid = encoded(key)
        if len(uuid) > _LONGEST_UUID:
            raise GlpiValidationError("this key is too long for a task's uuid: use fewer capitals and signs")

        def holds(row: Item) -> bool:
            same = row.get("uuid") == uuid
            if same and sub is not None and belongs(row, resource.itemtype, ids.checked(sub[0])) is False:
                raise GlpiValidationError(
                    f"this key belongs to {itemtype} {row.get('id')}, which hangs off another item"
                )
            return same

        look = self._looks(resource_of(itemtype), None, {"uuid": f"^{uuid}$"})
        operation = self._operation(resource, sub, put(fields, "uuid", uuid), extra)
        return KeyedCreate(operation, look, holds, _answer, (*_place(resource, sub), *by_key(key)), unique=True)

    def marked(
        self,
        resource: Resource,
        sub: Sub | None,
        fields: Item,
        extra: Keywords,
        text: Item,
        holds: Callable[[Item], bool],
        what: tuple[Hashable, ...],
    ) -> KeyedCreate:
        """Return a create that is found again by what it holds."""
        looks, operation = self._looks(resource, sub, text), self._operation(resource, sub, fields, extra)
        return KeyedCreate(operation, looks, holds, _answer, (*_place(resource, sub), *what), cheap=sub is not None)

    def _operation(self, resource: Resource, sub: Sub | None, fields: Item, extra: Keywords) -> Operation[Item]:
        if sub is None:
            return self.create(resource, fields, extra)
        return self.add_sub_item(resource, sub[0], sub[1], fields, extra)

    def _looks(self, resource: Resource, sub: Sub | None, text: Item) -> tuple[Look, ...]:
        """Return the list and, where there is one, the trash: what was thrown away was created all the same."""
        listing = self.listing(resource, {"searchText": text})
        if sub is not None:
            parent, kind = sub
            return (lambda start, _low: self.sub_page(resource, parent, kind, listing.part(start, _AT_ONCE)),)
        lists = [listing]
        if trash_of(resource.itemtype):
            lists.append(listing._replace(params=(*listing.params, ("is_deleted", "1")), trash=True))
        return tuple(self._top(resource, each) for each in lists)

    def _top(self, resource: Resource, listing: Listing) -> Look:
        return lambda start, _low: self.page(resource, listing.part(start, _AT_ONCE))


def _place(resource: Resource, sub: Sub | None) -> tuple[str, str, str]:
    """Name the type of what is made, or its parent's, the parent's id, and the type below it."""
    above = resource.itemtype
    return (above, "", "") if sub is None else (above, str(sub[0]), legacy_sub(above, sub[1]))


def _answer(number: int) -> Item:
    return {"id": number, "message": ""}


def anchored(value: Any) -> str:
    """Anchor a text; what GLPI or LIKE reads otherwise becomes a wildcard, and the text is compared here."""
    if isinstance(value, bool):
        value = int(value)
    if isinstance(value, Mapping) or not isinstance(value, str | int | float):
        raise GlpiValidationError("unique_by takes fields that hold text, numbers, true or false")
    return f"^{_SPECIAL.sub('%', str(value).strip())}$"
