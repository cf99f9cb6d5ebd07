"""Creates that can be found again on the High-Level API: what carries a key, and by which filter it is found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from ..._knowledge.children import ITIL, sub_at
from ..._knowledge.fields import fields_of, itemtype_of
from ..._knowledge.routes import Route
from ..._wire import Operation, Page, Response
from ...exceptions import GlpiValidationError
from ..shared.keyed_creates import (
    KeyedCreate,
    Look,
    Sub,
    all_alike,
    by_fields,
    by_key,
    chosen,
    comment,
    commented,
    fresh,
    is_speaking,
    no_carrier,
    put,
    speaks,
)
from ..shared.query import Listing, Span
from ..shared.resource import Resource
from ..shared.shapes import Item, Keywords
from .filtering import nearest
from .high_level_sub_items import below
from .high_level_writes import schema_of
from .rsql import joined

_AT_ONCE = 200


class CarrierRequests:
    """The part of the dialect that concerns creating once."""

    posted: Callable[[str, Item], Operation[Item]]
    rows_of: Callable[[Route, Listing, Span], Operation[Page]]
    sub_page: Callable[[Resource, object, str, Listing], Operation[Page]]
    unwrap: Callable[[str, Item], Item]

    def needs_version(self, resource: Resource, sub: Sub | None) -> bool:
        """Nothing depends on GLPI's version here."""
        return False

    def keyed(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, key: str, modern: bool
    ) -> KeyedCreate:
        """Return a create that carries a key: tickets in ``external_id``, what has a content there."""
        route = resource.route
        fields = {**fresh(item, sub), **extra}
        in_content = f'content=like="*{comment(key)}*"'
        if sub is None and route.itemtype == "Ticket":
            marked = put(fields, "external_id", key)
            held = f'external_id=="{key}"'
            return self.marked(resource, None, marked, held, lambda row: row.get("external_id") == key, by_key(key))
        if route.itemtype in ITIL and (sub is None or is_speaking(sub[1])):
            return self.marked(resource, sub, commented(fields, key, sub is None), in_content, speaks(key), by_key(key))
        raise no_carrier(f"{sub[1] if sub else route.itemtype} on the High-Level API")

    def matched(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, names: Sequence[str]
    ) -> KeyedCreate:
        """Return a create that is found again by fields of its own."""
        fields = {**fresh(item, sub), **extra}
        own = chosen(fields, names)
        filters = joined([_equals(each, value, sub is not None) for each, value in own.items()])
        route = resource.route
        known = fields_of(schema_of(route, sub), "2.99") or {}
        what = by_fields(own, lambda field: known[field].column if field in known else field)
        return self.marked(resource, sub, fields, filters, all_alike(own), what)

    def named(self, field: str, text: str) -> Keywords:
        """Narrow a list to those of a name, as far as RSQL can say it."""
        return {"filter": nearest(field, text)}

    def author(self, resource: Resource, sub: Sub | None) -> str:
        """Name the field that tells who made it; "" where none does."""
        if sub is not None:
            return "user"
        return "user_recipient" if resource.route.itemtype in ITIL else ""

    def marked(
        self,
        resource: Resource,
        sub: Sub | None,
        fields: Item,
        filters: str,
        holds: Callable[[Item], bool],
        what: tuple[Hashable, ...],
    ) -> KeyedCreate:
        """Return a create that is found again by what it holds."""
        route = resource.route
        path, place = route.path, (route.itemtype or route.path, "", "")
        if sub is not None:
            known = sub_at(route, sub[1])
            path = below(route, sub[0], known)
            place = place[0], str(sub[0]), itemtype_of(known.schema) or known.name

        def answer(number: int) -> Item:
            return {"id": number, "href": f"/{path}/{number}"}

        return KeyedCreate(
            self.posted(path, fields), (self._look(resource, sub, filters),), holds, answer, (*place, *what)
        )

    def _look(self, resource: Resource, sub: Sub | None, filters: str) -> Look:
        listing = Listing(filter=joined([filters]))
        if sub is None:
            return lambda start, low: self.rows_of(resource.route, listing.part(start, _AT_ONCE), Span(low=low))
        kind = sub[1]
        operation = self.sub_page(resource, sub[0], kind, listing)

        def read(response: Response) -> Page:
            page = operation.read(response)
            return page._replace(items=[self.unwrap(kind, row) for row in page.items])

        return lambda _start, _low: operation.read_by(read)


def _equals(name: str, value: Any, below: bool) -> str:
    """Write a comparison of a field. Below a parent ``id==`` asks for one item, so ``=in=`` is used there."""
    if isinstance(value, Mapping) and "id" in value:
        name, value = f"{name}.id", value["id"]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, bool):
        return f"{name}=={'true' if value else 'false'}"
    if isinstance(value, int):
        return f"{name}=in=({value})" if below else f"{name}=={value}"
    if not isinstance(value, str):
        raise GlpiValidationError(
            f"unique_by takes fields that hold text, numbers, true or false, or {{'id': 5}}; {name} does not"
        )
    return nearest(name, value)
