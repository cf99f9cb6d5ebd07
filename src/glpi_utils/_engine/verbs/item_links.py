"""The verbs on the assets that a ticket, a change, a problem or a project is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..._knowledge.children import foreign_key
from ..._wire import ItemList
from ..names.resolving import item_id
from ..writes.creation import Idempotency
from ..writes.idempotency import created
from .link_rows import linked, required, rows_with
from .of_one_type import OfOneType

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]
_ITEM_LINKS: Final = {
    "Ticket": "Item_Ticket",
    "Change": "Change_Item",
    "Problem": "Item_Problem",
    "Project": "Item_Project",
}


class AsyncItemLinks(OfOneType):
    """The part of the items' verbs that concerns assets. GLPI has it on the legacy API alone."""

    async def items(self, id: int | str) -> ItemList[Item]:
        """Read which assets a ticket, a change, a problem or a project is about.

        Args:
            id: The id of the ticket.

        Returns:
            An `ItemList` of dicts: ``id`` (of the link), ``itemtype`` and ``items_id``.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiUnsupportedError: Items of this type are about no assets.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> api.ticket.items(new["id"])
        []
        """
        self._require("items")
        core, number = await linked(self._core, self._resource.itemtype, "items", id)
        return await self._rows(core, number)

    async def add_item(self, id: int | str, itemtype: str, item: int | str) -> Item:
        """Add an asset that a ticket, a change, a problem or a project is about. A second call changes nothing.

        Args:
            id: The id of the ticket.
            itemtype: The type of the asset: "Computer".
            item: Its id, or its name.

        Returns:
            ``{"id": 5, "itemtype": "Computer", "items_id": 3, "existing": False}``.

        Raises:
            GlpiNotFoundError: There is no such ticket or asset. Nothing was added; GLPI itself would add what is not there.
            GlpiUnknownOutcomeError: The answer was lost, and the link is not there.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> [api.ticket.add_item(new["id"], "Computer", 1)["existing"] for _ in range(2)]
        [False, True]
        """
        self._require("add_item")
        core, number = await linked(self._core, self._resource.itemtype, "add_item", id)
        resource = core.dialect.resource(itemtype)
        asset = await required(core, resource, item)
        fields = {foreign_key(self._resource.itemtype): number, "itemtype": resource.itemtype, "items_id": asset}
        link = core.dialect.resource(_ITEM_LINKS[self._resource.itemtype])
        made: Item = await created(core, link, None, fields, {}, Idempotency(names=tuple(fields)))
        return {"id": made["id"], "itemtype": resource.itemtype, "items_id": asset, "existing": made["existing"]}

    async def remove_item(self, id: int | str, itemtype: str, item: int | str) -> None:
        """Remove an asset from those that a ticket is about. Where it is none of them, nothing is done.

        Args:
            id: The id of the ticket.
            itemtype: As in `add_item`.
            item: As in `add_item`.

        Raises:
            GlpiNotFoundError: There is no such ticket, or no asset of this name.

        >>> api.ticket.remove_item(1, "Computer", 1)
        """
        self._require("remove_item")
        core, number = await linked(self._core, self._resource.itemtype, "remove_item", id)
        resource = core.dialect.resource(itemtype)
        asset = await item_id(core, resource, item)
        link = core.dialect.resource(_ITEM_LINKS[self._resource.itemtype])
        for row in await self._rows(core, number):
            if (row["itemtype"], row["items_id"]) == (resource.itemtype, asset):
                await core.do(core.dialect.delete(link, row["id"], True, True))

    async def _rows(self, core: Core, number: int) -> ItemList[Item]:
        owner = foreign_key(self._resource.itemtype)
        rows = await rows_with(core, _ITEM_LINKS[self._resource.itemtype], {owner: number})
        shown = [{name: row[name] for name in ("id", "itemtype", "items_id")} for row in rows]
        return ItemList(shown, len(shown), complete=True)
