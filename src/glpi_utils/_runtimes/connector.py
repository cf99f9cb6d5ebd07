"""aiohttp's own classes, each with one thing more: a failure says how far the request came.

Nothing of aiohttp's is used here that it does not document.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from http.client import HTTPException
from time import monotonic
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import aiohttp

from . import transport_errors as faults

if TYPE_CHECKING:
    from aiohttp.connector import Connection
    from yarl import URL

MOST_HEADERS = 100
MAX_IDLE: ContextVar[float | None] = ContextVar("MAX_IDLE", default=None)
"""Seconds for which a pooled connection may have been idle to carry the request at hand; None: any."""


class Connector(aiohttp.TCPConnector):
    """Tells apart what failed before a connection was there; knows since when each connection idles."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # pyright: ignore[reportUnknownMemberType]
        self._left: WeakKeyDictionary[asyncio.Protocol, float] = WeakKeyDictionary()
        """When each connection was last given back; while it is in use, when it was taken."""

    async def connect(self, req: aiohttp.ClientRequest, *more: Any, **words: Any) -> Connection:
        """Connect, or take a connection from the pool that did not idle for too long."""
        try:
            connection = await super().connect(req, *more, **words)
            while self._idled_too_long(connection):
                connection.close()
                connection = await super().connect(req, *more, **words)
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            fault = faults.connecting(problem, where(req.url, req.proxy))
        else:
            self._watch(connection)
            return connection
        raise fault  # none of aiohttp's own: it is not repeated, and passes through its session as it is

    def _idled_too_long(self, connection: Connection) -> bool:
        most, protocol = MAX_IDLE.get(), connection.protocol
        return most is not None and protocol is not None and monotonic() - self._left.get(protocol, monotonic()) > most

    def _watch(self, connection: Connection) -> None:
        protocol, left = connection.protocol, self._left
        if protocol is None:
            return

        def given_back() -> None:
            left[protocol] = monotonic()

        given_back()
        connection.add_callback(given_back)

    def abandon(self) -> None:
        """Close the sockets of a loop that is closed itself: there is nobody left to tell."""
        for protocol in list(self._left):
            _close_socket(getattr(protocol, "transport", None))


class SentRequest(aiohttp.ClientRequest):
    """Breaks with a `TransportError`: aiohttp would repeat by itself what broke with an error of its own."""

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        """Send it."""
        try:
            return await super().send(conn)
        except ValueError:  # a header that no rule allows; it is written down before anything is sent
            fault = faults.unsendable(where(self.url, self.proxy))
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            fault = faults.sending(problem, where(self.url, self.proxy))
        raise fault


class AwaitedResponse(aiohttp.ClientResponse):
    """Likewise, while its head is awaited."""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        """Wait for the head; one with more headers than http.client reads is refused here too."""
        try:
            started = await super().start(connection)
            if len(self.raw_headers) > MOST_HEADERS:  # aiohttp itself counts them from 3.14 on
                raise HTTPException
            return started
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            fault = faults.sending(problem, where(self.url, None))
        raise fault


def where(url: URL, proxy: object) -> str:
    """Name the server, and the proxy in between."""
    return f"{url.raw_host}:{url.port}" + (f" through the proxy {proxy}" if proxy else "")


def _close_socket(transport: Any) -> None:
    """Take the socket from a transport that no loop serves any more; asyncio has no public way to."""
    for _ in range(3):  # TLS lies around the plain transport, TLS in TLS once more
        inner = getattr(getattr(transport, "_ssl_protocol", None), "_transport", None)
        if inner is None:
            break
        transport._closed = True
        transport = inner
    sock = getattr(transport, "_sock", None)
    if sock is not None:
        transport._sock = None
        sock.close()
