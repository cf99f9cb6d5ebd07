"""One server per version for all that fits on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from glpi_utils.testing import GlpiServer
from tests.once.places import PLACES, Place


@pytest.fixture(scope="package")
def servers() -> Iterator[dict[str, GlpiServer]]:
    with GlpiServer() as eleven, GlpiServer(version="10.0.17") as ten:
        yield {"11.0.6": eleven, "10.0.17": ten}


@pytest.fixture(params=PLACES, ids="-".join)
def place(request: pytest.FixtureRequest, servers: dict[str, GlpiServer]) -> Iterator[Place]:
    """Each API of each version, both kinds of clients."""
    api, version, kind = request.param
    glpi = servers[version]
    yield Place(api, kind, glpi)
    glpi.faults.clear()
    glpi.settle()
