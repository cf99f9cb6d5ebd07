"""The pytest plugin: `glpi_server`, `glpi_api` and `glpi_faults` for any test, `@pytest.mark.glpi(…)` for their options.

Loaded at every start of pytest wherever glpi_utils is installed, so nothing is imported before a fixture is asked for.
"""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from glpi_utils import GlpiAPI, GlpiOAuthClient
    from glpi_utils.testing import GlpiServer, ReadyFaults

MARK = (
    "glpi(version=, tickets=, pace=, …, api=): how `glpi_server` is made (keywords of GlpiServer), and whether "
    '`glpi_api` speaks "highlevel" or "legacy"'
)


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", MARK)


def options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the marks say: of the test, its class, its module; the nearest wins."""
    found: dict[str, Any] = {}
    for mark in request.node.iter_markers("glpi"):
        if mark.args:
            raise pytest.UsageError('@pytest.mark.glpi takes keywords only: glpi(version="10.0.17", tickets=100)')
        found = {**mark.kwargs, **found}
    return found


@pytest.fixture
def glpi_server(request: pytest.FixtureRequest) -> Iterator[GlpiServer]:
    """A fresh embedded GLPI with a small service desk in it, on a port of its own; it is the test's to change."""
    from glpi_utils.testing import GlpiServer

    wanted = options(request)
    wanted.pop("api", None)
    with GlpiServer(**wanted) as server:
        yield server


@pytest.fixture
def glpi_faults(glpi_server: GlpiServer) -> ReadyFaults:
    """What is to go wrong on `glpi_server`: `glpi_faults.drop_after(method="POST", times=1)`."""
    return glpi_server.faults


@pytest.fixture
def glpi_api(request: pytest.FixtureRequest, glpi_server: GlpiServer) -> Iterator[GlpiOAuthClient | GlpiAPI]:
    """A client of `glpi_server`, logged in as its super-admin; closed when the test is over.

    GlpiOAuthClient, or GlpiAPI where GLPI is a 10 or the mark says api="legacy". Its login is not in
    `glpi_server.requests`.
    """
    from glpi_utils import GlpiAPI, GlpiOAuthClient

    server = glpi_server
    legacy = "legacy" if server.version.startswith("10.") else "highlevel"
    api = options(request).get("api", legacy)
    if api not in ("highlevel", "legacy"):
        raise pytest.UsageError(f'@pytest.mark.glpi(api={api!r}): "highlevel" or "legacy"')
    if api == "legacy":
        client: GlpiOAuthClient | GlpiAPI = GlpiAPI(
            server.url, server.app_token, username=server.username, password=server.password
        )
    else:
        client = GlpiOAuthClient(server.url, server.client_id, server.client_secret, server.username, server.password)
    with client:
        client.login()
        server.requests.clear()
        yield client
