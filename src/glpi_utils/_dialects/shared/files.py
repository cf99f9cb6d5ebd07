"""Reading files: bytes, not JSON."""

from __future__ import annotations

from collections.abc import Mapping
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


def is_file(status: int, headers: Mapping[str, str]) -> bool:
    """Check whether an answer holds a document's file: GLPI names every file that it sends, whatever its type."""
    return status == 200 and "content-disposition" in headers


def streamed(response: Response) -> int:
    """Return the bytes of a file that went to its target; an answer that holds none is refused."""
    if response.streamed is None:
        raise UnexpectedAnswer(
            f"HTTP {response.status} with {response.content_type or 'no type'} is no file of a document"
        )
    return response.streamed
