"""Connections to embedded servers that are closed when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from glpi_utils.testing import GlpiServer
from tests.testing.talking import Talk


@pytest.fixture
def talk() -> Iterator[Callable[[GlpiServer], Talk]]:
    """Make connections."""
    with ExitStack() as stack:

        def make(glpi: GlpiServer) -> Talk:
            made = Talk(glpi)
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def line(glpi: GlpiServer, talk: Callable[[GlpiServer], Talk]) -> Talk:
    """A logged-in connection to the 11.0.6 of `glpi`."""
    return talk(glpi).log_in()


@pytest.fixture
def line10(glpi10: GlpiServer, talk: Callable[[GlpiServer], Talk]) -> Talk:
    """A logged-in connection to the 10.0.17 of `glpi10`."""
    return talk(glpi10).log_in()
