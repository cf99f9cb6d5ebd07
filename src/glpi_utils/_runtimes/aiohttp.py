"""aiohttp's session, kept to one job: send exactly this once, and tell how far it came."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from .._wire import Fault, Sending
from ..exceptions import GlpiValidationError
from . import faults
from .network import KEPT_IDLE, Network, Proxy, proxy_for, tls_context

if TYPE_CHECKING:
    from ssl import SSLContext

    from aiohttp.client_proto import ResponseHandler
    from aiohttp.connector import Connection

LARGE = 256 * 1024
"""A larger body is sent in pieces, and the wait for the answer grows with it."""
HEAD_LINE = 65536
OURS = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class _Connector(aiohttp.TCPConnector):
    """Tells apart what failed before a connection was there; forgets connections on demand."""

    async def connect(self, req: Any, traces: Any, timeout: Any) -> Connection:
        try:
            return await super().connect(req, traces, timeout)
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            fault = faults.connecting(problem, _where(req.url, req.proxy))
        raise fault  # none of aiohttp's own: it is not repeated, and passes through its session as it is

    def drop_idle(self, longer_than: float) -> None:
        """Close the pooled connections that nobody used for so long."""
        oldest = monotonic() - longer_than
        for key, held in list(self._conns.items()):
            for each in [each for each in held if each[1] < oldest]:
                held.remove(each)
                each[0].close()
            if not held:
                del self._conns[key]

    def abandon(self) -> None:
        """Close the sockets of a loop that is closed itself: there is nobody left to tell."""
        left: list[ResponseHandler] = [proto for held in self._conns.values() for proto, _ in held]
        for proto in (*left, *self._acquired):
            _close_socket(getattr(proto, "transport", None))
        self._close()


class _Request(aiohttp.ClientRequest):
    """Breaks with a `Fault`: aiohttp would repeat by itself what broke with an error of its own."""

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        try:
            return await super().send(conn)
        except ValueError:  # a header that no rule allows; it is written down before anything is sent
            fault = faults.unsendable(_where(self.url, self.proxy))
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            fault = faults.sending(problem, _where(self.url, self.proxy))
        raise fault


class _Response(aiohttp.ClientResponse):
    """Likewise, while its head is awaited."""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        try:
            return await super().start(connection)
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            fault = faults.sending(problem, _where(self.url, None))
        raise fault


class Answer:
    """An answer whose head is here; holds its connection and its place until the body is read or closed."""

    __slots__ = ("_over", "_places", "_response", "headers", "status", "where")

    def __init__(self, response: aiohttp.ClientResponse, places: asyncio.Semaphore, where: str) -> None:
        self._response, self._places, self.where = response, places, where
        self._over = False
        self.status: int = response.status
        self.headers: Mapping[str, str] = _headers(response)

    async def read(self) -> bytes:
        """The whole body, decoded."""
        return await self._take(whole=True)

    async def chunk(self) -> bytes:
        """The next piece, empty at the end."""
        return await self._take(whole=False)

    async def close(self) -> None:
        """Leave the rest unread."""
        self._finish()

    async def _take(self, *, whole: bool) -> bytes:
        if self._over:
            return b""
        content = self._response.content
        try:
            data = await (content.read() if whole else content.readany())
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            fault = faults.sending(problem, self.where)
        except BaseException:
            self._finish()
            raise
        else:
            if whole or not data:
                self._finish()
            return data
        self._finish()
        raise fault

    def _finish(self) -> None:
        if self._over:
            return
        self._over = True
        if self._response.content.at_eof():
            self._response.release()  # aiohttp has given the connection back by itself
        else:
            self._response.close()
        self._places.release()


class Session:
    """One event loop's connections, and the limit of requests in flight there."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._places = asyncio.Semaphore(network.limit)
        self._context: SSLContext | None = None
        self._proxies: dict[tuple[str, str, int], Proxy | None] = {}
        self._connector = _Connector(limit=0, keepalive_timeout=KEPT_IDLE, resolver=aiohttp.ThreadedResolver())
        self._client = aiohttp.ClientSession(
            connector=self._connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=OURS,
            auto_decompress=True,
            trust_env=False,
            request_class=_Request,
            response_class=_Response,
            max_line_size=HEAD_LINE,
            max_field_size=HEAD_LINE,
        )
        self._guard: AsyncGenerator[None, None] | None = None

    async def start(self) -> None:
        """From now on the end of the event loop closes the session."""
        self._guard = _until_the_loop_ends(self._client)
        await anext(self._guard)

    async def open(self, sending: Sending) -> Answer:
        """Send it and wait for the head; a place is held until the answer was read or closed."""
        url = _url(sending.url)
        if self._places.locked():
            sending = await self._wait(sending, _where(url, None))
        else:
            await self._places.acquire()
        try:
            if sending.departs is not None:
                sending.departs()
            proxy = self._proxy(url)
            fault, response = await self._ask(sending, url, proxy)
            if response is None:
                raise fault or faults.unsendable("the server")
            return Answer(response, self._places, _where(url, proxy and proxy.url))
        except BaseException:
            self._places.release()
            raise

    async def _wait(self, sending: Sending, where: str) -> Sending:
        """Wait for a place; what is left of the time then is for the request."""
        began, there = monotonic(), False
        try:
            async with asyncio.timeout(sending.longest):
                there = await self._places.acquire()
        except TimeoutError:
            pass
        if not there:
            raise faults.crowded(where)
        if sending.longest is None:
            return sending
        left = max(0.001, sending.longest - (monotonic() - began))
        patience = min(sending.connect_timeout, left), min(sending.read_timeout, left)
        return sending._replace(connect_timeout=patience[0], read_timeout=patience[1], longest=left)

    async def _ask(
        self, sending: Sending, url: URL, proxy: Proxy | None
    ) -> tuple[Fault | None, aiohttp.ClientResponse | None]:
        if sending.max_idle is not None:
            self._connector.drop_idle(sending.max_idle)
        patience = sending.read_timeout * (1 + len(sending.body) // (1024 * 1024))
        try:
            async with asyncio.timeout(sending.connect_timeout + patience):
                return None, await self._client.request(
                    sending.method,
                    url,
                    data=_body(sending.body),
                    allow_redirects=False,
                    ssl=self._trust(url, proxy),
                    timeout=_patience(sending),
                    **_addressed(sending.headers, url, proxy),
                )
        except (Fault, GlpiValidationError):
            raise
        except (ValueError, aiohttp.InvalidURL):
            return faults.unsendable(_where(url, None)), None
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            return faults.sending(problem, _where(url, proxy and proxy.url)), None

    def _proxy(self, url: URL) -> Proxy | None:
        origin = url.scheme, url.raw_host or "", url.port or 0
        try:
            return self._proxies[origin]
        except KeyError:
            found = self._proxies[origin] = proxy_for(self._network, *origin)
            return found

    def _trust(self, url: URL, proxy: Proxy | None) -> SSLContext | bool:
        if url.scheme != "https" and (proxy is None or proxy.scheme != "https"):
            return True
        if self._context is None:
            self._context = tls_context(self._network)
        return self._context

    def abandon(self) -> None:
        """The loop was closed without a word: close the sockets at once."""
        self._connector.abandon()

    async def close(self) -> None:
        """Close every connection."""
        if self._guard is not None:
            await self._guard.aclose()


async def _until_the_loop_ends(client: aiohttp.ClientSession) -> AsyncGenerator[None, None]:
    """Close the session: `asyncio.run` ends the generators of its loop before it closes it."""
    try:
        yield
    finally:
        await client.close()


def _addressed(headers: Mapping[str, str], url: URL, proxy: Proxy | None) -> dict[str, Any]:
    if proxy is None:
        return {"headers": headers}
    secret = {"Proxy-Authorization": proxy.authorization} if proxy.authorization else {}
    if url.scheme == "https":
        return {"headers": headers, "proxy": proxy.url, "proxy_headers": secret}
    return {"headers": {**headers, **secret}, "proxy": proxy.url}


def _patience(sending: Sending) -> aiohttp.ClientTimeout:
    """Let connecting end before the whole, so that it is known that nothing was sent."""
    total = None if sending.longest is None else sending.longest + 0.1
    return aiohttp.ClientTimeout(
        total, connect=sending.connect_timeout, sock_read=sending.read_timeout, ceil_threshold=60
    )


def _body(body: bytes) -> bytes | io.BytesIO | None:
    return None if not body else io.BytesIO(body) if len(body) > LARGE else body


def _url(text: str) -> URL:
    try:
        url = URL(text, encoded=text.isascii())
        if url.scheme in {"http", "https"} and url.raw_host:
            return url
    except ValueError:
        pass
    raise faults.unsendable("the server")


def _where(url: URL, proxy: object) -> str:
    return f"{url.raw_host}:{url.port}" + (f" through the proxy {proxy}" if proxy else "")


def _headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


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
