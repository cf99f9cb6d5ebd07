"""The verbs that answer, solve, close and reopen tickets, changes and problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...exceptions import GlpiAPIError, GlpiError, GlpiNotAppliedError
from ..names.resolving import related_id
from ..writes.creation import Idempotency
from ..writes.idempotency import created
from .of_one_type import OfOneType
from .states import ASSIGNED, CLOSED, ENDED, NEW, PENDING, entry, not_applied, read_status
from .team_members import in_role

if TYPE_CHECKING:
    from ..request.core import Core

Item = dict[str, Any]


class AsyncLifeCycle(OfOneType):
    """The part of the items' verbs that concerns the life of a ticket, a change or a problem."""

    async def add_followup(
        self,
        id: int | str,
        text: str,
        *,
        private: bool = False,
        key: str | None = None,
        attach: Any = None,
        notify: bool | str = True,
        **fields: Any,
    ) -> Any:
        """Answer: add a followup.

        Args:
            id: The id of the item.
            text: Plain text, whose line breaks are kept, or `Html`.
            private: True hides it from requesters.
            key: As in `create`: a followup with this key is added once.
            attach: A file or a list of files that hang off the followup (see `attach`).
            notify: False keeps GLPI from sending mails of it, by the legacy API; "try" warns where that cannot be.
            **fields: Further fields of the followup.

        Returns:
            A dict with the ``id`` of the followup; with ``key`` also ``existing``, with files ``attach`` (see `attach`).

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiPermissionError: You may not answer.
            GlpiNotAppliedError: The followup was added, and some of its files were not attached.
            GlpiUnknownOutcomeError: The answer was lost: look on the server before you add it again. With ``key`` it
                is looked for, and adding again is safe.
            GlpiUnsupportedError: Items of this type have no followups.

        >>> api.ticket.add_followup(1, "On my way")["id"] > 0
        True
        """
        self._require("add_followup")
        written = entry(text, fields, is_private=private)
        return await self._items.add_sub_item(id, "ITILFollowup", written, key=key, notify=notify, **_files(attach))

    async def add_task(
        self,
        id: int | str,
        text: str,
        *,
        private: bool = False,
        key: str | None = None,
        attach: Any = None,
        notify: bool | str = True,
        **fields: Any,
    ) -> Any:
        """Add a task.

        GLPI 10 refuses tasks of closed items, GLPI 11 takes them.

        Args:
            id: The id of the item.
            text: As in `add_followup`.
            private: True hides it from requesters.
            key: As in `add_followup`.
            attach: As in `add_followup`.
            notify: As in `add_followup`.
            **fields: Further fields, by HL's names: ``duration`` (seconds), ``state`` (`TaskState`), ``user_tech``,
                ``planned_begin``, ``planned_end``, …; on legacy also by its columns.

        Returns:
            A dict with the ``id`` of the task; with ``key`` also ``existing``.

        Raises:
            GlpiNotFoundError: As in `add_followup`; the other errors too.

        >>> api.ticket.add_task(1, "Change the fuse", duration=1800)["id"] > 0
        True
        """
        self._require("add_task")
        task = f"{self._resource.itemtype}Task"
        written = self._core.dialect.entry_fields(task, entry(text, fields, is_private=private))
        return await self._items.add_sub_item(id, task, written, key=key, notify=notify, **_files(attach))

    async def solve(
        self,
        id: int | str,
        text: str,
        *,
        type: int | str | None = None,
        key: str | None = None,
        attach: Any = None,
        notify: bool | str = True,
    ) -> Item:
        """Solve: add a solution, which sets the status. What is solved or closed already is left as it is.

        GLPI solves along the tickets that are linked as duplicates of this one.

        Args:
            id: The id of the item.
            text: As in `add_followup`.
            type: The id or the name of the type of solution.
            key: As in `add_followup`.
            attach: As in `add_followup`. Where nothing is added, no file is attached.
            notify: GLPI sends mails of solutions whatever it is told: False is refused, "try" warns.

        Returns:
            ``{"id": 5, "status": 5, "unchanged": False}``: the id of the solution (None where nothing was added) and
                the status of the item. ``unchanged`` is True where it was solved or closed already.

        Raises:
            GlpiNotAppliedError: The solution was added, and the item is not solved, or some files were not attached.
            GlpiNotFoundError: As in `add_followup`; the other errors too.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> api.ticket.solve(new["id"], "It was muted")["status"], api.ticket.solve(new["id"], "Once more")["unchanged"]
        (5, True)
        """
        self._require("solve")
        number, status = await self._read_status(id)
        if status in ENDED:
            return {"id": None, "status": status, "unchanged": True}
        fields: Item = {}
        if type is not None:
            fields["type"] = await related_id(self._core, self._core.dialect.resource("SolutionType"), type)
        written = self._core.dialect.entry_fields("ITILSolution", entry(text, fields))
        try:
            made = await self._items.add_sub_item(
                number, "ITILSolution", written, key=key, notify=notify, **_files(attach)
            )
        except GlpiAPIError:
            _, status = await self._read_status(number)
            if status not in ENDED:
                raise
            return {"id": None, "status": status, "unchanged": True}  # somebody else was here first
        _, status = await self._read_status(number)
        if status not in ENDED:
            raise not_applied(
                self._core, self._resource, number, made, f"solution {made['id']} was added", f"status {status}"
            )
        files = {"attach": made["attach"]} if "attach" in made else {}
        return {"id": made["id"], "status": status, "unchanged": False, **files}

    async def close(self, id: int | str) -> Item:
        """Close. What is closed already is left as it is.

        Args:
            id: The id of the item.

        Returns:
            ``{"id": 5, "status": 6, "unchanged": False}``.

        Raises:
            GlpiNotAppliedError: GLPI answered that it is done, and the item is not closed.
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiPermissionError: You may not close it.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> api.ticket.close(new["id"])["status"]
        6
        """
        self._require("close")
        number, status = await self._read_status(id)
        return await self._set(number, status, CLOSED)

    async def reopen(self, id: int | str, why: str = "") -> Item:
        """Reopen what is solved or closed: it is assigned then, or new where nobody is. What is open is left as it is.

        Args:
            id: The id of the item.
            why: Is added as a followup before: plain text, or `Html`.

        Returns:
            ``{"id": 5, "status": 1, "unchanged": False}``.

        Raises:
            GlpiNotAppliedError: GLPI answered that it is done, and the item is not open.
            GlpiUnknownOutcomeError: The answer to the followup was lost, and it is not there yet. Nothing was reopened.
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiPermissionError: You may not reopen it.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12", "status": 6})
        >>> api.ticket.reopen(new["id"], "It is silent again")["status"] < 5
        True
        """
        self._require("reopen")
        number, status = await self._read_status(id)
        if status not in ENDED:
            return {"id": number, "status": status, "unchanged": True}
        if why:
            await self._items.add_sub_item(number, "ITILFollowup", entry(why, {}), once=True)
            _, status = await self._read_status(number)  # GLPI reopens what its requester answers to
            if status not in ENDED:
                return {"id": number, "status": status, "unchanged": False}
        return await self._set(number, status, await self._open_status(number))

    async def pend(self, id: int | str, *, reason: int | str | None = None) -> Item:
        """Set to pending: it waits for somebody. What is pending already stays so.

        Args:
            id: The id of the item.
            reason: The id or the name of a reason (Setup > Dropdowns > Pending reasons). It takes the place of an
                earlier one.

        Returns:
            ``{"id": 5, "status": 4, "unchanged": False}``.

        Raises:
            GlpiNotFoundError: There is no such item or reason. Nothing was changed.
            GlpiNotAppliedError: GLPI answered that it is done, and the item is not pending. Or it is pending, and the
                reason could not be set.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> api.ticket.pend(new["id"])["status"]
        4
        """
        self._require("pend")
        core, chosen = self._core, 0
        if reason is not None:
            core = await core.legacy_core("pend")
            chosen = await related_id(core, core.dialect.resource("PendingReason"), reason)
        number, status = await self._read_status(id)
        result = await self._set(number, status, PENDING)
        if not chosen:
            return result
        try:
            added = await self._give_reason(core, number, chosen)
        except GlpiError as error:
            text = f"{self._resource.itemtype} {number} is pending, but without its reason: {error.message}"
            raise core.session.report.clean(
                GlpiNotAppliedError(text, error.status_code, error.error_code, id=number, result=result)
            ) from error
        return {**result, "unchanged": result["unchanged"] and not added}

    async def _give_reason(self, core: Core, number: int, reason: int) -> bool:
        """Set the reason why an item waits; return whether that changed anything. An item has one."""
        link = core.dialect.resource("PendingReason_Item")
        fields = {"itemtype": self._resource.itemtype, "items_id": number, "pendingreasons_id": reason}
        wanted = Idempotency(names=("itemtype", "items_id"))
        made: Item = await created(core, link, None, fields, {}, wanted)
        if made["existing"] and made.get("pendingreasons_id") != reason:
            await core.do(core.dialect.update(link, {"id": made["id"], "pendingreasons_id": reason}, {}))
            return True
        return not made["existing"]

    async def _open_status(self, number: int) -> int:
        """Return the status of an item that is open again, as GLPI chooses it."""
        if self._resource.itemtype == "Change":
            return NEW
        inside = await in_role(self._core, self._resource, number, "assigned")
        return ASSIGNED if any(row["role"] == "assigned" for row in inside.rows) else NEW

    async def _set(self, number: int, status: int, wanted: int) -> Item:
        if status == wanted:
            return {"id": number, "status": status, "unchanged": True}
        result = await self._items.update({"id": number, "status": wanted}, verify=False)
        _, status = await self._read_status(number)
        if status != wanted:
            raise not_applied(
                self._core,
                self._resource,
                number,
                result,
                f"GLPI answered that the status is {wanted}",
                f"status {status}",
            )
        return {"id": number, "status": status, "unchanged": False}

    async def _read_status(self, id: int | str) -> tuple[int, int]:
        return await read_status(self._core, self._resource, id)


def _files(attach: Any) -> Item:
    """Return the keyword for files; without any there is none."""
    return {} if attach is None else {"attach": attach}
