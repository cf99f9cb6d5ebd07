"""Trees of items: all that hangs below one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...filters import Comparison
from ..lists.gather import gathered
from ..lists.walks import walks

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

_AT_ONCE = 500


def is_tree(core: Core, resource: Resource) -> bool:
    """Check whether items of a type hang below others of it."""
    return bool(core.dialect.parent_field(resource))


async def subtree(core: Core, resource: Resource, id: int) -> list[int]:
    """Return the ids of an item and of all below it."""
    root = await core.do(core.dialect.get(resource, id, {}))
    every = core.dialect.below(resource, root)
    if every is None:
        return await _by_levels(core, resource, int(root["id"]))
    field = core.dialect.parent_field(resource)
    children: dict[Any, list[int]] = {}
    for row in await gathered(walks(core, resource, every)):
        children.setdefault(row.get(field), []).append(int(row["id"]))
    ids = [int(root["id"])]
    for number in ids:  # it grows meanwhile
        ids += [each for each in children.get(number, ()) if each not in ids]
    return ids


async def _by_levels(core: Core, resource: Resource, root: int) -> list[int]:
    """Read what has the items of one level as parents, level by level."""
    field = core.dialect.parent_field(resource)
    known, level = {root: None}, [root]
    while level:
        fresh: list[int] = []
        for start in range(0, len(level), _AT_ONCE):
            condition = Comparison((field,), "in", tuple(level[start : start + _AT_ONCE]))
            listing = core.dialect.listing(resource, {"filter": condition})
            fresh += [int(row["id"]) for row in await gathered(walks(core, resource, listing))]
        level = [each for each in dict.fromkeys(fresh) if each not in known]
        known |= dict.fromkeys(level)
    return list(known)
