"""One request on its way through the API: what was asked, who asks, what the path said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from glpi_utils.testing.high_level import answers, schemas
from glpi_utils.testing.high_level.identity import Identity
from glpi_utils.testing.high_level.schemas import Schema
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.world.column_values import Row
from glpi_utils.testing.world.credentials import AccessToken
from glpi_utils.testing.world.rights import Right, Who, may
from glpi_utils.testing.world.world import World

LARGEST = 2**63 - 1


def row_id(text: str) -> int:
    """Return a number of a path; what is too large for the database is as good as the largest."""
    return min(int(text), LARGEST)


@dataclass(slots=True)
class Call:
    """A request and what has been found out about it."""

    world: World
    req: Req
    method: str
    """HEAD counts as GET."""
    path: str
    """Below the version, slashes as they came."""
    api: str
    params: dict[str, Any]
    token: AccessToken | None = None
    identity: Identity | None = None
    attributes: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def version(self) -> str:
        """The version of GLPI."""
        return self.world.version

    @property
    def who(self) -> Who:
        """Who asks; ends the request when nobody is logged in."""
        if self.identity is None:
            raise answers.Stop(answers.unauthenticated())
        return self.identity.who

    @property
    def id(self) -> int:
        """The `{id}` of the path."""
        return row_id(self.attributes["id"])

    @property
    def owner(self) -> int:
        """The `{owner}` of the path."""
        return row_id(self.attributes["owner"])

    def may(self, right: Right, itemtype: str, row: Row | None = None) -> bool:
        """Return whether this is allowed, on an itemtype or on one row of it."""
        return may(self.world, self.who, right, itemtype, row)

    def require(self, right: Right, itemtype: str, row: Row | None = None) -> None:
        """End the request with 403 where this is not allowed."""
        if not self.may(right, itemtype, row):
            raise answers.Stop(answers.forbidden())

    def row(self, itemtype: str, id: int, otherwise: Answer) -> Row:
        """Return a row; where there is none the request ends with another answer."""
        row = self.world.get(itemtype, id)
        if row is None:
            raise answers.Stop(otherwise)
        return row

    def schema(self, name: str) -> Schema:
        """Return a schema in the version that was asked for."""
        return schemas.schema(name, self.api)
