"""A list of items, carried out one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from ...exceptions import (
    GlpiAPIError,
    GlpiAuthError,
    GlpiError,
    GlpiMaintenanceError,
    GlpiNotAppliedError,
    GlpiPartialError,
    GlpiPermissionError,
    GlpiRateLimitError,
)

if TYPE_CHECKING:
    from ..request.core import Core

_STOPS = (GlpiAuthError, GlpiMaintenanceError, GlpiRateLimitError)


async def each(core: Core, works: Sequence[Callable[[], Awaitable[Any]]]) -> list[Any]:
    """Do one after the other; what is refused does not stop the rest, what ends all does."""
    results: list[Any] = []
    stopped: GlpiError | None = None
    for work in works:
        if stopped is not None:
            results.append(GlpiError(f"not sent, since an earlier row ended the run: {stopped.message}"))
            continue
        try:
            results.append(await work())
        except GlpiError as error:
            if core.options.read_only and isinstance(error, GlpiPermissionError):
                raise  # refused here, and so would be the rest
            results.append(error)
            if isinstance(error, _STOPS) or not isinstance(error, GlpiAPIError | GlpiNotAppliedError):
                stopped = error
    return settled(results)


def settled(results: list[Any]) -> list[Any]:
    """Return the results of all rows, or raise `GlpiPartialError` with them where some are errors."""
    bad = [error for error in results if isinstance(error, GlpiError)]
    if not bad:
        return results
    whole = GlpiPartialError(
        f"{len(bad)} of {len(results)} rows failed, the first: {bad[0].message}; .results has the outcome of each",
        bad[0].status_code,
        bad[0].error_code,
        results=results,
    )
    whole.request, whole.response = bad[0].request, bad[0].response
    raise whole
