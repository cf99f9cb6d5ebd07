"""The people that a create or an update of a ticket, a change or a problem names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ...exceptions import GlpiAPIError
from ..writes.together import together
from .part import Mode
from .people import MAIL, Member, members, people
from .team_members import InRole, in_role, in_team, join, leave

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]
ROLES: Final = ("requester", "assigned", "observer")


class People:
    """The people in one role."""

    def __init__(self, core: Core, resource: Resource, role: str, value: object) -> None:
        self._core, self._resource, self.word = core, resource, role
        self._named = people(value, role)
        self._wanted: list[Member] = []
        self.remedy = f"add_team_member({{id}}, ..., {role!r})"

    async def prepare(self, id: int | None) -> None:
        """Look up everybody."""
        self._wanted = await members(self._core, self._named)
        if any(each.kind == MAIL for each in self._wanted):
            await self._core.legacy_core("a requester without account")

    def fields(self) -> Item:
        """Return the fields of a create that name them, where it takes people."""
        inside = [(each.kind, each.id) for each in self._wanted if each.kind != MAIL]
        return self._core.dialect.people_fields(self._resource, self.word, inside)

    async def apply(self, id: int, mode: Mode) -> Sequence[Item]:
        """Add those who are missing, then remove the others where the role is to be theirs alone: never is nobody left."""
        inside = await self._inside(id)
        missing = [each for each in self._wanted if not inside.surely(each)]
        await together(self._core, [partial(self._join, id, each) for each in missing])
        others = [row for row in inside.rows if not self._wants(row)]
        if mode == "update" or (mode == "new" and not self._wanted):
            for row in others:
                await self._leave(id, row)
        if missing or others:
            inside = await self._inside(id)
        absent = [each.written for each in self._wanted if not inside.perhaps(each)]
        if absent:
            raise GlpiAPIError(f"GLPI answered that {', '.join(absent)} joined as {self.word}, and did not add them")
        rows = [row for row in inside.rows if row["role"] == self.word or self._wants(row)]
        return [{name: value for name, value in row.items() if name != "link_id"} | {"role": self.word} for row in rows]

    async def missing(self, id: int) -> Sequence[str]:
        """Name those who are not there."""
        inside = await self._inside(id)
        return [each.written for each in self._wanted if not inside.perhaps(each)]

    def _wants(self, row: Item) -> bool:
        return any(in_team(each, row["role"], [row]) for each in self._wanted)

    async def _inside(self, id: int) -> InRole:
        """Read the role; those without account are shown by the legacy API alone."""
        core, resource = self._core, self._resource
        if any(each.kind == MAIL for each in self._wanted):
            core = await core.legacy_core("a requester without account")
            resource = core.dialect.resource(resource.itemtype)
        return await in_role(core, resource, id, self.word)

    async def _join(self, id: int, member: Member) -> None:
        await join(self._core, self._resource, id, member, self.word)

    async def _leave(self, id: int, row: Item) -> None:
        member = Member(row["type"], row["id"]) if row["id"] else Member(MAIL, 0, row["email"])
        await leave(self._core, self._resource, id, member, self.word)


def people_parts(core: Core, resource: Resource, words: Mapping[str, Any]) -> Sequence[People]:
    """Return the parts that the words of one item ask for."""
    return [People(core, resource, role, words[role]) for role in ROLES if role in words]
