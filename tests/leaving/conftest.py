"""One server for all ways to leave."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from glpi_utils.testing import GlpiServer


@pytest.fixture(scope="package")
def long_lists() -> Iterator[GlpiServer]:
    with GlpiServer(tickets=4000) as server:
        yield server


@pytest.fixture
def glpi(long_lists: GlpiServer) -> Iterator[GlpiServer]:
    yield long_lists
    long_lists.faults.clear()
    long_lists.requests.clear()
