"""Trees of items: all that hangs below one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._dialects.shared.shapes import as_object, is_object
from ...exceptions import GlpiPermissionError, GlpiUnsupportedError
from ...filters import Comparison
from ..lists.gather import gathered
from ..lists.walks import walks

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

_AT_ONCE = 500
_FIXED = "11.0.5"


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


async def above(core: Core, entity: object) -> list[int]:
    """Return an entity and those above it, the lowest first."""
    resource = core.dialect.resource("Entity")
    number: Any = entity["id"] if is_object(entity) else entity
    chain: list[int] = []
    while number is not None and int(number) not in chain and int(number) >= 0:
        chain.append(int(number))
        row = await core.do(core.dialect.get(resource, int(number), {}))
        parent = row.get(core.dialect.parent_field(resource))
        number = parent.get("id") if is_object(parent) else parent
    return chain


async def trusted(core: Core) -> None:
    """Refuse to take a list for all that there is, where the High-Level API leaves out what entities above have."""
    if not core.dialect.misses_entities_above or core.session.newer:
        return
    active = as_object((await core.api_session.full_session(core)).get("active_entity")).get("id")
    if active == 0:
        return
    try:
        version = await core.version()
    except (GlpiPermissionError, GlpiUnsupportedError):
        version = None
    if version is None or version < _FIXED:
        shown = "may be older than" if version is None else f"is {version}, older than"
        raise GlpiUnsupportedError(
            f"GLPI {shown} {_FIXED}: there the High-Level API does not show entity {active} what the entities above it have, so "
            "that what is there could be made twice; GlpiAPI (the legacy API) or the root entity sees it"
        )
