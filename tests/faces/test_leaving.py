"""Leaving a walk early: nothing more is asked for, nothing stays open, nothing warns."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator

import pytest

from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy

MOST = 40
"""Of the 400 pages at most so many are asked for before the first was read and the loop left."""


@pytest.fixture
def full() -> Iterator[GlpiServer]:
    with GlpiServer(tickets=2000) as server:
        yield server


def _lists(glpi: GlpiServer) -> int:
    return len([seen for seen in glpi.requests if seen.path.endswith("/Ticket") and seen.method == "GET"])


def _quiet(glpi: GlpiServer) -> None:
    """Once what was on its way has arrived, nothing is asked for any more."""
    asked = 0
    while asked != _lists(glpi) <= 2 * MOST:
        asked = _lists(glpi)
        time.sleep(0.2)
    assert 0 < asked <= MOST


def test_break_asks_for_no_more(full: GlpiServer) -> None:
    for make in (highlevel, legacy):
        with make(full) as api:
            full.requests.clear()
            for page in api.ticket.iter_pages(5):
                assert len(page) == 5
                break
            _quiet(full)
            full.requests.clear()
            for row in api.ticket.iter_items(5):
                assert row["id"] == 1
                break
            _quiet(full)


def test_a_closed_walk_ends(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        pages = api.ticket.iter_pages(5)
        next(pages)
        pages.close()
        assert list(pages) == []
        rows = api.ticket.iter_items(5)
        next(rows)
        rows.close()
        assert list(rows) == []


def test_an_error_in_the_loop_ends_the_walk(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        with pytest.raises(ZeroDivisionError):
            for _page in api.ticket.iter_pages(5):
                raise ZeroDivisionError
        _quiet(glpi)


def test_a_walk_that_was_never_begun(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        api.ticket.iter_pages(5)
        api.ticket.iter_items(5)
        assert glpi.requests == []


def test_async_break_without_aclose(full: GlpiServer) -> None:
    async def main() -> None:
        async with highlevel_async(full) as api:
            async for page in api.ticket.iter_pages(5):
                assert len(page) == 5
                break
            await asyncio.to_thread(_quiet, full)
            full.requests.clear()
            async for row in api.ticket.iter_items(5):
                assert row["id"] == 1
                break

    asyncio.run(main())
    gc.collect()
    _quiet(full)


def test_an_asynchronous_walk_that_outlives_its_loop(glpi: GlpiServer) -> None:
    api = highlevel_async(glpi)
    pages = api.ticket.iter_pages(25)
    one = asyncio.run(pages.__anext__())
    two = asyncio.run(pages.__anext__())
    assert [row["id"] for row in one + two] == [row["id"] for row in glpi.rows("Ticket")]
    asyncio.run(api.close())


def test_by_hand(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        pages = api.ticket.iter_pages(30)
        assert [len(next(pages)), len(next(pages))] == [30, len(glpi.rows("Ticket")) - 30]
        with pytest.raises(StopIteration):
            next(pages)
        assert next(pages, None) is None
