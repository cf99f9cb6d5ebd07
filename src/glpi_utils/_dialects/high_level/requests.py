"""What is asked of the High-Level API: items and lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..._knowledge.routes import Route
from ..._reading import HighLevelGet, HighLevelList
from ..._wire import Check, ItemList, Kind, Operation, Page, Request, Response
from ...exceptions import GlpiUnsupportedError, GlpiValidationError
from ..shared import ids
from ..shared.body import JSON_TYPE, dumped
from ..shared.errors import in_trash
from ..shared.query import Listing, Span, encode, flag, only, order_text, ordered, spread, window
from ..shared.shapes import Item, Keywords
from . import answers
from .addressing import Addressing
from .availability import back, trash_check, version_check
from .filtering import filters_of
from .high_level_entries import EntryWords
from .high_level_sub_items import SubItemRequests
from .key_carriers import CarrierRequests
from .naming import NameRequests
from .rsql import ALWAYS, beside, joined
from .team import TeamRequests
from .transfer import TransferRequests

if TYPE_CHECKING:
    from ..protocols.reading import SearchEngine
    from ..shared.keyed_creates import Sub
    from ..shared.resource import Resource
    from ..shared.write_rules import Checked, Rules

_LISTS = HighLevelList.__optional_keys__
_ITEMS = HighLevelGet.__optional_keys__
_LEGACY_WORDS = {
    "searchText": "use filter='name=ilike=\"*text*\"'",
    "order": 'write the direction into sort: sort="id:desc"',
    "is_deleted": "use include_deleted=, or filter='is_deleted==true'",
    "criteria": "use filter=; GlpiAPI has the search engine with criteria",
    "forcedisplay": "GlpiAPI has the search engine with chosen columns",
    "expand_dropdowns": "HL rows hold the names already: row['category']['name']",
    "get_hateoas": "HL rows have no links",
}
_UNIONS = ("/UsedItem", "/ManagedItem")  # below a user; others are known by their route
_NAMED = 'name!=""'  # every row of a list without ids, the configuration, has a name
_LONGEST_FILTER = 20_000  # some 3 000 ids, which take GLPI 11.0.6 two seconds
_LONGEST_QUERY = 7000  # nginx refuses request lines over 8 KB


class HighLevel(Addressing, SubItemRequests, TeamRequests, EntryWords, CarrierRequests, NameRequests, TransferRequests):
    """The dialect of ``/api.php``."""

    arranges_here = searches_lists = True
    rows_may_move = False
    search_engine: SearchEngine | None = None

    def way(self, resource: Resource, listing: Listing) -> str:
        """Return how the whole list can be walked."""
        route = resource.route
        walk = "union" if route.path.endswith(_UNIONS) else route.walk
        if listing.sort:
            return "loose" if walk == "union" else "sorted"
        return walk

    def truncated(self, resource: Resource, rows: Sequence[Item]) -> Sequence[int]:
        """Return the positions of rows that lost fields: 11.0.6 gives them to a child row on the same page (self-referencing types)."""
        if not resource.route.self_referencing or not rows:
            return ()
        most = max(len(row) for row in rows)
        return [at for at, row in enumerate(rows) if len(row) < most]

    def get(self, resource: Resource, id: object, keywords: Keywords) -> Operation[Item]:
        """Build the request for one item. A filter is refused: with an OR in it GLPI gives another item."""
        route, rest = resource.route, dict(keywords)
        only(rest, _ITEMS, {**_LEGACY_WORDS, "filter": "an item is asked for by its id alone"}, "get()")
        kept, query = flag(rest, "include_deleted"), encode(spread(rest.get("params")))
        request = Request("GET", self.place(route, id), query)

        def read(response: Response) -> Item:
            row = answers.item(response)
            if kept is False and row.get("is_deleted") is True:
                raise in_trash(response, route.itemtype, id)
            return row

        return Operation(request, read, version_check(route, "get"))

    def listing(self, resource: Resource, keywords: Keywords) -> Listing:
        """Check the keywords of a list."""
        rest = dict(keywords)
        only(rest, _LISTS, _LEGACY_WORDS, "a list")
        start, limit = window(rest)
        trash, params = flag(rest, "include_deleted"), spread(rest.get("params"))
        route, schema = resource.route, resource.schema
        if route.blind or route.walk == "union":
            from .property_names import check_reads

            check_reads(route, rest)
        filters, keep, names = filters_of(rest, schema)
        if trash is False and route.trash:
            filters.append("is_deleted==false")
        order = order_text(rest.get("sort"))
        names += tuple(name for name, _ in ordered(rest.get("sort")))
        return Listing(
            params, joined(filters, ALWAYS if route.has_id else _NAMED), order, start, limit, trash, keep, names, schema
        )

    def parts(self, resource: Resource, listing: Listing) -> Sequence[Listing]:
        """Return the list itself: HL lists hold the trash."""
        return [listing]

    def page(self, resource: Resource, listing: Listing, span: Span | None = None) -> Operation[Page]:
        """Build the request for rows of a list."""
        route = resource.route
        return self.rows_of(route, listing, span or Span())

    def rows_of(self, route: Route, listing: Listing, span: Span) -> Operation[Page]:
        """Build the request for rows, by offset or by a span of ids."""
        pairs: list[tuple[str, str]] = list(listing.params)
        bounds = [f"id=ge={span.low}"] if span.low is not None else []
        bounds += [f"id=lt={span.high}"] if span.high is not None else []
        text = beside(listing.filter, bounds)
        if order := _order(route, listing, span):
            pairs.append(("sort", order))
        if listing.start:
            pairs.append(("start", str(listing.start)))
        if listing.limit is not None:
            pairs.append(("limit", str(listing.limit)))
        query = encode([*pairs, ("filter", text)] if text else pairs)
        check = (trash_check if listing.trash is False else version_check)(route, "list")
        if len(query) <= _LONGEST_QUERY:
            return Operation(Request("GET", route.path, query), answers.page(listing.start), check)
        first = filtered(route, "limit=1", beside(listing.filter, ["id=lt=0"]))
        proof = Operation(first, answers.nothing_found)
        return Operation(filtered(route, encode(pairs), text), answers.page(listing.start), check, first=proof)

    def checked(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, verb: str, rules: Rules
    ) -> Checked:
        """Look at a write before it is sent."""
        from .high_level_writes import checked

        return checked(resource, sub, item, extra, verb, rules)

    def create(self, resource: Resource, item: object, extra: Keywords) -> Operation[Item]:
        """Build the request for a new item."""
        fields = {**ids.new(item), **extra}
        route = resource.route
        return self.posted(route.path, fields, version_check(route, "create"))

    def posted(self, path: str, fields: Item, check: Check | None = None) -> Operation[Item]:
        """Build the request for something new under a path."""
        request = Request("POST", path, headers=JSON_TYPE, body=dumped(fields), kind=Kind.CREATE)
        return Operation(request, answers.created, check)

    def create_many(self, resource: Resource, items: Sequence[object], extra: Keywords) -> None:
        """HL has no bulk: a list in the body makes ONE empty item (11.0.6)."""
        return

    def update(self, resource: Resource, item: object, extra: Keywords) -> Operation[Item]:
        """Build the request for a change; the whole item comes back."""
        route = resource.route
        number, fields = ids.split(item, route.itemtype, "update")
        return self.patched(self.place(route, number), {**fields, **extra}, version_check(route, "update"))

    def patched(self, path: str, fields: Item, check: Check | None) -> Operation[Item]:
        """Build the request for a change of what is at a path."""
        request = Request("PATCH", path, headers=JSON_TYPE, body=dumped(fields), kind=Kind.CHANGE)
        return Operation(request, answers.item, check)

    def shown(self, resource: Resource, sub: Sub | None, row: Item) -> Item:
        """Return a row as it came."""
        return row

    def update_many(self, resource: Resource, items: Sequence[object], extra: Keywords) -> None:
        """HL has no bulk."""
        return

    def delete(self, resource: Resource, item: object, purge: bool, history: bool) -> Operation[None]:
        """Build the request for a delete. `force` is sent only when true: 11.0.6 purges on `force=false`."""
        route = resource.route
        number, fields = ids.split(item, route.itemtype, "delete")
        if fields:
            raise GlpiValidationError(f"delete() takes the id alone, not also {', '.join(sorted(fields))}")
        return self.removed(self.place(route, number), purge, version_check(route, "delete"))

    def removed(self, path: str, purge: bool, check: Check | None) -> Operation[None]:
        """Build the request that removes what is at a path. Most types answer 403 to an unknown id, as if a right were missing: a GET tells."""
        request = Request("DELETE", path, "force=true" if purge else "", kind=Kind.REMOVE)

        def gone_by_then(status: int, _code: str) -> bool | None:
            return {404: True, 403: None}.get(status, False)

        return Operation(request, answers.nothing, check, gone_by_then, Request("GET", path))

    def restore(self, resource: Resource, id: object) -> Operation[Item]:
        """Build the request for an item to come back from the trash."""
        route = resource.route
        if not route.trash:
            raise GlpiUnsupportedError(f"{route.itemtype} cannot be restored: it has no trash")
        operation = self.patched(self.place(route, id), {"is_deleted": False}, trash_check(route, "update"))
        return operation.read_by(back(route))

    def search(self, resource: Resource, filter: Any, keywords: Keywords) -> Operation[ItemList]:
        """Build the request for the rows that match; without a limit the server gives its 100."""
        listing = self.listing(resource, {**keywords, **({} if filter is None else {"filter": filter})})
        operation = self.page(resource, listing)

        def read(response: Response) -> ItemList:
            page = operation.read(response)
            counted = len(page.items) if page.total is None else page.total
            return ItemList(page.items, page.total, complete=page.start + len(page.items) >= counted)

        return operation.read_by(read)

    def place(self, route: Route, id: object) -> str:
        """Return the path of one item."""
        if not route.has_id:
            raise GlpiValidationError(
                f"{route.itemtype} ({route.path}) has no ids, so none of them can be named by one, and {id!r:.40} means "
                "nothing there; it has get_all(), and request() takes any path below it"
            )
        return f"{route.path}/{ids.checked_or_me(id, route.itemtype)}"


def filtered(route: Route, query: str, text: str) -> Request:
    """Build the request for rows by a filter that is too long for a request line: GLPI takes it from the body of a GET, too."""
    if len(text) > _LONGEST_FILTER or len(query) > _LONGEST_QUERY or not route.has_id:
        raise GlpiValidationError(
            f"the filter has {len(text)} characters; GLPI's time for reading one grows with the square of that: "
            "split it (for a list of ids: 500 at a time)"
        )
    return Request("GET", route.path, query, JSON_TYPE, dumped({"filter": text}))


def _order(route: Route, listing: Listing, span: Span) -> str:
    """Return the order, with the id last, so that it is the same every time."""
    if span.top:
        return "id:desc"
    if not listing.sort:
        return "id" if route.has_id else ""
    return listing.sort if not route.has_id or _sorts_by_id(listing.sort) else f"{listing.sort},id"


def _sorts_by_id(sort: str) -> bool:
    return any(part.partition(":")[0].strip() == "id" for part in sort.split(","))
