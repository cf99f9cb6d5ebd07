"""What stands in front of a server: a port that passes bytes on, and that can be told not to."""

from __future__ import annotations

import socket
import struct
import threading
from types import TracebackType
from typing import Literal, Self

Mode = Literal["pass", "closed", "broken", "silent"]


class Front:
    """A relay to a port of this machine; as a proxy it takes CONNECT first, and goes to that port whatever it is asked.

    `mode`: "pass" the bytes on; "closed": nobody listens; "broken": hangs up on every new connection, as a proxy with
    a 503; "silent": takes the connection and says nothing.
    """

    def __init__(self, target: int, proxy: bool = False) -> None:
        self.target, self.proxy = target, proxy
        self.mode: Mode = "pass"
        self.port = 0
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.become("closed")

    def become(self, mode: Mode) -> None:
        """From now on; what is open is closed."""
        self.mode = mode
        for each in self._open:
            _end(each)
        self._open.clear()
        if mode == "closed" and self._listener is not None:
            _end(self._listener)
            self._listener = None
        elif mode != "closed" and self._listener is None:
            self._listen()

    def _listen(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(self._listener,), name="front", daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self._open.append(client)
            threading.Thread(target=self._take, args=(client,), name="front", daemon=True).start()

    def _take(self, client: socket.socket) -> None:
        if self.mode == "silent":
            return
        try:
            if self.proxy and not self._connected(client):
                return
            if self.mode == "broken":
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.close()
                return
            there = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            _end(client)
            return
        self._open.append(there)
        threading.Thread(target=_pump, args=(there, client), name="front", daemon=True).start()
        _pump(client, there)

    def _connected(self, client: socket.socket) -> bool:
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(65536)
            if not more:
                return False
            head += more
        if self.mode == "broken":
            client.sendall(b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")
            _end(client)
            return False
        client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        return True


def _pump(here: socket.socket, there: socket.socket) -> None:
    try:
        while data := here.recv(65536):
            there.sendall(data)
    except OSError:
        pass
    _end(here)
    _end(there)


def _end(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()
