"""Rows of links between items, read and made by a legacy session: GLPI has them there alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..lists.gather import gathered
from ..lists.walks import walks
from ..names.resolving import item_id

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]


async def linked(core: Core, itemtype: str, need: str, id: int | str) -> tuple[Core, int]:
    """Return the legacy session, and the id of an item that is there: GLPI links what is nowhere."""
    legacy = await core.legacy_core(need)
    return legacy, await required(legacy, legacy.dialect.resource(itemtype), id)


async def required(core: Core, resource: Resource, id: int | str) -> int:
    """Return the id of an item that is there."""
    number = await item_id(core, resource, id)
    await core.do(core.dialect.get(resource, number, {}))
    return number


async def rows_with(core: Core, itemtype: str, columns: Mapping[str, int]) -> list[Item]:
    """Read the rows of links that have these values. (The list below a ticket has the links of all tickets.)"""
    resource = core.dialect.resource(itemtype)
    text = {name: f"^{number}$" for name, number in columns.items()}
    rows = await gathered(walks(core, resource, core.dialect.listing(resource, {"searchText": text})))
    return [row for row in rows if all(row[name] == number for name, number in columns.items())]
