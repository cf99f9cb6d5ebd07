"""Fixtures for all tests: a clean environment, an embedded GLPI of one's own, one shared by readers."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from glpi_utils.testing import GlpiServer

pytest_plugins = ["tests.tls", "tests.behaviour.together"]

NOT_OURS = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NETRC"),
)


def unhurried() -> None:
    """Property tests judge no machine: no example is too late, no data is made too slowly."""
    from hypothesis import HealthCheck, settings

    settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("unhurried")


def pytest_configure() -> None:
    """A job that a shell starts in the background ignores SIGINT; the tests of Ctrl-C need it to interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    unhurried()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two processes for each processor: many tests wait for a server, a time-out or a program that they start."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection() -> None:
    """Collecting makes half a million objects and drops few: the collector need not look for them a thousand times."""
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folder that does something once for all of its tests: one process gets it, none does it again."""
    items.sort(key=lambda item: item.path.parent.name != "typing")


def pytest_collection_finish() -> None:
    """Take what pytest collected out of the collector's sight: tests that collect garbage look at their own alone.

    Never between a test and its end: that would hide what it leaks.
    """
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let the collector see all of it once more: what became garbage out of its sight and was not closed speaks up now."""
    gc.unfreeze()
    gc.collect()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on who runs it. `GLPI_TEST_…` names the real server to test against and stays."""
    for name in list(os.environ):
        if name.upper() in NOT_OURS or (name.startswith("GLPI_") and not name.startswith("GLPI_TEST_")):
            monkeypatch.delenv(name)


@pytest.fixture
def glpi() -> Iterator[GlpiServer]:
    """A fresh GLPI 11.0.6 that the test may change as it likes."""
    from glpi_utils.testing import GlpiServer

    with GlpiServer() as server:
        yield server


@pytest.fixture
def glpi10() -> Iterator[GlpiServer]:
    """A fresh GLPI 10.0.17: the legacy API alone."""
    from glpi_utils.testing import GlpiServer

    with GlpiServer(version="10.0.17") as server:
        yield server


@pytest.fixture(scope="session")
def shared_glpi() -> Iterator[GlpiServer]:
    """One GLPI 11.0.6 for all tests that only read and do not count requests."""
    from glpi_utils.testing import GlpiServer

    with GlpiServer() as server:
        yield server
