"""The blocking clients: every way out of a loop whose next page hangs."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils import GlpiAPI, GlpiConnectionError, GlpiOAuthClient
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, legacy
from tests.leaving.measuring import fast, hang, hanging, holds, settled

Client = GlpiOAuthClient | GlpiAPI
MAKERS: dict[str, Callable[..., Client]] = {"hl": highlevel, "legacy": legacy}
HELD = 1
"""A client at rest may keep one connection."""


def leave_by_break(api: Client, glpi: GlpiServer) -> float:
    began = 0.0
    for _page in api.ticket.iter_pages(100):
        hanging(glpi)
        began = time.monotonic()
        break
    return time.monotonic() - began


def leave_by_an_error(api: Client, glpi: GlpiServer) -> float:
    began = 0.0
    try:
        for _row in api.ticket.iter_items(100):
            hanging(glpi)
            began = time.monotonic()
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    return time.monotonic() - began


def leave_by_losing_it(api: Client, glpi: GlpiServer) -> float:
    gc.collect()
    pages: list[Any] = [api.ticket.iter_pages(100)]
    pages.append(pages)  # only the collector finds it
    next(pages[0])
    hanging(glpi)
    began = time.monotonic()
    del pages
    gc.collect()
    return time.monotonic() - began


def leave_by_close_of_the_walk(api: Client, glpi: GlpiServer) -> float:
    pages: Any = api.ticket.iter_pages(100)
    next(pages)
    hanging(glpi)
    began = time.monotonic()
    other = threading.Thread(target=pages.close)
    other.start()
    other.join()
    took = time.monotonic() - began
    assert list(pages) == []
    return took


def _reader(pages: Any, ends: list[Any]) -> threading.Thread:
    def read() -> None:
        try:
            ends.append(sum(len(page) for page in pages))
        except GlpiConnectionError as error:
            ends.append(error)

    reader = threading.Thread(target=read, name="reader")
    reader.start()
    return reader


def leave_while_another_thread_waits(api: Client, glpi: GlpiServer, **how: Any) -> float:
    ends: list[Any] = []
    pages: Any = api.ticket.iter_pages(100, **how)
    reader = _reader(pages, ends)
    hanging(glpi, how.get("concurrency", 3))
    began = time.monotonic()
    pages.close()
    reader.join(5)
    took = time.monotonic() - began
    assert len(ends) == 1
    assert isinstance(ends[0], int), "it was closed on purpose: an end, no error"
    return took


def leave_by_closing_the_client(api: Client, glpi: GlpiServer) -> float:
    pages = api.ticket.iter_pages(100)
    next(pages)
    hanging(glpi)
    began = time.monotonic()
    api.close()
    took = time.monotonic() - began
    with pytest.raises(GlpiConnectionError, match="closed"):
        list(pages)
    return took


def leave_by_closing_the_client_under_a_reader(api: Client, glpi: GlpiServer) -> float:
    ends: list[Any] = []
    reader = _reader(api.ticket.iter_pages(100), ends)
    hanging(glpi)
    began = time.monotonic()
    api.close()
    reader.join(5)
    took = time.monotonic() - began
    assert len(ends) == 1
    assert isinstance(ends[0], GlpiConnectionError), "its reader did not ask for this: an error, no end"
    return took


WAYS = [each for name, each in sorted(globals().items()) if name.startswith("leave_")]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.removeprefix("leave_"))
@pytest.mark.parametrize("kind", MAKERS)
def test_leaving(glpi: GlpiServer, kind: str, way: Callable[[Client, GlpiServer], float]) -> None:
    def once() -> float:
        with MAKERS[kind](glpi, timeout=30) as api:
            api.ticket.get(1)
            before = holds(glpi)
            hang(glpi)
            took = way(api, glpi)
            settled(glpi, (before[0], max(before[1], HELD)))
        glpi.faults.clear()
        return took

    fast(once)


@pytest.mark.parametrize("kind", MAKERS)
def test_leaving_a_walk_that_reads_one_page_after_the_other(glpi: GlpiServer, kind: str) -> None:
    def once() -> float:
        with MAKERS[kind](glpi, timeout=30) as api:
            api.ticket.get(1)
            before = holds(glpi)
            hang(glpi, after=0)
            took = leave_while_another_thread_waits(api, glpi, concurrency=1)
            settled(glpi, before)
        glpi.faults.clear()
        return took

    fast(once)
