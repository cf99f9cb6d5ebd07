"""Every test of the contract runs on both runtimes, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.asyncio_runtime import AsyncioRuntime
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network

T = TypeVar("T")
AS_USUAL = Network()
FILES = Path("/proc/self/fd")


class Waiting(Protocol):
    """Plays a story on a fresh runtime, closes that, and gives the story's value."""

    def __call__(self, story: Callable[[Any], Coroutine[Any, Any, T]], network: Network = ...) -> T: ...


def _blocking(story: Callable[[Runtime], Coroutine[Any, Any, T]], network: Network = AS_USUAL) -> T:
    runtime = BlockingRuntime(network)
    try:
        return run(story(runtime))
    finally:
        run(runtime.close())


def _looping(story: Callable[[Runtime], Coroutine[Any, Any, T]], network: Network = AS_USUAL) -> T:
    async def whole() -> T:
        runtime = AsyncioRuntime(network)
        try:
            return await story(runtime)
        finally:
            await runtime.close()
            assert asyncio.all_tasks() == {asyncio.current_task()}

    return asyncio.run(whole())


@pytest.fixture(params=[_blocking, _looping], ids=["blocking", "looping"])
def waiting(request: pytest.FixtureRequest) -> Waiting:
    played: Waiting = request.param
    return played


@pytest.fixture(autouse=True, scope="module")
def only_what_comes() -> None:
    """Put out of the collector's sight what other tests left in memory (documents, tables), once their garbage has spoken up.

    Each test here collects garbage: over 300 000 objects of others that took a quarter of a second.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No socket, no thread of ours, no warning about something unclosed; no settings of the machine either."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"}:
            monkeypatch.delenv(name)
    before = _sockets()
    yield
    gc.collect()  # unclosed things speak up now; filterwarnings make it an error
    until = time.monotonic() + 1
    while (_ours() or _sockets() - before) and time.monotonic() < until:
        time.sleep(0.01)
    assert not _ours()
    assert not _sockets() - before


def _ours() -> list[str]:
    """Names of the clients' threads; those of an embedded GLPI that all tests share have no number."""
    return [thread.name for thread in threading.enumerate() if re.match(r"glpi-\d|test-server", thread.name)]


def _sockets() -> set[str]:
    if not FILES.exists():
        return set()
    found = set()
    for name in FILES.iterdir():
        try:
            target = os.readlink(name)  # noqa: PTH115  the target of a descriptor is no path
        except OSError:
            continue
        if target.startswith("socket:"):
            found.add(target)
    return found
