"""The second opinion on a list that GLPI counts over joins, or that ends below its count: how many rows it really has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..._dialects.shared.query import Listing
from ..._knowledge.joins import READ_ALL
from ...exceptions import GlpiAPIError, GlpiConnectionError, GlpiIncompleteError, GlpiNotFoundError, GlpiPermissionError
from .plan import Item, collapsed

if TYPE_CHECKING:
    from ..._dialects.protocols.reading import SearchEngine
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core
    from .walk import Walk

_FEW = 3  # rows, or a tenth, by which a second reading may differ
_MOST = 200  # rows, or a tenth, that are fetched one by one; where more are missing, it is not the list that was read
_PROFILE = "the active profile"


class Counted(Protocol):
    """A plan whose list may be counted over joins."""

    total: int | None
    counted_over_joins: bool
    doubtful: bool
    closing: bool
    ids: Any

    @property
    def all_counted_came(self) -> bool: ...
    @property
    def contradicted(self) -> bool: ...
    def learnt(self, *, counted_over_joins: bool, total: int | None) -> None: ...


class SecondOpinion:
    """Tells a plan whether its list is counted over joins, and at the end finds the rows that did not come.

    The ids that the search engine knows prove that no other row exists. Where it knows none, or the list is narrowed,
    a second reading of the list is the proof. ``ids`` makes the walk over those ids (None for a narrowed
    list), ``again`` the walk that reads the list once more; ``fetch`` turns their rows into the list's.
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
        self._is_learnt = False
        self._over_joins = counted_over_joins(core, resource)

    async def learn(self, plan: Counted) -> None:
        """Find out once whether the list is counted over joins; not needed where one answer holds the whole list."""
        if self._is_learnt or plan.closing or not self._over_joins:
            return
        self._is_learnt = True
        if await count_is_too_high(self._core, self._resource):
            plan.learnt(counted_over_joins=True, total=await self._total())

    async def missing(self, plan: Counted) -> list[Item]:
        """Return the rows that exist and did not come; `GlpiIncompleteError` where nothing proves that these are all."""
        if not plan.counted_over_joins and self._over_joins:
            plan.counted_over_joins = await count_is_too_high(self._core, self._resource)
        came, counted = sorted(plan.ids), plan.total
        proves = not plan.contradicted and (
            plan.counted_over_joins or self._over_joins is None or plan.all_counted_came or bool(counted)
        )
        left_out = await self._missing(came, proves=proves, emptied=not plan.counted_over_joins and not counted)
        if left_out is None or len(left_out) > max(_MOST, len(came) // 10):
            raise _incomplete(counted, len(came), left_out)
        rows = await self._fetched(left_out)
        whole = len(came) + len(rows)
        if not plan.counted_over_joins and self._over_joins is not None and whole < (counted or 0):
            raise _incomplete(counted, whole, left_out)
        plan.total = whole
        return rows

    async def _fetched(self, left_out: Sequence[Item]) -> list[Item]:
        """Fetch rows one by one. Of thousands of requests some break off each time: these rows are fetched again after the others.

        The measure of progress is the number of rows that are left: a round in which none comes is the last.
        """
        rows: list[Item] = []
        while left_out:
            broken: list[Item] = []
            in_a_row = 0
            for each in left_out:
                try:
                    row = await self._fetch(each)
                except (GlpiConnectionError, GlpiAPIError) as trouble:
                    broken.append(each)
                    in_a_row += 1
                    if not _passes(trouble) or in_a_row == _FEW or len(broken) == len(left_out):
                        raise
                else:
                    in_a_row = 0
                    rows += [] if row is None else [row]
            left_out = broken
        return rows

    async def _missing(self, came: Sequence[int], *, proves: bool, emptied: bool) -> list[Item] | None:
        """Return the rows that did not come; None where nothing proves that there are no others.

        ``proves``: a second reading of the list is a proof. ``emptied``: the server says that the list has no rows now.
        """
        walk = None if self._ids is None else await self._ids()
        if walk is not None:
            try:
                left_out, seen = await _unknown(walk, came)
                return None if collapsed(len(came), seen) else left_out  # an engine that knows hardly any is no proof
            except GlpiAPIError as error:
                if error.error_code is None:
                    raise
        if not proves:
            return None
        counted = await self._total()
        left_out, seen = await _unknown(self._again(), came)
        few = max(_FEW, len(came) // 10)
        if len(left_out) > few or (seen < len(came) - few and not emptied):  # it is not the list that was read
            return None
        return left_out if counted is None or len(came) + len(left_out) >= counted else None

    async def _total(self) -> int | None:
        engine = self._core.dialect.search_engine
        if self._ids is None or engine is None:
            return None
        return await searched_total(self._core, engine, self._resource, trash=self._trash)

    @property
    def _trash(self) -> bool:
        return ("is_deleted", "1") in self._listing.params


async def _unknown(walk: Walk, came: Sequence[int]) -> tuple[list[Item], int]:
    """Return the rows of a walk that are not among those that ``came``, and the number of all its rows."""
    left_out: list[Item] = []
    while (rows := await walk.next()) is not None:
        for row in rows:
            at = bisect_left(came, row["id"])
            if at == len(came) or came[at] != row["id"]:
                left_out.append(row)
    return left_out, walk.read


def _passes(trouble: GlpiConnectionError | GlpiAPIError) -> bool:
    """Check for a trouble of one request: no answer came, or a web server answered in GLPI's place."""
    if isinstance(trouble, GlpiAPIError):
        return trouble.error_code is None and (trouble.status_code or 0) >= 500
    return True


def _incomplete(counted: int | None, came: int, rows: Sequence[Item] | None) -> GlpiIncompleteError:
    missing = "nothing tells which rows are missing" if rows is None else f"{len(rows)} ids are known that it left out"
    return GlpiIncompleteError(
        f"the server counts {counted} rows and gave {came}, however often it was asked: {missing}. "
        ".items holds the rows that did arrive.",
        total=counted,
        missing="rows in between" if rows is None else f"ids {', '.join(str(each['id']) for each in rows[:20])}",
    )


def counted_over_joins(core: Core, resource: Resource) -> bool | str | None:
    """Check whether a list is counted over joins, by its search engine; False for an API without one."""
    engine = core.dialect.search_engine
    return False if engine is None else engine.counted_over_joins(resource)


def fetching(
    core: Core, engine: SearchEngine, resource: Resource, listing: Listing
) -> Callable[[Item], Awaitable[Item | None]]:
    """Return what reads one row of a list by its id; None where it has gone, or to the trash, meanwhile."""
    shape, trash = engine.shape(listing), ("is_deleted", "1") in listing.params
    only_id = any(word == "only_id" and value not in ("0", "") for word, value in listing.params)

    async def fetch(row: Item) -> Item | None:
        try:
            whole = await core.do(core.dialect.get(resource, row["id"], shape))
        except (GlpiNotFoundError, GlpiPermissionError):
            return None
        if bool(whole.get("is_deleted")) is not trash:
            return None
        return {"id": whole["id"]} if only_id else whole

    return fetch


async def count_is_too_high(core: Core, resource: Resource) -> bool:
    """Check whether the lists of a type are counted over joins for this user, whose profile is read once in a session."""
    over_joins = counted_over_joins(core, resource)
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
