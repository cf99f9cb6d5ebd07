"""The items of one type on the High-Level API as checkers see them. `_blocking_items.py` is made from this file too."""

from __future__ import annotations

# mypy: disable-error-code="override, overload-overlap"
# pyright: reportIncompatibleMethodOverride=false, reportOverlappingOverload=false
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, Unpack, overload

from glpi_utils._engine.lists.pages import AsyncPages, AsyncRows
from glpi_utils._engine.verbs.whole_lists import DEFAULT_PAGE_SIZE
from glpi_utils._reading import (
    HighLevelGet,
    HighLevelList,
    HighLevelSearch,
    HighLevelSubItems,
)
from glpi_utils._wire import ItemList, Row
from glpi_utils.types import highlevel
from glpi_utils.types._async_items import AsyncItems, Untyped, Update, Write
from glpi_utils.types.words import TimelineEntry

if TYPE_CHECKING:
    from glpi_utils._engine.lists.walks import OnPage
    from glpi_utils.filters import Filter
else:
    from glpi_utils._hints import hint

    OnPage, Filter = hint("glpi_utils._engine.lists.walks.OnPage"), hint("glpi_utils.filters.Filter")

__all__ = ["AsyncHighLevelItems"]


class AsyncHighLevelItems(AsyncItems[Row, Write, Update], Generic[Row, Write, Update]):
    """The items of one type on the High-Level API, for asyncio."""

    async def get(self, id: int | str | Mapping[str, Any], **query: Unpack[HighLevelGet]) -> Row:
        """Read one item."""
        return await super().get(id, **query)

    async def get_all(self, **query: Unpack[HighLevelList]) -> ItemList[Row]:
        """Read one page of a list."""
        return await super().get_all(**query)

    async def get_all_pages(
        self,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        id_audit: bool | str = "auto",
        unstable: bool = False,
        census: bool | str | None = None,
        **query: Unpack[HighLevelList],
    ) -> ItemList[Row]:
        """Read a whole list."""
        return await super().get_all_pages(
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
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        state: Mapping[str, Any] | None = None,
        **query: Unpack[HighLevelList],
    ) -> AsyncPages[Row]:
        """Read a whole list page by page."""
        return super().iter_pages(
            page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, state=state, **query
        )

    def iter_items(
        self,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        state: Mapping[str, Any] | None = None,
        **query: Unpack[HighLevelList],
    ) -> AsyncRows[Row]:
        """Read a whole list row by row."""
        return super().iter_items(
            page_size, concurrency=concurrency, on_page=on_page, unstable=unstable, state=state, **query
        )

    async def first(self, **query: Unpack[HighLevelList]) -> Row | None:
        """Read the first row of a list, or None where there is none."""
        return await super().first(**query)

    async def count(self, **query: Unpack[HighLevelList]) -> int:
        """Count the rows of a list without reading them."""
        return await super().count(**query)

    async def search(
        self, filter: Filter | str | Sequence[Filter | str] | None = None, **query: Unpack[HighLevelSearch]
    ) -> ItemList[Row]:
        """Read the rows that a filter means."""
        rows: ItemList[Row] = await super().search(filter, **query)
        return rows

    @overload
    async def update(
        self, item: Untyped, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Row: ...
    @overload
    async def update(
        self, item: Sequence[Untyped], *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> list[Row]: ...
    @overload
    async def update(
        self, item: Sequence[Update], *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> list[Row]: ...
    @overload
    async def update(
        self, item: Update, *, validate: str | None = None, verify: bool | str | None = None, **extra: Any
    ) -> Row: ...
    async def update(self, item: Any, **extra: Any) -> Any:
        """Change an item, named by its ``id``, or each of a list."""
        return await super().update(item, **extra)

    async def delete(self, item: Any, force_purge: bool = False, history: bool = True) -> None:
        """Put an item, or each of a list, into the trash; ``force_purge=True`` removes it for good."""
        await super().delete(item, force_purge, history)

    async def restore(self, id: int | str | Mapping[str, Any]) -> Row:
        """Take an item out of the trash."""
        row: Row = await super().restore(id)
        return row

    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ITILFollowup", "Followup", "Timeline/Followup"],
        unwrap: Literal[True],
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[highlevel.Followup]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ITILFollowup", "Followup", "Timeline/Followup"],
        unwrap: Literal[False] = False,
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[TimelineEntry[highlevel.Followup]]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ITILSolution", "Solution", "Timeline/Solution"],
        unwrap: Literal[True],
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[highlevel.Solution]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ITILSolution", "Solution", "Timeline/Solution"],
        unwrap: Literal[False] = False,
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[TimelineEntry[highlevel.Solution]]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["TicketTask"],
        unwrap: Literal[True],
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[highlevel.TicketTask]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["TicketTask"],
        unwrap: Literal[False] = False,
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[TimelineEntry[highlevel.TicketTask]]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ChangeTask"],
        unwrap: Literal[True],
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[highlevel.ChangeTask]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ChangeTask"],
        unwrap: Literal[False] = False,
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[TimelineEntry[highlevel.ChangeTask]]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ProblemTask"],
        unwrap: Literal[True],
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[highlevel.ProblemTask]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ProblemTask"],
        unwrap: Literal[False] = False,
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[TimelineEntry[highlevel.ProblemTask]]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["TicketValidation"],
        unwrap: Literal[True],
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[highlevel.TicketValidation]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["TicketValidation"],
        unwrap: Literal[False] = False,
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[TimelineEntry[highlevel.TicketValidation]]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ChangeValidation"],
        unwrap: Literal[True],
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[highlevel.ChangeValidation]: ...
    @overload
    async def get_sub_items(
        self,
        id: int | str,
        sub_itemtype: Literal["ChangeValidation"],
        unwrap: Literal[False] = False,
        **query: Unpack[HighLevelSubItems],
    ) -> ItemList[TimelineEntry[highlevel.ChangeValidation]]: ...
    @overload
    async def get_sub_items(
        self, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Unpack[HighLevelSubItems]
    ) -> ItemList[dict[str, Any]]: ...
    async def get_sub_items(
        self, id: int | str, sub_itemtype: str, unwrap: bool = False, **query: Unpack[HighLevelSubItems]
    ) -> ItemList[Any]:
        """Read what hangs off an item."""
        return await super().get_sub_items(id, sub_itemtype, unwrap, **query)

    async def update_sub_item(
        self,
        id: int | str,
        sub_itemtype: str,
        item: Any,
        *,
        validate: str | None = None,
        verify: bool | str | None = None,
    ) -> dict[str, Any]:
        """Change a sub-item, named by its ``id``."""
        row: dict[str, Any] = await super().update_sub_item(id, sub_itemtype, item, validate=validate, verify=verify)
        return row

    async def delete_sub_item(self, id: int | str, sub_itemtype: str, sub_id: int | str | None = None) -> None:
        """Remove a sub-item for good."""
        await super().delete_sub_item(id, sub_itemtype, sub_id)
