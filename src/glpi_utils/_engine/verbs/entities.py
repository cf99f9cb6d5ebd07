"""The entities that one may enter, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]


async def tree(core: Core) -> list[Item]:
    """Return the tops of the tree."""
    told = await core.api_session.entity_tree(core)
    return await _of_rows(core) if told is None else told


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
