"""What is uploaded: a path, an open file, or bytes that come from a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any


class File:
    """Bytes of a program that are to be a file in GLPI.

    An iterable that can be read only once (a generator) is kept in a temporary file on a disk, so that it can be sent
    again; the memory stays flat.

    Args:
        data: The bytes; or an iterable of bytes, or a file object that is open for reading bytes.
        name: The name of the file: "report.pdf". GLPI goes by what stands behind its last dot.

    >>> from glpi_utils import File
    >>> made = api.document.upload(File(b"All is well.", "report.txt"))
    """

    __module__ = "glpi_utils"  # where people import it from

    def __init__(self, data: bytes | Iterable[bytes] | IO[bytes], name: str) -> None:
        self.data, self.name = data, name

    def __repr__(self) -> str:
        return f"File({type(self.data).__name__}, {self.name!r})"


def pieces_of(data: Any) -> Iterator[bytes]:
    """Yield the bytes of an iterable or of a file object, piece by piece."""
    read: Any = getattr(data, "read", None)
    pieces: Iterable[bytes] = iter(lambda: read(256 * 1024), b"") if read else data
    yield from pieces
