"""Reading files: bytes, not JSON."""

from __future__ import annotations

from typing import Final

from ..._wire import Response, UnexpectedAnswer

ANYTHING: Final = {"Accept": "*/*"}


def as_bytes(response: Response) -> bytes | None:
    """Read a file; None where the answer says that there is none."""
    if response.status == 204:
        return None
    if response.status != 200 or response.content_type in ("text/html", "application/json"):
        raise UnexpectedAnswer(f"HTTP {response.status} with {response.content_type or 'no type'} is no file")
    return response.body
