"""The verbs of clients that name an itemtype, as checkers see them on either API. `_blocking_clients.py` is made from this file."""

from __future__ import annotations

# mypy: disable-error-code="override"
# pyright: reportIncompatibleMethodOverride=false
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from glpi_utils._engine.lists.pages import AsyncPages
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._engine.verbs.whole_lists import DEFAULT_PAGE_SIZE
from glpi_utils._reading import (
    HighLevelGet,
    HighLevelList,
    HighLevelSearch,
    HighLevelSubItems,
    LegacyGet,
    LegacyList,
    LegacySearch,
)
from glpi_utils._wire import ItemList
from glpi_utils.types.words import Changed, SearchAnswer

if TYPE_CHECKING:
    from glpi_utils._engine.lists.walks import OnPage
    from glpi_utils.filters import Filter
else:
    from glpi_utils._hints import hint

    OnPage, Filter = hint("glpi_utils._engine.lists.walks.OnPage"), hint("glpi_utils.filters.Filter")

__all__ = ["AsyncHighLevelClient", "AsyncLegacyClient"]

Item = dict[str, Any]


class AsyncHighLevelClient(AsyncClient):
    """What clients of the High-Level API take in the verbs that name an itemtype, for asyncio."""

    async def get_item(self, itemtype: str, id: int | str, **query: Unpack[HighLevelGet]) -> Item:
        """Read one item."""
        return await super().get_item(itemtype, id, **query)

    async def get_all_items(self, itemtype: str, **query: Unpack[HighLevelList]) -> ItemList[Item]:
        """Read one page of a list."""
        return await super().get_all_items(itemtype, **query)

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
        **query: Unpack[HighLevelList],
    ) -> ItemList[Item]:
        """Read a whole list."""
        return await super().get_all_pages(
            itemtype,
            page_size,
            concurrency=concurrency,
            on_page=on_page,
            id_audit=id_audit,
            unstable=unstable,
            census=census,
            **query,
        )

    def iter_pages(
        self,
        itemtype: str,
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        state: Mapping[str, Any] | None = None,
        **query: Unpack[HighLevelList],
    ) -> AsyncPages[Item]:
        """Read a whole list page by page."""
        return super().iter_pages(
            itemtype, page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, state=state, **query
        )

    async def search(
        self,
        itemtype: str,
        filter: Filter | str | Sequence[Filter | str] | None = None,
        **query: Unpack[HighLevelSearch],
    ) -> ItemList[Item]:
        """Read the rows that a filter means."""
        answer: ItemList[Item] = await super().search(itemtype, filter, **query)
        return answer

    async def update_item(
        self, itemtype: str, item: Any, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Any:
        """Change an item, or each of a list."""
        answer: Any = await super().update_item(itemtype, item, validate=validate, verify=verify, **extra)
        return answer

    async def delete_item(self, itemtype: str, item: Any, force_purge: bool = False, history: bool = True) -> None:
        """Delete an item, or each of a list."""
        await super().delete_item(itemtype, item, force_purge, history)

    async def get_sub_items(
        self, itemtype: str, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Unpack[HighLevelSubItems]
    ) -> ItemList[Item]:
        """Read what hangs off an item."""
        return await super().get_sub_items(itemtype, id, sub_itemtype, unwrap, **query)


class AsyncLegacyClient(AsyncClient):
    """What clients of the legacy API take in the verbs that name an itemtype, for asyncio."""

    async def get_item(self, itemtype: str, id: int | str, **query: Unpack[LegacyGet]) -> Item:
        """Read one item."""
        return await super().get_item(itemtype, id, **query)

    async def get_all_items(self, itemtype: str, **query: Unpack[LegacyList]) -> ItemList[Item]:
        """Read one page of a list."""
        return await super().get_all_items(itemtype, **query)

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
        **query: Unpack[LegacyList],
    ) -> ItemList[Item]:
        """Read a whole list."""
        return await super().get_all_pages(
            itemtype,
            page_size,
            concurrency=concurrency,
            on_page=on_page,
            id_audit=id_audit,
            unstable=unstable,
            census=census,
            **query,
        )

    def iter_pages(
        self,
        itemtype: str,
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        state: Mapping[str, Any] | None = None,
        **query: Unpack[LegacyList],
    ) -> AsyncPages[Item]:
        """Read a whole list page by page."""
        return super().iter_pages(
            itemtype, page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, state=state, **query
        )

    async def search(self, itemtype: str, filter: None = None, **query: Unpack[LegacySearch]) -> SearchAnswer:
        """Search with GLPI's search engine, whose columns are numbers."""
        answer: SearchAnswer = await super().search(itemtype, filter, **query)
        return answer

    async def update_item(
        self, itemtype: str, item: Any, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> list[Changed]:
        """Change an item, or each of a list."""
        answer: list[Changed] = await super().update_item(itemtype, item, validate=validate, verify=verify, **extra)
        return answer

    async def delete_item(
        self, itemtype: str, item: Any, force_purge: bool = False, history: bool = True
    ) -> list[Changed]:
        """Delete an item, or each of a list."""
        answer: list[Changed] = await super().delete_item(itemtype, item, force_purge, history)
        return answer

    async def get_sub_items(
        self, itemtype: str, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Unpack[LegacyList]
    ) -> ItemList[Item]:
        """Read what hangs off an item."""
        return await super().get_sub_items(itemtype, id, sub_itemtype, unwrap, **query)
