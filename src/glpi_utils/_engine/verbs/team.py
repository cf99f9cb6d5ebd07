"""The verbs on the people of an item: requesters, assignees, observers."""

from __future__ import annotations

from typing import Any

from ..._dialects.shared import ids
from ..._knowledge.children import team_role, team_type
from ..._wire import ItemList
from ...exceptions import GlpiAPIError, GlpiAuthError, GlpiMaintenanceError, GlpiNotFoundError, GlpiRateLimitError
from ..request.oneself import named_with_me
from .of_one_type import OfOneType

Item = dict[str, Any]


class AsyncTeam(OfOneType):
    """The part of the items' verbs that concerns the team."""

    async def team(self, id: int | str, role: str | None = None) -> ItemList:
        """Read the people of a ticket, and on HL also of a change or a problem.

        Args:
            id: The id of the item.
            role: "requester", "assigned" or "observer": only members in this role. None: all members.

        Returns:
            An `ItemList` of dicts with ``type`` ("User", "Group", "Supplier"), ``id``, ``role``, ``name`` and
                ``display_name``. ``display_name`` is what GLPI shows. The ``name`` of a user is the login on HL, and
                what GLPI shows on legacy.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiValidationError: The id or the role is wrong. Nothing was sent.
            GlpiUnsupportedError: Items of this type have no team; on legacy only tickets have one.

        >>> roles = {member["role"] for member in api.ticket.team(1)}
        """
        members: ItemList = ItemList(complete=True)
        for operation in self._core.dialect.team(self._resource, id, role):
            members += await self._core.do(operation)
        members.total = len(members)
        return members

    async def add_team_member(self, id: int | str, member_id: int | str, role: str, type: str = "User") -> Item:
        """Add a user, a group or a supplier to the people of an item, in one role.

        On HL this is the way to set people: it ignores ``team`` in a create.

        Args:
            id: The id of the item: a ticket, on HL also a change or a problem.
            member_id: The id of the member, or "me" for the user who is logged in.
            role: "requester", "assigned" or "observer".
            type: "User", "Group" or "Supplier".

        Returns:
            ``{"id": 4, "type": "User", "role": "assigned", "existing": False}``. ``existing`` is True where the member
                had this role already.

        Raises:
            GlpiNotFoundError: There is no such item or no such member. Nobody was added.
            GlpiPermissionError: You may not assign. From GLPI 11.0.7 on HL needs the right to assign for every role.
            GlpiValidationError: An id, the role or the type is wrong. Nothing was sent.
            GlpiUnsupportedError: Items of this type have no team; on legacy only tickets have one.

        >>> new = api.ticket.create({"name": "No network", "content": "Room 12"})
        >>> api.ticket.add_team_member(new["id"], 4, "assigned")
        {'id': 4, 'type': 'User', 'role': 'assigned', 'existing': False}
        """
        kind = team_type(type)
        number = ids.checked(await named_with_me(self._core, self._core.dialect.resource(kind), member_id), kind)
        member: Item = {"id": number, "type": kind, "role": team_role(role)}
        try:
            await self._core.do(self._core.dialect.add_team_member(self._resource, id, kind, number, role))
        except (GlpiAuthError, GlpiRateLimitError, GlpiMaintenanceError):
            raise
        except GlpiAPIError as refusal:
            if self._core.options.read_only or not await self._is_there(id, member, refusal):
                raise
            return {**member, "existing": True}
        return {**member, "existing": False}

    async def _is_there(self, id: int | str, member: Item, refusal: GlpiAPIError) -> bool:
        """Find out why a member was refused: GLPI gives one answer to a member that is there and to one that is nowhere."""
        if any(member.items() <= row.items() for row in await self.team(id, member["role"])):
            return True
        try:
            dialect = self._core.dialect
            await self._core.do(dialect.get(dialect.resource(member["type"]), member["id"], {}))
        except GlpiNotFoundError as missing:
            text = f"there is no {member['type']} {member['id']}, or none that you may see: nobody was added"
            raise GlpiNotFoundError(text, missing.status_code, missing.error_code) from refusal
        except GlpiAPIError:
            pass  # who may not read it gets GLPI's own refusal
        return False

    async def remove_team_member(self, id: int | str, member_id: int | str, role: str, type: str = "User") -> None:
        """Remove a user, a group or a supplier from one role of an item. A member without this role is no error.

        Args:
            id: The id of the item: a ticket, on HL also a change or a problem.
            member_id: As in `add_team_member`.
            role: As in `add_team_member`.
            type: As in `add_team_member`.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiValidationError: An id, the role or the type is wrong. Nothing was sent.
            GlpiUnsupportedError: Items of this type have no team; on legacy only tickets have one.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> joined = api.ticket.add_team_member(new["id"], 4, "assigned")
        >>> api.ticket.remove_team_member(new["id"], 4, "assigned")
        """
        dialect = self._core.dialect
        member = await named_with_me(self._core, dialect.resource(team_type(type)), member_id)
        present = await self.team(id, role) if dialect.removes_by_row else ItemList()
        for operation in dialect.remove_team_member(self._resource, id, type, member, role, present):
            await self._core.do(operation)
