"""An embedded GLPI of each version that no test shares, never started: the dialect is asked directly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.world import World
from tests.testing.legacy.asking import Caller

TEN, ELEVEN = "10.0.17", "11.0.6"


@pytest.fixture(params=[TEN, ELEVEN])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    server = GlpiServer(version=request.param)
    yield server.world
    server.close()


@pytest.fixture
def ten() -> Iterator[World]:
    server = GlpiServer(version=TEN)
    yield server.world
    server.close()


@pytest.fixture
def eleven() -> Iterator[World]:
    server = GlpiServer(version=ELEVEN)
    yield server.world
    server.close()


@pytest.fixture
def glpi(world: World) -> Caller:
    """The super-admin, on both versions."""
    return Caller(world)


@pytest.fixture
def tickets(glpi: Caller) -> list[int]:
    """Six tickets that a name finds, statuses 1 to 6."""
    made = []
    for status in range(1, 7):
        given = {"name": f"seek-{status}", "content": "c", "status": status, "urgency": status % 5 + 1}
        made.append(glpi.ask("POST", "Ticket", {"input": given}, 201)["id"])
    return made
