"""The verbs that a client offers by itemtype, as `item(itemtype)` does: the interface of earlier libraries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._reading import (
    HighLevelGet,
    HighLevelList,
    HighLevelSearch,
    HighLevelSubItems,
    LegacyGet,
    LegacyList,
    LegacySearch,
)
from ..._signatures import takes
from ..._wire import ItemList
from ..lists.pages import AsyncPages
from ..lists.walks import OnPage
from ..writes.idempotency import Names
from .any_items import AsyncAnyItems
from .whole_lists import DEFAULT_PAGE_SIZE

Item = dict[str, Any]


class AsyncItemVerbs:
    """The part of a client that repeats the verbs of its items."""

    def item(self, itemtype: str) -> AsyncAnyItems[Item]:
        """Return the items of a type."""
        raise NotImplementedError

    @takes(HighLevelGet, LegacyGet)
    async def get_item(self, itemtype: str, id: int | str, **query: Any) -> Item:
        """Read one item: the short form of `get` of the items.

        Args:
            itemtype: As in `item`.
            id: As in `get` of the items.
            **query: As in `get` of the items.

        Returns:
            The row as a dict.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.

        >>> api.get_item("Ticket", 1)["id"]
        1
        """
        return await self.item(itemtype).get(id, **query)

    @takes(HighLevelList, LegacyList)
    async def get_all_items(self, itemtype: str, **query: Any) -> ItemList[Item]:
        """Read one page of a list, at most 50 rows by default: the short form of `get_all` of the items.

        Args:
            itemtype: As in `item`.
            **query: As in `get_all` of the items.

        Returns:
            An `ItemList` of dicts.

        >>> len(api.get_all_items("Ticket", limit=2))
        2
        """
        return await self.item(itemtype).get_all(**query)

    @takes(HighLevelList, LegacyList)
    async def get_all_pages(
        self,
        itemtype: str,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        id_audit: bool | str = "auto",
        unstable: bool = False,
        census: bool | str | None = None,
        **query: Any,
    ) -> ItemList[Item]:
        """Read a whole list: the short form of `get_all_pages` of the items.

        Args:
            itemtype: As in `item`.
            page_size: Rows per request, 1 to 1 000. Default: as many as the server gives fast.
            concurrency: As in `get_all_pages` of the items.
            on_page: As in `get_all_pages` of the items.
            id_audit: As in `get_all_pages` of the items.
            census: The earlier name of ``id_audit``.
            unstable: As in `get_all_pages` of the items.
            **query: As in `get_all_pages` of the items.

        Returns:
            An `ItemList` of dicts.

        Raises:
            GlpiIncompleteError: Rows are missing, and reading again did not help.

        >>> api.get_all_pages("Ticket").complete
        True
        """
        return await self.item(itemtype).get_all_pages(
            page_size,
            concurrency=concurrency,
            on_page=on_page,
            id_audit=id_audit,
            unstable=unstable,
            census=census,
            **query,
        )

    @takes(HighLevelList, LegacyList)
    def iter_pages(
        self,
        itemtype: str,
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        state: Mapping[str, Any] | None = None,
        **query: Any,
    ) -> AsyncPages[Item]:
        """Read a whole list page by page: the short form of `iter_pages` of the items.

        Args:
            itemtype: As in `item`.
            page_size: Rows per page, 1 to 1 000; the last page may be shorter.
            concurrency: As in `get_all_pages` of the items.
            on_page: As in `get_all_pages` of the items.
            unstable: As in `get_all_pages` of the items.
            state: As in `iter_pages` of the items.
            **query: As in `get_all_pages` of the items.

        Returns:
            An iterator over lists of dicts: ``for``, or ``async for`` in the asynchronous clients.

        Raises:
            GlpiIncompleteError: At the end of the loop: rows are missing, and reading again did not help.

        >>> for page in api.iter_pages("Ticket", page_size=10):
        ...     ids = [ticket["id"] for ticket in page]
        """
        return self.item(itemtype).iter_pages(
            page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, state=state, **query
        )

    @takes(HighLevelSearch, LegacySearch)
    async def search(self, itemtype: str, filter: Any = None, **query: Any) -> Any:
        """Search: the short form of `search` of the items.

        Args:
            itemtype: As in `item`.
            filter: As in `search` of the items (HL only).
            **query: As in `search` of the items.

        Returns:
            HL: An `ItemList`.
            Legacy: A dict with ``totalcount``, ``count`` and ``data``.

        >>> from glpi_utils import F
        >>> found = api.search("Ticket", F.urgency >= 4, limit=5)
        """
        return await self.item(itemtype).search(filter, **query)

    async def create_item(
        self,
        itemtype: str,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any:
        """Create an item, or each item of a list: the short form of `create` of the items.

        Args:
            itemtype: As in `item`.
            item (dict or list of dicts): The fields, without ``id``.
            key: As in `create` of the items.
            once: As in `create` of the items.
            unique_by: As in `create` of the items.
            validate: As in `create` of the items.
            verify: As in `create` of the items.
            **extra: As in `create` of the items.

        Returns:
            A dict with the new ``id``; for a list, a list of these.

        Raises:
            GlpiValidationError: A field or value is not what GLPI takes. Nothing was sent.
            GlpiUnknownOutcomeError: The create was sent and its answer lost: look on the server before you create
                again.

        >>> api.create_item("Ticket", {"name": "No paper", "content": "Floor 2"})["id"] > 0
        True
        """
        return await self.item(itemtype).create(
            item, key=key, once=once, unique_by=unique_by, validate=validate, verify=verify, **extra
        )

    async def update_item(
        self, itemtype: str, item: Any, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any:
        """Change an item, or each item of a list: the short form of `update` of the items.

        Args:
            itemtype: As in `item`.
            item (dict or list of dicts): The ``id`` and the fields to change.
            validate: As in `update` of the items.
            verify: As in `update` of the items.
            **extra: As in `update` of the items.

        Returns:
            HL: The whole item, for a list of items a list of these.
            Legacy: ``[{"5": True, "message": ""}]``, with a dict for each item.

        Raises:
            GlpiValidationError: A field or value is not what GLPI takes. Nothing was changed.
            GlpiNotFoundError: There is no such item.

        >>> changed = api.update_item("Ticket", {"id": 1, "urgency": 4})
        """
        return await self.item(itemtype).update(item, validate=validate, verify=verify, **extra)

    async def delete_item(self, itemtype: str, item: Any, force_purge: bool = False, history: bool = True) -> Any:
        """Put an item, or each item of a list, into the trash: the short form of `delete` of the items.

        Args:
            itemtype: As in `item`.
            item (int, str, dict, or a list of these): The id, or a dict that holds ``id``.
            force_purge: True removes the item for good.
            history: Legacy only: False writes nothing into the log.

        Returns:
            HL: None.
            Legacy: ``[{"5": True, "message": ""}]``, with a dict for each item.

        Raises:
            GlpiAPIError: GLPI refused. On HL it is `GlpiNotFoundError` where there is no such item.

        >>> new = api.create_item("Ticket", {"name": "A mistake", "content": "Sorry"})
        >>> api.delete_item("Ticket", new["id"])
        """
        return await self.item(itemtype).delete(item, force_purge, history)

    @takes(HighLevelSubItems, LegacyList)
    async def get_sub_items(
        self, itemtype: str, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Any
    ) -> ItemList[Item]:
        """Read what hangs off an item: the short form of `get_sub_items` of the items.

        Args:
            itemtype: As in `item`.
            id: The id of the item.
            sub_itemtype: As in `get_sub_items` of the items.
            unwrap: As in `get_sub_items` of the items.
            **query: As in `get_sub_items` of the items.

        Returns:
            An `ItemList` of dicts.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.

        >>> followups = api.get_sub_items("Ticket", 1, "ITILFollowup", unwrap=True)
        """
        return await self.item(itemtype).get_sub_items(id, sub_itemtype, unwrap, **query)

    async def add_sub_item(
        self,
        itemtype: str,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        key: str | None = None,
        once: bool = False,
        unique_by: Names | None = None,
        validate: str | None = None,
        verify: bool | str | None = None,
        **extra: Any,
    ) -> Any:
        """Add a sub-item to an item: the short form of `add_sub_item` of the items.

        Args:
            itemtype: As in `item`.
            id: The id of the item.
            sub_itemtype: As in `get_sub_items` of the items.
            item (dict): The fields, without ``id``.
            key: As in `create` of the items.
            once: As in `create` of the items.
            unique_by: As in `create` of the items.
            validate: As in `create` of the items.
            verify: As in `create` of the items.
            **extra: As in `create` of the items.

        Returns:
            A dict with the new ``id``.

        Raises:
            GlpiValidationError: A field or value is not what GLPI takes. Nothing was sent.
            GlpiUnknownOutcomeError: The request was sent and its answer lost: look on the server before you add it
                again.

        >>> api.add_sub_item("Ticket", 1, "ITILFollowup", {"content": "On my way"})["id"] > 0
        True
        """
        return await self.item(itemtype).add_sub_item(
            id, sub_itemtype, item, key=key, once=once, unique_by=unique_by, validate=validate, verify=verify, **extra
        )
