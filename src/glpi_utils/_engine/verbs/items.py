"""The verbs on the items of one type, written once for all four clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NoReturn

from ..._dialects.shared import ids
from ..._dialects.shared.query import order_text, whole
from ..._hints import hint
from ..._tracebacks import short_tracebacks
from ..._wire import ItemList, Operation, Row
from ...exceptions import GlpiValidationError
from ..lists.field_names import require_known_fields, require_known_sort_fields
from ..lists.gather import gathered, put_in_place
from ..lists.id_audit import audit_ids
from ..lists.list_part import list_part, list_rows
from ..lists.ordering import sorter
from ..lists.pages import AsyncPages, AsyncRows
from ..lists.slices import sliced
from ..lists.walks import OnPage, walks
from ..lists.zoned_filters import reading, zoned
from ..request.core import unpicklable
from ..writes.many import each
from .changes import AsyncChanges
from .files import AsyncFiles
from .keywords import no_method
from .search import AsyncSearch
from .sub_item_checks import resolve_me
from .sub_items import AsyncSubItems
from .team import AsyncTeam

if TYPE_CHECKING:
    from ..request.core import Core
else:
    Core = hint("glpi_utils._engine.request.core.Core")

Item = dict[str, Any]
DEFAULT_PAGE_SIZE = 50


@short_tracebacks
class AsyncItemProxy(AsyncChanges, AsyncSubItems, AsyncFiles, AsyncTeam, AsyncSearch, Generic[Row]):
    """The items of one type: ``api.ticket``, ``api.item("Assets/Socket")``."""

    def __init__(self, core: Core, itemtype: str) -> None:
        self._core, self._name = core, itemtype

    def __repr__(self) -> str:
        return f"{type(self).__name__}(itemtype={self._name!r})"

    if not TYPE_CHECKING:  # for checkers every name that is not there is an error of its own

        def __getattr__(self, name: str) -> NoReturn:
            raise no_method(type(self), name)

    def __reduce__(self) -> NoReturn:
        raise TypeError(unpicklable(type(self).__name__))

    async def get(self, id: int | str | Mapping[str, Any], **query: Any) -> Row:
        """Read one item.

        ``id`` is a positive integer or its text (for Entity also 0, for users "me"), or a row that has it.
        An item in the trash is given too, unless ``include_deleted=False``. ``params={...}`` goes into the query as it is; the
        legacy API also takes ``expand_dropdowns``, ``with_logs`` and its other ``with_*``.

        Raises `GlpiNotFoundError` where there is no such item, or none that you may see.

        >>> api.ticket.get(1)["id"]
        1
        """
        operation: Operation[Any] = self._core.dialect.get(
            self._name, await resolve_me(self._core, self._name, id), query
        )
        found: Row = await self._core.do(operation)
        return found

    async def get_all(self, **query: Any) -> ItemList[Row]:
        """Read one page of a list: 50 rows, unless ``limit=`` or ``range="0-99"`` says more.

        Narrow it with ``filter=F.status.in_([1, 2]) & F.name.contains("db")`` (`F`; on the High-Level API also
        RSQL text, on the legacy one ``searchText={"name": "text"}`` too); what the server cannot find exactly is
        refused, or with ``client_side=True`` picked here from more rows. Order it with ``sort="-date"``, ``"date:desc"``
        or a list. ``include_deleted=`` is True, False or None: as the API does by itself (HL lists show the trash,
        legacy ones do not). A keyword that the API would ignore is refused with those that were meant. ``.total`` is
        the rows on the server, ``.complete`` tells whether these are all; the first list that was cut at 50 warns.

        >>> api.ticket.get_all(limit=2).complete
        False
        """
        query = await zoned(self._core, self._name, query)
        listing = self._core.dialect.listing(self._name, query)
        limit = DEFAULT_PAGE_SIZE if listing.limit is None else listing.limit
        found = await list_part(self._core, self._name, query, listing, limit)
        if listing.limit is None and not found.complete and found.total is not None:
            self._core.warn_cut(self._name, len(found), found.total)
        return found

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

    async def first(self, **query: Any) -> Row | None:
        """Read the first row of a list, or None where there is none. Keywords as in `get_all`.

        >>> api.ticket.first(sort="id:desc")["id"] > 1
        True
        """
        query = await zoned(self._core, self._name, query)
        listing = self._core.dialect.listing(self._name, query)
        found = await list_part(self._core, self._name, query, listing, 1, counts=False)
        return found[0] if found else None

    async def count(self, **query: Any) -> int:
        """Count the rows of a list without reading them; with ``client_side=True`` they may have to be read.

        Keywords as in `get_all`; ``start`` and ``limit`` change nothing, all rows that match are counted.

        >>> api.ticket.count() > 10
        True
        """
        query = await zoned(self._core, self._name, query)
        listing = self._core.dialect.listing(self._name, query)
        if listing.keep is not None:
            return len(await gathered(walks(self._core, self._name, query, unstable=True)))
        found = await list_rows(self._core, self._name, listing, 0, 1, exact=True)
        if found.total is not None:
            return found.total
        return len(await list_rows(self._core, self._name, listing, 0, 1000))

    async def search(self, filter: Any = None, **query: Any) -> Any:
        """Search: on the High-Level API a list by a filter, on the legacy API GLPI's search engine.

        HL: ``search(F.name.contains("db"))``, or RSQL text, gives rows as `get_all` does, without a limit the server's
        100. Legacy: ``search(criteria=[{"field": 1, "searchtype": "contains", "value": "db"}],
        forcedisplay=[2, 1])`` gives a dict with totalcount, count and data (empty where
        nothing was found), its columns named by numbers; `search_rows` does all that by name.

        >>> found = api.ticket.search()
        """
        dialect = self._core.dialect
        wanted = filter
        if dialect.keyset:
            asked = await zoned(self._core, self._name, {**query, "filter": filter})
            wanted = asked["filter"]
            listing = dialect.listing(self._name, asked)
            await require_known_fields(self._core, listing)
            if listing.keep is not None:
                return await list_part(self._core, self._name, asked, listing, listing.limit or 100)
        return await self._core.do(dialect.search(self._name, wanted, query))

    async def delete(self, item: Any, force_purge: bool = False, history: bool = True) -> Any:
        """Put an item (its id, or a row with ``id``), or each of a list into the trash; ``force_purge=True`` removes it for good.

        Types without a trash are removed at once. HL gives None, legacy ``[{"5": True,
        "message": ""}]``. ``history=False`` keeps it out of the log (legacy only).

        >>> new = api.ticket.create({"name": "A mistake", "content": "Sorry"})
        >>> gone = api.ticket.delete({"id": new["id"]})
        """
        rows = ids.rows(item, "delete")
        dialect = self._core.dialect
        if rows is None:
            return await self._core.do(dialect.delete(self._name, item, bool(force_purge), bool(history)))
        done = await self._each([dialect.delete(self._name, row, bool(force_purge), bool(history)) for row in rows])
        flat = [row for rows in done if rows for row in rows]
        return flat or None

    async def restore(self, id: int | str | Mapping[str, Any]) -> Any:
        """Take an item out of the trash. Gives what `update` gives.

        >>> new = api.ticket.create({"name": "Back again", "content": "Not a mistake"})
        >>> gone = api.ticket.delete({"id": new["id"]})
        >>> back = api.ticket.restore(new["id"])
        """
        return await self._core.do(self._core.dialect.restore(self._name, id))

    async def _each(self, operations: Sequence[Operation[Any]]) -> list[Any]:
        """Carry out one after the other."""
        return await each(self._core, [partial(self._core.do, operation) for operation in operations])
