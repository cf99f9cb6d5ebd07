"""The verbs that a client offers by itemtype, as `item(itemtype)` does: the interface of earlier libraries."""

from __future__ import annotations

from typing import Any

from ..._wire import ItemList
from ..lists.pages import AsyncPages
from ..lists.walks import OnPage
from ..writes.idempotency import Names
from .items import AsyncItemProxy
from .whole_lists import DEFAULT_PAGE_SIZE

Item = dict[str, Any]


class AsyncItemVerbs:
    """The part of a client that repeats the verbs of its items."""

    def item(self, itemtype: str) -> AsyncItemProxy[Item]:
        """Return the items of a type."""
        raise NotImplementedError

    async def get_item(self, itemtype: str, id: int | str, **query: Any) -> Item:
        """Read one item: ``api.item(itemtype).get(id)``."""
        return await self.item(itemtype).get(id, **query)

    async def get_all_items(self, itemtype: str, **query: Any) -> ItemList[Item]:
        """Read one page of a list: ``api.item(itemtype).get_all()``."""
        return await self.item(itemtype).get_all(**query)

    async def get_all_pages(
        self,
        itemtype: str,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        census: bool | str = "auto",
        unstable: bool = False,
        **query: Any,
    ) -> ItemList[Item]:
        """Read a whole list: ``api.item(itemtype).get_all_pages()``."""
        return await self.item(itemtype).get_all_pages(
            page_size, concurrency=concurrency, on_page=on_page, census=census, unstable=unstable, **query
        )

    def iter_pages(
        self,
        itemtype: str,
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        **query: Any,
    ) -> AsyncPages[Item]:
        """Read a whole list page by page: ``api.item(itemtype).iter_pages()``."""
        return self.item(itemtype).iter_pages(
            page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, **query
        )

    async def search(self, itemtype: str, filter: Any = None, **query: Any) -> Any:
        """Search: ``api.item(itemtype).search()``."""
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
        """Create an item: ``api.item(itemtype).create({...})``."""
        return await self.item(itemtype).create(
            item, key=key, once=once, unique_by=unique_by, validate=validate, verify=verify, **extra
        )

    async def update_item(
        self, itemtype: str, item: Any, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any:
        """Change an item: ``api.item(itemtype).update({"id": 1, ...})``."""
        return await self.item(itemtype).update(item, validate=validate, verify=verify, **extra)

    async def delete_item(self, itemtype: str, item: Any, force_purge: bool = False, history: bool = True) -> Any:
        """Delete an item: ``api.item(itemtype).delete({"id": 1})``."""
        return await self.item(itemtype).delete(item, force_purge, history)

    async def get_sub_items(
        self, itemtype: str, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Any
    ) -> ItemList[Item]:
        """Read sub-items: ``api.item(itemtype).get_sub_items(id, sub_itemtype)``."""
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
        """Add a sub-item: ``api.item(itemtype).add_sub_item(id, sub_itemtype, {...})``."""
        return await self.item(itemtype).add_sub_item(
            id, sub_itemtype, item, key=key, once=once, unique_by=unique_by, validate=validate, verify=verify, **extra
        )
