"""One server for all cells of the table: it is told what goes wrong, and forgets it after each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from glpi_utils.testing import GlpiServer
from tests.faults.places import APIS, KINDS, Place, close_kept


@pytest.fixture(scope="module")
def lasting_glpi() -> Iterator[GlpiServer]:
    """A GLPI 11.0.6 that lasts for a file of tests."""
    with GlpiServer(tickets=3) as server:
        yield server
        server.faults.clear()
        close_kept(server.url)


@pytest.fixture(params=KINDS)
def hl_place(request: pytest.FixtureRequest, lasting_glpi: GlpiServer) -> Iterator[Place]:
    """For what the High-Level API alone has."""
    lasting_glpi.faults.clear()
    lasting_glpi.requests.clear()
    yield Place("hl", request.param, lasting_glpi)
    lasting_glpi.faults.clear()


@pytest.fixture(params=[(api, kind) for api in APIS for kind in KINDS], ids="-".join)
def place(request: pytest.FixtureRequest, lasting_glpi: GlpiServer) -> Iterator[Place]:
    """Each kind of client in turn."""
    lasting_glpi.faults.clear()
    lasting_glpi.requests.clear()
    api, kind = request.param
    yield Place(api, kind, lasting_glpi)
    lasting_glpi.faults.clear()


@pytest.fixture
def glpi(lasting_glpi: GlpiServer) -> GlpiServer:
    """For a herd of clients."""
    lasting_glpi.faults.clear()
    lasting_glpi.requests.clear()
    return lasting_glpi
