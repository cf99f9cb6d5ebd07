"""What is asked of the High-Level API about sub-items: followups, tasks, solutions, and what else hangs off an item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..._knowledge.aliases import hl_path
from ..._knowledge.children import sub_path
from ..._knowledge.relations import rows_below, schema_at
from ..._wire import Ask, Page, Request, Response, Unkept
from ...exceptions import GlpiAPIError, GlpiValidationError
from .. import ids
from ..dialect import Given, Item
from ..errors import plain
from ..query import Listing, encode, only, spread
from ..shapes import is_object
from . import answers
from .filtering import filters_of
from .rsql import joined

_CUT = 1000  # a typed timeline list is cut at this many rows without notice (11.0.6)
_WORDS = frozenset({"filter", "client_side", "params"})
_ELSEWHERE = {
    "sort": "the High-Level API does not sort sub-items; sort the result",
    "limit": "the High-Level API does not limit sub-items; slice the result",
    "start": "the High-Level API gives all sub-items; slice the result",
    "range": "the High-Level API gives all sub-items; slice the result",
}


class TimelineRequests:
    """The part of the dialect that concerns sub-items."""

    hides_parents = True

    def sub_listing(self, name: str, id: object, sub: str, given: Given) -> Listing:
        """Check the keywords of a list of sub-items."""
        only(given, _WORDS, _ELSEWHERE, "get_sub_items()")
        path = sub_path(hl_path(name), sub)
        filters, keep, names = filters_of(given, schema_at(path), ids_in_lists=True)
        text = joined(filters)
        if "id==" in text:
            raise GlpiValidationError(
                "GLPI 11.0.6 takes a timeline filter with `id==` in it for the question for one item: write id=in=(5)"
            )
        schema = rows_below(hl_path(name), path)
        return Listing(spread(given.get("params")), text, keep=keep, names=names if schema else (), schema=schema)

    def sub_page(self, name: str, id: object, sub: str, listing: Listing, after: int | None = None) -> Ask[Page]:
        """Ask for sub-items; a list of exactly 1 000 may be cut, so the rest is asked for by id."""
        pairs = list(listing.params)
        filters = [each for each in (listing.filter, "" if after is None else f"(id=gt={after})") if each]
        if filters:
            pairs.append(("filter", ";".join(filters)))
        return Ask(Request("GET", _below(name, id, sub), encode(pairs)), _read_page)

    def sub_item(self, name: str, id: object, sub: str, sub_id: object) -> Ask[Item]:
        """Ask for one sub-item under its parent; here GLPI does check that it belongs there."""
        return Ask(Request("GET", f"{_below(name, id, sub)}/{ids.checked(sub_id)}"), answers.item)

    def add_sub_item(self, name: str, id: object, sub: str, item: object, extra: Given) -> Ask[Item]:
        """Ask for a new sub-item."""
        return self.posted(_below(name, id, sub), {**ids.new(item, "add_sub_item"), **extra})

    def update_sub_item(self, name: str, id: object, sub: str, item: object) -> Ask[Item]:
        """Ask for a change of a sub-item. GLPI does not check the parent here: read it under its parent first."""
        sub_id, fields = ids.split(item, sub, "update_sub_item")
        return self.patched(f"{_below(name, id, sub)}/{sub_id}", fields)

    def delete_sub_item(self, name: str, id: object, sub: str, sub_id: object, purge: bool) -> Ask[None]:
        """Ask for a sub-item to go; timeline items have no trash."""
        return self.removed(f"{_below(name, id, sub)}/{ids.checked(sub_id)}", purge)

    def unwrap(self, sub: str, row: Item) -> Item:
        """Take the item out of its timeline envelope."""
        inner = row.get("item")
        return inner if is_object(inner) and "type" in row else row

    posted: Callable[[str, Item], Ask[Item]]
    patched: Callable[[str, Item], Ask[Item]]
    removed: Callable[..., Ask[None]]


def _below(name: str, id: object, sub: str) -> str:
    route = hl_path(name)
    return f"{route.path}/{ids.checked(id, route.itemtype)}/{sub_path(route, sub)}"


def _read_page(response: Response) -> Page:
    found: Any = answers.rows(response)
    junk = [each["item"] for each in found if "item" in each and not is_object(each["item"])]
    if junk:  # 11.0.6 answers a bad filter with 200, its error spread over three entries
        raise GlpiAPIError(
            "the server refused the filter: " + ", ".join(plain(each) for each in junk if each),
            response.status,
            "ERROR_INVALID_PARAMETER",
        )
    per_type: dict[str, int] = {}
    for each in found:
        kind = str(each.get("type"))
        per_type[kind] = per_type.get(kind, 0) + 1
    cut = any(count >= _CUT for count in per_type.values()) and response.headers.get("content-range") is None
    if cut and len(per_type) > 1:
        raise Unkept("the combined timeline is cut at 1 000 rows of a kind: ask for each kind by itself")
    return Page(found, 0, None if cut else len(found))
