"""Several writes at the same time; all of them end before the first error is raised."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ...exceptions import GlpiError

if TYPE_CHECKING:
    from ..request.core import Core

T = TypeVar("T")


async def together(core: Core, works: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
    """Do them side by side, and return their results in order."""
    if len(works) < 2:
        return [await work() for work in works]
    flights = [core.session.runtime.spawn(work) for work in works]
    results: list[T] = []
    problem: GlpiError | None = None
    try:
        for flight in flights:
            try:
                results.append(await flight.result())
            except GlpiError as error:
                problem = problem or error.again()
    except BaseException:  # cancelled, Ctrl-C
        for flight in flights:
            flight.cancel()
        raise
    if problem is not None:
        raise problem
    return results
