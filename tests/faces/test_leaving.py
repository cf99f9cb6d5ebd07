"""Leaving a walk early: nothing more is asked for, nothing stays open, nothing warns."""

from __future__ import annotations

import asyncio
import gc

import pytest

from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy


def _lists(glpi: GlpiServer) -> int:
    return len([seen for seen in glpi.requests if seen.path.endswith("/Ticket") and seen.method == "GET"])


def test_break_asks_for_no_more(glpi: GlpiServer) -> None:
    for make in (highlevel, legacy):
        with make(glpi) as api:
            glpi.requests.clear()
            for page in api.ticket.iter_pages(5):
                assert len(page) == 5
                break
            for row in api.ticket.iter_items(5):
                assert row["id"] == 1
                break
            assert _lists(glpi) == 2


def test_a_closed_walk_ends(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        pages = api.ticket.iter_pages(5)
        next(pages)
        pages.close()  # type: ignore[attr-defined]
        assert list(pages) == []
        rows = api.ticket.iter_items(5)
        next(rows)
        rows.close()  # type: ignore[attr-defined]
        assert list(rows) == []


def test_an_error_in_the_loop_ends_the_walk(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        with pytest.raises(ZeroDivisionError):
            for _page in api.ticket.iter_pages(5):
                raise ZeroDivisionError
        assert _lists(glpi) == 1


def test_a_walk_that_was_never_begun(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        api.ticket.iter_pages(5)
        api.ticket.iter_items(5)
        assert glpi.requests == []


def test_async_break_without_aclose(glpi: GlpiServer) -> None:
    async def main() -> None:
        async with highlevel_async(glpi) as api:
            async for page in api.ticket.iter_pages(5):
                assert len(page) == 5
                break
            async for row in api.ticket.iter_items(5):
                assert row["id"] == 1
                break

    asyncio.run(main())
    gc.collect()
    assert _lists(glpi) == 2


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
