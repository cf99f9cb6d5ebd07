"""What is asked of the legacy API about the people of a ticket: rows of Ticket_User, Group_Ticket, Supplier_Ticket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..._knowledge.children import LEGACY_TEAM, TEAM_ROLES, team_role, team_type
from ..._wire import Kind, Operation, Request, Response
from ...exceptions import GlpiUnsupportedError
from ..shared import ids
from ..shared.body import JSON_TYPE, dumped
from ..shared.resource import Resource
from ..shared.shapes import Item, as_object
from . import answers


class TeamRequests:
    """The part of the dialect that concerns team members."""

    removes_by_row = True
    removed: Callable[..., Operation[list[Item]]]

    def team(self, resource: Resource, id: object, role: str | None) -> Sequence[Operation[list[Item]]]:
        """Build the request for the people of a ticket, a list for each kind of member."""
        number, wanted = _ticket(resource, id), None if role is None else team_role(role)
        return [self._members(number, kind, wanted) for kind in LEGACY_TEAM]

    def _members(self, number: int, kind: str, wanted: str | None) -> Operation[list[Item]]:
        link, column = LEGACY_TEAM[kind]
        query = f"range=0-999&get_hateoas=0&sort=id&order=ASC&add_keys_names[]={column}"

        def read(response: Response) -> list[Item]:
            members = [_member(row, kind, column) for row in answers.rows(response) if row.get("tickets_id") == number]
            return [each for each in members if wanted in (None, each["role"])]

        return Operation(Request("GET", f"Ticket/{number}/{link}", query), read)

    def add_team_member(self, resource: Resource, id: object, type: str, member: object, role: str) -> Operation[Item]:
        """Build the request for a person, group or supplier to join."""
        number, (link, column) = _ticket(resource, id), LEGACY_TEAM[team_type(type)]
        fields = {"tickets_id": number, column: ids.checked(member), "type": TEAM_ROLES[team_role(role)]}
        request = Request("POST", link, headers=JSON_TYPE, body=dumped({"input": fields}), kind=Kind.CREATE)
        return Operation(request, answers.created)

    def remove_team_member(
        self, resource: Resource, id: object, type: str, member: object, role: str, present: Sequence[Item]
    ) -> Sequence[Operation[Any]]:
        """Build the request for a person, group or supplier to leave: the rows that say so go."""
        kind, number, wanted = team_type(type), ids.checked(member), team_role(role)
        _ticket(resource, id)
        rows = [
            each["link_id"] for each in present if (each["type"], each["id"], each["role"]) == (kind, number, wanted)
        ]
        return [self.removed(f"{LEGACY_TEAM[kind][0]}/{row}", row, True) for row in rows]


def _member(row: Item, kind: str, column: str) -> Item:
    name = as_object(row.get("_keys_names")).get(column)
    role = next((word for word, number in TEAM_ROLES.items() if number == row.get("type")), str(row.get("type")))
    return {
        "role": role,
        "type": kind,
        "id": row.get(column),
        "name": name,
        "display_name": name,
        "link_id": row.get("id"),
    }


def _ticket(resource: Resource, id: object) -> int:
    if resource.itemtype != "Ticket":
        raise GlpiUnsupportedError(
            f"the legacy API has a team for Ticket only, not for {resource.name}; GlpiOAuthClient has more"
        )
    return ids.checked(id)
