"""What is asked of the legacy API about sub-items, and the check that they belong to their parent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._knowledge.aliases import legacy_itemtype
from ..._knowledge.children import components_of, legacy_parent_fields, legacy_sub
from ..._knowledge.link_rows import hangs_off, links_between
from ..._knowledge.routes import find
from ..._streams import BodyTarget
from ..._wire import Kind, Operation, Page, Request, Response
from ...exceptions import GlpiNotFoundError, GlpiUnsupportedError
from ..shared import ids
from ..shared.body import JSON_TYPE, dumped
from ..shared.files import ANYTHING, as_bytes, streamed
from ..shared.oneself import is_column_of_users
from ..shared.query import Listing, only
from ..shared.resource import Resource
from ..shared.shapes import Item, Keywords
from . import answers
from .addressing import resource_of
from .lists import LIST_WORDS, listing_of, rows_of
from .vocabulary import path_for


class SubItemRequests:
    """The part of the dialect that concerns sub-items."""

    hides_parents = goes_on_by_id = False
    sub_page_size, falling = 500, "id DESC"
    put: Callable[[str, int, Item], Operation[list[Item]]]
    removed: Callable[..., Operation[list[Item]]]

    def single(self, resource: Resource, sub: str) -> bool:
        """Check whether an item has exactly one of these."""
        return legacy_sub(resource.itemtype, sub) == "Infocom"

    def orphans(self, resource: Resource, sub: str) -> bool:
        """Check whether GLPI creates such a sub-item below an id that does not exist: 11.0.6 and 10.0.17, solutions on 10 alone."""
        child = legacy_sub(resource.itemtype, sub)
        return child in ("Notepad", "ITILSolution") or child.startswith("Item_Device")

    def truncated_below(self, resource: Resource, sub: str, rows: Sequence[Item]) -> Sequence[int]:
        """Return nothing: rows are whole here."""
        return ()

    def removed_by(self, resource: Resource, sub: str, row: Item, sub_id: int) -> int:
        """Return by which id a sub-item is removed."""
        return sub_id

    def known_below(self, resource: Resource, sub: str) -> None:
        """Return None: the server knows its classes and refuses a wrong one."""
        return

    def is_user(self, resource: Resource, sub: str | None, path: tuple[str, ...]) -> bool:
        """Check whether a column holds the id of a user, as its name tells."""
        itemtype = resource.itemtype
        below = itemtype if sub is None else legacy_sub(itemtype, sub)
        return is_column_of_users(below, path_for(below, path))

    def sub_elsewhere(self, resource: Resource, id: object, sub: str, verb: str) -> None:
        """Return nothing: no session of this API leads to the other."""

    def field_for(self, resource: Resource, sub: str) -> str:
        """Return "": whatever hangs off an item is a list of its own."""
        return ""

    def kinds_of_components(self, resource: Resource) -> Sequence[str]:
        """Name the classes that link components to an asset."""
        route = find(resource.itemtype.lower().rpartition("\\")[2])
        return [] if route is None else [legacy_sub(resource.itemtype, each) for each in components_of(route)]

    def picture(self, resource: Resource, id: object) -> Operation[bytes | None]:
        """Build the request for the picture of a user."""
        number = ids.checked(id, resource.itemtype)
        return Operation(Request("GET", f"{resource.path}/{number}/Picture", headers=ANYTHING), as_bytes)

    def download(self, resource: Resource, id: object, target: BodyTarget) -> Operation[int]:
        """Build the request for the file of a document; without ``alt`` GLPI would answer the row to nearly every Accept."""
        path = f"{resource.path}/{ids.checked(id, resource.itemtype)}"
        return Operation(Request("GET", path, "alt=media", headers=ANYTHING), streamed, target=target)

    def sub_listing(self, resource: Resource, id: object, sub: str, keywords: Keywords) -> Listing:
        """Check the keywords of a list of sub-items."""
        rest = dict(keywords)
        only(rest, LIST_WORDS, {}, "get_sub_items()")
        return listing_of(rest, legacy_sub(resource.itemtype, sub))

    def rows_below(self, resource: Resource, sub: str) -> Resource:
        """Return what hangs there, as a list of its own."""
        return resource_of(legacy_sub(resource.itemtype, sub))

    def sub_page(
        self, resource: Resource, id: object, sub: str, listing: Listing, after: int | None = None
    ) -> Operation[Page]:
        """Build the request for sub-items. Where GLPI finds no column to filter by, it gives ALL rows of the type: refused."""
        number = ids.checked(id, resource.itemtype)
        operation = rows_of(f"{resource.path}/{number}/{legacy_itemtype(legacy_sub(resource.itemtype, sub))}", listing)

        def read(response: Response) -> Page:
            page = operation.read(response)
            strangers = [row for row in page.items if belongs(row, resource.itemtype, number) is not True]
            if strangers and len(page.items) > 1:
                raise GlpiUnsupportedError(
                    f"GLPI does not link {sub} to {resource.name} by a column and answered with all of them: "
                    "list the type by itself, or a link type such as Document_Item"
                )
            return page

        return Operation(operation.request, read, instead=operation.instead)

    def sub_item(self, resource: Resource, id: object, sub: str, sub_id: object) -> Operation[Item]:
        """Build the request for one sub-item; GLPI does not check that it belongs to its parent, so its own columns do."""
        itemtype = legacy_sub(resource.itemtype, sub)
        number, child = ids.checked(id, resource.itemtype), ids.checked(sub_id)

        def read(response: Response) -> Item:
            row = answers.item(response)
            if belongs(row, resource.itemtype, number) is False:
                raise GlpiNotFoundError(
                    f"{itemtype} {child} does not belong to {resource.name} {number}",
                    response.status,
                    "ERROR_ITEM_NOT_FOUND",
                )
            return row

        path = f"{legacy_itemtype(itemtype)}/{child}"
        return Operation(Request("GET", path, "get_hateoas=0", below=resource.itemtype), read)

    def add_sub_item(self, resource: Resource, id: object, sub: str, item: object, extra: Keywords) -> Operation[Item]:
        """Build the request for a new sub-item; the parent must stand in the fields, GLPI ignores the one in the URL."""
        parent, itemtype = resource.itemtype, _child(resource, sub)
        number = ids.checked(id, parent)
        fields = {**legacy_parent_fields(parent, number, itemtype), **ids.new(item, "add_sub_item")}
        body = dumped({"input": fields, **extra})
        path = legacy_itemtype(itemtype)
        request = Request("POST", path, headers=JSON_TYPE, body=body, kind=Kind.CREATE, below=parent)
        return Operation(request, answers.created)

    def update_sub_item(self, resource: Resource, id: object, sub: str, item: object) -> Operation[list[Item]]:
        """Build the request for a change of a sub-item."""
        sub_id, fields = ids.split(item, sub, "update_sub_item")
        path = legacy_itemtype(_child(resource, sub))
        return self.put(f"{path}/{sub_id}", sub_id, {"input": fields})

    def delete_sub_item(
        self, resource: Resource, id: object, sub: str, sub_id: object, purge: bool
    ) -> Operation[list[Item]]:
        """Build the request for a sub-item to go."""
        path = legacy_itemtype(_child(resource, sub))
        return self.removed(f"{path}/{ids.checked(sub_id)}", ids.checked(sub_id), purge)

    def unwrap(self, sub: str, row: Item) -> Item:
        """Return the row as it is: legacy rows have no envelope."""
        return row


def _child(resource: Resource, sub: str) -> str:
    """Return the class of what hangs off an item; one whose rows name no such item would be changed whosever it is."""
    parent, child = resource.itemtype, legacy_sub(resource.itemtype, sub)
    if hangs_off(parent, child) is not False:
        return child
    links = links_between(parent, child)
    by = f"rows of {' and '.join(links)} link the two" if links else f"use the verbs of api.item({child!r}) by itself"
    raise GlpiUnsupportedError(f"a {child} does not hang off a {parent}, none of its columns names one: {by}")


def belongs(row: Mapping[str, Any], parent: str, id: int) -> bool | None:
    """Check whether a row belongs to a parent, by the row's columns; None where they do not say."""
    for key, value in legacy_parent_fields(parent, id, "").items():
        if key in row:
            return str(row[key]) == str(value)
    if "items_id" in row and "itemtype" in row:
        return str(row["items_id"]) == str(id) and str(row["itemtype"]).lower() == parent.lower()
    return None
