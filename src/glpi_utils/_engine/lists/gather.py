"""Reading walks to their end into one list, its rows whole and in their places."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..._dialects.shared.query import Listing
from ..._wire import ItemList
from ...exceptions import GlpiIncompleteError, GlpiNotFoundError
from .plan import Item
from .walk import Walk

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core


_READINGS = 3  # of a part that turned out to be another one


async def gathered_anew(begin: Callable[[], list[Walk]]) -> tuple[list[Walk], ItemList]:
    """Read walks to their end, and anew where rows entered the list, or were hidden, so that a part is not the right one.

    A list that begins anew knows nothing of what was doubted: one with fewer rows than came before is not believed.
    """
    before: GlpiIncompleteError | None = None
    left = _READINGS
    while True:
        walks, left = begin(), left - 1
        try:
            rows = await gathered(walks)
        except GlpiIncompleteError as error:
            if not left or not any(walk.unproven for walk in walks):
                raise
            before = error if before is None or len(error.items) > len(before.items) else before
        else:
            if before is not None and len(rows) < len(before.items):
                raise before
            return walks, rows


async def gathered(parts: list[Walk]) -> ItemList:
    """Read walks to their end into one list; what had come stands in the error where one does not."""
    rows: ItemList = ItemList(complete=True)
    try:
        for walk in parts:
            while (fresh := await walk.next()) is not None:
                rows += fresh
            rows.complete = rows.complete and walk.whole
    except GlpiIncompleteError as error:
        error.items[:0] = rows
        raise
    finally:
        for walk in parts:
            walk.close()
    counts = [walk.counted for walk in parts]
    rows.total = None if None in counts else sum(count or 0 for count in counts)
    return rows


def put_in_place(core: Core, listing: Listing, parts: list[Walk], rows: ItemList) -> None:
    """Sort a list by its ids where rows came after those that follow them, as moved rows of the legacy API may."""
    moves = core.dialect.rows_may_move and len(parts) == 1
    if listing.sort in ("", "id", "id:asc", "id ASC") and (moves or any(walk.late for walk in parts)):
        rows.sort(key=lambda row: row["id"])


async def reread_truncated(core: Core, resource: Resource, rows: list[Item]) -> list[Item]:
    """Read again, one by one, rows that the list cut short; one that has gone meanwhile is left out."""
    truncated = core.dialect.truncated(resource, rows)
    if not truncated:
        return rows
    whole: list[Item | None] = list(rows)
    for at in truncated:
        try:
            whole[at] = await core.do(core.dialect.get(resource, rows[at]["id"], {}))
        except GlpiNotFoundError:
            whole[at] = None
    return [row for row in whole if row is not None]
