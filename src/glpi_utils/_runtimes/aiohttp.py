"""aiohttp's session, kept to one job: send exactly this once, and tell how far it came."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from .._streams import PIECE, UnreadableBody, size_of
from .._wire import Stage, TransportError, WireRequest
from ..exceptions import GlpiValidationError
from . import transport_errors as faults
from .connector import MAX_IDLE, AwaitedResponse, Connector, SentRequest, where
from .network import KEPT_IDLE, Network, Proxy, proxy_for, tls_context
from .pieces import InPieces
from .response import Pieces, TooLarge, Whole

if TYPE_CHECKING:
    from ssl import SSLContext

HEAD_LINE = 65536
OURS = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class Answer:
    """An answer whose head is here; holds its connection and its place until the body is read or closed."""

    __slots__ = ("_largest", "_over", "_pieces", "_places", "_response", "_until", "headers", "status", "where")

    def __init__(
        self,
        response: aiohttp.ClientResponse,
        places: asyncio.Semaphore,
        where: str,
        largest: int,
        until: float | None,
    ) -> None:
        self._response, self._places, self.where, self._largest = response, places, where, largest
        self._until = until
        self._pieces = Pieces(response.headers.get("Content-Encoding"))
        self._over = False
        self.status: int = response.status
        self.headers: Mapping[str, str] = _headers(response)

    async def read(self) -> bytes:
        """The whole body, decoded."""
        return await self._take(whole=True)

    async def chunk(self, seconds: float | None = None) -> bytes:
        """The next piece, empty at the end."""
        return await self._take(whole=False, seconds=seconds)

    async def close(self) -> None:
        """Leave the rest unread."""
        self._finish()

    async def _take(self, *, whole: bool, seconds: float | None = None) -> bytes:
        if self._over:
            return b""
        if seconds is None and self._until is not None:
            seconds = self._until - monotonic()
        try:
            async with asyncio.timeout(seconds):
                data = await (self._read() if whole else self._piece())
        except TooLarge:
            fault = faults.too_large(self.where, self._largest)
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

    async def _read(self) -> bytes:
        if not self._pieces.is_packed and (self._response.content_length or 0) > self._largest:
            raise TooLarge
        whole = Whole(self._largest)
        whole.take(self._pieces)
        while raw := await self._response.content.readany():
            self._pieces.feed(raw)
            whole.take(self._pieces)
        self._pieces.feed(b"")
        return whole.value()

    async def _piece(self) -> bytes:
        while not (piece := self._pieces.next()):
            raw = await self._response.content.readany()
            self._pieces.feed(raw)
            if not raw:
                break
        return piece

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
        self._connector = Connector(limit=0, keepalive_timeout=KEPT_IDLE, resolver=aiohttp.ThreadedResolver())
        self._client = aiohttp.ClientSession(
            connector=self._connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=OURS,
            auto_decompress=False,
            trust_env=False,
            request_class=SentRequest,
            response_class=AwaitedResponse,
            max_line_size=HEAD_LINE,
            max_field_size=HEAD_LINE,
        )
        self._guard: AsyncGenerator[None, None] | None = None

    async def start(self) -> None:
        """From now on the end of the event loop closes the session."""
        self._guard = _until_the_loop_ends(self._client)
        await anext(self._guard)

    async def open(self, sending: WireRequest) -> Answer:
        """Send it and wait for the head; a place is held until the answer was read or closed."""
        url = _url(sending.url)
        until = None if sending.longest is None else monotonic() + sending.longest
        if self._places.locked():
            sending = await self._wait(sending, where(url, None))
        else:
            await self._places.acquire()
        try:
            if sending.departs is not None:
                sending.departs()
            proxy = self._proxy(url)
            fault, response = await self._operation(sending, url, proxy)
            if response is None:
                raise fault or faults.unsendable("the server")
            return Answer(response, self._places, where(url, proxy and proxy.url), self._network.largest, until)
        except BaseException:
            self._places.release()
            raise

    async def _wait(self, sending: WireRequest, place: str) -> WireRequest:
        """Wait for a place; what is left of the time then is for the request."""
        began, there = monotonic(), False
        try:
            async with asyncio.timeout(sending.longest):
                there = await self._places.acquire()
        except TimeoutError:
            pass
        if not there:
            raise faults.crowded(place)
        if sending.longest is None:
            return sending
        left = max(0.001, sending.longest - (monotonic() - began))
        patience = min(sending.connect_timeout, left), min(sending.read_timeout, left)
        return sending._replace(connect_timeout=patience[0], read_timeout=patience[1], longest=left)

    async def _operation(
        self, sending: WireRequest, url: URL, proxy: Proxy | None
    ) -> tuple[TransportError | None, aiohttp.ClientResponse | None]:
        idle = MAX_IDLE.set(sending.max_idle)
        body = sending.body if isinstance(sending.body, bytes) else InPieces(sending.body)
        try:
            async with asyncio.timeout(_longest(sending)):
                if isinstance(body, InPieces):
                    await body.begin()
                return None, await self._client.request(
                    sending.method,
                    url,
                    data=_body(body),
                    allow_redirects=False,
                    ssl=self._trust(url, proxy),
                    timeout=aiohttp.ClientTimeout(
                        None, connect=sending.connect_timeout, sock_read=sending.read_timeout, ceil_threshold=60
                    ),
                    **_addressed(_headers_of(sending), url, proxy),
                )
        except UnreadableBody as problem:  # nothing was sent
            return TransportError(Stage.UNSENDABLE, str(problem)), None
        except (TransportError, GlpiValidationError):
            if isinstance(body, InPieces) and body.problem:
                return TransportError(Stage.SENT, body.problem), None
            raise
        except (ValueError, aiohttp.InvalidURL):
            return faults.unsendable(where(url, None)), None
        except aiohttp.ConnectionTimeoutError as problem:  # up to aiohttp 3.11 it is told around the connector
            return faults.connecting(problem, where(url, proxy and proxy.url)), None
        except Exception as problem:  # noqa: BLE001  nothing of another library may escape
            return faults.sending(problem, where(url, proxy and proxy.url)), None
        finally:
            MAX_IDLE.reset(idle)

    def _proxy(self, url: URL) -> Proxy | None:
        origin = url.scheme, url.raw_host or "", url.port or 0
        try:
            return self._proxies[origin]
        except KeyError:
            proxy = self._proxies[origin] = proxy_for(self._network, *origin)
            return proxy

    def _trust(self, url: URL, proxy: Proxy | None) -> SSLContext | bool:
        if url.scheme != "https" and (proxy is None or proxy.scheme != "https"):
            return True
        if self._context is None:
            self._context = tls_context(self._network)
        return self._context

    def abandon(self) -> None:
        """The loop was closed without a word: close the sockets at once."""
        self._connector.abandon()
        closing = self._client.close()
        try:
            closing.send(None)  # there is nothing left that it could wait for
        except StopIteration:
            pass
        finally:
            closing.close()

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


def _longest(sending: WireRequest) -> float:
    """Return the seconds until the head must be here: with a large body they are more.

    Connecting ends before the whole, so that it is known that nothing was sent.
    """
    patience = sending.connect_timeout + sending.read_timeout * (1 + size_of(sending.body) // (1024 * 1024))
    return patience if sending.longest is None else min(patience, sending.longest + 0.1)


def _headers_of(sending: WireRequest) -> Mapping[str, str]:
    """Return the headers; aiohttp does not know the length of a body in pieces."""
    if isinstance(sending.body, bytes):
        return sending.headers
    return {**sending.headers, "Content-Length": str(size_of(sending.body))}


def _body(body: bytes | InPieces) -> bytes | io.BytesIO | InPieces | None:
    if isinstance(body, InPieces):
        return body
    return None if not body else io.BytesIO(body) if len(body) > PIECE else body


def _url(text: str) -> URL:
    try:
        url = URL(text, encoded=text.isascii())
        if url.scheme in {"http", "https"} and url.raw_host:
            return url
    except ValueError:
        pass
    raise faults.unsendable("the server")


def _headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers
