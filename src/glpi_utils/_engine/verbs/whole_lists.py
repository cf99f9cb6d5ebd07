"""The verbs that read a whole list, by as many requests as it takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Generic

from ..._dialects.shared.query import order_text, whole
from ..._reading import HighLevelList, LegacyList
from ..._signatures import takes
from ..._wire import ItemList, Row
from ...exceptions import GlpiValidationError
from ..lists.field_names import require_known_fields
from ..lists.gather import gathered_anew, put_in_place
from ..lists.id_audit import audit_ids
from ..lists.ordering import sorter
from ..lists.pages import AsyncPages, AsyncRows
from ..lists.slices import sliced
from ..lists.walk_state import checked
from ..lists.walks import OnPage, walks
from ..names.queries import reading, zoned
from .of_one_type import OfOneType

DEFAULT_PAGE_SIZE = 50


class AsyncWholeLists(OfOneType, Generic[Row]):
    """The part of the items' verbs that reads whole lists."""

    @takes(HighLevelList, LegacyList)
    async def get_all_pages(
        self,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        id_audit: bool | str = "auto",
        unstable: bool = False,
        census: bool | str | None = None,
        **query: Any,
    ) -> ItemList[Row]:
        """Read a whole list: every row that was in it during the whole reading, and none twice.

        Pages are read ahead. The number of requests in flight grows while that brings more rows per second, and is
        halved when the server breaks.

        Args:
            page_size: Rows per request, 1 to 1 000. Default: as many as the server gives fast.
            concurrency: Requests in flight, 1 to 64; 1 reads one page after the other. Default: it follows the server.
            on_page: Called after each page with the progress: ``rows`` so far, ``total`` (or None), ``rate`` in rows
                per second.
            id_audit: Legacy only. True reads the ids once more with GLPI's search engine and adds rows that were missed.
                "auto" does so only where rows moved while they were read. False never does.
            unstable: Legacy only. True allows an order by another column than the id. There equal rows have no order,
                so that rows can be missed.
            census: The earlier name of ``id_audit``.
            **query: The keywords of `get_all`. ``start=``, ``limit=`` and ``range=`` read a part, of any length; its
                ``.total`` is still that of the whole list.

        Returns:
            An `ItemList` of dicts.

        Raises:
            GlpiIncompleteError: Rows are missing, and reading again did not help. Its ``items`` are the rows that
                came.
            GlpiValidationError: As in `get_all`; or an order needs ``unstable=True``, or ``id_audit=True`` does not fit.
            GlpiUnsupportedError: As in `get_all`; or the search engine gives no ids of this type (``id_audit=True``).

        >>> tickets = api.ticket.get_all_pages()
        >>> len(tickets) == tickets.total
        True
        """
        size = None if page_size is None else whole(page_size, "page_size", 1, 1000)
        query = await zoned(self._core, self._resource, query)
        listing = self._core.dialect.listing(self._resource, query)
        part = sliced(listing) is not None
        audit = id_audit if census is None else census
        if part and audit is True:
            raise GlpiValidationError("id_audit=True counts whole lists: leave start=, limit= and range= out")
        here = self._core.dialect.arranges_here and not part  # a part of an order is the server's to cut
        arrange = sorter(order_text(query["sort"])) if here and query.get("sort") else None
        keywords = {word: value for word, value in query.items() if word != "sort"} if arrange else query
        if arrange:
            await require_known_fields(self._core, listing, sorts=False)
            listing = self._core.dialect.listing(self._resource, keywords)
        how: dict[str, Any] = {"size": size, "concurrency": concurrency, "on_page": on_page, "unstable": unstable}
        begin = partial(walks, self._core, self._resource, listing, part=True, **how)
        parts, rows = await gathered_anew(begin)
        put_in_place(self._core, listing, parts, rows)
        if part:
            return rows
        if audit is True or (audit == "auto" and (len(parts) > 1 or any(walk.moved for walk in parts))):
            await audit_ids(self._core, self._resource, rows, keywords, required=audit is True)
        if arrange:
            rows[:] = arrange(rows)
        return rows

    @takes(HighLevelList, LegacyList)
    def iter_pages(
        self,
        page_size: int = DEFAULT_PAGE_SIZE,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        state: Mapping[str, Any] | None = None,
        **query: Any,
    ) -> AsyncPages[Row]:
        """Read a whole list page by page, with the promise of `get_all_pages`.

        Some 3 000 rows, or 16 MB, of what is read ahead wait in memory. Leaving the loop early ends the requests in
        flight.

        Args:
            page_size: Rows per page, 1 to 1 000; the last page may be shorter. It does not fix the rows per request.
            concurrency: As in `get_all_pages`.
            on_page: As in `get_all_pages`.
            unstable: As in `get_all_pages`.
            state: What ``state()`` of the iterator gave, perhaps in another process: reading goes on behind what it counts
                as read. A state of another list is refused.
            **query: As in `get_all_pages`.

        Returns:
            An iterator over lists of dicts: ``for``, or ``async for`` in the asynchronous clients. Nothing is read
                before its first page.

        Raises:
            GlpiIncompleteError: At the end of the loop: rows are missing, and reading again did not help.
            GlpiValidationError: As in `get_all_pages`, at once.

        >>> for page in api.ticket.iter_pages(page_size=10):
        ...     ids = [ticket["id"] for ticket in page]
        """
        size = whole(page_size, "page_size", 1, 1000)
        return self._pages(size, state, query, concurrency=concurrency, on_page=on_page, unstable=unstable)

    @takes(HighLevelList, LegacyList)
    def iter_items(
        self,
        page_size: int | None = None,
        *,
        concurrency: int | None = None,
        on_page: OnPage | None = None,
        unstable: bool = False,
        state: Mapping[str, Any] | None = None,
        **query: Any,
    ) -> AsyncRows[Row]:
        """Read a whole list row by row, with the promise of `get_all_pages`.

        Args:
            page_size: Rows per request, 1 to 1 000. Default: as many as the server gives fast.
            concurrency: As in `get_all_pages`.
            on_page: As in `get_all_pages`.
            unstable: As in `get_all_pages`.
            state: What ``state()`` of the iterator gave, perhaps in another process: reading goes on behind what it counts
                as read. A state of another list is refused.
            **query: As in `get_all_pages`.

        Returns:
            An iterator over dicts: ``for``, or ``async for`` in the asynchronous clients. Nothing is read before its
                first row.

        Raises:
            GlpiIncompleteError: At the end of the loop: rows are missing, and reading again did not help.
            GlpiValidationError: As in `get_all_pages`, at once.

        >>> names = [ticket["name"] for ticket in api.ticket.iter_items()]
        """
        size = None if page_size is None else whole(page_size, "page_size", 1, 1000)
        pages = self._pages(
            DEFAULT_PAGE_SIZE, state, query, size=size, concurrency=concurrency, on_page=on_page, unstable=unstable
        )
        return AsyncRows(pages)

    def _pages(self, rows: int, state: Mapping[str, Any] | None, query: dict[str, Any], **how: Any) -> AsyncPages[Row]:
        """Return the pages of so many rows of a list, from its beginning or from a state."""
        begun = None if state is None else checked(state)
        source = reading(self._core, self._resource, query, streams=True, part=True, state=begun, **how)
        return AsyncPages(source, rows, begun)
