"""What is asked of the legacy API about lists, of itemtypes and of what hangs below an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._reading import LegacyList
from ..._wire import Operation, Page, Request
from ...exceptions import GlpiValidationError
from ..shared.query import Listing, encode, flag, ordered, spread, window
from . import answers
from .filtering import checked_texts, texts_of
from .vocabulary import path_for

LIST_WORDS = LegacyList.__optional_keys__


def listing_of(rest: dict[str, Any], itemtype: str) -> Listing:
    """Turn checked keywords into a list of an itemtype."""
    start, limit = window(rest)
    trash, sort, order = flag(rest, "include_deleted"), rest.pop("sort", None), rest.pop("order", None)
    checked_texts(rest.get("searchText"))
    rest["searchText"], keep, _ = texts_of(rest, itemtype)
    if trash is not None and rest.get("is_deleted") is not None:
        raise GlpiValidationError("give include_deleted= or is_deleted=, not both")
    if order is not None and str(order).upper() not in ("ASC", "DESC"):
        raise GlpiValidationError(f'order must be "ASC" or "DESC", not {order!r:.40}')
    columns = ordered(sort)
    if len(columns) > 1:
        raise GlpiValidationError(f"legacy lists are sorted by one column, not by {len(columns)}: {sort!r:.60}")
    name, direction = columns[0] if columns else ("", "asc")
    column = ".".join(path_for(itemtype, tuple(name.split("."))))
    way = str(order or direction).upper()
    if rest.get("get_hateoas") is None:
        rest["get_hateoas"] = False
    sorting = f"{column or 'id'} {way}" if column or way != "ASC" else ""
    return Listing(spread_all(rest), "", sorting, start, limit, trash, keep)


def rows_of(path: str, listing: Listing) -> Operation[Page]:
    """Build the request for the rows behind a path; a range beyond the end is an empty page."""
    column, _, way = (listing.sort or "id ASC").partition(" ")
    pairs = [*listing.params, ("sort", column), ("order", way)]
    if listing.limit is not None:
        pairs.append(("range", f"{listing.start}-{listing.start + listing.limit - 1}"))
    empty = Page([], listing.start, None)
    return Operation(
        Request("GET", path, encode(pairs)),
        answers.page(listing.start),
        instead={"ERROR_RANGE_EXCEED_TOTAL": empty},
    )


def spread_all(rest: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return keywords as pairs, and those within ``params`` too."""
    own = {name: value for name, value in rest.items() if name != "params"}
    return (*spread(own), *spread(rest.get("params")))
