"""The states of tickets, changes and problems: their numbers, and how an item's own is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..._dialects.shared.shapes import is_object
from ..._html import to_html
from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiNotAppliedError, GlpiValidationError
from ..names.resolving import item_id

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
NEW: Final = 1
ASSIGNED: Final = 2
PENDING: Final = 4
SOLVED: Final = 5
CLOSED: Final = 6
ENDED: Final = (SOLVED, CLOSED)


async def read_status(core: Core, resource: Resource, id: int | str) -> tuple[int, int]:
    """Read the status of an item; return its id and the number of its status."""
    number = await item_id(core, resource, id)
    return number, status_in(await core.do(core.dialect.get(resource, number, {})))


def status_in(row: Item) -> int:
    """Return the number of the status in a row; 0 where it has none."""
    status: Any = row.get("status")
    return int((status["id"] if is_object(status) else status) or 0)


def not_applied(core: Core, resource: Resource, number: int, result: Any, done: str, state: str) -> GlpiNotAppliedError:
    """Return the error that says what was done and what is so in spite of it."""
    text = f"{done}, but {resource.itemtype} {number} has {state}"
    return core.session.report.clean(GlpiNotAppliedError(text, id=number, result=result))


def entry(text: object, fields: Item, **more: Any) -> Item:
    """Return the fields of an entry; an empty text is refused, which GLPI takes for some kinds and not for others."""
    if not isinstance(text, str) or not text.strip():
        raise GlpiValidationError(f"the text must say something, not {text!r:.60}")
    for name in fields:
        if near := near_names(name, ("private", "key"), most=1, cutoff=0.75):
            raise GlpiValidationError(f"there is no {name}=; {did_you_mean([f'{near[0]}='])}")
    return {"content": to_html(text), **more, **fields}
