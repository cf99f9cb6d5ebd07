"""The verb that reads all that happened to an item, in the order of time."""

from __future__ import annotations

from typing import Any

from ..._dialects.shared.shapes import is_object
from ..._wire import ItemList
from ...exceptions import GlpiError
from .of_one_type import OfOneType
from .states import read_status

Item = dict[str, Any]


class AsyncTimeline(OfOneType):
    """The part of the items' verbs that concerns the timeline."""

    async def timeline(self, id: int | str) -> ItemList[Item]:
        """Read all that happened to a ticket, a change or a problem: followups, tasks, solutions, documents, approvals.

        Args:
            id: The id of the item.

        Returns:
            An `ItemList` of dicts in the order of time, alike on both APIs: ``type`` ("Followup", "Task", "Solution",
                "Document", "Approval"), ``id``, ``date``, ``user`` (``id`` and ``name``, or None), ``content`` (HTML,
                see `html_to_text`; of a document its name), ``private``, and ``item``, the row as the API gives it. A
                document has ``documents_id`` too.

        Raises:
            GlpiNotFoundError: There is no such item.
            GlpiPermissionError: You may not see it. (HL itself would show its public followups and tasks.)

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> made = api.ticket.add_followup(new["id"], "On my way"), api.ticket.solve(new["id"], "It was muted")
        >>> [entry["type"] for entry in api.ticket.timeline(new["id"])]
        ['Followup', 'Solution']
        """
        self._require("timeline")
        number, _ = await read_status(self._core, self._resource, id)
        itemtype = self._resource.itemtype
        kinds = {"Followup": "ITILFollowup", "Task": f"{itemtype}Task", "Solution": "ITILSolution"}
        if itemtype != "Problem":
            kinds["Approval"] = f"{itemtype}Validation"
        entries: list[Item] = []
        for kind, sub in kinds.items():
            rows = await self._items.get_sub_items(number, sub, unwrap=True, **self._core.dialect.entry_names)
            entries += [_entry(kind, row) for row in rows]
        for row in await self._items.get_sub_items(number, self._core.dialect.documents_below, unwrap=True):
            entries.append(await self._document(row))
        entries.sort(key=lambda entry: str(entry["date"] or ""))
        return ItemList(entries, len(entries), complete=True)

    async def _document(self, row: Item) -> Item:
        """Return the entry of a document: its link tells its id alone on some versions."""
        dialect = self._core.dialect
        try:
            document = await self._core.do(dialect.get(dialect.resource("Document"), row["documents_id"], {}))
        except GlpiError:  # who sees the item need not see the row of its document
            document = {}
        entry = _entry("Document", {**row, "user": document.get("user", document.get("users_id"))})
        date = row.get("date_creation") or document.get("date_creation")
        return {
            **entry,
            "date": date,
            "content": document.get("name"),
            "documents_id": row["documents_id"],
            "item": row,
        }


def _entry(kind: str, row: Item) -> Item:
    approval = kind == "Approval"
    user = row.get("requester" if approval else "user", row.get("users_id"))
    dates = ("submission_date",) if approval else ("date", "date_creation")
    contents = ("submission_comment", "comment_submission") if approval else ("content",)
    return {
        "type": kind,
        "id": row["id"],
        "date": next((row[name] for name in dates if row.get(name)), None),
        "user": _user(user, row),
        "content": next((row[name] for name in contents if name in row), None),
        "private": bool(row.get("is_private")),
        "item": row,
    }


def _user(user: Any, row: Item) -> Item | None:
    """Return who it was, with a name where the API tells one."""
    if is_object(user):
        return {"id": user["id"], "name": user.get("name")}
    if not user:
        return None
    names = row.get("_keys_names")
    return {"id": user, "name": names.get("users_id") if is_object(names) else None}
