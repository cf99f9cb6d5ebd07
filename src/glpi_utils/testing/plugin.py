"""The pytest plugin: `glpi_server`, `glpi_api`, `glpi_async_api`, `glpi_env` and `glpi_faults` for any test, `@pytest.mark.glpi(…)` for their options.

Loaded at every start of pytest wherever glpi_utils is installed, so nothing is imported before a fixture is asked for.
"""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient
    from glpi_utils.testing import GlpiServer, ReadyFaults

    H = TypeVar("H")
    L = TypeVar("L")

MARK = (
    "glpi(version=, tickets=, pace=, …, api=): how `glpi_server` is made (keywords of GlpiServer), and whether "
    '`glpi_api` speaks "highlevel" or "legacy"'
)


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", MARK)


def options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return what the marks say: of the test, its class, its module; the nearest wins."""
    import difflib
    import inspect

    from glpi_utils.testing import GlpiServer

    keywords: dict[str, Any] = {}
    for mark in request.node.iter_markers("glpi"):
        if mark.args:
            raise pytest.UsageError('@pytest.mark.glpi takes keywords only: glpi(version="10.0.17", tickets=100)')
        keywords = {**mark.kwargs, **keywords}
    known = inspect.signature(GlpiServer).parameters
    for name in keywords:
        if name != "api" and name not in known:
            near = difflib.get_close_matches(name, [*known, "api"], n=1)
            meant = f"; did you mean {near[0]}=?" if near else f"; it takes {', '.join([*known, 'api'])}"
            raise pytest.UsageError(f"@pytest.mark.glpi has no {name}={meant}")
    return keywords


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

    with made(request, glpi_server, GlpiOAuthClient, GlpiAPI) as client:
        client.login()
        glpi_server.requests.clear()
        yield client


@pytest.fixture
def glpi_async_api(
    request: pytest.FixtureRequest, glpi_server: GlpiServer
) -> Iterator[AsyncGlpiOAuthClient | AsyncGlpiAPI]:
    """As `glpi_api`, for asyncio, whatever runs the test's loop. It logs in with its first call."""
    import asyncio

    from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient

    client = made(request, glpi_server, AsyncGlpiOAuthClient, AsyncGlpiAPI)
    yield client
    asyncio.run(client.close())


@pytest.fixture
def glpi_env(glpi_server: GlpiServer, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment variables that lead to `glpi_server`, set for this test; every other ``GLPI_…`` is taken away."""
    import os

    for name in [each for each in os.environ if each.startswith("GLPI_")]:
        monkeypatch.delenv(name)
    for name, value in glpi_server.environment.items():
        monkeypatch.setenv(name, value)
    return glpi_server.environment


def made(
    request: pytest.FixtureRequest, server: GlpiServer, highlevel: Callable[..., H], legacy: Callable[..., L]
) -> H | L:
    """Return a client of the API that the mark names, else of the newest that the server has."""
    api = options(request).get("api", "legacy" if server.version.startswith("10.") else "highlevel")
    if api == "legacy":
        return legacy(server.url, server.app_token, username=server.username, password=server.password)
    if api == "highlevel":
        return highlevel(server.url, server.client_id, server.client_secret, server.username, server.password)
    raise pytest.UsageError(f'@pytest.mark.glpi(api={api!r}): "highlevel" or "legacy"')
