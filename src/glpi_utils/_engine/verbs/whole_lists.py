"""The verbs that read a whole list, by as many requests as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic

from ..._dialects.shared.query import order_text, whole
from ..._wire import ItemList, Row
from ...exceptions import GlpiValidationError
from ..lists.field_names import require_known_sort_fields
from ..lists.gather import gathered, put_in_place
from ..lists.id_audit import audit_ids
from ..lists.ordering import sorter
from ..lists.pages import AsyncPages, AsyncRows
from ..lists.slices import sliced
from ..lists.walks import OnPage, walks
from ..lists.zoned_filters import reading, zoned

if TYPE_CHECKING:
    from ..request.core import Core

DEFAULT_PAGE_SIZE = 50


class AsyncWholeLists(Generic[Row]):
    """The part of the items' verbs that reads whole lists."""

    if TYPE_CHECKING:
        _core: Core
        _name: str

    async def get_all_pages(
        self,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        census: bool | str = "auto",
        unstable: bool = False,
        **query: Any,
    ) -> ItemList[Row]:
        """Read a whole list: every row that existed throughout, none twice, or `GlpiIncompleteError`.

        Pages are read ahead, at a pace that follows the server: it grows while that brings rows faster
        and halves where the server breaks. ``page_size`` (at most 1 000) fixes the rows per request,
        ``concurrency`` the requests in flight (1: one after the other). ``on_page`` is called with
        `Progress` (rows, total, rate). Keywords as in `get_all`; ``start=``, ``limit=`` and ``range=`` give a part of the
        list, of any length, whose ``.total`` is still that of the whole.
        ``sort`` by text needs ``unstable=True`` on the legacy API, where equal rows have no order.
        ``census`` (legacy; True, False, "auto": where rows moved) reads the ids once more by the search engine.

        >>> tickets = api.ticket.get_all_pages()
        >>> len(tickets) == tickets.total
        True
        """
        size = None if page_size is None else whole(page_size, "page_size", 1, 1000)
        query = await zoned(self._core, self._name, query)
        listing = self._core.dialect.listing(self._name, query)
        part = sliced(listing) is not None
        if part and census is True:
            raise GlpiValidationError("census=True counts whole lists: leave start=, limit= and range= out")
        here = query.get("sort") and self._core.dialect.keyset and not part  # a part of an order is the server's to cut
        arrange = sorter(order_text(query["sort"])) if here else None
        asked = {word: value for word, value in query.items() if word != "sort"} if arrange else query
        if arrange:
            await require_known_sort_fields(self._core, self._name, query)
        parts = walks(
            self._core,
            self._name,
            asked,
            size=size,
            concurrency=concurrency,
            on_page=on_page,
            unstable=unstable,
            part=True,
        )
        found = await gathered(parts)
        put_in_place(self._core, listing, parts, found)
        if part:
            return found
        if census is True or (census == "auto" and (len(parts) > 1 or any(walk.moved for walk in parts))):
            await audit_ids(self._core, self._name, found, asked, asked=census is True)
        if arrange:
            found[:] = arrange(found)
        return found

    def iter_pages(
        self,
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        **query: Any,
    ) -> AsyncPages[Row]:
        """Read a whole list page by page: lists of ``page_size`` rows, the last may be shorter.

        Keywords and promises as in `get_all_pages`, whatever sizes travel; of what is read ahead only some
        3 000 rows or 16 MB wait in memory. Leaving early cuts off what is in flight.

        >>> for page in api.ticket.iter_pages(page_size=10):
        ...     ids = [ticket["id"] for ticket in page]
        """
        size = whole(page_size, "page_size", 1, 1000)
        found = reading(
            self._core,
            self._name,
            query,
            concurrency=concurrency,
            on_page=on_page,
            unstable=unstable,
            streams=True,
            part=True,
        )
        return AsyncPages(found, size)

    def iter_items(
        self,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        **query: Any,
    ) -> AsyncRows[Row]:
        """Read a whole list row by row. Keywords and promises as in `get_all_pages`.

        >>> names = [ticket["name"] for ticket in api.ticket.iter_items()]
        """
        size = None if page_size is None else whole(page_size, "page_size", 1, 1000)
        found = reading(
            self._core,
            self._name,
            query,
            size=size,
            concurrency=concurrency,
            on_page=on_page,
            unstable=unstable,
            streams=True,
            part=True,
        )
        return AsyncRows(AsyncPages(found, DEFAULT_PAGE_SIZE))
