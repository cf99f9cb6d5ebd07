"""One answer that is all that is asked for, held against itself: what contradicts its own count is asked for again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..._dialects.shared.shapes import is_array
from ..._wire import Operation, Page
from ...exceptions import GlpiIncompleteError
from .plan import Part, Short, in_place
from .second_opinion import inflated, joins

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

T = TypeVar("T")
_LEAST = 2  # times that an answer is asked for, whatever else is set


async def settled(core: Core, read: Callable[[], Awaitable[T]]) -> T:
    """Return what is read, once it does not contradict itself.

    Raises:
        GlpiIncompleteError: It does each time.
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
    """Read a page of a list, and give with it the page that counts: another one, where rows are asked for behind the end.

    ``resource`` is what the rows are; ``rises``: whether they come by their ids.

    Raises:
        Short: It contradicts its own count, or its order.
    """
    asked = operation(start, size)
    page = told = await core.do(asked)
    if page.total is None and asked.instead:  # refused: beyond the end the legacy API does not count
        told = await core.do(operation(0, 1)) if start else page
        if told.total is None or told.total > start:
            raise Short(f"rows from {start} on were refused, as if there were none")
    if page.total is not None:
        require_as_many(page.items, page.total, start, size, joined=await _joined(core, resource, page, size))
    if rises and page.total is not None:
        in_place(Part(size, start), page.items)
    return page, told


def require_as_many(rows: Sequence[Any], total: int, start: int, size: int, *, joined: bool = False) -> None:
    """Check that an answer holds as many rows as it counts there; ``joined``: its count may be too high.

    Raises:
        Short: It does not.
    """
    expected = max(0, min(size, total - start))
    if len(rows) > max(0, total - start) or (len(rows) < expected and not (joined and (rows or start))):
        raise Short(f"the server counts {total} rows and gave {len(rows)} of {expected}", items=rows)


async def _joined(core: Core, resource: Resource, page: Page, size: int) -> bool:
    if len(page.items) >= min(size, (page.total or 0) - page.start):
        return False
    return joins(core, resource) is None or await inflated(core, resource)


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
