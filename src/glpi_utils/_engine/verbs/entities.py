"""The entities that one may enter, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._dialects.high_level import answers
from ..._dialects.shared.shapes import as_array, as_object
from ..._wire import Operation, Request
from ...exceptions import GlpiNotFoundError, GlpiUnsupportedError

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]
_TREE: Operation[list[Item]] = Operation(Request("GET", "Session/EntityTree"), answers.rows)


async def tree(core: Core) -> list[Item]:
    """Return the tops of the tree."""
    if not core.dialect.keyset:
        return await _of_rows(core)
    try:
        return [_branch(each) for each in await core.do(_TREE)]
    except GlpiNotFoundError:
        raise GlpiUnsupportedError("the High-Level API gives the tree of entities from 2.2 on") from None


def _branch(told: Item) -> Item:
    below = [_branch(as_object(each)) for each in as_array(told.get("children"))]
    return {"id": told.get("key"), "name": told.get("label"), "children": below}


async def _of_rows(core: Core) -> list[Item]:
    """Build it from the entities in view: each names the one above it."""
    from .items import AsyncItemProxy

    entities: AsyncItemProxy[Item] = AsyncItemProxy(core, "Entity")
    rows = await entities.get_all_pages()
    nodes: dict[Any, Item] = {row["id"]: {"id": row["id"], "name": row["name"], "children": []} for row in rows}
    tops: list[Item] = []
    for row in rows:
        above = nodes.get(row.get("entities_id")) if row["id"] != 0 else None
        (tops if above is None else above["children"]).append(nodes[row["id"]])
    return tops
