"""What a client holds (threads, tasks, sockets to the server), and how long leaving took."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from glpi_utils.testing import GlpiServer, troubles

AT_ONCE = 5.0
"""Seconds that leaving may take: what is not cut off waits for its time-out, 30, however quick or busy the machine is."""
SOON = 10.0
"""Seconds until nothing is held any more."""
FDS = Path("/proc/self/fd")


def hang(glpi: GlpiServer, after: int = 2) -> None:
    """From the third list on, no list of tickets is answered."""
    glpi.faults.clear()
    glpi.requests.clear()
    glpi.faults.add(troubles.hang(path="/Ticket", after=after))


def hanging(glpi: GlpiServer, least: int = 3) -> None:
    """Wait until a page hangs."""
    until = time.monotonic() + 10
    while glpi.count(path="/Ticket") < least:
        assert time.monotonic() < until, "nothing was read ahead"
        time.sleep(0.005)


def threads() -> int:
    """The library's own threads."""
    return len([each for each in threading.enumerate() if re.fullmatch(r"glpi-\d+", each.name)])


def sockets(glpi: GlpiServer) -> int:
    """How many sockets of this process lead to the server; 0 where that cannot be told."""
    if not FDS.exists():
        return 0
    port, found = int(glpi.url.rpartition(":")[2].strip("/")), 0
    for name in FDS.iterdir():
        try:
            if not str(name.readlink()).startswith("socket:"):
                continue
            with socket.socket(fileno=os.dup(int(name.name))) as each:
                found += each.family in (socket.AF_INET, socket.AF_INET6) and each.getpeername()[1] == port
        except OSError:  # it was closed meanwhile, or leads nowhere
            continue
    return found


def holds(glpi: GlpiServer) -> tuple[int, int]:
    """What this process holds: threads, sockets to the server."""
    return threads(), sockets(glpi)


def settled(glpi: GlpiServer, most: tuple[int, int]) -> None:
    """Soon no more is held than that."""
    until = time.monotonic() + SOON
    while any(now > before for now, before in zip(holds(glpi), most, strict=True)):
        assert time.monotonic() < until, f"threads and sockets {holds(glpi)}, before {most}"
        time.sleep(0.01)


async def settled_async(glpi: GlpiServer, most: tuple[int, int], tasks: int) -> None:
    """Likewise, and of tasks."""
    until = time.monotonic() + SOON
    while len(asyncio.all_tasks()) > tasks or any(now > was for now, was in zip(holds(glpi), most, strict=True)):
        assert time.monotonic() < until, f"{asyncio.all_tasks()}; threads and sockets {holds(glpi)}, before {most}"
        await asyncio.sleep(0.01)


def fast(once: Callable[[], float]) -> None:
    """Leave, and see that nothing waited for an answer."""
    took = once()
    assert took < AT_ONCE, f"leaving took {took} s"
