"""One embedded server of each version for all tests of writing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from glpi_utils.testing import GlpiServer
from tests.writing.places import Place


@pytest.fixture(scope="package")
def servers() -> Iterator[dict[str, GlpiServer]]:
    with GlpiServer() as eleven, GlpiServer(version="11.0.11") as newer, GlpiServer(version="10.0.17") as ten:
        yield {"11.0.6": eleven, "11.0.11": newer, "10.0.17": ten}


@pytest.fixture
def hl(servers: dict[str, GlpiServer]) -> Iterator[Place]:
    """The High-Level API of 11.0.6."""
    yield from Place.at("hl", servers["11.0.6"])


@pytest.fixture
def newer(servers: dict[str, GlpiServer]) -> Iterator[Place]:
    """The High-Level API of 11.0.11: version 2.3."""
    yield from Place.at("hl", servers["11.0.11"])


@pytest.fixture(params=["11.0.6", "10.0.17"])
def legacy(request: pytest.FixtureRequest, servers: dict[str, GlpiServer]) -> Iterator[Place]:
    """The legacy API of both versions."""
    yield from Place.at("legacy", servers[request.param])


@pytest.fixture(params=["hl-11.0.6", "legacy-11.0.6", "legacy-10.0.17"])
def place(request: pytest.FixtureRequest, servers: dict[str, GlpiServer]) -> Iterator[Place]:
    """Each API of each version."""
    api, _, version = request.param.partition("-")
    yield from Place.at(api, servers[version])
