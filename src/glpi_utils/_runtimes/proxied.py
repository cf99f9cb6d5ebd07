"""Connections through a proxy: urllib3's, for it knows tunnels and TLS within TLS."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from urllib3.connection import HTTPConnection, HTTPSConnection, ProxyConfig
from urllib3.util import parse_url

from .connect import Reaching
from .network import Proxy

if TYPE_CHECKING:
    from ssl import SSLContext

    class Connection(Reaching, HTTPConnection):
        """What the two have in common."""
else:
    Connection = Reaching


class _Through(Connection):
    """Reaches the proxy as others reach the server."""

    def _new_conn(self) -> socket.socket:
        return self.reach(self._dns_host, self.port)

    def connect(self) -> None:
        try:
            super().connect()
        finally:
            self.forget()


class Forwarded(_Through, HTTPConnection):
    """HTTP, which the proxy passes on."""


class Tunnelled(_Through, HTTPSConnection):
    """HTTPS in a tunnel, or HTTP within TLS to the proxy."""


def forwarded(proxy: Proxy, timeout: float) -> Forwarded:
    """Make a connection to a proxy that speaks HTTP and passes HTTP on."""
    return Forwarded(proxy.host, proxy.port, timeout=timeout, proxy=parse_url(proxy.url))


def secured(proxy: Proxy, timeout: float, context: SSLContext) -> Tunnelled:
    """Make a connection to a proxy that has TLS before it, behind it, or both."""
    policy = ProxyConfig(context, use_forwarding_for_https=False, assert_hostname=None, assert_fingerprint=None)
    return Tunnelled(
        proxy.host,
        proxy.port,
        timeout=timeout,
        ssl_context=context,
        proxy=parse_url(proxy.url),
        proxy_config=policy if proxy.scheme == "https" else None,
    )
