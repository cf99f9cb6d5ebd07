"""The verbs on approvals: asking for one, answering one's own, and which wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ..._dialects.shared.oneself import is_me
from ..._dialects.shared.shapes import is_object
from ..._html import to_html
from ..._wire import ItemList
from ...exceptions import GlpiNotAppliedError, GlpiUnknownOutcomeError, GlpiValidationError
from ..lists.gather import gathered
from ..lists.walks import walks
from ..names.resolving import item_id
from ..request.oneself import my_id
from .of_one_type import OfOneType
from .people import members, people
from .states import not_applied, read_status

Item = dict[str, Any]
WAITING: Final = 2
ACCEPTED: Final = 3
REFUSED: Final = 4


class AsyncApprovals(OfOneType):
    """The part of the items' verbs that concerns approvals."""

    async def approvals(self, id: int | str) -> ItemList[Item]:
        """Read the approvals of an item, or with "me" those of all items that wait for your own answer.

        Args:
            id: The id of the item, or "me".

        Returns:
            An `ItemList` of dicts, alike on both APIs: ``id``, ``item`` (the id of the ticket or change), ``status``
                (2 waiting, 3 accepted, 4 refused), ``approver`` (``type`` and ``id``), ``requester`` (an id),
                ``comment``, ``answer`` and ``date``.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiUnsupportedError: Items of this type have no approvals. Or "me" without a legacy session on HL.

        >>> new = api.ticket.create({"name": "New phone", "content": "Please"})
        >>> wanted = api.ticket.request_approval(new["id"], "me")
        >>> new["id"] in [each["item"] for each in api.ticket.approvals("me")]
        True
        """
        self._require("approvals")
        if is_me(id):
            return await self._mine()
        number, _ = await read_status(self._core, self._resource, id)
        rows = await self._items.get_sub_items(number, self._approvals, unwrap=True)
        shown = [_approval(row, number) for row in rows]
        return ItemList(shown, len(shown), complete=True)

    async def request_approval(self, id: int | str, approver: Any, *, comment: str = "") -> Item:
        """Request an approval. Who is asked already and has not answered is not asked again.

        Args:
            id: The id of the item.
            approver: A user or a group, as in `add_team_member`. Groups need GLPI 11.
            comment: Plain text, or `Html`.

        Returns:
            A dict with the ``id`` of the approval, and ``existing``: True where it waited already.

        Raises:
            GlpiNotFoundError: There is no such item or approver. Nobody was asked.
            GlpiUnknownOutcomeError: The answer was lost, and the approval is not there yet.

        >>> new = api.ticket.create({"name": "New phone", "content": "Please"})
        >>> [api.ticket.request_approval(new["id"], "tech")["existing"] for _ in range(2)]
        [False, True]
        """
        self._require("request_approval")
        ((kind, approver_id, address),) = await members(self._core, people([approver], "approver"))
        if kind not in ("User", "Group"):
            raise GlpiValidationError(f"an approver is a user or a group, not {address or kind}")
        number, _ = await read_status(self._core, self._resource, id)
        wanted = {"type": kind, "id": approver_id}
        waiting = [
            each for each in await self.approvals(number) if each["status"] == WAITING and each["approver"] == wanted
        ]
        if waiting:
            return {"id": waiting[0]["id"], "existing": True}
        fields = self._core.dialect.approval_request(kind, approver_id, to_html(comment))
        made = await self._requested_once(number, fields, wanted)
        added = [each for each in await self.approvals(number) if each["id"] == made["id"]]
        if not added or added[0]["approver"] != wanted:
            raise not_applied(
                self._core,
                self._resource,
                number,
                made,
                f"approval {made['id']} was added",
                f"another approver: {wanted} was meant",
            )
        return {"id": made["id"], "existing": False}

    async def approve(self, id: int | str, *, comment: str = "", validation: int | None = None) -> Item:
        """Accept an item: answer the approval that waits for you.

        Args:
            id: The id of the item.
            comment: Plain text, or `Html`.
            validation: The id of the approval, where several wait for you.

        Returns:
            The approval, as `approvals` shows it, with ``global_validation``: what all approvals of the item come to (2
                waiting, 3 accepted, 4 refused; None where the version of the API in use does not show it).

        Raises:
            GlpiValidationError: None waits for you, or several do; the message lists them. Nothing was sent.
            GlpiNotAppliedError: GLPI answered that it is done, and the approval still waits.

        >>> new = api.ticket.create({"name": "New phone", "content": "Please"})
        >>> wanted = api.ticket.request_approval(new["id"], "me")
        >>> api.ticket.approve(new["id"])["status"]
        3
        """
        self._require("approve")
        return await self._answer(id, ACCEPTED, comment, validation)

    async def refuse(self, id: int | str, comment: str, *, validation: int | None = None) -> Item:
        """Refuse an item: answer the approval that waits for you.

        Args:
            id: The id of the item.
            comment: Why: GLPI takes no refusal without a reason.
            validation: As in `approve`.

        Returns:
            As in `approve`.

        Raises:
            GlpiValidationError: As in `approve`; the other errors too.

        >>> new = api.ticket.create({"name": "New phone", "content": "Please"})
        >>> wanted = api.ticket.request_approval(new["id"], "me")
        >>> api.ticket.refuse(new["id"], "Yours is new")["status"]
        4
        """
        self._require("refuse")
        if not comment.strip():
            raise GlpiValidationError("a refusal needs a reason: refuse(5, 'why')")
        return await self._answer(id, REFUSED, comment, validation)

    async def _requested_once(self, number: int, fields: Item, wanted: Item) -> Item:
        """Send it; where the answer is lost, look whether it is there: nobody else is asked by this name just then."""
        try:
            row: Item = await self._items.add_sub_item(number, self._approvals, fields, validate="off")
        except GlpiUnknownOutcomeError:
            for each in await self.approvals(number):
                if each["status"] == WAITING and each["approver"] == wanted:
                    return each
            raise
        return row

    @property
    def _approvals(self) -> str:
        return f"{self._resource.itemtype}Validation"

    async def _answer(self, id: int | str, status: int, comment: str, validation: int | None) -> Item:
        number = await item_id(self._core, self._resource, id)
        rows = await self.approvals(number)
        mine = await self._own(rows)
        chosen = mine if validation is None else [each for each in rows if each["id"] == validation]
        if validation is None and not chosen:
            settled = [each for each in await self._own(rows, status) if each["status"] == status]
            if settled:
                return {**settled[-1], "global_validation": await self._summed_up(number)}
        if len(chosen) != 1:
            what = f"approval {validation} is not there" if validation else f"{len(mine)} approvals wait for you"
            shown = "; ".join(f"{each['id']}: {each['approver']}, status {each['status']}" for each in rows) or "none"
            raise GlpiValidationError(f"{what}: {self._resource.itemtype} {number} has {shown}. Name one: validation=")
        fields = self._core.dialect.approval_answer(status, to_html(comment), chosen[0]["approver"])
        await self._items.update_sub_item(number, self._approvals, {"id": chosen[0]["id"], **fields}, verify=False)
        (after,) = [each for each in await self.approvals(number) if each["id"] == chosen[0]["id"]]
        if after["status"] != status:
            text = f"GLPI answered that approval {after['id']} has status {status}, but it has {after['status']}: only its approver may answer"
            raise self._core.session.report.clean(GlpiNotAppliedError(text, id=after["id"], result=after))
        return {**after, "global_validation": await self._summed_up(number)}

    async def _summed_up(self, number: int) -> int | None:
        """Read what all approvals of an item come to."""
        row = await self._core.do(self._core.dialect.get(self._resource, number, {}))
        state: Any = row.get("global_validation")
        summed = state["id"] if is_object(state) else state
        return None if summed is None else int(summed)

    async def _own(self, rows: Sequence[Item], status: int = WAITING) -> list[Item]:
        """Return those of a status that are one's own to answer."""
        waiting = [each for each in rows if each["status"] == status]
        if not waiting:
            return []
        me, groups = await my_id(self._core), list[int]()
        if any(each["approver"]["type"] == "Group" for each in waiting):
            groups = await self._my_groups()
        return [
            each
            for each in waiting
            if (
                each["approver"]["id"] == me if each["approver"]["type"] == "User" else each["approver"]["id"] in groups
            )
        ]

    async def _my_groups(self) -> list[int]:
        from .account_rows import MEMBERSHIP, rows_of

        rows = await rows_of(self._core, "approvals", await my_id(self._core), MEMBERSHIP)
        return [row["groups_id"] for row in await rows.read()]

    async def _mine(self) -> ItemList[Item]:
        """Read what waits for oneself, across items: the High-Level API has no such list."""
        core = await self._core.legacy_core("approvals", "the High-Level API lists approvals below each ticket alone")
        resource = core.dialect.resource(self._approvals)
        listing = core.dialect.listing(resource, {"searchText": {"status": f"^{WAITING}$"}})
        rows = await gathered(walks(core, resource, listing))
        owner = core.dialect.owner_column(self._resource.itemtype)
        own = await self._own([_approval(row, row[owner]) for row in rows])
        return ItemList(own, len(own), complete=True)


def _approval(row: Item, number: int) -> Item:
    """Return an approval as both APIs show it; GLPI 10 knows users alone."""
    kind = row.get("requested_approver_type") or row.get("itemtype_target") or "User"
    approver = row.get("requested_approver_id") or row.get("items_id_target") or row.get("users_id_validate")
    if not approver and is_object(row.get("approver")):
        approver = row["approver"]["id"]
    requester = row.get("requester", row.get("users_id"))
    return {
        "id": row["id"],
        "item": number,
        "status": row["status"],
        "approver": {"type": kind, "id": approver},
        "requester": requester["id"] if is_object(requester) else requester,
        "comment": row.get("submission_comment", row.get("comment_submission")),
        "answer": row.get("approval_comment", row.get("comment_validation")),
        "date": row.get("submission_date"),
    }
