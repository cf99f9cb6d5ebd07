"""The verb that reads all that happened to an item, in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from ..._dialects.shared.moments import parsed
from ..._dialects.shared.shapes import is_object
from ..._wire import ItemList
from ...exceptions import GlpiNotFoundError, GlpiPermissionError
from ..writes.together import together
from .of_one_type import OfOneType
from .states import read_status

Item = dict[str, Any]
_ORDER: Final = ("Followup", "Task", "Document", "Approval", "Solution")
"""Of what happened at the same moment."""
_AT_ONCE: Final = 8


class AsyncTimeline(OfOneType):
    """The part of the items' verbs that concerns the timeline."""

    async def timeline(self, id: int | str) -> ItemList[Item]:
        """Read all that happened to a ticket, a change or a problem: followups, tasks, solutions, documents, approvals.

        Args:
            id: The id of the item.

        Returns:
            An `ItemList` of dicts in the order of time (of one moment: by kind and id), alike on both APIs: ``type`` ("Followup", "Task", "Solution",
                "Document", "Approval"), ``id``, ``date``, ``user`` (``id`` and ``name``, or None), ``content`` (HTML,
                see `html_to_text`; of a document its name), ``private``, and ``item``, the row as the API gives it. A
                document has ``documents_id`` too.

        Raises:
            GlpiNotFoundError: There is no such item.
            GlpiPermissionError: You may not see it, or one kind of its entries: no part is left out in silence. (HL itself
                would show the public followups and tasks of an item that you may not see.)

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
        reads = [partial(self._entries, number, kind, sub) for kind, sub in kinds.items()]
        entries = sum(await together(self._core, [*reads, partial(self._documents_of, number)]), list[Item]())
        entries.sort(key=_place)
        return ItemList(entries, len(entries), complete=True)

    async def _entries(self, number: int, kind: str, sub: str) -> list[Item]:
        """Read the entries of one kind."""
        rows = await self._items.get_sub_items(number, sub, unwrap=True, **self._core.dialect.entry_names)
        return [_entry(kind, row) for row in rows]

    async def _documents_of(self, number: int) -> list[Item]:
        """Read the entries of documents, some at a time."""
        rows = await self._items.get_sub_items(number, self._core.dialect.documents_below, unwrap=True)
        works = [partial(self._document, row) for row in rows]
        entries: list[Item] = []
        for at in range(0, len(works), _AT_ONCE):
            entries += await together(self._core, works[at : at + _AT_ONCE])
        return entries

    async def _document(self, row: Item) -> Item:
        """Return the entry of a document: its link tells its id alone on some versions."""
        dialect = self._core.dialect
        try:
            document = await self._core.do(dialect.get(dialect.resource("Document"), row["documents_id"], {}))
        except (GlpiPermissionError, GlpiNotFoundError):  # who sees the item need not see the row of its document
            document = {}
        entry = _entry("Document", {**row, "user": document.get("user", document.get("users_id"))})
        date = row.get("date_creation") or row.get("date") or document.get("date_creation")
        return {
            **entry,
            "date": date,
            "content": document.get("name"),
            "documents_id": row["documents_id"],
            "item": row,
        }


def _place(entry: Item) -> tuple[datetime, int, int]:
    """Return where an entry stands: by its moment, whatever its offset; what has none stands first."""
    date = parsed(entry["date"]) if isinstance(entry["date"], str) else entry["date"]
    moment = date if isinstance(date, datetime) else datetime.min.replace(tzinfo=UTC)
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware, _ORDER.index(entry["type"]), entry["id"]


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
