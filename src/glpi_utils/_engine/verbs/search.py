"""Searching by name: GLPI's search engine with the names of its columns, read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from ..._dialects.shared.absent import absent
from ..._dialects.shared.query import whole
from ..._wire import ItemList, Operation, Page
from ...exceptions import GlpiUnsupportedError
from ...filters import Filter
from ..lists.field_names import search_columns
from ..lists.gather import gathered
from ..lists.one_answer import page_and_count, settled
from ..lists.plan import Part
from ..lists.walks import OnPage, searched
from .of_one_type import OfOneType

if TYPE_CHECKING:
    from ..._dialects.legacy.search_naming import Search

Item = dict[str, Any]
Criteria = Filter | Mapping[str, Any] | Sequence[Filter | Mapping[str, Any]]
"""What rows must meet: an `F` expression, one of GLPI's criteria, or a list of these."""
_LARGEST = 1000


class AsyncSearch(OfOneType):
    """The part of the items' verbs that asks GLPI's search engine by name."""

    async def search_rows(
        self,
        filter: Criteria | None = None,
        *,
        criteria: Criteria | None = None,
        metacriteria: Criteria | None = None,
        fields: Sequence[str | int] | None = None,
        sort: str | Sequence[str] | None = None,
        start: int = 0,
        limit: int | None = None,
        is_deleted: bool = False,
        page_size: int | None = None,
        on_page: OnPage | None = None,
    ) -> ItemList:
        """Search by name with GLPI's search engine, and read every row that it finds.

        On HL it is done through the legacy session.

        `search_options` lists the columns. A column is named as there, by ``uid``, by ``table.field``, by a foreign
        key (``itilcategories_id``) or by its number. A condition that GLPI would misread is refused.

        Args:
            filter: An `F` expression, or a list of criteria as GLPI takes them, with names for fields, groups within
                groups: ``[{"field": "status", "searchtype": "equals", "value": 1}]``. A criterion with an ``itemtype``
                is about items of another type that are linked to these. "me" stands for your own id where a user is
                compared. None: every row.
            criteria: Another name for ``filter``; the two are joined by "and".
            metacriteria: Criteria with an ``itemtype``; they are joined to the others by "and".
            fields: The columns of the rows, by name or number. Default: the name, and what was searched and sorted by.
            sort: As in `get_all`, by several columns too. Default: by id.
            start: The number of rows to skip.
            limit: The number of rows to read with one request, 1 to 1 000. None: all rows are read.
            is_deleted: True searches the trash in place of the other items.
            page_size: Rows per request, 1 to 1 000. Default: as many as the server gives fast.
            on_page: As in `get_all_pages`.

        Returns:
            An `ItemList` of dicts with ``id`` and the ``fields``. ``.total`` is the server's count.

        Raises:
            GlpiValidationError: A column is unknown, or GLPI would misread a condition.
            GlpiIncompleteError: Rows are missing, and reading again did not help.
            GlpiUnsupportedError: HL with ``legacy="never"``: use ``filter=`` of `get_all_pages`. Or a type without ids
                in the search engine has more than 1 000 rows.

        >>> from glpi_utils import F, GlpiAPI
        >>> with GlpiAPI() as legacy:
        ...     found = legacy.ticket.search_rows(F.status == 1, fields=["name", "status"])
        >>> list(found[0])
        ['id', 'name', 'status']
        """
        if (there := await self._by_search_engine("search_rows")) is not None:
            how: Item = {"criteria": criteria, "metacriteria": metacriteria, "fields": fields, "sort": sort}
            how |= {"start": start, "limit": limit, "is_deleted": is_deleted, "page_size": page_size}
            rows: ItemList = await there.search_rows(filter, **how, on_page=on_page)
            return rows
        start = whole(start, "start", 0)
        limit = None if limit is None else whole(limit, "limit", 1, _LARGEST)
        size = None if page_size is None else whole(page_size, "page_size", 1, _LARGEST)
        query = await self._query((filter, criteria, metacriteria), fields, sort, bool(is_deleted))
        if limit is not None or start:
            return await self._part(query, start, limit or _LARGEST)
        return await self._whole(query, size, on_page)

    async def _query(
        self,
        terms: tuple[Criteria | None, ...],
        fields: Sequence[str | int] | None,
        sort: str | Sequence[str] | None,
        trash: bool,
    ) -> Search:
        """Return what is asked, with the numbers of the columns."""
        from ..._dialects.legacy import search_criteria, search_naming

        itemtype = self._resource.itemtype
        from ..._dialects.shared.narrowing import has_offset, localized
        from ..names.fields import ids_of
        from ..names.queries import zone_of
        from ..request.oneself import my_id

        zone = self._core.options.zone
        dated = self._core.dialect.may_be_date(self._resource, None)
        if zone is None and has_offset(terms, dated):
            zone = await zone_of(self._core)
        wanted = search_naming.wanted(*(terms if zone is None else [localized(each, zone, dated) for each in terms]))
        names = {itemtype, *search_criteria.itemtypes(wanted)}
        known = {name: await search_columns(self._core, name) for name in sorted(names)}
        if search_naming.names_me(itemtype, known, wanted):
            wanted = search_naming.with_id(itemtype, known, wanted, await my_id(self._core))
        if items := list(dict.fromkeys(search_naming.named(itemtype, known, wanted))):
            numbers = await ids_of(self._core, items)
            wanted = search_naming.with_ids(itemtype, known, wanted, dict(zip(items, numbers, strict=True)))
        return search_naming.resolved(itemtype, known, wanted, fields, sort, trash)

    async def search_options(self) -> list[Item]:
        """List the columns that GLPI's search engine has for these items.

        On HL it is done through the legacy session.

        They are read once per client, and again after another login, profile or entity.

        Returns:
            A list of dicts: ``name`` (the same in every language), ``number``, ``label`` (in your language), ``uid``,
                ``table``, ``field``, ``datatype``, ``searchtypes``, and whether the column is ``searchable``,
                ``shown``, and one of ``several`` values.

        Raises:
            GlpiUnsupportedError: HL with ``legacy="never"``; the client's `schema` lists fields there.

        >>> from glpi_utils import GlpiAPI
        >>> with GlpiAPI() as legacy:
        ...     options = {each["name"]: each for each in legacy.ticket.search_options()}
        >>> options["status"]["number"], options["status"]["uid"]
        (12, 'Ticket.status')
        """
        if (there := await self._by_search_engine("search_options")) is not None:
            columns: list[Item] = await there.search_options()
            return columns
        return [option.as_row() for option in (await search_columns(self._core, self._resource.itemtype)).all]

    async def _part(self, query: Search, start: int, size: int) -> ItemList:
        from ..._dialects.legacy import search

        window = partial(search.window, query)
        read = partial(page_and_count, self._core, self._resource, window, start, size, rises=False)
        page, counting = await settled(self._core, read)
        return ItemList(page.items, counting.total, complete=start == 0 and len(page.items) == counting.total)

    async def _whole(self, query: Search, size: int | None, on_page: OnPage | None) -> ItemList:
        from ..._dialects.legacy import search

        if query.id is None:
            page = await self._core.do(search.window(query, 0, _LARGEST))
            if len(page.items) == page.total:
                return ItemList(page.items, page.total, complete=True)
            raise GlpiUnsupportedError(
                f"GLPI's search engine has no id of {query.itemtype}, so that of {page.total} rows more than {_LARGEST} cannot "
                "be read without losing some: narrow the search, give limit=, or read the list with get_all_pages()"
            )

        def operation(part: Part) -> Operation[Page]:
            if query.by_id:
                return search.page(query, part.low or 0, part.size)
            return search.window(query, part.start, part.size)

        return await gathered([searched(self._core, operation, size, on_page, by_id=query.by_id)])

    async def _by_search_engine(self, verb: str) -> Any:
        """Return the same items of the legacy session, where this API has no search engine; else None."""
        if self._core.dialect.search_engine is not None:
            return None
        if self._core.options.legacy == "never":
            raise absent(verb)
        return cast("Any", type(self))(await self._core.legacy_core(verb), self._resource.itemtype)
