"""What the server has seen: one record per request, in order, with its connection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Seen:
    """One request that arrived whole. `status` is what was answered, None while (or for ever) nothing was."""

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
    """All requests seen since the start or the last `clear()`."""

    __module__ = "glpi_utils.testing"  # where people import it from

    def matching(self, method: str | None = None, path: str | None = None) -> list[Seen]:
        """Those with this method whose path contains this text."""
        wanted = None if method is None else method.upper()
        return [s for s in self if (wanted is None or s.method == wanted) and (path is None or path in s.path)]

    def per_connection(self) -> dict[int, int]:
        """How many requests each connection carried."""
        return dict(Counter(seen.connection for seen in self))
