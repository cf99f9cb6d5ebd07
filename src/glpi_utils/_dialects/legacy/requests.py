"""What is asked of the legacy API: items, lists, search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..._knowledge.aliases import trash_of
from ..._reading import LegacyGet, LegacySearch
from ..._wire import Kind, Operation, Page, Request, Response
from ...exceptions import GlpiUnsupportedError, GlpiValidationError
from ..shared import ids
from ..shared.body import JSON_TYPE, dumped
from ..shared.errors import in_trash
from ..shared.query import Listing, Span, encode, flag, only, window
from ..shared.shapes import Item, Keywords, is_object
from . import answers
from .addressing import Addressing
from .key_carriers import CarrierRequests
from .legacy_entries import EntryWords
from .legacy_sub_items import SubItemRequests
from .lists import LIST_WORDS, listing_of, rows_of, spread_all
from .naming import NameRequests
from .search_engine import LegacySearchEngine
from .team import TeamRequests
from .transfer import TransferRequests

if TYPE_CHECKING:
    from ..protocols.reading import SearchEngine
    from ..shared.keyed_creates import Sub
    from ..shared.resource import Resource
    from ..shared.write_rules import Checked, Rules

_ITEMS = LegacyGet.__optional_keys__
_SEARCHES = LegacySearch.__optional_keys__
_HL_WORDS = {"filter": "search_rows() takes F expressions; RSQL is the High-Level API's"}
_LONGEST_QUERY = 7000  # nginx refuses request lines over 8 KB


class Legacy(Addressing, SubItemRequests, TeamRequests, EntryWords, CarrierRequests, NameRequests, TransferRequests):
    """The dialect of ``/apirest.php``."""

    arranges_here = searches_lists = False
    rows_may_move = True
    search_engine: SearchEngine | None = LegacySearchEngine()

    def way(self, resource: Resource, listing: Listing) -> str:
        """Return how the whole list can be walked."""
        if listing.sort in ("", "id ASC"):
            return "ranges"
        return "sorted by id" if listing.sort.startswith("id ") else "loose"

    def truncated(self, resource: Resource, rows: Sequence[Item]) -> Sequence[int]:
        """Legacy rows come whole."""
        return ()

    def get(self, resource: Resource, id: object, keywords: Keywords) -> Operation[Item]:
        """Build the request for one item."""
        rest = dict(keywords)
        only(rest, _ITEMS, {**_HL_WORDS, "range": "an item is asked for by its id alone"}, "get()")
        kept = flag(rest, "include_deleted")
        if rest.get("get_hateoas") is None:
            rest["get_hateoas"] = False
        sha1 = bool(rest.get("get_sha1"))
        request = Request("GET", self.place(resource, id), _pairs(rest))

        def read(response: Response) -> Any:
            answer = answers.anything(response) if sha1 else answers.item(response)
            if kept is False and is_object(answer) and answer.get("is_deleted") == 1:
                raise in_trash(response, resource.itemtype, id)
            return answer

        return Operation(request, read)

    def listing(self, resource: Resource, keywords: Keywords) -> Listing:
        """Check the keywords of a list."""
        rest = dict(keywords)
        only(rest, LIST_WORDS, {}, "a list")
        return listing_of(rest, resource.itemtype)

    def parts(self, resource: Resource, listing: Listing) -> Sequence[Listing]:
        """Return the living and, where the trash is wanted, the trash: a list of its own here."""
        if not listing.trash or trash_of(resource.itemtype) is False:
            return [listing]
        return [listing, listing._replace(params=(*listing.params, ("is_deleted", "1")))]

    def page(self, resource: Resource, listing: Listing, span: Span | None = None) -> Operation[Page]:
        """Build the request for rows of a list, or for the last one."""
        if span is not None and span.top:
            listing = listing._replace(sort="id ASC" if listing.sort == "id DESC" else "id DESC", start=0, limit=1)
        operation = rows_of(resource.path, listing)
        if ("is_deleted", "1") not in listing.params or not listing.trash:
            return operation

        def read(response: Response) -> Page:
            page = operation.read(response)
            if any(row.get("is_deleted") != 1 for row in page.items):  # a type without a trash ignores the question
                raise GlpiUnsupportedError(f"{resource.itemtype} has no trash: leave include_deleted out")
            return page

        return Operation(operation.request, read, instead=operation.instead)

    def checked(
        self, resource: Resource, sub: Sub | None, item: object, extra: Keywords, verb: str, rules: Rules
    ) -> Checked:
        """Look at a write before it is sent."""
        from .legacy_writes import checked

        return checked(resource, sub, item, extra, verb, rules)

    def create(self, resource: Resource, item: object, extra: Keywords) -> Operation[Item]:
        """Build the request for a new item."""
        body = dumped({"input": ids.new(item), **extra})
        request = Request("POST", resource.path, headers=JSON_TYPE, body=body, kind=Kind.CREATE)
        return Operation(request, answers.created)

    def create_many(self, resource: Resource, items: Sequence[object], extra: Keywords) -> Operation[list[Item]]:
        """Build the request for new items in one request."""
        body = dumped({"input": [ids.new(each) for each in items], **extra})
        request = Request("POST", resource.path, headers=JSON_TYPE, body=body, kind=Kind.CREATE)
        return Operation(request, answers.created_many(len(items)))

    def update(self, resource: Resource, item: object, extra: Keywords) -> Operation[list[Item]]:
        """Build the request for a change. Without an id GLPI answers 200 and does nothing."""
        number, fields = ids.split(item, resource.itemtype, "update")
        return self.put(self.place(resource, number), number, {"input": fields, **extra})

    def put(self, path: str, id: int, body: Item) -> Operation[list[Item]]:
        """Build the request for a change of what is at a path."""
        request = Request("PUT", path, headers=JSON_TYPE, body=dumped(body), kind=Kind.CHANGE)
        return Operation(request, answers.changed([id]))

    def shown(self, resource: Resource, sub: Sub | None, row: Item) -> Item:
        """Return a row as it came."""
        return row

    def update_many(self, resource: Resource, items: Sequence[object], extra: Keywords) -> Operation[list[Item]]:
        """Build the request for changes in one request."""
        parted = [ids.split(each, resource.itemtype, "update") for each in items]
        body = dumped({"input": [{"id": number, **fields} for number, fields in parted], **extra})
        request = Request("PUT", resource.path, headers=JSON_TYPE, body=body, kind=Kind.CHANGE)
        return Operation(request, answers.changed([number for number, _ in parted]))

    def delete(self, resource: Resource, item: object, purge: bool, history: bool) -> Operation[list[Item]]:
        """Build the request for a delete."""
        number, fields = ids.split(item, resource.itemtype, "delete")
        if fields:
            raise GlpiValidationError(f"delete() takes the id alone, not also {', '.join(sorted(fields))}")
        return self.removed(self.place(resource, number), number, purge, history)

    def removed(self, path: str, id: int, purge: bool, history: bool = True) -> Operation[list[Item]]:
        """Build the request for what is at a path to go; on a repeat, 400 ERROR_GLPI_DELETE means that it went."""
        query = encode(([("force_purge", "true")] if purge else []) + ([] if history else [("history", "false")]))
        return Operation(
            Request("DELETE", path, query, kind=Kind.REMOVE),
            answers.changed([id]),
            gone=answers.gone,
            probe=Request("GET", path, "get_hateoas=0"),
            gone_value=[{str(id): True, "message": ""}],
        )

    def restore(self, resource: Resource, id: object) -> Operation[list[Item]]:
        """Build the request for an item to come back from the trash."""
        return self.put(self.place(resource, id), ids.checked(id, resource.itemtype), {"input": {"is_deleted": 0}})

    def search(self, resource: Resource, filter: Any, keywords: Keywords) -> Operation[Item]:
        """Build the request to GLPI's search engine; what is too long for a URL goes as a POST, which reads just as well."""
        if filter is not None:
            raise GlpiValidationError(f"search() has no filter on this API: {_HL_WORDS['filter']}")
        rest = dict(keywords)
        only(rest, _SEARCHES, _HL_WORDS, "search()")
        start, limit = window(rest)
        if limit is not None or start:
            rest["range"] = f"{start}-{start + (limit or 50) - 1}"
        query, path = _pairs(rest), f"search/{resource.path}"
        if len(query) > _LONGEST_QUERY:
            whole = {**rest, **dict(rest.pop("params", None) or {})}
            whole.pop("params", None)
            return Operation(Request("POST", path, headers=JSON_TYPE, body=dumped(whole)), answers.search)
        return Operation(Request("GET", path, query), answers.search)

    def place(self, resource: Resource, id: object) -> str:
        """Return the path of one item."""
        return f"{resource.path}/{ids.checked(id, resource.itemtype)}"


def _pairs(rest: Mapping[str, Any]) -> str:
    return encode(spread_all(rest))
