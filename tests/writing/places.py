"""A client in front of an embedded server, and what is true there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self
from zoneinfo import ZoneInfo

from glpi_utils import GlpiAPI, GlpiOAuthClient, RequestInfo
from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.rights import Who

ADMIN = Who(user=2)


@dataclass
class Place:
    """One API of one server."""

    api: str
    glpi: GlpiServer
    sent: list[RequestInfo] = field(default_factory=list)
    clients: list[Any] = field(default_factory=list)

    @classmethod
    def at(cls, api: str, glpi: GlpiServer) -> Iterator[Self]:
        """A place whose clients are closed afterwards."""
        made = cls(api, glpi)
        zone = glpi.world.zone
        yield made
        glpi.faults.clear()
        glpi.world.zone = zone
        for client in made.clients:
            client.close()

    @property
    def hl(self) -> bool:
        return self.api == "hl"

    def in_zone(self, name: str) -> None:
        """From now on, in this test, the server's clock is in that zone."""
        self.glpi.world.zone = ZoneInfo(name)

    def client(self, **options: Any) -> Any:
        """A client, nothing sent yet; a zone that it is told is the server's."""
        zone = str(options.get("timezone", ""))
        if self.hl and (zone == "UTC" or zone.startswith("Europe/P")):
            self.in_zone(zone)
        options.setdefault("on_request", self.sent.append)
        glpi = self.glpi
        if self.hl:
            made: Any = GlpiOAuthClient(
                glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password, **options
            )
        else:
            made = GlpiAPI(glpi.url, username=glpi.username, password=glpi.password, **options)
        self.clients.append(made)
        return made

    def made(self, itemtype: str = "Ticket", **columns: Any) -> int:
        """A row of the server's own making."""
        values = {
            "name": "a row",
            **({"content": "x"} if itemtype in {"Ticket", "Change", "Problem"} else {}),
            **columns,
        }
        return self.glpi.do(lambda world: world.insert(itemtype, values, ADMIN))

    def row(self, itemtype: str, number: int) -> dict[str, Any]:
        """What is true of a row, column by column."""
        found = self.glpi.do(lambda world: world.get(itemtype, number))
        assert found is not None
        return found

    def newest(self, itemtype: str) -> dict[str, Any]:
        """The row that was made last."""
        found: list[dict[str, Any]] = self.glpi.do(lambda world: world.select(itemtype, order="id DESC", limit=1))
        return found[0]

    @property
    def writes(self) -> list[str]:
        """The methods of the writes that were sent."""
        return [
            each.method for each in self.sent if each.method in ("POST", "PATCH", "PUT") and "/token" not in each.url
        ]


def solve_date(place: Place) -> str:
    """What a ticket's date of solution is called."""
    return "date_solve" if place.hl else "solvedate"
