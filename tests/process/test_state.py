"""Importing and using the library changes nothing that belongs to the process: before, meanwhile, afterwards."""

from __future__ import annotations

import asyncio
import gc
import locale
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient
from glpi_utils.testing import GlpiServer
from tests.process.state import PARTS, differences, state

ROOT = Path(__file__).resolve().parents[2]
IMPORTS = (
    "from glpi_utils import *",
    "import glpi_utils.api, glpi_utils.aio, glpi_utils.oauth, glpi_utils.logger, glpi_utils.testing",
    "import glpi_utils._runtimes.aiohttp, glpi_utils._runtimes.proxied, glpi_utils._runtimes.threads",
)


@pytest.fixture(scope="module")
def server() -> Iterator[GlpiServer]:
    with GlpiServer(tickets=600) as server:
        yield server


def credentials(server: GlpiServer) -> tuple[str, str, str, str, str]:
    return server.url, server.client_id, server.client_secret, "glpi", "glpi"


class Watch:
    """Compares the process with what it was at first, whenever it is called."""

    def __init__(self) -> None:
        self.first = state()
        self.looks = 0
        self.seen: dict[str, tuple[Any, Any]] = {}

    def __call__(self, _: object = None) -> None:
        self.looks += 1
        self.seen |= differences(self.first, state())


@pytest.mark.parametrize("program", IMPORTS)
def test_an_import_changes_nothing(program: str) -> None:
    whole = (
        "from tests.process.state import differences, state\n"
        f"before = state()\n{program}\nfound = differences(before, state())\nassert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", whole], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _blocking_work(server: GlpiServer, watch: Watch) -> None:
    with GlpiOAuthClient(*credentials(server), on_request=watch, on_response=watch) as api:
        api.ticket.get_all_pages(page_size=100, concurrency=4, on_page=watch)
        for _ in api.ticket.iter_pages(page_size=100, on_page=watch):
            break
        made = api.ticket.create({"name": "A", "content": "t"})
        api.ticket.delete({"id": made["id"]})
    with GlpiAPI(server.url, on_request=watch, on_response=watch) as old:
        old.login("glpi", "glpi")
        old.ticket.get_all_pages(page_size=100, concurrency=4, on_page=watch)


async def _awaited_work(server: GlpiServer, watch: Watch) -> None:
    async with AsyncGlpiOAuthClient(*credentials(server), on_request=watch) as api:
        walks = [api.ticket.get_all_pages(page_size=100, concurrency=4, on_page=watch) for _ in range(3)]
        await asyncio.gather(*walks)
        async for _ in api.ticket.iter_pages(page_size=100, on_page=watch):
            break
    async with AsyncGlpiAPI(server.url, on_response=watch) as old:
        await old.login("glpi", "glpi")
        await old.ticket.get_all_pages(page_size=100, concurrency=4, on_page=watch)


def test_blocking_clients_change_nothing(server: GlpiServer) -> None:
    watch = Watch()
    _blocking_work(server, watch)
    watch()
    assert watch.looks > 20
    assert watch.seen == {}


def test_asyncio_clients_change_nothing_and_leave_the_default_executor_that_is_set(server: GlpiServer) -> None:
    async def main() -> None:
        with ThreadPoolExecutor(2) as mine:
            asyncio.get_running_loop().set_default_executor(mine)
            watch = Watch()
            await _awaited_work(server, watch)
            watch()
            assert watch.looks > 20
            assert watch.seen == {}

    asyncio.run(main())


def test_nothing_is_switched_even_for_a_moment(server: GlpiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is changed and restored between two looks is seen here: the very calls are counted."""
    calls: list[str] = []

    def counted(where: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(where, name)

        def call(*args: Any, **keywords: Any) -> Any:
            calls.append(f"{where.__name__}.{name}")
            return real(*args, **keywords)

        monkeypatch.setattr(where, name, call)

    for name in ("disable", "enable", "set_threshold", "freeze", "unfreeze", "collect", "set_debug"):
        counted(gc, name)
    for where, name in ((signal, "signal"), (locale, "setlocale"), (sys, "setswitchinterval")):
        counted(where, name)
    watch = Watch()
    calls.clear()  # reading the locale is a call of setlocale
    monkeypatch.setattr(Watch, "__call__", lambda self, _=None: None)
    _blocking_work(server, watch)
    assert calls == []


OTHERS = """
import asyncio, sys
from collections import deque
from glpi_utils import AsyncGlpiOAuthClient

class Node:
    made = alive = most = 0

    def __init__(self):
        self.me = self
        Node.made += 1
        Node.alive += 1
        Node.most = max(Node.most, Node.alive)

    def __del__(self):
        Node.alive -= 1

in_use = deque(maxlen=5000)

def work(_):
    in_use.extend(Node() for _ in range(2000))

async def main():
    async with AsyncGlpiOAuthClient(*sys.argv[1:]) as api:
        await asyncio.gather(*(api.ticket.get_all_pages(page_size=10, on_page=work) for _ in range(2)))

asyncio.run(main())
print(Node.made, Node.most)
"""


def test_garbage_of_others_is_collected_while_lists_are_read(server: GlpiServer) -> None:
    """Two reads overlap beside a program whose cyclic objects live a moment, so that older generations hold them."""
    command = [sys.executable, "-c", OTHERS, *credentials(server)]  # its heap is small: old objects put collections off
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    made, alive = map(int, done.stdout.split())
    assert made >= 200_000
    assert alive < made // 2, alive


def test_the_comparison_sees_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    before = state()
    monkeypatch.setenv("GLPI_UTILS_TEST", "1")
    assert set(differences(before, state())) == {"environment"}
    threshold = gc.get_threshold()
    gc.set_threshold(threshold[0] + 1, *threshold[1:])
    try:
        assert set(differences(before, state())) == {"environment", "garbage collector"}
    finally:
        gc.set_threshold(*threshold)
    assert set(before) == set(PARTS)
