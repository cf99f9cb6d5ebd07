"""What each fork finds there when it begins: the embedded GLPI, which shares nothing with the library, and its rows."""

from __future__ import annotations

import glpi_utils.testing.high_level
import glpi_utils.testing.legacy
import glpi_utils.testing.server.front  # noqa: F401 - for whoever starts a server
from glpi_utils.testing.sample import service_desk

for version in ("11.0.6", "10.0.17"):
    service_desk.kept(version, service_desk.TICKETS)
