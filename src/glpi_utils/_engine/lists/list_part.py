"""Reading a part of a list, without a walk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..._dialects.shared.query import Listing
from ..._wire import ItemList, Operation, Page
from .counts import counted
from .field_names import require_known_fields
from .gather import reread_truncated
from .one_answer import page_and_count, require_as_many, settled
from .walks import picked

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core


async def list_part(core: Core, resource: Resource, listing: Listing, limit: int, *, counts: bool = True) -> ItemList:
    """Read a part of a list in one page, or, where a filter is finished here, in as many as it takes."""
    if listing.keep is not None:
        return await picked(core, resource, listing, listing.start, limit)
    return await list_rows(core, resource, listing, listing.start, limit, counts=counts)


async def list_rows(
    core: Core,
    resource: Resource,
    listing: Listing,
    start: int,
    limit: int,
    *,
    counts: bool = True,
    exact: bool = False,
) -> ItemList:
    """Read one page, and with ``include_deleted=True`` on an API that lists the trash apart, that too.

    ``counts``: the total is of interest; ``exact``: even where it takes many requests.
    """
    rows: ItemList = ItemList(total=0, complete=True)
    await require_known_fields(core, listing)
    for part in core.dialect.parts(resource, listing):
        left = limit - len(rows)
        skip = max(0, start - (rows.total or 0)) if rows.total is not None else 0
        read = partial(_page, core, resource, part, skip, max(1, left), counts=counts, exact=exact)
        page, total = await settled(core, read)
        fresh = await reread_truncated(core, resource, page.items[: max(0, left)])
        known = rows.total is not None and total is not None
        rows += fresh
        rows.complete = rows.complete and known and skip == 0 and len(fresh) == total
        rows.total = (rows.total or 0) + (total or 0) if known else None
    return rows


async def _page(
    core: Core, resource: Resource, listing: Listing, start: int, size: int, *, counts: bool, exact: bool
) -> tuple[Page, int | None]:
    """Read one page of a list, and how many rows the list has."""

    def operation(start: int, size: int) -> Operation[Page]:
        return core.dialect.page(resource, listing.part(start, size))

    rises = not listing.sort and core.dialect.way(resource, listing) in ("windows", "ranges")
    page, counting = await page_and_count(core, resource, operation, start, size, rises=rises)
    if not counts:
        return page, counting.total
    there = size if counting is page else 1
    total = await counted(core, resource, listing, counting, there, exact=exact)
    if total is not None and page.total is not None and len(page.items) < min(size, total - start):
        require_as_many(page.items, total, start, size)
    return page, total
