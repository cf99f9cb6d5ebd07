"""What is asked of the legacy API about the people of an item: rows of Ticket_User, Group_Ticket, Supplier_Ticket and their like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from ..._knowledge.children import LEGACY_TEAM, TEAM_ROLES, foreign_key, team_role, team_type
from ..._wire import Kind, Operation, Request, Response
from ...exceptions import GlpiUnsupportedError
from ..shared import ids
from ..shared.body import JSON_TYPE, dumped
from ..shared.resource import Resource
from ..shared.shapes import Item, as_object
from . import answers

_SUFFIXES: Final = {"requester": "requester", "assigned": "assign", "observer": "observer"}


class TeamRequests:
    """The part of the dialect that concerns team members."""

    members_come_once = False
    removes_by_row = True
    removed: Callable[..., Operation[list[Item]]]

    def team(self, resource: Resource, id: object, role: str | None) -> Sequence[Operation[list[Item]]]:
        """Build the request for the people of an item, a list for each kind of member."""
        number, wanted = _owner(resource, id), None if role is None else team_role(role)
        return [self._members(resource.itemtype, number, kind, wanted) for kind in LEGACY_TEAM[resource.itemtype]]

    def _members(self, itemtype: str, number: int, kind: str, wanted: str | None) -> Operation[list[Item]]:
        (link, column), owner = LEGACY_TEAM[itemtype][kind], foreign_key(itemtype)
        query = f"range=0-999&get_hateoas=0&sort=id&order=ASC&add_keys_names[]={column}"

        def read(response: Response) -> list[Item]:
            members = [_member(row, kind, column) for row in answers.rows(response) if row.get(owner) == number]
            return [each for each in members if wanted in (None, each["role"])]

        return Operation(Request("GET", f"{itemtype}/{number}/{link}", query), read)

    def add_team_member(self, resource: Resource, id: object, type: str, member: object, role: str) -> Operation[Item]:
        """Build the request for a person, group or supplier to join."""
        column = LEGACY_TEAM[_having(resource)][team_type(type)][1]
        return self._join(resource, id, type, {column: ids.checked(member)}, role)

    def add_requester_address(self, resource: Resource, id: object, address: str) -> Operation[Item]:
        """Build the request for a requester without account, who gets mails at an address."""
        fields = {"users_id": 0, "alternative_email": address, "use_notification": 1}
        return self._join(resource, id, "User", fields, "requester")

    def _join(self, resource: Resource, id: object, type: str, fields: Item, role: str) -> Operation[Item]:
        number, link = _owner(resource, id), LEGACY_TEAM[resource.itemtype][team_type(type)][0]
        row = {foreign_key(resource.itemtype): number, **fields, "type": TEAM_ROLES[team_role(role)]}
        request = Request("POST", link, headers=JSON_TYPE, body=dumped({"input": row}), kind=Kind.CREATE)
        return Operation(request, answers.created)

    def remove_team_member(
        self, resource: Resource, id: object, type: str, member: object, role: str, present: Sequence[Item]
    ) -> Sequence[Operation[Any]]:
        """Build the request for a person, group or supplier to leave: the rows that say so go."""
        _having(resource)
        ids.checked(id)
        leaving = (team_type(type), ids.checked(member), team_role(role))
        rows = [each for each in present if (each["type"], each["id"], each["role"]) == leaving]
        return self.remove_team_rows(resource, rows)

    def remove_team_rows(self, resource: Resource, rows: Sequence[Item]) -> Sequence[Operation[Any]]:
        """Build the requests for rows of a team to go."""
        links = LEGACY_TEAM[resource.itemtype]
        return [self.removed(f"{links[row['type']][0]}/{row['link_id']}", row["link_id"], True) for row in rows]

    def people_fields(self, resource: Resource, role: str, members: Sequence[tuple[str, int]]) -> Item:
        """Return the fields of a create that name people in a role."""
        suffix = _SUFFIXES[role]
        fields: Item = {}
        for kind, column in ((kind, column) for kind, (_, column) in LEGACY_TEAM[_having(resource)].items()):
            if numbers := [number for each, number in members if each == kind]:
                fields[f"_{column}_{suffix}"] = numbers
        return fields


def _member(row: Item, kind: str, column: str) -> Item:
    name = as_object(row.get("_keys_names")).get(column)
    role = next((word for word, number in TEAM_ROLES.items() if number == row.get("type")), str(row.get("type")))
    address = {} if row.get(column) else {"email": row.get("alternative_email")}
    return {
        "role": role,
        "type": kind,
        "id": row.get(column),
        "name": name,
        "display_name": name,
        "link_id": row.get("id"),
        **address,
    }


def _having(resource: Resource) -> str:
    if resource.itemtype not in LEGACY_TEAM:
        raise GlpiUnsupportedError(f"{resource.name} has no team; {', '.join(LEGACY_TEAM)} have")
    return resource.itemtype


def _owner(resource: Resource, id: object) -> int:
    _having(resource)
    return ids.checked(id)
