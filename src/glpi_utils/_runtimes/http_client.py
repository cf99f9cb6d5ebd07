"""http.client's connections, pooled here: no repeat, no redirect, and it is known how far each request came."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPResponse, InvalidURL
from socket import SHUT_RDWR, socket
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from .._streams import PIECE, UnreadableBody, size_of
from .._wire import Stage, TransportError, WireRequest
from ..exceptions import GlpiValidationError
from . import transport_errors as faults
from .connect import Reaching
from .network import Network
from .origin_pool import Origin
from .response import Body, Reply, TooLarge
from .threads import Cancelled, FairSemaphore, current


class Answer:
    """An answer whose head is here; holds its connection and its place until the body is read or closed."""

    __slots__ = ("_body", "_conn", "_origin", "_over", "_sock", "headers", "status")

    def __init__(self, origin: Origin, conn: Reaching, sock: Any, response: HTTPResponse) -> None:
        self._origin, self._conn, self._sock, self._body = origin, conn, sock, Body(response)
        self._over = False
        self.status: int = response.status
        self.headers: Mapping[str, str] = _merged(response)

    async def read(self) -> bytes:
        """The whole body, decoded."""
        return self._take(whole=True)

    async def chunk(self, seconds: float | None = None) -> bytes:
        """The next piece, empty at the end."""
        return self._take(whole=False, seconds=seconds)

    async def close(self) -> None:
        """Leave the rest unread."""
        self._finish(whole=False)

    def _take(self, *, whole: bool, seconds: float | None = None) -> bytes:
        if self._over:
            return b""
        work, fault, data = current(), None, b""
        try:
            if work is not None:
                work.begin(lambda: _cut(self._sock))
            try:
                data = self._body.read(self._origin.largest) if whole else self._body.piece(seconds)
            except TooLarge:
                fault = faults.too_large(self._origin.where, self._origin.largest)
            except Exception as problem:  # noqa: BLE001  nothing of another library may escape
                fault = faults.sending(problem, self._origin.where)
            if work is not None and work.end():
                raise Cancelled
        except BaseException:
            self._finish(whole=False)
            raise
        if fault is not None:
            self._finish(whole=False)
            raise fault
        if whole or not data:
            self._finish(whole=True)
        return data

    def _finish(self, *, whole: bool) -> None:
        if self._over:
            return
        self._over = True
        response = self._body.response
        if whole and self._conn.sock is not None and response.isclosed():
            self._origin.give_back(self._conn)
        else:
            response.close()
            self._conn.close()
        self._origin.gate.leave()


class Pools:
    """Every origin that was spoken to, and the one limit for all of them."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._gate = FairSemaphore(network.limit)
        self._origins: dict[tuple[str, str], Origin] = {}

    def open(self, sending: WireRequest) -> Answer:
        """Send it and wait for the head; a place is held until the answer was read or closed."""
        origin, target = self._aim(sending.url)
        until = None if sending.longest is None else monotonic() + sending.longest
        if not self._gate.enter(sending.longest):
            raise faults.crowded(origin.where)
        try:
            if sending.departs is not None:
                sending.departs()
            return _exchange(origin, target, sending, until)
        except BaseException:
            self._gate.leave()
            raise

    def _aim(self, url: str) -> tuple[Origin, str]:
        try:
            parts = urlsplit(url)
            origin = self._origins.get((parts.scheme, parts.netloc))
            if origin is None:
                made = Origin(parts, self._network, self._gate)
                origin = self._origins.setdefault((parts.scheme, parts.netloc), made)
        except GlpiValidationError:  # an unusable proxy or CA file
            raise
        except ValueError:
            origin, parts = None, None
        if origin is None or parts is None:
            raise faults.unsendable("the server")
        if origin.forwarding:
            return origin, parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
        target = parts.path or "/"
        return origin, f"{target}?{parts.query}" if parts.query else target

    def close(self) -> None:
        """Close every connection that idles."""
        for origin in list(self._origins.values()):
            origin.close()

    def abandon(self) -> None:
        """Close, in a forked child, this process's ends of the parent's connections."""
        for origin in list(self._origins.values()):
            origin.abandon()


