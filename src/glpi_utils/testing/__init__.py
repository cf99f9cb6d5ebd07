"""An embedded GLPI for tests: `with GlpiServer() as glpi: …`. Nothing of the clients is imported here."""

from __future__ import annotations

from glpi_utils.testing import troubles
from glpi_utils.testing.faults import Fault, Faults, Fired
from glpi_utils.testing.requests import Requests, Seen
from glpi_utils.testing.server import GlpiServer

__all__ = ["Fault", "Faults", "Fired", "GlpiServer", "Requests", "Seen", "troubles"]
