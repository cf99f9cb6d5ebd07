"""From socket to dialect and back, with the faults around the call of `answer()`."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from glpi_utils.testing.faults.fault import Cut, Faults, Release
from glpi_utils.testing.http import quirks
from glpi_utils.testing.http.wire import Answer, Req, Requests, Seen
from glpi_utils.testing.server.framing import broken, framed
from glpi_utils.testing.server.paced_workers import Workers

if TYPE_CHECKING:
    from glpi_utils.testing.world.world import World


class Sent(web.StreamResponse):
    """Tells aiohttp that everything has been written already."""

    def __init__(self, keep: bool) -> None:
        super().__init__()
        self._keep = keep

    @property
    def keep_alive(self) -> bool:
        """Whether the connection stays open."""
        return self._keep

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Do nothing: all has been written."""
        return None

    async def write_eof(self, data: bytes | bytearray | memoryview = b"") -> None:
        """Do nothing: all has been written."""


class Verbs(web.RequestHandler):
    """aiohttp's parser refuses verbs that it does not know; nginx passes them on and GLPI answers 404 without a word."""

    __slots__ = ()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Answer what could not be parsed."""
        if status == 400 and (message or "").startswith("Invalid method"):
            answer = web.Response(status=404, body=b"", headers={"Content-Type": quirks.HTML[1]})
            answer.force_close()
            return answer
        return super().handle_error(request, status, exc, message)


class Listener(web.Server):
    """Makes the protocol of each connection."""

    def __call__(self) -> web.RequestHandler:
        """One connection's protocol."""
        protocol = super().__call__()
        protocol.__class__ = Verbs
        return protocol


@dataclass(slots=True)
class Link:
    """One TCP connection."""

    number: int
    stale: bool = False
    """Closes as soon as another request arrives."""


async def whole_body(request: web.BaseRequest) -> bytes:
    """Return a request's body; aiohttp has two ways to say that the client went before it was whole."""
    try:
        return await request.content.read()
    except RuntimeError as gone:
        raise ConnectionResetError(str(gone)) from gone


