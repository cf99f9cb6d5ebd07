"""What the accounts of users are made of, by name: profiles, entities, groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..._dialects.shared.ids import checked

if TYPE_CHECKING:
    from ..request.core import Core


class Named(NamedTuple):
    """An item that is named by the caller."""

    itemtype: str
    value: object


async def named_ids(core: Core, named: Sequence[Named]) -> list[int]:
    """Return the ids of what is named."""
    return [checked(each.value, core.dialect.resource(each.itemtype).itemtype) for each in named]
