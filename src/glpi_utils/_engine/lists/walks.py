"""Making walks: which plan a list is read by, at which pace, and what is done with rows that come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from ..._dialects.shared.query import Listing, Span
from ..._knowledge.joins import ID_IS_TWO
from ..._wire import ItemList, Operation, Page
from ...exceptions import GlpiAPIError
from ..request.retry import in_flight
from .field_names import require_known_fields, search_columns
from .gather import reread_truncated
from .pace import LARGEST, Pace
from .plan import Item, Part, Plan, Short, Whole
from .ranges import Ranges
from .rising_ids import RisingIds
from .second_opinion import SecondOpinion, counted_over_joins, fetching
from .slices import Slice, sliced
from .sorting import Sorted
from .unions import Unions
from .walk import Walk
from .walk_context import Mend, Origin, Progress, WalkContext
from .walk_state import resume
from .windows import Windows

if TYPE_CHECKING:
    from ..._dialects.protocols.reading import SearchEngine
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

OnPage = Callable[[Progress], object]


def walks(
    core: Core,
    resource: Resource,
    listing: Listing,
    *,
    size: int | None = None,
    concurrency: int | None = None,
    on_page: OnPage | None = None,
    unstable: bool = False,
    streams: bool = False,
    part: bool = False,
    state: Item | None = None,
) -> list[Walk]:
    """Return the walks that read all of a list, one after the other.

    ``part``: only the rows that ``start``, ``limit`` or ``range`` ask for. ``state``: only what another walk has not handed
    on yet.
    """
    wanted = sliced(listing) if part else None
    in_the_air = core.options.concurrency if concurrency is None else in_flight(concurrency)
    parts = core.dialect.parts(resource, listing)
    once = _Once() if len(parts) > 1 else None
    paces = [_pace(core, size, in_the_air) for _ in parts]
    made = [
        _walk(core, resource, part, pace, on_page, once, wanted, unstable=unstable)
        for part, pace in zip(parts, paces, strict=True)
    ]
    for walk in made:
        walk.streams = streams and size is None
        walk.wanted = wanted
    fixed = core.dialect.way(resource, listing) != "loose"
    for walk in made:
        walk.origin = Origin(core, resource, listing, len(parts), fixed)
    if state is not None:
        resume(made[0], state)
    return [] if state is not None and state["ended"] else made


async def search_ids(core: Core, engine: SearchEngine, resource: Resource, *, trash: bool = False) -> Walk | None:
    """Return the walk over the ids that the search engine knows; None where it has no column for them."""
    itemtype = resource.itemtype
    field: int | None = 2
    if itemtype not in ID_IS_TWO:
        try:
            column = (await search_columns(core, itemtype)).id
        except GlpiAPIError as error:
            if error.error_code is None:
                raise
            return None
        field = None if column is None else column.number
    return None if field is None else _ids(core, engine, resource, field, trash=trash)


def _ids(core: Core, engine: SearchEngine, resource: Resource, field: int, *, trash: bool) -> Walk:
    """Return the walk over the ids that the search engine knows, by the number of its column for them."""

    def operation(part: Part) -> Operation[Page]:
        return engine.id_rows(resource, part.low or 0, part.size, field, trash)

    return _made(core, RisingIds(), Pace(LARGEST, 1), operation, _as_they_are, None)


def searched(
    core: Core, operation: Callable[[Part], Operation[Page]], size: int | None, on_page: OnPage | None, *, by_id: bool
) -> Walk:
    """Return the walk over what a search finds: by ids, or in an order in which no two rows are equal."""
    plan: Plan = RisingIds() if by_id else Sorted(stable=True)
    return _made(core, plan, Pace(size or LARGEST, 1), operation, _as_they_are, on_page)


def below(
    core: Core,
    rows_are: Resource,
    operation: Callable[[Part], Operation[Page]],
    listing: Listing,
    size: int,
    page: Page,
) -> tuple[list[Item], Walk]:
    """Return the rows of the first page of what hangs off an item, and the walk over the others.

    ``rows_are`` is what the rows are.
    """
    over_joins = counted_over_joins(core, rows_are) is True

    def again() -> Walk:
        return _made(core, Ranges(counted_over_joins=True, closing=False), Pace(size, 1), operation, _as_they_are, None)

    async def fetch(row: Item) -> Item:
        return row

    by_id = listing.sort in ("", "id ASC")
    plan = Ranges(counted_over_joins=over_joins) if by_id else Sorted(stable=True, counted_over_joins=over_joins)
    second = SecondOpinion(core, rows_are, listing, None, again, fetch)
    rows: list[Item] = []
    part = plan.next(size)
    if part is not None:
        try:
            rows, _ = plan.accept(part, page)
        except Short:  # it is asked for again
            plan.again(part, size)
    return rows, _made(core, plan, Pace(size, 1), operation, _as_they_are, None, second=second)


async def _as_they_are(rows: list[Item]) -> list[Item]:
    return rows


class _Once:
    """Leaves out what another of the walks that make up one list has given: a row that was trashed in between."""

    def __init__(self) -> None:
        self._seen: set[Any] = set()

    def of(self, rows: list[Item]) -> list[Item]:
        fresh = [row for row in rows if row.get("id") not in self._seen]
        self._seen.update(row.get("id") for row in fresh)
        return fresh


def _pace(core: Core, size: int | None, concurrency: int | None) -> Pace:
    """Return a walk's own pace: it begins with what the client's walks before have learnt, or as it was asked for."""
    return Pace(size, concurrency, core.session.learnt if size is None and concurrency is None else None)


def _walk(
    core: Core,
    resource: Resource,
    listing: Listing,
    pace: Pace,
    on_page: OnPage | None,
    once: _Once | None,
    wanted: Slice | None,
    *,
    unstable: bool,
) -> Walk:
    def operation(part: Part) -> Operation[Page]:
        span = Span(part.low, part.high, part.top)
        return core.dialect.page(resource, listing.part(part.start, part.size), span)

    async def reread(rows: list[Item]) -> list[Item]:
        whole = await reread_truncated(core, resource, rows if once is None else once.of(rows))
        return whole if listing.keep is None else [row for row in whole if listing.keep(row)]

    async def before() -> None:
        await require_known_fields(core, listing)

    plan = _plan(core, resource, listing, unstable=unstable)
    if wanted is not None and isinstance(plan, Windows) and listing.keep is None:
        plan = Windows(wanted.pass_over())
    named = before if listing.names else None
    engine = core.dialect.search_engine
    second = None if engine is None else _second(core, engine, resource, listing)
    return _made(
        core, plan, pace, operation, reread, on_page, picks=listing.keep is not None, before=named, second=second
    )


def _second(core: Core, engine: SearchEngine, resource: Resource, listing: Listing) -> SecondOpinion:
    """Return the second opinion on a list, where there is a search engine to give one."""

    def again() -> Walk:
        return listed_ids(core, engine, resource, listing)

    trash = ("is_deleted", "1") in listing.params
    ids = None if engine.narrowed(listing) else partial(search_ids, core, engine, resource, trash=trash)
    return SecondOpinion(core, resource, listing, ids, again, fetching(core, engine, resource, listing))


def listed_ids(core: Core, engine: SearchEngine, resource: Resource, listing: Listing) -> Walk:
    """Return the walk over the ids of a list, whatever its count says."""
    plain = engine.by_ids(listing)._replace(sort="")

    def operation(part: Part) -> Operation[Page]:
        return core.dialect.page(resource, plain.part(part.start, part.size))

    return _made(core, Ranges(counted_over_joins=True, closing=False), Pace(LARGEST, 1), operation, _as_they_are, None)


def _made(
    core: Core,
    plan: Plan,
    pace: Pace,
    operation: Callable[[Part], Operation[Page]],
    reread: Mend,
    on_page: OnPage | None,
    *,
    picks: bool = False,
    before: Callable[[], Awaitable[None]] | None = None,
    second: SecondOpinion | None = None,
) -> Walk:
    async def fetch(operation: Operation[Any], repeats: bool) -> Any:
        return await core.do(operation, breaks_at_once=not repeats)

    session, options = core.session, core.options
    means = WalkContext(
        session.runtime,
        session.report,
        fetch,
        operation,
        reread,
        options.retry,
        options.longest,
        on_page,
        picks,
        before,
        second,
    )
    walk = Walk(plan, pace, means)
    core.session.walks.add(walk)
    return walk


def _plan(core: Core, resource: Resource, listing: Listing, *, unstable: bool) -> Plan:
    way = core.dialect.way(resource, listing)
    plans: dict[str, Callable[[], Plan]] = {"windows": Windows, "union": Unions, "whole": Whole}
    if way in plans:
        return plans[way]()
    over_joins = counted_over_joins(core, resource)
    certain = over_joins is True
    return (
        Ranges(counted_over_joins=certain, doubts=over_joins is None)
        if way == "ranges"
        else Sorted(stable=unstable or way != "loose", counted_over_joins=certain, by_id=way == "sorted by id")
    )


async def picked(core: Core, resource: Resource, listing: Listing, start: int, limit: int) -> ItemList:
    """Read a list whose filter is finished here, until enough rows are left; count them only if it ends."""
    rows: list[Item] = []
    parts = walks(core, resource, listing, unstable=True)
    try:
        for walk in parts:
            while len(rows) <= start + limit and (fresh := await walk.next()) is not None:
                rows += fresh
    finally:
        for walk in parts:
            walk.close()
    wanted = rows[start : start + limit]
    ended = len(rows) <= start + limit
    return ItemList(wanted, len(rows) if ended else None, complete=ended and len(wanted) == len(rows))
