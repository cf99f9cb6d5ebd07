"""The connections to one server: how they are made, directly or through a proxy, and how they are kept."""

from __future__ import annotations

from threading import RLock
from time import monotonic
from urllib.parse import SplitResult

from .connect import Plain, Reaching, Secured
from .network import KEPT_IDLE, Network, Proxy, proxy_for, tls_context
from .response import Reply
from .threads import FairSemaphore


class Origin:
    """The connections to one server, the one used last on top."""

    def __init__(self, url: SplitResult, network: Network, gate: FairSemaphore) -> None:
        if url.scheme not in {"http", "https"} or not url.hostname:
            raise ValueError
        self.gate, self.largest = gate, network.largest
        self._scheme, self._host = url.scheme, url.hostname
        self._port = url.port or (443 if url.scheme == "https" else 80)
        self._proxy = proxy_for(network, self._scheme, self._host, self._port)
        secured = self._scheme == "https" or (self._proxy is not None and self._proxy.scheme == "https")
        self._context = tls_context(network) if secured else None
        self.where = f"{self._host}:{self._port}" + (f" through the proxy {self._proxy.url}" if self._proxy else "")
        self.forwarding = self._proxy is not None and self._scheme == "http"
        self._idle: list[tuple[Reaching, float]] = []
        self._guard = RLock()
        self._closed = False

    @property
    def extra(self) -> dict[str, str]:
        """The headers for the proxy alone; made when they are needed, so that no look at this object shows them."""
        secret = self._proxy.authorization if self._proxy is not None else None
        return {"Proxy-Authorization": secret} if secret else {}

    def take(self, max_idle: float | None) -> Reaching | None:
        """Take the connection that was used last; those that idled too long are closed."""
        oldest = monotonic() - (KEPT_IDLE if max_idle is None else min(max_idle, KEPT_IDLE))
        with self._guard:
            while self._idle:
                conn, since = self._idle.pop()
                if since >= oldest and conn.is_connected:
                    return conn
                conn.close()
        return None

    def give_back(self, conn: Reaching) -> None:
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
        self._guard = RLock()
        self.close()

    def fresh(self, timeout: float) -> Reaching:
        """Make a connection that is not connected yet."""
        conn = self._direct(timeout) if self._proxy is None else self._through(self._proxy, timeout)
        conn.auto_open = 0  # never reconnect by itself
        conn.response_class = Reply
        return conn

    def _direct(self, timeout: float) -> Reaching:
        if self._context is None:
            return Plain(self._host, self._port, timeout=timeout)
        return Secured(self._host, self._port, timeout, self._context)

    def _through(self, proxy: Proxy, timeout: float) -> Reaching:
        from . import proxied  # urllib3 takes long to import, and few have a proxy

        if self._context is None:
            return proxied.forwarded(proxy, timeout)
        conn = proxied.secured(proxy, timeout, self._context)
        if self._scheme == "https":
            headers = {"Proxy-Authorization": proxy.authorization} if proxy.authorization else None
            conn.set_tunnel(self._host, self._port, headers, scheme=proxy.scheme)
        return conn