def _exchange(origin: Origin, target: str, sending: WireRequest, until: float | None) -> Answer:
    work = current()
    sending = _within(sending, until)
    conn = origin.take(sending.max_idle) or origin.fresh(sending.connect_timeout)
    fault, response, sock = None, None, None
    try:
        if work is not None:
            work.begin(lambda: _cut(conn.reached or conn.sock))
        try:
            if conn.sock is None:
                fault = _connect(conn, origin.where)
                sending = _within(sending, until)
            if fault is None:
                sock = conn.sock
                conn.timeout = sending.read_timeout
                fault, response = _operation(conn, origin, target, sending, until)
        finally:
            cancelled = work is not None and work.end()
        if cancelled:
            raise Cancelled
    except BaseException:
        conn.close()
        raise
    if response is None:
        conn.close()
        raise fault or faults.unsendable(origin.where)
    if until is not None and isinstance(response, Reply):
        response.ends_by(until)
    return Answer(origin, conn, sock, response)


def _within(sending: WireRequest, until: float | None) -> WireRequest:
    """Return what is left of the time to what comes next."""
    left = sending.read_timeout if until is None else until - monotonic()
    if left >= sending.read_timeout:
        return sending
    left = max(left, 0.001)
    return sending._replace(connect_timeout=min(sending.connect_timeout, left), read_timeout=left)


def _connect(conn: Reaching, where: str) -> TransportError | None:
    try:
        conn.connect()
    except Exception as problem:  # noqa: BLE001  nothing of another library may escape
        return faults.connecting(problem, where)
    return None


def _operation(
    conn: Reaching, origin: Origin, target: str, sending: WireRequest, until: float | None
) -> tuple[TransportError | None, HTTPResponse | None]:
    try:
        body = _body(sending, until)
    except UnreadableBody as problem:  # nothing was sent
        return TransportError(Stage.UNSENDABLE, str(problem)), None
    try:
        try:
            _send(conn, origin, target, sending, body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the server may have answered before it hung up
        except (ValueError, InvalidURL):
            return faults.unsendable(origin.where), None
        except UnreadableBody as problem:
            return TransportError(Stage.SENT, str(problem)), None
        return None, HTTPConnection.getresponse(conn)  # urllib3's own would wrap it
    except Exception as problem:  # noqa: BLE001  nothing of another library may escape
        return faults.sending(problem, origin.where), None


def _body(sending: WireRequest, until: float | None) -> Any:
    """Return the body as http.client takes it. One in pieces is begun here, before anything is sent.

    The time-out counts for each piece, not for all.
    """
    body = sending.body
    if isinstance(body, bytes):
        return io.BytesIO(body) if len(body) > PIECE else body or None
    pieces = body.pieces()
    first = next(pieces, b"")
    return _in_time(first, pieces, until)


def _in_time(first: bytes, pieces: Iterator[bytes], until: float | None) -> Iterator[bytes]:
    yield first
    for piece in pieces:
        if until is not None and monotonic() > until:
            raise TimeoutError("the request was not sent in time")
        yield piece


def _send(conn: Reaching, origin: Origin, target: str, sending: WireRequest, body: Any) -> None:
    """Send it; nothing is added but the host and the length."""
    conn.sock.settimeout(sending.read_timeout)
    size = size_of(sending.body)
    conn.putrequest(sending.method, target, skip_accept_encoding=True)
    extra = origin.extra if origin.forwarding else {}
    for name, value in (*sending.headers.items(), *extra.items()):
        conn.putheader(name, value if value.isascii() else value.encode())
    if size or sending.method in ("POST", "PUT", "PATCH"):
        conn.putheader("Content-Length", str(size))
    conn.endheaders(body)


def _merged(response: HTTPResponse) -> dict[str, str]:
    """Return the headers by lower-case names, repeated ones joined."""
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key, text = name.lower(), value if value.isascii() else _utf8(value)
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _cut(sock: Any) -> None:
    """End what blocks on this socket, from another thread."""
    raw = getattr(sock, "socket", sock)  # TLS within TLS wraps the real one
    if isinstance(raw, socket):
        try:
            socket.shutdown(raw, SHUT_RDWR)  # not SSLSocket's own, which would take the TLS state away
        except OSError:
            pass  # not connected yet, or no more


def _utf8(value: str) -> str:
    """http.client reads headers as Latin-1; PHP sends UTF-8."""
    return value.encode("latin-1", "replace").decode("utf-8", "surrogateescape")
