"""Closing a client: quick and quiet, also where the server is gone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from glpi_utils import GlpiConnectionError
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy, legacy_async


def test_closing_on_a_server_that_is_gone(glpi: GlpiServer, caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Any] = []
    api = legacy(glpi, on_request=sent.append)
    api.ticket.get(1)
    glpi.stop()
    sent.clear()
    api.close()
    assert [each.attempt for each in sent] == [1], "whoever leaves is not held up by repeats"
    assert "logout failed" in caplog.text
    glpi.start()
    assert api.ticket.get(1)["id"] == 1
    api.close()


def test_closing_on_a_server_that_is_gone_async(glpi: GlpiServer) -> None:
    sent: list[Any] = []

    async def main() -> None:
        async with legacy_async(glpi, on_request=sent.append) as api:
            await api.ticket.get(1)
            glpi.stop()
            sent.clear()

    asyncio.run(main())
    assert [each.attempt for each in sent] == [1]


def test_a_logout_that_fails_says_so(glpi: GlpiServer) -> None:
    with legacy(glpi) as api:
        api.ticket.get(1)
        glpi.stop()
        with pytest.raises(GlpiConnectionError):
            api.logout()


def test_the_error_inside_with_is_the_one_that_comes_out(glpi: GlpiServer) -> None:
    with pytest.raises(ZeroDivisionError), legacy(glpi) as api:
        api.ticket.get(1)
        glpi.stop()
        raise ZeroDivisionError


def test_closing_twice_and_using_again(glpi: GlpiServer) -> None:
    for make in (highlevel, legacy):
        api = make(glpi)
        for _ in range(2):
            assert api.ticket.get(1)["id"] == 1
            api.close()
            api.close()
    assert glpi.count(path="killSession") == 2
    assert glpi.count("POST", "/token") == 2


def test_an_asynchronous_client_closed_in_another_loop(glpi: GlpiServer) -> None:
    api = highlevel_async(glpi)
    asyncio.run(api.ticket.get(1))
    asyncio.run(api.close())
    asyncio.run(api.ticket.get(1))
    asyncio.run(api.close())
    assert glpi.count("POST", "/token") == 2
