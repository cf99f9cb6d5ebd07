"""Reading what hangs off an item: all of it, beyond the 20 and 1 000 rows at which GLPI cuts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..._dialects.shared.query import Keep, Listing
from ..._wire import ItemList, Operation, Page
from ...exceptions import GlpiIncompleteError, GlpiNotFoundError
from .gather import gathered
from .one_answer import page_and_count, settled
from .plan import Part
from .walks import below

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core


async def sub_rows(core: Core, resource: Resource, id: Any, sub: str, listing: Listing) -> ItemList:
    """Read the rows of a list below an item; rows that the list cut short are read again, one by one."""
    rows = await _all(core, resource, id, sub, listing)
    for at in reversed(core.dialect.truncated_below(resource, sub, rows)):
        try:
            rows[at] = await core.do(core.dialect.sub_item(resource, id, sub, rows[at]["id"]))
        except GlpiNotFoundError:
            del rows[at]
    return rows


def kept(core: Core, sub: str, rows: ItemList, listing: Listing, keep: Keep) -> ItemList:
    """Return the rows that a filter leaves, of these the part that the listing names."""
    left = [row for row in rows if keep(core.dialect.unwrap(sub, row))]
    end = None if listing.limit is None else listing.start + listing.limit
    part = left[listing.start : end]
    return ItemList(part, len(left), complete=len(part) == len(left))


async def _all(core: Core, resource: Resource, id: Any, sub: str, listing: Listing) -> ItemList:
    """Read one answer; where there is more, go on as long lists are read."""
    dialect, size = core.dialect, core.dialect.sub_page_size
    if listing.limit is not None:
        return await _part(core, resource, id, sub, listing, listing.limit)
    page = await _sub_page(core, resource, id, sub, listing.part(0, size))
    end = page.start + len(page.items)
    if listing.start == 0 and page.total == end:
        return ItemList(page.items, page.total, complete=True)
    if page.total is None and dialect.goes_on_by_id:
        return await _onward(core, resource, id, sub, listing, page)

    def operation(part: Part) -> Operation[Page]:
        ordered = listing._replace(sort=dialect.falling) if part.top else listing
        return dialect.sub_page(resource, id, sub, ordered.part(part.start, part.size))

    first, walk = below(core, dialect.rows_below(resource, sub), operation, listing, size, page)
    rows = await gathered([walk])
    rows[:0] = first
    return rows


async def _part(core: Core, resource: Resource, id: Any, sub: str, listing: Listing, limit: int) -> ItemList:
    """Read the part of a list below an item that is asked for: one answer."""

    def operation(start: int, size: int) -> Operation[Page]:
        return core.dialect.sub_page(resource, id, sub, listing.part(start, size))

    rows_are = core.dialect.rows_below(resource, sub)
    read = partial(page_and_count, core, rows_are, operation, listing.start, limit, rises=not listing.sort)
    page, _ = await settled(core, read)
    return ItemList(page.items, page.total, complete=page.start == 0 and page.total == len(page.items))


async def _onward(core: Core, resource: Resource, id: Any, sub: str, listing: Listing, page: Page) -> ItemList:
    """Read a timeline on by its ids, where GLPI may have cut it.

    The measure of progress is the last id: a page without a higher one is asked for again, and then it is an error.
    """
    unwrap, retry = core.dialect.unwrap, core.options.retry
    rows: ItemList = ItemList(complete=True)
    last, tries = -1, 0
    while True:
        fresh = [row for row in page.items if int(unwrap(sub, row)["id"]) > last]
        rows += fresh
        last = max([last, *(int(unwrap(sub, row)["id"]) for row in fresh)])
        if page.total is not None and len(fresh) == len(page.items):
            rows.total = len(rows)
            return rows
        tries = 0 if fresh else tries + 1
        if tries >= retry.attempts:
            raise GlpiIncompleteError(
                f"the server was asked for {sub} after {last}, {tries} times, and gave those before it: rows after "
                f"{last} may be missing. .items holds the rows that did arrive.",
                items=rows,
                missing=f"ids from {last + 1} on",
            )
        if tries:
            runtime = core.session.runtime
            await runtime.sleep(retry.wait(tries, runtime.draw()))
        page = await _sub_page(core, resource, id, sub, listing, last)


async def _sub_page(
    core: Core, resource: Resource, id: Any, sub: str, listing: Listing, after: int | None = None
) -> Page:
    return await core.do(core.dialect.sub_page(resource, id, sub, listing, after))
