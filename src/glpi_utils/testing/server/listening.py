"""How a listener is closed."""

from __future__ import annotations

import asyncio
import contextlib


async def accept_no_more(listener: asyncio.Server) -> None:
    """Close a listener, once what it accepted a moment ago has its protocol: asyncio would leave those sockets open."""
    with contextlib.suppress(NotImplementedError):  # Windows' event loop has no readers
        for sock in listener.sockets:
            asyncio.get_running_loop().remove_reader(sock.fileno())
        for _ in range(3):
            await asyncio.sleep(0)
    listener.close()
