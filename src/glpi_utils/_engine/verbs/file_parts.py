"""The files that a create, an update or a sub-item names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from .attaching import attach_file, each_done, links_of, owner_of, sources_of
from .part import Mode
from .people import listed

if TYPE_CHECKING:
    from ..request.core import Core
    from ..request.uploads import Source

Item = dict[str, Any]


class Files:
    """Files that are attached to an item."""

    word, remedy = "attach", "attach({id}, ...)"

    def __init__(self, core: Core, itemtype: str, value: object) -> None:
        self._core, self._itemtype, self._named = core, itemtype, listed(value)
        self._sources: list[Source] = []

    async def prepare(self, id: int | None) -> None:
        """Look at the files, and open the legacy session, which alone takes them."""
        self._sources = await sources_of(await self._core.legacy_core("attach="), self._named)

    def fields(self) -> Item:
        """Return nothing: files are sent afterwards, one by one."""
        return {}

    async def missing(self, id: int) -> Sequence[str]:
        """Name the files that the item has none of this name of."""
        present = {row["filename"] for row in await links_of(await owner_of(self._core, self._itemtype, "attach=", id))}
        return [each.name for each in self._sources if each.name not in present]

    async def apply(self, id: int, mode: Mode) -> Sequence[Item]:
        """Attach them all; those that are refused do not stop the others."""
        owner = await owner_of(self._core, self._itemtype, "attach=", id)
        return await each_done(owner.name, [partial(attach_file, owner, each, None, None) for each in self._sources])
