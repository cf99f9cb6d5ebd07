"""The second opinion on a list that GLPI counts over joins, or that ends below its count: how many rows there really are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..._dialects.shared.query import Listing
from ..._knowledge.joins import READ_ALL
from ...exceptions import GlpiAPIError, GlpiIncompleteError, GlpiNotFoundError, GlpiPermissionError
from .plan import Item, collapsed

if TYPE_CHECKING:
    from ..._dialects.protocols.reading import SearchEngine
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
    from .walk import Walk

_FEW = 3  # rows, or a tenth, by which a second reading may differ
_MOST = 200  # rows that are fetched one by one; where more are missing, the list is not the one that was read
_PROFILE = "the active profile"


class Counted(Protocol):
    """A plan whose count may be one over joins."""

    total: int | None
    joined: bool
    doubtful: bool
    closing: bool
    ids: Any

    @property
    def all_counted_came(self) -> bool: ...
    @property
    def contradicted(self) -> bool: ...
    def learnt(self, *, joined: bool, total: int | None) -> None: ...


class SecondOpinion:
    """Tells a plan what is known of its list's count, and at the end finds the rows that it did not get.

    What proves that these are all: the ids that the search engine knows; where it knows none, or the list is
    narrowed, the list read once more. ``ids`` makes the walk over those ids (None for a narrowed list), ``again`` the walk
    that reads the list once more; ``fetch`` turns their rows into the list's.
    """

    def __init__(
        self,
        core: Core,
        resource: Resource,
        listing: Listing,
        ids: Callable[[], Awaitable[Walk | None]] | None,
        again: Callable[[], Walk],
        fetch: Callable[[Item], Awaitable[Item | None]],
    ) -> None:
        self._core, self._resource, self._listing = core, resource, listing
        self._ids, self._again, self._fetch = ids, again, fetch
        self._asked = False
        self._joins = joins(core, resource)

    async def learn(self, plan: Counted) -> None:
        """Find out, once and where more than one answer is needed, whether the count is one over joins."""
        if self._asked or plan.closing or not self._joins:
            return
        self._asked = True
        if await inflated(self._core, self._resource):
            plan.learnt(joined=True, total=await self._total())

    async def missing(self, plan: Counted) -> list[Item]:
        """Return the rows that exist and did not come; `GlpiIncompleteError` where nothing proves that these are all."""
        if not plan.joined and self._joins:
            plan.joined = await inflated(self._core, self._resource)
        came, counted = sorted(plan.ids), plan.total
        proves = not plan.contradicted and (
            plan.joined or self._joins is None or plan.all_counted_came or bool(counted)
        )
        found = await self._missing(came, proves=proves, emptied=not plan.joined and not counted)
        if found is None or len(found) > _MOST:
            raise _incomplete(counted, len(came), found)
        rows = [row for each in found if (row := await self._fetch(each)) is not None]
        whole = len(came) + len(rows)
        if not plan.joined and self._joins is not None and whole < (counted or 0):
            raise _incomplete(counted, whole, found)
        plan.total = whole
        return rows

    async def _missing(self, came: Sequence[int], *, proves: bool, emptied: bool) -> list[Item] | None:
        """Look for rows by their ids; None where there is no second opinion.

        ``proves``: a second reading is one; ``emptied``: it is said that no row is there any more.
        """
        walk = None if self._ids is None else await self._ids()
        if walk is not None:
            try:
                found, seen = await _unknown(walk, came)
                return None if collapsed(len(came), seen) else found  # an engine that knows hardly any is no proof
            except GlpiAPIError as error:
                if error.error_code is None:
                    raise
        if not proves:
            return None
        counted = await self._total()
        found, seen = await _unknown(self._again(), came)
        few = max(_FEW, len(came) // 10)
        if len(found) > few or (seen < len(came) - few and not emptied):  # it is not the list that was read
            return None
        return found if counted is None or len(came) + len(found) >= counted else None

    async def _total(self) -> int | None:
        engine = self._core.dialect.search_engine
        if self._ids is None or engine is None:
            return None
        return await searched_total(self._core, engine, self._resource, trash=self._trash)

    @property
    def _trash(self) -> bool:
        return ("is_deleted", "1") in self._listing.params


async def _unknown(walk: Walk, came: Sequence[int]) -> tuple[list[Item], int]:
    """Read a walk over rows with ids, and keep those that did not come; also tell how many it gave."""
    found: list[Item] = []
    while (rows := await walk.next()) is not None:
        for row in rows:
            at = bisect_left(came, row["id"])
            if at == len(came) or came[at] != row["id"]:
                found.append(row)
    return found, walk.read


def _incomplete(counted: int | None, came: int, found: Sequence[Item] | None) -> GlpiIncompleteError:
    missing = (
        "nothing tells which rows are missing" if found is None else f"{len(found)} ids are known that it left out"
    )
    return GlpiIncompleteError(
        f"the server counts {counted} rows and gave {came}, however often it was asked: {missing}. "
        ".items holds the rows that did arrive.",
        total=counted,
        missing="rows in between" if found is None else f"ids {', '.join(str(each['id']) for each in found[:20])}",
    )


def joins(core: Core, resource: Resource) -> bool | str | None:
    """Check whether a list is counted over joins, as `SearchEngine.joins` does; no list of an API without an engine is."""
    engine = core.dialect.search_engine
    return False if engine is None else engine.joins(resource)


def fetching(
    core: Core, engine: SearchEngine, resource: Resource, listing: Listing
) -> Callable[[Item], Awaitable[Item | None]]:
    """Return what reads one row of a list by its id; None where it has gone, or to the trash, meanwhile."""
    given, trash = engine.shape(listing), ("is_deleted", "1") in listing.params
    only_id = any(word == "only_id" and value not in ("0", "") for word, value in listing.params)

    async def fetch(row: Item) -> Item | None:
        try:
            found = await core.do(core.dialect.get(resource, row["id"], given))
        except (GlpiNotFoundError, GlpiPermissionError):
            return None
        if bool(found.get("is_deleted")) is not trash:
            return None
        return {"id": found["id"]} if only_id else found

    return fetch


async def inflated(core: Core, resource: Resource) -> bool:
    """Check whether this user's lists of a type are counted over joins; his profile is asked for once in a session."""
    over_joins = joins(core, resource)
    if not isinstance(over_joins, str):
        return bool(over_joins)
    kept = core.session.view.kept
    if _PROFILE not in kept:
        kept[_PROFILE] = await core.api_session.active_profile(core)
    right = kept[_PROFILE].get(over_joins)
    return not int(right or 0) & READ_ALL


async def searched_total(core: Core, engine: SearchEngine, resource: Resource, *, trash: bool) -> int | None:
    """Count a whole list by GLPI's search engine; None where it does not know the type."""
    try:
        return await core.do(engine.recount(resource, trash))
    except GlpiAPIError as error:
        if error.error_code is None:
            raise
        return None
