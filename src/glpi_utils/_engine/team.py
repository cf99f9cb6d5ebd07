"""The verbs on the people of an item: requesters, assignees, observers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._wire import ItemList

if TYPE_CHECKING:
    from .core import Core


class AsyncTeam:
    """The part of the items' verbs that concerns the team."""

    _core: Core
    _name: str

    async def team(self, id: int | str, role: str | None = None) -> ItemList:
        """Read the people of a ticket (on the High-Level API also of a change or problem).

        Rows hold ``type`` (User, Group, Supplier), ``id``, ``name`` and ``role`` (requester,
        assigned, observer); HL adds display names. ``role=`` gives those in one role.

        >>> roles = {member["role"] for member in api.ticket.team(1)}
        """
        found: ItemList = ItemList(complete=True)
        for ask in self._core.dialect.team(self._name, id, role):
            found += await self._core.do(ask)
        found.total = len(found)
        return found

    async def add_team_member(self, id: int | str, member_id: int | str, role: str, type: str = "User") -> Any:
        """Let a user (or ``type="Group"``, ``"Supplier"``) join in a role: requester, assigned, observer.

        This is the way to set actors on the High-Level API: ``team`` in a create is ignored there.
        HL gives None, legacy the new link's ``{"id": ...}``. Raises `GlpiAPIError` where it is there already.

        >>> new = api.ticket.create({"name": "No network", "content": "Room 12"})
        >>> joined = api.ticket.add_team_member(new["id"], 4, "assigned")
        """
        return await self._core.do(self._core.dialect.add_team_member(self._name, id, type, member_id, role))

    async def remove_team_member(self, id: int | str, member_id: int | str, role: str, type: str = "User") -> None:
        """Let a user, group or supplier leave a role; one that is not there is no error.

        >>> new = api.ticket.create({"name": "No sound", "content": "Room 12"})
        >>> joined = api.ticket.add_team_member(new["id"], 4, "assigned")
        >>> api.ticket.remove_team_member(new["id"], 4, "assigned")
        """
        dialect = self._core.dialect
        present = await self.team(id, role) if dialect.removes_by_row else ItemList()
        for ask in dialect.remove_team_member(self._name, id, type, member_id, role, present):
            await self._core.do(ask)
