"""http.client's connections, reached under one deadline for all addresses, and in a way that can be cut off."""

from __future__ import annotations

import select
import socket
from http.client import HTTPConnection
from time import monotonic
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from ssl import SSLContext, SSLSocket

    Connection = HTTPConnection
else:
    Connection = object


class Reaching(Connection):
    """Finds its own way to the server; ``reached`` is what a cancellation cuts while that takes time.

    Python's TLS takes the socket over from the moment its handshake begins and hands it out only after
    that, hence a duplicate.
    """

    reached: socket.socket | None = None

    def reach(self, host: str, port: int) -> socket.socket:
        """Connect to the first of the host's addresses that answers."""
        allowed = self.timeout
        until = None if allowed is None else monotonic() + allowed
        places = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
        problem: OSError = OSError("no address")
        for left, (family, kind, protocol, _, address) in zip(range(len(places), 0, -1), places, strict=True):
            sock = socket.socket(family, kind, protocol)
            try:
                self._watched(sock)
                sock = self.dressed(sock)
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

    def dressed(self, sock: socket.socket) -> socket.socket:
        """Return the socket that is to connect: a plain one as it is."""
        return sock

    def _watched(self, sock: socket.socket) -> None:
        self.forget()
        self.reached = sock.dup()

    def forget(self) -> None:
        """It is connected (or given up): from here on ``sock`` is what to cut."""
        if self.reached is not None:
            self.reached.close()
            self.reached = None

    @property
    def is_connected(self) -> bool:
        """Check whether the server has neither closed the connection nor sent bytes without a request."""
        return self.sock is not None and not _speaks(self.sock)


class Plain(Reaching, HTTPConnection):
    """HTTP, straight to the server."""

    def connect(self) -> None:
        try:
            self.sock = self.reach(self.host, self.port)
        finally:
            self.forget()


class Secured(Reaching, HTTPConnection):
    """HTTPS, straight to the server."""

    default_port = 443

    def __init__(self, host: str, port: int, timeout: float, context: SSLContext) -> None:
        super().__init__(host, port, timeout=timeout)
        self._tls = context

    def dressed(self, sock: socket.socket) -> socket.socket:
        """Return it TLS before it connects: Python leaves a socket open that the server resets before it has its TLS."""
        name = self.host.rpartition("%")[0] or self.host  # the zone of an IPv6 address is no part of its name
        return self._tls.wrap_socket(sock, server_hostname=name.rstrip("."), do_handshake_on_connect=False)

    def connect(self) -> None:
        try:
            sock = cast("SSLSocket", self.reach(self.host, self.port))
            try:
                sock.do_handshake()
            except BaseException:
                sock.close()
                raise
            self.sock = sock
        finally:
            self.forget()


def _speaks(sock: socket.socket) -> bool:
    if hasattr(select, "poll"):  # select() takes no descriptor above 1023
        poll = select.poll()
        poll.register(sock, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])
