"""What is asked of the High-Level API about the people of a ticket, change or problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._knowledge.children import ITIL, team_role, team_type
from ..._wire import Kind, Operation, Request
from ...exceptions import GlpiUnsupportedError
from ..shared import ids
from ..shared.body import JSON_TYPE, dumped
from ..shared.resource import Resource
from ..shared.shapes import Item
from . import answers


class TeamRequests:
    """The part of the dialect that concerns team members."""

    members_come_once = True
    removes_by_row = False

    def team(self, resource: Resource, id: object, role: str | None) -> Sequence[Operation[list[Item]]]:
        """Build the request for the people of an item."""
        path = _path(resource, id) if role is None else f"{_path(resource, id)}/{team_role(role)}"
        return [Operation(Request("GET", path), answers.team)]

    def add_team_member(self, resource: Resource, id: object, type: str, member: object, role: str) -> Operation[None]:
        """Build the request for a person, group or supplier to join; 201 and an empty body."""
        return Operation(_change("POST", _path(resource, id), type, member, role, Kind.CREATE), answers.nothing)

    def remove_team_member(
        self, resource: Resource, id: object, type: str, member: object, role: str, present: Sequence[Item]
    ) -> Sequence[Operation[None]]:
        """Build the request for a person, group or supplier to leave; 200 even where it was not there."""
        return [Operation(_change("DELETE", _path(resource, id), type, member, role, Kind.REMOVE), answers.nothing)]

    def people_fields(self, resource: Resource, role: str, members: Sequence[tuple[str, int]]) -> Item:
        """Return nothing: a create drops the people that it names."""
        return {}

    def add_requester_address(self, resource: Resource, id: object, address: str) -> Operation[Any]:
        """Refuse: this API knows no requester without account."""
        raise GlpiUnsupportedError("the High-Level API takes no bare mail address as a requester")

    def remove_team_rows(self, resource: Resource, rows: Sequence[Item]) -> Sequence[Operation[Any]]:
        """Refuse: the rows of a team have no ids here."""
        raise GlpiUnsupportedError("the High-Level API shows no rows of a team")


def _change(method: str, path: str, type: str, member: object, role: str, kind: Kind) -> Request:
    body: dict[str, Any] = {"type": team_type(type), "id": ids.checked(member), "role": team_role(role)}
    return Request(method, path, headers=JSON_TYPE, body=dumped(body), kind=kind)


def _path(resource: Resource, id: object) -> str:
    route = resource.route
    if route.itemtype not in ITIL:
        raise GlpiUnsupportedError(f"{route.itemtype} has no team; {', '.join(ITIL)} have")
    return f"{route.path}/{ids.checked(id, route.itemtype)}/TeamMember"
