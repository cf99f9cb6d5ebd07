"""An entity that was just made is not in view of a legacy session, and GLPI refuses what is to be made in it.

Seen on 10.0.19 and 11.0.6: 400 "You don't have permission", until the active entities are set again. What was refused was
not created, so it is repeated once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..._dialects.shared.shapes import as_object
from ...exceptions import GlpiAPIError, GlpiError, GlpiPartialError
from .many import settled

if TYPE_CHECKING:
    from ..request.core import Core

T = TypeVar("T")
Item = dict[str, Any]
_REFUSED = frozenset({"ERROR_GLPI_ADD", "ERROR_GLPI_PARTIAL_ADD", "ERROR_RIGHT_MISSING"})


async def made(core: Core, item: object, send: Callable[[], Awaitable[T]]) -> T:
    """Create an item; where it is refused and its entity was not in view, once more when it is."""
    times = core.session.view.entities_set
    try:
        return await send()
    except GlpiAPIError as error:
        if error.error_code not in _REFUSED or not await come_into_view(core, [item], times):
            raise
    return await send()


async def all_made(
    core: Core,
    rows: Sequence[Item],
    send: Callable[[], Awaitable[list[Any]]],
    one: Callable[[Item], Awaitable[Any]],
) -> list[Any]:
    """Create a list in one request; rows that were refused in entities that were not in view are created one by one."""
    times = core.session.view.entities_set
    try:
        return await send()
    except GlpiPartialError as some:
        results: list[Any] = list(some.results)
        again = [at for at, each in enumerate(results) if isinstance(each, GlpiError)]
        if len(results) != len(rows) or not await come_into_view(core, [rows[at] for at in again], times):
            raise
    except GlpiAPIError as error:  # of none: nothing was created
        if error.error_code not in _REFUSED or not await come_into_view(core, rows, times):
            raise
        return await send()
    for at in again:
        try:
            results[at] = await one(rows[at])
        except GlpiError as error:
            results[at] = error
    return settled(results)


async def come_into_view(core: Core, items: Sequence[object], times: int) -> bool:
    """Set the entities of the session again where items name one that is not in view; whether one came into view.

    ``times``: how often they had been set again before the create; another call may have done it meanwhile.
    """
    wanted = frozenset(str(number) for each in items if (number := as_object(each).get("entities_id")) is not None)
    if not wanted:
        return False
    async with core.session.runtime.lock("entities"):
        if core.session.view.entities_set != times:
            return True
        try:
            return bool(await core.api_session.set_entities_again(core, wanted))
        except GlpiError as trouble:
            core.session.report.debug("setting the entities again: %s", trouble.message)
            return False
