"""How many rows a list has, where one page was read: its own count, or a better one where GLPI counts over joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._dialects.shared.query import Listing
from ..._wire import Page
from .gather import gathered
from .second_opinion import count_is_too_high, searched_total
from .walks import listed_ids

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

_ONE_PAGE = 1000


async def counted(
    core: Core, resource: Resource, listing: Listing, page: Page, size: int, *, exact: bool
) -> int | None:
    """Return the number of all rows of a list, of which ``page`` holds up to ``size``.

    A whole list is counted by the search engine, a narrowed one by its ids: in one request, or ``exact``, in as many as it
    takes; else None.
    """
    total, end, engine = page.total, page.start + len(page.items), core.dialect.search_engine
    if total is None or total < 2 or total == end or engine is None or not await count_is_too_high(core, resource):
        return total
    if not engine.narrowed(listing):
        engine_total = await searched_total(core, engine, resource, trash=("is_deleted", "1") in listing.params)
        if engine_total is not None:
            return engine_total
    if page.items and len(page.items) < size:  # it ends here
        return end
    return len(await gathered([listed_ids(core, engine, resource, listing)])) if exact or total <= _ONE_PAGE else None
