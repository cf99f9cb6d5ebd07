"""What comes in, what goes out, what was seen: requests and answers as plain values.

The server makes `Req` from the socket; one of the APIs (`high_level.answer`, `legacy.answer`) turns it into `Answer`.
They know nothing of sockets, threads or faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Req:
    """One request as it came in."""

    method: str
    path: str
    """Raw, still percent-encoded, from the server's root: `/api.php/v2.2/Assistance/Ticket`."""
    query: str = ""
    """The raw query string without `?`."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Names in lower case."""
    body: bytes = b""
    remote: str = "127.0.0.1"
    base: str = "http://127.0.0.1"
    """Scheme, host and port: `http://127.0.0.1:8080`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it goes out. Names may repeat (`Allow` comes as several lines); the server adds only framing."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever the case of its name."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(slots=True)
class Seen:
    """One request that arrived whole.

    Attributes:
        method: The HTTP method.
        path: The raw path from the server's root, without the query.
        query: The raw query string.
        headers: The headers by lower-case names.
        body: The bytes of the body.
        connection: The number of the TCP connection, from 1.
        at: Seconds since the epoch, by the machine's clock.
        status: The HTTP status of the answer; None while there is none.

    >>> from glpi_utils import GlpiAPI
    >>> from glpi_utils.testing import GlpiServer
    >>> with GlpiServer() as glpi, GlpiAPI(glpi.url, username="glpi", password="glpi") as legacy:
    ...     legacy.login()
    ...     seen = glpi.requests[0]
    >>> seen.path, seen.status
    ('/apirest.php/initSession', 200)
    """

    method: str
    path: str
    """Raw, from the server's root, without the query."""
    query: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    connection: int
    """Numbers the TCP connections, from 1."""
    at: float
    """Seconds since the epoch, by the machine's clock."""
    status: int | None = None


class Requests(list[Seen]):
    """All requests that the server has seen since its start or the last ``clear()``.

    >>> from glpi_utils.testing import GlpiServer
    >>> with GlpiServer() as glpi:
    ...     len(glpi.requests)
    0
    """

    __module__ = "glpi_utils.testing"  # where people import it from

    def matching(self, method: str | None = None, path: str | None = None) -> list[Seen]:
        """Return the requests with a method and a path.

        Args:
            method: The HTTP method, in any case. None: any.
            path: A text that the path contains. None: any.
        """
        wanted = None if method is None else method.upper()
        return [s for s in self if (wanted is None or s.method == wanted) and (path is None or path in s.path)]

    def per_connection(self) -> dict[int, int]:
        """Return how many requests each connection carried."""
        return dict(Counter(seen.connection for seen in self))
