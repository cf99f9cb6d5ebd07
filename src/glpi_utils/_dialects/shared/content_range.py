"""Reading Content-Range: only its total is right in both APIs, the end is off by one at the edges."""

from __future__ import annotations

from ..._wire import Response


def total(response: Response) -> int | None:
    """Return the server's count; None where it gives none."""
    text = response.headers.get("content-range", "").rpartition("/")[2]
    return int(text) if text.isdigit() else None
