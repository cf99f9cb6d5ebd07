"""Bodies that are never in memory as a whole: what a request sends in pieces, and where the pieces of an answer go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, Protocol

PIECE: Final = 256 * 1024
"""Bytes that are read, sent or written at once."""


class UnreadableBody(Exception):
    """The body of a request cannot be read to its end; ``str`` tells why."""


class BinaryWriter(Protocol):
    """What can be written to as to a file in binary mode."""

    def write(self, data: bytes, /) -> object:
        """Take the bytes; a number that is returned says how many of them."""
        ...


class BodySource(Protocol):
    """The body of a request that is read in pieces, from its beginning for each attempt."""

    @property
    def size(self) -> int:
        """Its bytes."""
        ...

    def pieces(self) -> Iterator[bytes]:
        """Yield all of it, from the beginning. Raises `UnreadableBody`, before the first piece where that is possible."""
        ...


class BodyTarget(Protocol):
    """Takes the body of an answer piece by piece, from its beginning whenever the request is repeated."""

    def accepts(self, status: int, headers: Mapping[str, str]) -> bool:
        """Check whether the body of this answer goes here; if not, it is read whole, as an answer that says something."""
        ...

    def begin(self) -> None:
        """Forget what an earlier attempt brought."""
        ...

    def write(self, piece: bytes) -> None:
        """Take the next bytes."""
        ...

    def obstacle(self) -> str:
        """Return why it cannot begin anew; "" where it can."""
        ...


class Framed(NamedTuple):
    """A body between two texts: the parts of a multipart request."""

    head: bytes
    content: BodySource
    tail: bytes

    @property
    def size(self) -> int:
        """The bytes of all three."""
        return len(self.head) + self.content.size + len(self.tail)

    def pieces(self) -> Iterator[bytes]:
        """Yield all three; the content is opened before anything is yielded."""
        content = self.content.pieces()
        first = next(content, b"")
        yield self.head
        yield first
        yield from content
        yield self.tail


def size_of(body: bytes | BodySource) -> int:
    """Return the bytes of a body of either kind."""
    return len(body) if isinstance(body, bytes) else body.size
