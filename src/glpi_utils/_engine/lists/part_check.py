"""A part of a list held against what the server says of the rows up to its last one."""

from __future__ import annotations

from typing import Any

from ..._wire import Operation, UndecodableBody, UnexpectedAnswer
from ...exceptions import GlpiIncompleteError
from .patience import kept_whole, page_of
from .plan import Highest, Plan, Proof
from .slices import Slice
from .walk_context import WalkContext


async def require_whole_part(wanted: Slice, plan: Plan, means: WalkContext, *, late: bool) -> None:
    """Check that the rows of a part are those at its places, where an answer may have hidden some.

    The highest of up to three counts is believed. ``late``: whether rows came behind those that follow them.

    Raises:
        GlpiIncompleteError: The server has more rows there than came, or does not say how many there are.
    """
    if late and (wanted.out_of_place or not plan.rises):
        raise _incomplete(plan.total, "the part", "rows came so late that others stand in their places")
    proof = plan.proof(wanted.last) if wanted.ended and wanted.last >= 0 else None
    if proof is None:
        return
    highest, where = Highest(), f"ids up to {wanted.last}"
    for _ in range(means.retry.attempts + 2):
        total = await _counted(means, proof)
        if total is not None and highest.enough(total, agrees=total >= proof.rows):
            break
    else:
        raise _incomplete(plan.total, where, f"the server does not count the rows of {where}")
    if highest.total > proof.rows:
        count = f"{highest.total} rows" if proof.part.counts else "more rows"
        raise _incomplete(plan.total, where, f"the server counts {count} of {where} where {proof.rows} came")


async def _counted(means: WalkContext, proof: Proof) -> int | None:
    operation = means.operation(proof.part)
    kept: Operation[Any] = operation.read_by(kept_whole)
    try:
        return proof.counted(page_of(await means.fetch(kept, True), operation))
    except (UndecodableBody, UnexpectedAnswer):
        return None


def _incomplete(total: int | None, where: str, problem: str) -> GlpiIncompleteError:
    return GlpiIncompleteError(
        f"{problem}: some were hidden, or have entered the list meanwhile. Read it again. .items holds the rows that did arrive.",
        total=total,
        missing=where,
    )
