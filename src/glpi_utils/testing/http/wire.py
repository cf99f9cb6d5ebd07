"""What comes in and what goes out: one request, one answer, as plain values.

The server makes `Req` from the socket; a dialect (`highlevel.answer`, `legacy.answer`) turns it into `Answer`.
Dialects know nothing of sockets, threads or faults.
"""

from __future__ import annotations

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
        """The first value of a header, whatever the case of its name."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
