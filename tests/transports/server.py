"""A server of raw sockets, on threads of its own, that does exactly what a test says, and writes down what it heard."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Heard:
    """One request, byte by byte."""

    connection: int
    head: bytes
    body: bytes

    @property
    def line(self) -> str:
        return self.head.partition(b"\r\n")[0].decode("latin-1")

    @property
    def fields(self) -> dict[str, str]:
        """Header names as they were sent."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return dict(line.split(": ", 1) for line in lines if line)


@dataclass
class Peer:
    """The server's end of one connection."""

    server: Server
    number: int
    sock: socket.socket
    kept: bytes = field(default=b"", repr=False)

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.sock.sendall(piece)

    def hear(self) -> Heard | None:
        """Read the next request; None when the client has gone."""
        while b"\r\n\r\n" not in self.kept:
            if not (more := self._more()):
                return None
            self.kept += more
        head, _, rest = self.kept.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(rest) < length and (more := self._more()):
            rest += more
        self.kept = rest[length:]
        heard = Heard(self.number, head, rest[:length])
        self.server.heard.append(heard)
        return heard

    def _more(self) -> bytes:
        try:
            return self.sock.recv(65536)
        except OSError:
            return b""

    def gone(self, seconds: float) -> bool:
        """Does the client hang up within that time?"""
        self.sock.settimeout(seconds)
        try:
            return self.sock.recv(1) == b""
        except TimeoutError:
            return False
        except OSError:
            return True

    def reset(self) -> None:
        """Hang up rudely: RST instead of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Shake hands; a refusal is said before the connection ends, as web servers do it."""
        self.sock = secured = context.wrap_socket(self.sock, server_side=True, do_handshake_on_connect=False)
        try:
            secured.do_handshake()
        except ssl.SSLError:
            secured.settimeout(2)
            socket.socket.shutdown(secured, socket.SHUT_WR)
            while socket.socket.recv(secured, 65536):
                pass
            raise


def answer(body: bytes = b"", status: str = "200 OK", **fields: str) -> bytes:
    """A whole answer; ``Content_Length`` among the fields replaces the right one."""
    said = {"Content-Length": str(len(body))} | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


Talk = Callable[[Peer], None]


def always(reply: bytes | Callable[[Heard], bytes]) -> Talk:
    """Answer every request in the same way and keep the connection."""

    def talk(peer: Peer) -> None:
        while heard := peer.hear():
            peer.send(reply if isinstance(reply, bytes) else reply(heard))

    return talk


def once(*pieces: bytes) -> Talk:
    """Answer the first request of each connection with exactly these bytes, then hang up."""

    def talk(peer: Peer) -> None:
        if peer.hear():
            peer.send(*pieces)

    return talk


class Server:
    """Listens on loopback; ``talk`` runs on its own thread for each connection."""

    def __init__(self, talk: Talk, tls: ssl.SSLContext | None = None) -> None:
        self.heard: list[Heard] = []
        self.connections = 0
        self._talk, self._tls = talk, tls
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listening.getsockname()[1])
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.released = threading.Event()
        """Set at the end of the test: what a talk holds back until then."""

    def url(self, path: str = "/") -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}{path}"

    def __enter__(self) -> Self:
        self._spawn(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        try:
            self._listening.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # elsewhere than on Linux a listening socket is not connected
        self._listening.close()
        for sock in list(self._open):
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for thread in list(self._threads):
            thread.join(5)

    def _spawn(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="test-server", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            peer = Peer(self, self.connections, sock)
            self._open.append(sock)
            self._spawn(lambda peer=peer: self._serve(peer))  # type: ignore[misc]

    def _serve(self, peer: Peer) -> None:
        plain = peer.sock
        try:
            if self._tls is not None:
                peer.encrypt(self._tls)
            self._talk(peer)
        except OSError:
            pass  # the client has gone, or refused us
        finally:
            peer.sock.close()
            plain.close()
            self._open.remove(plain)
