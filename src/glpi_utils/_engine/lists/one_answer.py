"""One answer that is the whole result: it is compared with its own count, and read again if it contradicts that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..._dialects.shared.shapes import is_array
from ..._wire import Operation, Page
from ...exceptions import GlpiIncompleteError
from .plan import Part, Short, in_place
from .second_opinion import count_is_too_high, counted_over_joins

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

T = TypeVar("T")
_LEAST = 2  # times that an answer is asked for, whatever else is set


async def settled(core: Core, read: Callable[[], Awaitable[T]]) -> T:
    """Return the first answer that does not contradict itself.

    Raises:
        GlpiIncompleteError: Each answer does.
    """
    retry, runtime = core.options.retry, core.session.runtime
    times = max(_LEAST, retry.attempts)
    problem = Short()
    for tries in range(times):
        if tries > 1:
            await runtime.sleep(retry.wait(tries - 1, runtime.draw()))
        try:
            return await read()
        except Short as error:
            problem = error
    raise GlpiIncompleteError(
        f"{problem}, {times} times. .items holds the rows that did arrive.", items=list(problem.items), missing="rows"
    )


async def page_and_count(
    core: Core,
    resource: Resource,
    operation: Callable[[int, int], Operation[Page]],
    start: int,
    size: int,
    *,
    rises: bool,
) -> tuple[Page, Page]:
    """Return a page of a list, and the page that has the count: another page, if the first lies behind the end.

    ``resource`` is what the rows are; ``rises``: whether they come by their ids.

    Raises:
        Short: The page contradicts its own count or order.
    """
    read = operation(start, size)
    page = counting = await core.do(read)
    if page.total is None and read.instead:  # refused: beyond the end the legacy API does not count
        counting = await core.do(operation(0, 1)) if start else page
        if counting.total is None or counting.total > start:
            raise Short(f"rows from {start} on were refused, as if there were none")
    if page.total is not None:
        require_as_many(page.items, page.total, start, size, over_joins=await _over_joins(core, resource, page, size))
    if rises and page.total is not None:
        in_place(Part(size, start), page.items)
    return page, counting


def require_as_many(rows: Sequence[Any], total: int, start: int, size: int, *, over_joins: bool = False) -> None:
    """Check that an answer holds as many rows as it counts there; ``over_joins``: its count may be too high.

    Raises:
        Short: It does not.
    """
    expected = max(0, min(size, total - start))
    if len(rows) > max(0, total - start) or (len(rows) < expected and not (over_joins and (rows or start))):
        raise Short(f"the server counts {total} rows and gave {len(rows)} of {expected}", items=rows)


async def _over_joins(core: Core, resource: Resource, page: Page, size: int) -> bool:
    if len(page.items) >= min(size, (page.total or 0) - page.start):
        return False
    return counted_over_joins(core, resource) is None or await count_is_too_high(core, resource)


async def one_result(core: Core, operation: Operation[Any], start: int, limit: int | None) -> Any:
    """Return what a search finds: a list, or what the search engine says, whose rows may stand under their ids.

    Raises:
        GlpiIncompleteError: It holds more or fewer rows than it counts, each time.
    """

    async def read() -> Any:
        answer: Any = await core.do(operation)
        listed = hasattr(answer, "total")
        rows: Any = answer if listed else answer.get("data") or []
        total: Any = answer.total if listed else answer["totalcount"]
        if is_array(rows) and limit is not None and total is not None:
            require_as_many(rows, total, start, limit)
        elif not rows and total and total > start:
            raise Short(f"the server counts {total} rows and gave none")
        return answer

    return await settled(core, read)
