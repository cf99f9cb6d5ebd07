"""urllib3's connections, reached under one deadline for all addresses, and in a way that can be cut off."""

from __future__ import annotations

import socket
from time import monotonic
from typing import TYPE_CHECKING

from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    Connection = HTTPConnection
else:
    Connection = object


class _Reaching(Connection):
    """Finds its own way to the server; ``reached`` is what a cancellation cuts while that takes time.

    Python's TLS takes the socket over from the moment its handshake begins and hands it out only after
    that, hence a duplicate.
    """

    reached: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        allowed = self.timeout
        until = None if allowed is None else monotonic() + allowed
        places = socket.getaddrinfo(self._dns_host, self.port, 0, socket.SOCK_STREAM)
        problem: OSError = OSError("no address")
        for left, (family, kind, protocol, _, address) in zip(range(len(places), 0, -1), places, strict=True):
            sock = socket.socket(family, kind, protocol)
            try:
                self._watched(sock)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(None if until is None else max(0.001, (until - monotonic()) / left))
                sock.connect(address)
                sock.settimeout(None if until is None else max(0.001, until - monotonic()))
                return sock
            except OSError as error:
                sock.close()
                problem = error
            except BaseException:
                sock.close()
                raise
        raise problem

    def _watched(self, sock: socket.socket) -> None:
        self.forget()
        self.reached = sock.dup()

    def forget(self) -> None:
        """It is connected (or given up): from here on ``sock`` is what to cut."""
        if self.reached is not None:
            self.reached.close()
            self.reached = None

    def connect(self) -> None:
        try:
            super().connect()
        finally:
            self.forget()


class Plain(_Reaching, HTTPConnection):
    """HTTP."""


class Secured(_Reaching, HTTPSConnection):
    """HTTPS."""
