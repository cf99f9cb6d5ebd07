"""One request of the legacy API with the session that it names."""

from __future__ import annotations

from dataclasses import dataclass

from glpi_utils.testing.http.wire import Req
from glpi_utils.testing.legacy import quirks
from glpi_utils.testing.legacy.parameters import Parameters
from glpi_utils.testing.world.column_values import Row
from glpi_utils.testing.world.credentials import LegacySession
from glpi_utils.testing.world.rights import Right, Who, may
from glpi_utils.testing.world.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """What a request says and who sends it."""

    world: World
    req: Req
    session: LegacySession
    parameters: Parameters

    @property
    def version(self) -> str:
        """The version of GLPI."""
        return self.world.version

    @property
    def root(self) -> str:
        """The address of the API, as links name it."""
        return quirks.links_name_the_other_address(self.req.base, self.version)

    @property
    def who(self) -> Who:
        """Who asks, for the rights."""
        return self.session.who

    def may(self, right: Right, itemtype: str, row: Row | None = None) -> bool:
        """Return whether this is allowed, on an itemtype or on one row of it."""
        return may(self.world, self.who, right, itemtype, row)