@dataclass(slots=True)
class Front:
    """All that the server's thread does with a request."""

    world: World
    faults: Faults
    requests: Requests
    base: str = ""
    root: str = ""
    maintenance: bool = False
    workers: Workers | None = None
    """None: every request is answered as fast as it can be."""
    ahead: list[Callable[[World], None]] = field(default_factory=list[Any])
    """What is done ahead of each request."""
    errors: list[BaseException] = field(default_factory=list[BaseException])
    connections: int = 0
    tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    links: WeakKeyDictionary[asyncio.Transport, Link] = field(
        default_factory=WeakKeyDictionary[asyncio.Transport, Link]
    )

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request; what fails here is the double's own fault."""
        try:
            return await self.serve(request)
        except (ConnectionError, web.RequestPayloadError):
            return Sent(False)  # the client went before its request was whole
        except Exception as error:
            self.errors.append(error)
            raise

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request, from its last byte to the answer's."""
        link = self.link(request)
        if link.stale:
            return cut_off(request, reset=True)
        if request.headers.get("Expect", "").lower() == "100-continue" and request.transport:
            request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = await whole_body(request)
        req = self.req(request, body)
        seen = Seen(req.method, req.path, req.query, req.headers, body, link.number, time.time())
        self.requests.append(seen)
        outcome = await self.decide(Spot(self, request, link, req, seen))
        if isinstance(outcome, Cut):
            if outcome.answer is not None and request.transport is not None:
                request.transport.write(broken(outcome, req.method))
            return cut_off(request, outcome.reset)
        seen.status = outcome.status
        return self.send(request, req, outcome)

    def link(self, request: web.BaseRequest) -> Link:
        """Return the connection that a request came by."""
        transport = request.transport
        if transport is None:  # it has gone already
            return Link(0)
        link = self.links.get(transport)
        if link is None:
            self.connections += 1
            link = self.links[transport] = Link(self.connections)
        return link

    def req(self, request: web.BaseRequest, body: bytes) -> Req:
        """Return the request as a value; a header that came twice is joined by commas."""
        path, _, query = request.raw_path.partition("?")
        headers: dict[str, str] = {}
        for name, value in request.headers.items():
            key = name.lower()
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        if self.root and (path == self.root or path.startswith(self.root + "/")):
            path = path[len(self.root) :]
        elif self.root:
            path = "/outside" + path
        return Req(request.method, path, query, headers, body, request.remote or "", self.base + self.root)

    async def decide(self, spot: Spot) -> Answer | Cut:
        """Return what becomes of a request: what stands before GLPI, the faults before, GLPI, the faults after."""
        req = spot.req
        if len(req.method) + len(req.path) + len(req.query) + 11 > quirks.LONGEST_REQUEST_LINE:
            return quirks.uri_too_long()
        if req.method == "TRACE":
            return quirks.trace_refused()
        ended, following = await self.faults.strike_before(spot)
        if ended is not None:
            return ended
        req = spot.req  # a fault may have changed it
        if self.workers is None:
            made = self.execute(req)
        else:
            made = await self.workers.serve(lambda: self.execute(req))
        return await self.faults.strike_after(spot, made, following)

    def execute(self, req: Req) -> Answer:
        """Return what GLPI answers."""
        if self.maintenance and quirks.maintained(req):
            return quirks.MAINTENANCE
        try:
            with self.world.turn:
                for work in self.ahead:
                    work(self.world)
                return dispatch(self.world, req)
        except Exception as error:  # noqa: BLE001 - the double's own fault: tell whoever runs it, keep serving
            self.errors.append(error)
            traceback.print_exception(error)
            return Answer(500, (quirks.HTML,), quirks.page("the embedded GLPI failed"))

    def send(self, request: web.BaseRequest, req: Req, answer: Answer) -> web.StreamResponse:
        """Write an answer and say whether the connection stays."""
        old = request.version < (1, 1)
        keep = request.keep_alive and not old and (answer.header("Connection") or "").lower() != "close"
        if request.transport is not None:
            request.transport.write(framed(answer, req.method, keep, chunked=not old))
        return Sent(keep)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start work on the loop that ends with the server."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


@dataclass(slots=True)
class Spot:
    """Where a request stands, for the faults."""

    front: Front
    request: web.BaseRequest
    link: Link
    req: Req
    seen: Seen

    @property
    def world(self) -> World:
        """The rows."""
        return self.front.world

    @property
    def gone(self) -> bool:
        """Whether the client has hung up."""
        transport = self.request.transport
        return transport is None or transport.is_closing()

    async def sleep(self, seconds: float) -> None:
        """Wait; the client may go meanwhile, PHP would not notice either."""
        await asyncio.sleep(seconds)

    async def hold(self, release: Release) -> None:
        """Wait until released."""
        loop, event = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

        release.waiting.append(wake)
        try:
            if not release.released:
                await event.wait()
        finally:
            release.waiting.remove(wake)

    def later(self, seconds: float) -> None:
        """Execute the request after so many seconds."""

        async def late() -> None:
            await asyncio.sleep(seconds)
            self.front.execute(self.req)

        self.front.spawn(late())

    def stale(self, idle: float | None) -> None:
        """Let the connection die unannounced."""
        transport = self.request.transport
        if idle is None:
            self.link.stale = True
        elif transport is not None:
            asyncio.get_running_loop().call_later(idle, transport.close)


def dispatch(world: World, req: Req) -> Answer:
    """Return what the API that a path belongs to answers."""
    answer: Callable[[World, Req], Answer]
    modern = not world.version.startswith("10.")
    if req.path.startswith("/apirest.php") or (modern and quirks.is_legacy(req.path)):
        from glpi_utils.testing.legacy import answer
    elif modern and (req.path == "/api.php" or req.path.startswith("/api.php/")):
        from glpi_utils.testing.high_level import answer
    else:
        return quirks.not_an_api(world.version, req.path)
    return answer(world, req)


def cut_off(request: web.BaseRequest, reset: bool) -> Sent:
    """Close the connection; with a reset nothing that was written before is lost on purpose."""
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        if reset and sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            transport.close()
    return Sent(False)
