"""What becomes of an item that a create found there already: an alarm that is raised again."""

from __future__ import annotations

from typing import Any

from ..._caller import warn
from ...exceptions import GlpiValidationError
from .part import OnExisting
from .states import CLOSED, ENDED, status_in

Item = dict[str, Any]
_WAYS = ("keep", "complete", "followup", "reopen")


def refuse_unknown_way(on_existing: object) -> None:
    """Refuse what is no way to treat an item that is there already."""
    if on_existing not in (None, *_WAYS):
        raise GlpiValidationError(f"on_existing must be one of {', '.join(map(repr, _WAYS))}, not {on_existing!r:.40}")


async def treated(items: Any, called: str, row: Item, item: Item, on_existing: OnExisting | None) -> Item:
    """Add the content of the create as a followup, and reopen the item, as the caller wants; say so where it is over.

    ``items``: the verbs on such items; ``called``: what a warning calls the item; ``row``: the item as it was found.
    """
    status, trashed = status_in(row), bool(row.get("is_deleted"))
    if on_existing != "reopen" and (status in ENDED or trashed):
        state = "in the trash" if trashed else "closed" if status == CLOSED else "solved"
        warn(f"{called} {row['id']} is there already and is {state}: on_existing='reopen' reopens it")
    if on_existing not in ("followup", "reopen"):
        return row
    result = dict(row)
    if item.get("content"):
        added = await items.add_sub_item(row["id"], "ITILFollowup", {"content": item["content"]}, once=True)
        result["followup"] = added["id"]
    if on_existing == "reopen":
        state = await items.reopen(row["id"])
        if trashed:  # after that: GLPI restores no closed item
            await items.restore(row["id"])
        result["reopened"] = trashed or status in ENDED
        result["status"] = {"id": state["status"]} if isinstance(row.get("status"), dict) else state["status"]
    return result
