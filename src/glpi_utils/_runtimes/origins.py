"""The connections to one server: how they are made, directly or through a proxy, and how they are kept."""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from urllib3.connection import ProxyConfig
from urllib3.util import parse_url

from .heads import Reply
from .network import KEPT_IDLE, Network, Proxy, proxy_for, tls_context
from .reaching import Plain, Secured
from .threads import Gate

if TYPE_CHECKING:
    from ssl import SSLContext


class Origin:
    """The connections to one server, the one used last on top."""

    def __init__(self, url: SplitResult, network: Network, gate: Gate) -> None:
        if url.scheme not in {"http", "https"} or not url.hostname:
            raise ValueError
        self.gate = gate
        self._scheme, self._host = url.scheme, url.hostname
        self._port = url.port or (443 if url.scheme == "https" else 80)
        self._proxy = proxy_for(network, self._scheme, self._host, self._port)
        secured = self._scheme == "https" or (self._proxy is not None and self._proxy.scheme == "https")
        self._context = tls_context(network) if secured else None
        self.where = f"{self._host}:{self._port}" + (f" through the proxy {self._proxy.url}" if self._proxy else "")
        self.forwarding = self._proxy is not None and self._scheme == "http"
        self._idle: list[tuple[Plain | Secured, float]] = []
        self._guard = Lock()
        self._closed = False

    @property
    def extra(self) -> dict[str, str]:
        """The headers for the proxy alone; made when they are needed, so that no look at this object shows them."""
        secret = self._proxy.authorization if self.forwarding and self._proxy is not None else None
        return {"Proxy-Authorization": secret} if secret else {}

    def take(self, max_idle: float | None) -> Plain | Secured | None:
        """Take the connection that was used last; those that idled too long are closed."""
        oldest = monotonic() - (KEPT_IDLE if max_idle is None else min(max_idle, KEPT_IDLE))
        with self._guard:
            while self._idle:
                conn, since = self._idle.pop()
                if since >= oldest and conn.is_connected:
                    return conn
                conn.close()
        return None

    def give_back(self, conn: Plain | Secured) -> None:
        """Keep it for the next request."""
        with self._guard:
            if not self._closed:
                self._idle.append((conn, monotonic()))
                return
        conn.close()

    def close(self) -> None:
        """Close what idles now; what is given back later is closed then."""
        with self._guard:
            self._closed = True
            while self._idle:
                self._idle.pop()[0].close()

    def abandon(self) -> None:
        """In a forked child: a thread that is not here may hold the guard. Closing sends nothing to the server."""
        self._guard = Lock()
        self.close()

    def fresh(self, timeout: float) -> Plain | Secured:
        """Make a connection that is not connected yet."""
        conn = self._direct(timeout) if self._proxy is None else self._through(self._proxy, timeout)
        conn.auto_open = 0  # never reconnect by itself
        conn.response_class = Reply
        return conn

    def _direct(self, timeout: float) -> Plain | Secured:
        if self._context is None:
            return Plain(self._host, self._port, timeout=timeout)
        return Secured(self._host, self._port, timeout=timeout, ssl_context=self._context)

    def _through(self, proxy: Proxy, timeout: float) -> Plain | Secured:
        place = parse_url(proxy.url)
        if self._context is None:
            return Plain(proxy.host, proxy.port, timeout=timeout, proxy=place)
        conn = Secured(
            proxy.host,
            proxy.port,
            timeout=timeout,
            ssl_context=self._context,
            proxy=place,
            proxy_config=_policy(self._context) if proxy.scheme == "https" else None,
        )
        if self._scheme == "https":
            said = {"Proxy-Authorization": proxy.authorization} if proxy.authorization else None
            conn.set_tunnel(self._host, self._port, said, scheme=proxy.scheme)
        return conn


def _policy(context: SSLContext) -> ProxyConfig:
    return ProxyConfig(context, use_forwarding_for_https=False, assert_hostname=None, assert_fingerprint=None)
