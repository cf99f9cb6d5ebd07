"""The verbs on the items of one type, written once for all four clients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, NoReturn

from ..._hints import hint
from ..._tracebacks import short_tracebacks
from ..._wire import ItemList, Operation, Row
from ..lists.field_names import require_known_fields
from ..lists.gather import gathered
from ..lists.list_part import list_part, list_rows
from ..lists.walks import walks
from ..lists.zoned_filters import zoned
from ..request.core import unpicklable
from .changes import AsyncChanges
from .files import AsyncFiles
from .keywords import no_method
from .search import AsyncSearch
from .sub_item_checks import resolve_me
from .sub_items import AsyncSubItems
from .team import AsyncTeam
from .whole_lists import DEFAULT_PAGE_SIZE, AsyncWholeLists

if TYPE_CHECKING:
    from ..request.core import Core
else:
    Core = hint("glpi_utils._engine.request.core.Core")

Item = dict[str, Any]


@short_tracebacks
class AsyncItemProxy(
    AsyncWholeLists[Row], AsyncChanges, AsyncSubItems, AsyncFiles, AsyncTeam, AsyncSearch, Generic[Row]
):
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
