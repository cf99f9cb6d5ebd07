"""The asyncio clients: every way out of a loop whose next page hangs."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiConnectionError
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel_async, legacy_async
from tests.leaving.measuring import fast, hang, hanging, holds, settled, settled_async

Client = AsyncGlpiOAuthClient | AsyncGlpiAPI
MAKERS: dict[str, Callable[..., Client]] = {"hl": highlevel_async, "legacy": legacy_async}


async def until_it_hangs(glpi: GlpiServer, least: int = 3) -> None:
    await asyncio.to_thread(hanging, glpi, least)


async def leave_by_break(api: Client, glpi: GlpiServer) -> float:
    began = 0.0
    async for _page in api.ticket.iter_pages(100):
        await until_it_hangs(glpi)
        began = time.monotonic()
        break
    return time.monotonic() - began


async def leave_by_an_error(api: Client, glpi: GlpiServer) -> float:
    began = 0.0
    try:
        async for _row in api.ticket.iter_items(100):
            await until_it_hangs(glpi)
            began = time.monotonic()
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    return time.monotonic() - began


async def leave_by_losing_it(api: Client, glpi: GlpiServer) -> float:
    gc.collect()
    pages: list[Any] = [api.ticket.iter_pages(100)]
    pages.append(pages)
    await pages[0].__anext__()
    await until_it_hangs(glpi)
    began = time.monotonic()
    del pages
    await asyncio.to_thread(gc.collect)  # the collector runs on any thread
    return time.monotonic() - began


async def leave_by_close_of_the_walk(api: Client, glpi: GlpiServer) -> float:
    pages = api.ticket.iter_pages(100)
    await pages.__anext__()
    await until_it_hangs(glpi)
    began = time.monotonic()
    await pages.aclose()
    took = time.monotonic() - began
    assert [page async for page in pages] == []
    return took


async def _read(pages: Any) -> int:
    return sum([len(page) async for page in pages])


async def leave_by_close_of_the_walk_under_a_reader(api: Client, glpi: GlpiServer) -> float:
    pages = api.ticket.iter_pages(100)
    reader = asyncio.create_task(_read(pages))
    await until_it_hangs(glpi)
    began = time.monotonic()
    await pages.aclose()
    await asyncio.wait_for(reader, 5)
    return time.monotonic() - began


async def leave_by_closing_the_client(api: Client, glpi: GlpiServer) -> float:
    pages = api.ticket.iter_pages(100)
    await pages.__anext__()
    await until_it_hangs(glpi)
    began = time.monotonic()
    await api.close()
    took = time.monotonic() - began
    with pytest.raises(GlpiConnectionError, match="closed"):
        await _read(pages)
    return took


async def leave_by_closing_the_client_under_a_reader(api: Client, glpi: GlpiServer) -> float:
    reader = asyncio.create_task(_read(api.ticket.iter_pages(100)))
    await until_it_hangs(glpi)
    began = time.monotonic()
    await api.close()
    with pytest.raises(GlpiConnectionError):
        await asyncio.wait_for(reader, 5)
    return time.monotonic() - began


async def leave_by_cancelling(api: Client, glpi: GlpiServer) -> float:
    reader = asyncio.create_task(api.ticket.get_all_pages())
    await until_it_hangs(glpi)
    began = time.monotonic()
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    return time.monotonic() - began


async def leave_by_timeout(api: Client, glpi: GlpiServer) -> float:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.6):
            began = time.monotonic()
            await api.ticket.get_all_pages()
    return time.monotonic() - began - 0.6


WAYS = [each for name, each in sorted(globals().items()) if name.startswith("leave_")]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.removeprefix("leave_"))
@pytest.mark.parametrize("kind", MAKERS)
def test_leaving(glpi: GlpiServer, kind: str, way: Callable[[Client, GlpiServer], Awaitable[float]]) -> None:
    async def story() -> float:
        async with MAKERS[kind](glpi, timeout=30) as api:
            await api.ticket.get(1)
            before, tasks = holds(glpi), len(asyncio.all_tasks())
            hang(glpi)
            took = await way(api, glpi)
            await settled_async(glpi, (before[0], max(before[1], 1)), tasks)
        return took

    def once() -> float:
        took = asyncio.run(story())
        glpi.faults.clear()
        return took

    fast(once)


@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize("kind", MAKERS)
def test_the_event_loop_ends_over_a_half_read_list(glpi: GlpiServer, kind: str, after: int) -> None:
    def once() -> float:
        before = holds(glpi)
        kept: list[Any] = []

        async def story() -> float:
            api = MAKERS[kind](glpi, timeout=30)
            await api.ticket.get(1)
            hang(glpi, after)
            kept.append(api.ticket.iter_pages(100))
            kept.append(asyncio.create_task(_read(kept[0])))
            await until_it_hangs(glpi, after + 1)
            return time.monotonic()

        began = asyncio.run(story())
        took = time.monotonic() - began
        settled(glpi, before)
        glpi.faults.clear()
        return took

    fast(once)
