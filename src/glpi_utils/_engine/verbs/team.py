"""The verbs on the people of an item: requesters, assignees, observers."""

from __future__ import annotations

from typing import Any

from ..._knowledge.children import team_role, team_type
from ..._wire import ItemList
from ..names.resolving import item_id
from .of_one_type import OfOneType
from .people import Person, members, people
from .team_members import join, leave, team_rows

Item = dict[str, Any]


class AsyncTeam(OfOneType):
    """The part of the items' verbs that concerns the team."""

    async def team(self, id: int | str, role: str | None = None) -> ItemList:
        """Read the people of a ticket, a change or a problem.

        Args:
            id: The id of the item.
            role: "requester", "assigned" or "observer": only members in this role. None: all members.

        Returns:
            An `ItemList` of dicts with ``type`` ("User", "Group", "Supplier"), ``id``, ``role``, ``name`` and
                ``display_name``. ``display_name`` is what GLPI shows. The ``name`` of a user is the login on HL, and
                what GLPI shows on legacy. A requester without account has the id 0, and on legacy ``email``.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiValidationError: The id or the role is wrong. Nothing was sent.
            GlpiUnsupportedError: Items of this type have no team.

        >>> roles = {member["role"] for member in api.ticket.team(1)}
        """
        return await team_rows(self._core, self._resource, await item_id(self._core, self._resource, id), role)

    async def add_team_member(self, id: int | str, member_id: Any, role: str, type: str = "User") -> Any:
        """Add a user, a group or a supplier to the people of an item, in one role.

        On HL this is the way to set people: it ignores ``team`` in a create.

        Args:
            id: The id of the item: a ticket, a change or a problem.
            member_id: An id, a login, a mail address, "me" for the user who is logged in, ``"group:Network"``,
                ``"supplier:ACME"``, ``{"type": "Group", "id": 3}``; of a requester without account
                ``"mailto:a@x.org"``. Or a list of these.
            role: "requester", "assigned" or "observer".
            type: What an id or a name without a word before it stands for: "User", "Group" or "Supplier".

        Returns:
            ``{"id": 4, "type": "User", "role": "assigned", "existing": False}``. ``existing`` is True where the member
                had this role already. For a list, a list of these.

        Raises:
            GlpiNotFoundError: There is no such item or no such member. Nobody was added.
            GlpiAmbiguousNameError: Several have this name. Nobody was added.
            GlpiPermissionError: You may not assign. From GLPI 11.0.7 on HL needs the right to assign for every role.
            GlpiValidationError: An id, the role or the type is wrong. Nothing was sent.
            GlpiUnsupportedError: Items of this type have no team.

        >>> new = api.ticket.create({"name": "No network", "content": "Room 12"})
        >>> api.ticket.add_team_member(new["id"], "tech", "assigned")
        {'id': 4, 'type': 'User', 'role': 'assigned', 'existing': False}
        """
        named, role = _named(member_id, type, team_role(role)), team_role(role)
        number = await item_id(self._core, self._resource, id)
        joining = await members(self._core, named, there=False)
        rows = [await join(self._core, self._resource, number, each, role) for each in joining]
        return rows if isinstance(member_id, list | tuple) else rows[0]

    async def remove_team_member(self, id: int | str, member_id: Any, role: str, type: str = "User") -> None:
        """Remove a user, a group or a supplier from one role of an item. A member without this role is no error.

        Args:
            id: The id of the item: a ticket, a change or a problem.
            member_id: As in `add_team_member`.
            role: As in `add_team_member`.
            type: As in `add_team_member`.

        Raises:
            GlpiNotFoundError: There is no such item, or you may not see it.
            GlpiValidationError: An id, the role or the type is wrong. Nothing was sent.
            GlpiUnsupportedError: Items of this type have no team.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> joined = api.ticket.add_team_member(new["id"], 4, "assigned")
        >>> api.ticket.remove_team_member(new["id"], 4, "assigned")
        """
        named, role = _named(member_id, type, team_role(role)), team_role(role)
        number = await item_id(self._core, self._resource, id)
        for each in await members(self._core, named, there=False):
            await leave(self._core, self._resource, number, each, role)


def _named(value: Any, type: str, role: str) -> list[Person]:
    """Return whom a caller means, of a kind where the value itself does not say one."""
    kind = team_type(type)
    return [each._replace(kind=kind) if each.kind == "User" else each for each in people(value, role)]
