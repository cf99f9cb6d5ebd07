"""The verbs on the items of one type, written once for all four clients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, NoReturn

from ..._dialects.shared.query import window
from ..._hints import hint
from ..._reading import HighLevelGet, HighLevelList, HighLevelSearch, LegacyGet, LegacyList, LegacySearch
from ..._signatures import takes
from ..._tracebacks import short_tracebacks
from ..._wire import ItemList, Operation, Row
from ..lists.field_names import require_known_fields
from ..lists.gather import gathered
from ..lists.list_part import list_part, list_rows
from ..lists.one_answer import one_result
from ..lists.walks import walks
from ..names.queries import zoned
from ..request.core import unpicklable
from .changes import AsyncChanges
from .families import AsyncOfFamilies
from .keywords import no_method, offered
from .search import AsyncSearch
from .sub_items import AsyncSubItems
from .whole_lists import DEFAULT_PAGE_SIZE, AsyncWholeLists

if TYPE_CHECKING:
    from ..request.core import Core
else:
    Core = hint("glpi_utils._engine.request.core.Core")

Item = dict[str, Any]


@short_tracebacks
class AsyncItemProxy(
    AsyncWholeLists[Row],
    AsyncChanges,
    AsyncSubItems,
    AsyncSearch,
    AsyncOfFamilies,
    Generic[Row],
):
    """The items of one type: ``api.ticket``, ``api.item("Assets/Socket")``.

    In these texts "HL" is the High-Level API (`GlpiOAuthClient`), "legacy" the legacy API (`GlpiAPI`). The methods
    name the errors that are their own. Each of them can also raise what any request can: `GlpiConnectionError` and
    `GlpiTimeoutError` (no answer came), `GlpiAuthError` (the login was refused), `GlpiPermissionError` (you may not do
    this), `GlpiRateLimitError`, `GlpiMaintenanceError`, and `GlpiAPIError` for every other refusal.

    >>> api.ticket, api.item("Assets/Socket")
    (ItemProxy(itemtype='Ticket'), ItemProxy(itemtype='Assets/Socket'))
    """

    def __init__(self, core: Core, itemtype: str) -> None:
        self._core, self._name = core, itemtype

    def __repr__(self) -> str:
        return f"{type(self).__name__}(itemtype={self._name!r})"

    def __dir__(self) -> list[str]:
        return offered(super().__dir__(), lambda: self._resource.itemtype)

    if not TYPE_CHECKING:  # for checkers every name that is not there is an error of its own

        def __getattr__(self, name: str) -> NoReturn:
            raise no_method(type(self), name)

    def __reduce__(self) -> NoReturn:
        raise TypeError(unpicklable(type(self).__name__))

    @takes(HighLevelGet, LegacyGet)
    async def get(self, id: int | str | Mapping[str, Any], **query: Any) -> Row:
        """Read one item.

        Args:
            id: A positive integer, its text, or a row that has ``id``. For Entity also 0, for users also "me".
            **query: ``include_deleted=False`` refuses an item in the trash, which is returned by default.
                ``params={...}`` goes into the query string as it is. Legacy only: ``expand_dropdowns``, ``with_logs``
                and GLPI's other ``with_...``.

        Returns:
            The row as a dict. Its fields have the names of the API that you use.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it, or it is in the trash and was refused.
            GlpiValidationError: The id is no id, or a keyword is unknown. Nothing was sent.

        >>> api.ticket.get(1)["id"]
        1
        """
        operation: Operation[Any] = self._core.dialect.get(self._resource, await self._owner(id), query)
        row: Row = await self._core.do(operation)
        return row

    @takes(HighLevelList, LegacyList)
    async def get_all(self, **query: Any) -> ItemList[Row]:
        """Read one page of a list. Without ``limit=`` or ``range=`` it has at most 50 rows; `get_all_pages` reads all.

        A keyword that the API would ignore is refused, and the error names those that were probably meant.

        Keyword Args:
            filter (Filter): An `F` expression: ``F.status.in_([1, 2]) & F.name.contains("db")``. HL takes RSQL text
                too, and a list of both. "me" stands for your own id where a user is compared. Conditions that the
                server cannot evaluate exactly are refused.
            client_side (bool): With True, conditions that the server cannot evaluate exactly are applied here to a
                wider result. That reads more rows. Default False.
            sort (str): ``"-date"``, ``"date:desc"``, ``"-urgency,id"``, or a list of these. Legacy lists are sorted by
                one column. Default: by id.
            start (int): The number of rows to skip. Default 0.
            limit (int): The number of rows to read. Default 50.
            range (str): First and last row, in place of ``start`` and ``limit``: ``"0-99"``.
            include_deleted (bool): True includes the rows in the trash, False leaves them out. Default None: as the
                API does (HL lists include the trash, legacy lists do not).
            params (dict): Goes into the query string as it is.
            searchText (dict): Legacy only: ``{"name": "text"}``. The other keywords of GLPI's lists, such as
                ``expand_dropdowns``, are taken too.

        Returns:
            An `ItemList` of dicts. ``.total`` is the number of rows on the server (None where the server does not
                count), ``.complete`` is True where these are all of them.

        Raises:
            GlpiIncompleteError: The answer contradicts its own count each time that it is asked for.
            GlpiValidationError: A keyword or a field name is unknown, or a condition cannot be evaluated by the
                server.
            GlpiUnsupportedError: This API, or its version, has no such list.

        Warns:
            GlpiWarning: For the first list of a client that ends at the 50 rows of the default.

        >>> api.ticket.get_all(limit=2).complete
        False
        """
        query = await zoned(self._core, self._resource, query)
        listing = self._core.dialect.listing(self._resource, query)
        limit = DEFAULT_PAGE_SIZE if listing.limit is None else listing.limit
        rows = await list_part(self._core, self._resource, listing, limit)
        if listing.limit is None and not rows.complete and rows.total is not None:
            self._core.warn_cut(self._name, len(rows), rows.total)
        return rows

    @takes(HighLevelList, LegacyList)
    async def first(self, **query: Any) -> Row | None:
        """Read the first row of a list.

        Args:
            **query: The keywords of `get_all`. Without ``sort=`` it is the row with the lowest id.

        Returns:
            The row, or None where no row matches.

        Raises:
            GlpiValidationError: As in `get_all`.

        >>> api.ticket.first(sort="id:desc")["id"] > 1
        True
        """
        query = await zoned(self._core, self._resource, query)
        listing = self._core.dialect.listing(self._resource, query)
        rows = await list_part(self._core, self._resource, listing, 1, counts=False)
        return rows[0] if rows else None

    @takes(HighLevelList, LegacyList)
    async def count(self, **query: Any) -> int:
        """Count the rows of a list without reading them.

        Args:
            **query: The keywords of `get_all`. ``start`` and ``limit`` change nothing: every row that matches is
                counted. With ``client_side=True`` the rows may have to be read.

        Returns:
            The number of rows that the list has now.

        Raises:
            GlpiValidationError: As in `get_all`.

        >>> api.ticket.count() > 10
        True
        """
        query = await zoned(self._core, self._resource, query)
        listing = self._core.dialect.listing(self._resource, query)
        if listing.keep is not None:
            return len(await gathered(walks(self._core, self._resource, listing, unstable=True)))
        page = await list_rows(self._core, self._resource, listing, 0, 1, exact=True)
        if page.total is not None:
            return page.total
        return len(await list_rows(self._core, self._resource, listing, 0, 1000))

    @takes(HighLevelSearch, LegacySearch)
    async def search(self, filter: Any = None, **query: Any) -> Any:
        """Search: on HL a list by a filter, on legacy GLPI's search engine with its own numbers.

        `search_rows` takes and returns names in place of the numbers, and reads every row (legacy).

        Args:
            filter: HL only: an `F` expression, RSQL text, or a list of both. None: every row.
            **query: HL: the keywords of `get_all`; without ``limit`` the server returns 100 rows. Legacy: GLPI's own:
                ``criteria=[{"field": 1, "searchtype": "contains", "value": "db"}]``, ``metacriteria``,
                ``forcedisplay=[2, 1]``, ``sort``, ``order``, ``range`` (or ``start`` and ``limit``), ``is_deleted``
                and others.

        Returns:
            HL: An `ItemList`, as `get_all` returns.
            Legacy: A dict with ``totalcount``, ``count`` and ``data``, whose columns are named by their numbers. It is
                empty where nothing matches.

        Raises:
            GlpiIncompleteError: As in `get_all`.
            GlpiValidationError: A keyword is unknown, ``filter`` is given on legacy, or as in `get_all`. Nothing was
                sent.

        >>> found = api.ticket.search()
        """
        dialect = self._core.dialect
        wanted, (start, limit) = filter, window(dict(query))
        if dialect.searches_lists:
            keywords = await zoned(self._core, self._resource, {**query, "filter": filter})
            wanted = keywords["filter"]
            listing = dialect.listing(self._resource, keywords)
            await require_known_fields(self._core, listing)
            if listing.keep is not None:
                return await list_part(self._core, self._resource, listing, listing.limit or 100)
            limit = limit or 100
        return await one_result(self._core, dialect.search(self._resource, wanted, query), start, limit)
