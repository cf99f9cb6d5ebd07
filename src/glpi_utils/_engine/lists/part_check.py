"""A part of a list held against the server's count of the rows up to its last one."""

from __future__ import annotations

from typing import Any

from ..._wire import Operation, UndecodableBody, UnexpectedAnswer
from ...exceptions import GlpiIncompleteError
from .patience import kept_whole, page_of
from .plan import Highest, Part, Plan
from .slices import Slice
from .walk_context import WalkContext


async def require_no_holes(wanted: Slice, plan: Plan, means: WalkContext) -> None:
    """Check that no row below the last one of a part is missing, where an answer may have hidden some.

    The highest of up to three counts is believed.

    Raises:
        GlpiIncompleteError: The server counts more rows there than came, or does not say how many there are.
    """
    if not getattr(plan, "unsure", False) or wanted.last < 0:
        return
    part = Part(1, high=wanted.last + 1, counts=True)
    highest, rows = Highest(), wanted.through or 0
    for _ in range(means.retry.attempts + 2):
        total = await _count(means, part)
        if total is not None and highest.enough(total, agrees=total >= rows):
            break
    else:
        raise _incomplete(None, part, f"the server does not count the rows of {part}")
    if highest.total > rows:
        raise _incomplete(highest.total, part, f"the server counts {highest.total} rows of {part} where {rows} came")


async def _count(means: WalkContext, part: Part) -> int | None:
    operation = means.operation(part)
    kept: Operation[Any] = operation.read_by(kept_whole)
    try:
        page = page_of(await means.fetch(kept, True), operation)
    except (UndecodableBody, UnexpectedAnswer):
        return None
    return page.total


def _incomplete(total: int | None, part: Part, problem: str) -> GlpiIncompleteError:
    return GlpiIncompleteError(
        f"{problem}: some were hidden, or have entered the list meanwhile. Read it again. .items holds the rows that did arrive.",
        total=total,
        missing=str(part),
    )
