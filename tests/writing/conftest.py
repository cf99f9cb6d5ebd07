"""One embedded server of each version for all tests of writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from glpi_utils.testing import GlpiServer
from tests.writing.places import Place


class Servers:
    """Each version's server, started when it is first wanted."""

    def __init__(self, ends: ExitStack) -> None:
        self._ends = ends
        self._running: dict[str, GlpiServer] = {}

    def __getitem__(self, version: str) -> GlpiServer:
        if version not in self._running:
            self._running[version] = self._ends.enter_context(GlpiServer(version=version))
        return self._running[version]


@pytest.fixture(scope="package")
def servers() -> Iterator[Servers]:
    with ExitStack() as ends:
        yield Servers(ends)


@pytest.fixture
def hl(servers: Servers) -> Iterator[Place]:
    """The High-Level API of 11.0.6."""
    yield from Place.at("hl", servers["11.0.6"])


@pytest.fixture
def newer(servers: Servers) -> Iterator[Place]:
    """The High-Level API of 11.0.11: version 2.3."""
    yield from Place.at("hl", servers["11.0.11"])


@pytest.fixture(params=["11.0.6", "10.0.17"])
def legacy(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Place]:
    """The legacy API of both versions."""
    yield from Place.at("legacy", servers[request.param])


@pytest.fixture(params=["hl-11.0.6", "legacy-11.0.6", "legacy-10.0.17"])
def place(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Place]:
    """Each API of each version."""
    api, _, version = request.param.partition("-")
    yield from Place.at(api, servers[version])
