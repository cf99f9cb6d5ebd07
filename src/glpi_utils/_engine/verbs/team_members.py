"""Who is in the team of an item, who joins it and who leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..._knowledge.children import TEAM_ROLES, team_role
from ..._wire import ItemList
from ...exceptions import (
    GlpiAPIError,
    GlpiAuthError,
    GlpiError,
    GlpiMaintenanceError,
    GlpiNotFoundError,
    GlpiPermissionError,
    GlpiRateLimitError,
    GlpiUnknownOutcomeError,
)
from .people import MAIL, Member

if TYPE_CHECKING:
    from ..._dialects.shared.resource import Resource
    from ..request.core import Core

Item = dict[str, Any]


async def team_rows(core: Core, resource: Resource, id: Any, role: str | None) -> ItemList:
    """Read the people of an item."""
    rows: ItemList = ItemList(complete=True)
    for operation in core.dialect.team(resource, id, role):
        rows += await core.do(operation)
    rows.total = len(rows)
    return rows


def in_team(member: Member, role: str, rows: Sequence[Item]) -> bool:
    """Check whether somebody is in a role."""
    if member.kind == MAIL:
        return any(
            row["role"] == role and str(row.get("email", "")).casefold() == member.address.casefold() for row in rows
        )
    wanted = {"id": member.id, "type": member.kind, "role": role}
    return any(wanted.items() <= row.items() for row in rows)


def shows_one_role(core: Core) -> bool:
    """Check whether a team shows each member once, in one of its roles: the High-Level API from GLPI 11.0.7 on."""
    return core.dialect.members_come_once and core.session.newer


class InRole(NamedTuple):
    """Who is in a role, as far as it is shown."""

    role: str
    rows: Sequence[Item]
    exact: bool
    """Whether a member shown in another role is not in this one."""

    def surely(self, member: Member) -> bool:
        """Check whether somebody is shown in the role."""
        return in_team(member, self.role, self.rows)

    def perhaps(self, member: Member) -> bool:
        """Check whether somebody is in the role, or may be."""
        return self.surely(member) or (
            not self.exact and any(in_team(member, other, self.rows) for other in TEAM_ROLES)
        )


async def in_role(core: Core, resource: Resource, id: Any, role: str) -> InRole:
    """Read who is in a role; where the API shows one role of each member, by a legacy session, if there may be one."""
    if not shows_one_role(core):
        return InRole(role, await team_rows(core, resource, id, role), exact=True)
    other = await core.legacy_core_or_none("team", "from GLPI 11.0.7 on it shows one role of each member")
    if other is None:
        return InRole(role, await team_rows(core, resource, id, None), exact=False)
    return InRole(role, await team_rows(other, other.dialect.resource(resource.itemtype), id, role), exact=True)


async def join(core: Core, resource: Resource, id: Any, member: Member, role: str) -> Item:
    """Add somebody to a role, unless there already; a lost answer is looked for."""
    row: Item = {"id": member.id, "type": member.kind, "role": team_role(role)}
    if member.kind == MAIL:
        core = await core.legacy_core("a requester without account")
        resource = core.dialect.resource(resource.itemtype)
        row = {"id": 0, "type": "User", "role": role, "email": member.address}
    try:
        await _send(core, resource, id, member, row["role"])
    except (GlpiAuthError, GlpiRateLimitError, GlpiMaintenanceError):
        raise
    except GlpiUnknownOutcomeError as lost:
        try:
            joined = (await in_role(core, resource, id, row["role"])).surely(member)
        except GlpiError:
            joined = False
        if not joined:
            raise lost from None
    except GlpiPermissionError as refusal:
        if core.options.read_only:
            raise
        other = await core.legacy_core_or_none("add_team_member") if core.companion else None
        if other is None:
            return await _refused(core, resource, id, member, row, refusal)
        return await join(other, other.dialect.resource(resource.itemtype), id, member, role)
    except GlpiAPIError as refusal:
        return await _refused(core, resource, id, member, row, refusal)
    return {**row, "existing": False}


async def _send(core: Core, resource: Resource, id: Any, member: Member, role: str) -> None:
    dialect = core.dialect
    if member.kind == MAIL:
        await core.do(dialect.add_requester_address(resource, id, member.address))
    else:
        await core.do(dialect.add_team_member(resource, id, member.kind, member.id, role))


async def _refused(core: Core, resource: Resource, id: Any, member: Member, row: Item, refusal: GlpiAPIError) -> Item:
    """Find out why a member was refused: GLPI gives one answer to a member that is there and to one that is nowhere."""
    if (await in_role(core, resource, id, row["role"])).perhaps(member):
        return {**row, "existing": True}
    if member.kind == MAIL:
        raise refusal
    try:
        await core.do(core.dialect.get(core.dialect.resource(member.kind), member.id, {}))
    except GlpiNotFoundError as missing:
        text = f"there is no {member.kind} {member.id}, or none that you may see: nobody was added"
        raise GlpiNotFoundError(text, missing.status_code, missing.error_code) from refusal
    except GlpiAPIError:
        pass  # who may not read it gets GLPI's own refusal
    raise refusal


async def leave(core: Core, resource: Resource, id: Any, member: Member, role: str) -> None:
    """Remove somebody from a role; who is not in it is no error."""
    if member.kind == MAIL:
        core = await core.legacy_core("a requester without account")
        resource = core.dialect.resource(resource.itemtype)
    dialect = core.dialect
    present = await team_rows(core, resource, id, role) if dialect.removes_by_row else ItemList()
    if member.kind == MAIL:
        rows = [row for row in present if in_team(member, role, [row])]
        operations = dialect.remove_team_rows(resource, rows)
    else:
        operations = dialect.remove_team_member(resource, id, member.kind, member.id, role, present)
    for operation in operations:
        await core.do(operation)
