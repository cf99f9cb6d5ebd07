"""A warning names the line of the user's program, whichever kind of client gave it."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient, GlpiWarning
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy


@pytest.fixture
def full(glpi: GlpiServer) -> GlpiServer:
    with legacy(glpi) as api:
        api.ticket.create([{"name": f"t{n}", "content": "c"} for n in range(60)])
    return glpi


def _told(act: Callable[[], object]) -> warnings.WarningMessage:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        act()
    (one,) = [each for each in found if issubclass(each.category, GlpiWarning)]
    return one


def test_a_cut_list_names_the_line_that_asked(full: GlpiServer) -> None:
    with highlevel(full) as api:
        assert _told(api.ticket.get_all).filename == __file__
    with legacy(full) as other:
        assert _told(lambda: other.get_all_items("Ticket")).filename == __file__


def test_a_cut_list_names_the_line_that_awaited(full: GlpiServer) -> None:
    async def main() -> None:
        async with highlevel_async(full) as api:
            await api.ticket.get_all()

    assert _told(lambda: asyncio.run(main())).filename == __file__


@pytest.mark.parametrize("client", [GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI])
def test_plain_http_names_the_line_that_made_the_client(client: Callable[[str], object]) -> None:
    host = f"{client.__name__.lower()}.example.com"
    told = _told(lambda: client(f"http://{host}"))
    assert told.filename == __file__
    assert host in str(told.message)
