"""Reading a part of a list, without a walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._dialects.shared.query import Listing
from ..._wire import ItemList
from .counts import counted
from .field_names import require_known_fields
from .gather import reread_truncated
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
    found: ItemList = ItemList(total=0, complete=True)
    await require_known_fields(core, listing)
    for part in core.dialect.parts(resource, listing):
        left = limit - len(found)
        skip = max(0, start - (found.total or 0)) if found.total is not None else 0
        size = max(1, left)
        page = await core.do(core.dialect.page(resource, part.part(skip, size)))
        told = page
        if page.total is None and skip:  # beyond the end the legacy API does not count
            told = await core.do(core.dialect.page(resource, part.part(0, 1)))
            size = 1
        total = await counted(core, resource, part, told, size, exact=exact) if counts else told.total
        rows = await reread_truncated(core, resource, page.items[: max(0, left)])
        known = found.total is not None and total is not None
        found += rows
        found.complete = found.complete and known and skip == 0 and len(rows) == total
        found.total = (found.total or 0) + (total or 0) if known else None
    return found
