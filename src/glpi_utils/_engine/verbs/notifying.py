"""Creates of which GLPI sends no mails: the legacy API alone takes the word for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from ..._caller import warn
from ..._dialects.shared.shapes import is_object
from ..._display import described
from ...exceptions import GlpiUnsupportedError, GlpiValidationError

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]
NEED: Final = "notify=False"
_SILENT: Final = ("Ticket", "Change", "Problem", "ITILFollowup", "TicketTask", "ChangeTask", "ProblemTask")
"""Where GLPI heeds the word: seen of tickets and followups on 10 and 11, of the others on 10; of solutions it does not."""


async def silent_core(core: Core, itemtype: str, notify: object) -> Core | None:
    """Return by which core a create is sent that causes no mails; None: mails cannot be helped, of which a warning tells."""
    if notify is not False and notify != "try":
        raise GlpiValidationError(f"notify must be True, False or 'try', not {described(notify)}")
    if itemtype not in _SILENT:
        why = f"GLPI sends mails of a new {itemtype} whatever it is told: notify=False holds for tickets, changes, problems, followups and tasks"
        if notify is False:
            raise GlpiUnsupportedError(f"{why}. Nothing was sent")
        warn(why)
        return None
    if notify is False:
        return await core.legacy_core(NEED)
    there = await core.legacy_core_or_none(NEED)
    if there is None:
        warn("notify='try': mails may go out, since the legacy API, which alone can keep them back, is not to be had")
    return there


def marked(item: Any) -> Any:
    """Return an item, or each of a list, with GLPI's word for no mails."""
    if isinstance(item, list | tuple):
        return [marked(each) for each in item]  # pyright: ignore[reportUnknownVariableType]
    return {**item, "_disablenotif": True} if is_object(item) else item


async def shown(made: Any, read: Callable[[int], Awaitable[Any]]) -> Any:
    """Return what the legacy API answered to a create as a High-Level client shows it."""
    if isinstance(made, list):
        return [await shown(each, read) for each in made]  # pyright: ignore[reportUnknownVariableType]
    row = {name: value for name, value in made.items() if name != "message"}
    if not row.get("existing"):
        return row
    beside = {"missing": row["missing"]} if "missing" in row else {}
    return {**await read(int(row["id"])), "existing": True, **beside}
