"""Reading an answer: under deadlines, however slowly it drips; unpacked piece by piece, never too much, and only whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse, IncompleteRead
from socket import socket
from time import monotonic
from typing import Any

from .._streams import PIECE


class _Clocked(io.RawIOBase):
    """The bytes of one answer, which must keep coming and end in time."""

    def __init__(self, raw: io.RawIOBase, sock: socket) -> None:
        super().__init__()
        self._raw, self._sock, allowed = raw, sock, sock.gettimeout()
        self.until = None if allowed is None else monotonic() + allowed
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any, /) -> int | None:
        if self.until is not None:
            left, patience = self.until - monotonic(), self._sock.gettimeout()
            if left <= 0:
                raise TimeoutError("the answer did not come in time")
            if patience is None or left < patience:
                self._sock.settimeout(left)
        got = self._raw.readinto(into)
        self.ended = got == 0
        return got

    def waits(self, seconds: float) -> None:
        """Let the bytes that are read next come within so many seconds."""
        self.until = monotonic() + seconds
        self._sock.settimeout(seconds)

    def close(self) -> None:
        self._raw.close()
        super().close()


class Cut(HTTPException):
    """The connection ended in the middle of the head, which http.client takes for its end."""


class BadLength(HTTPException):
    """Content-Length is no number, which http.client takes for "until the connection ends"."""


class Reply(HTTPResponse):
    """http.client's answer, read more strictly."""

    def __init__(self, sock: socket, debuglevel: int = 0, method: str | None = None, url: str | None = None) -> None:
        super().__init__(sock, debuglevel, method, url)
        self._clocked = _Clocked(self.fp.detach(), sock)
        self.fp = io.BufferedReader(self._clocked)

    def ends_by(self, until: float) -> None:
        """Let the body end by then (monotonic seconds)."""
        self._clocked.until = until

    def waits(self, seconds: float) -> None:
        """Let the next bytes of the body come within so many seconds, whatever limit its end has."""
        if not self.isclosed():
            self._clocked.waits(seconds)

    def begin(self) -> None:
        super().begin()
        if self._clocked.ended:
            raise Cut
        self._clocked.until = None
        if self.length is None and not self.chunked:
            length = self.headers.get("Content-Length")
            if length is not None:
                raise BadLength


class BadCoding(HTTPException):
    """The body is not compressed as its Content-Encoding says."""


class TooLarge(HTTPException):
    """The body is larger than is allowed; the rest was not read."""


class Pieces:
    """A body as it comes, unpacked piece by piece."""

    __slots__ = ("_unpacking", "_waiting", "is_packed")

    def __init__(self, coding: str | None) -> None:
        name = (coding or "").strip().lower()
        self.is_packed = name in ("gzip", "x-gzip", "deflate")
        self._unpacking = Unpacking(name) if self.is_packed else None
        self._waiting: Iterator[bytes] = iter(())

    def feed(self, raw: bytes) -> None:
        """Take the next bytes from the wire, once `next` has given all before them; none at the end of the body."""
        if self._unpacking is None:
            self._waiting = iter((raw,) if raw else ())
        elif raw:
            self._waiting = self._unpacking.pieces(raw)
        else:
            self._unpacking.end()

    def next(self) -> bytes:
        """Return the next piece of what was fed; empty where there is no more."""
        return next(self._waiting, b"")


class Whole:
    """A body that is collected up to a limit."""

    __slots__ = ("_bytes", "_most")

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, io.BytesIO()

    def take(self, pieces: Pieces) -> None:
        """Keep what is there; where that is more than the limit, `TooLarge`."""
        while piece := pieces.next():
            if self._bytes.tell() + len(piece) > self._most:
                raise TooLarge
            self._bytes.write(piece)

    def value(self) -> bytes:
        """Return all of it."""
        return self._bytes.getvalue()  # no copy is made


class Body:
    """The body of one answer of http.client."""

    __slots__ = ("_pieces", "response")

    def __init__(self, response: HTTPResponse) -> None:
        self.response = response
        self._pieces = Pieces(response.getheader("Content-Encoding"))

    def read(self, most: int) -> bytes:
        """Return the whole; where it is larger than ``most`` bytes, `TooLarge`."""
        if not self._pieces.is_packed and (self.response.length or 0) > most:
            raise TooLarge
        whole = Whole(most)
        whole.take(self._pieces)
        while raw := self._raw():
            self._pieces.feed(raw)
            whole.take(self._pieces)
        self._pieces.feed(b"")
        return whole.value()

    def piece(self, seconds: float | None) -> bytes:
        """Return the next piece, however large the whole may be, waiting so long for its bytes: empty at the end."""
        while not (piece := self._pieces.next()):
            if seconds is not None and isinstance(self.response, Reply):
                self.response.waits(seconds)
            raw = self._raw(at_once=True)
            self._pieces.feed(raw)
            if not raw:
                break
        return piece

    def _raw(self, *, at_once: bool = False) -> bytes:
        """Read on; ``at_once``: what is there, however little."""
        response = self.response
        data = response.read1(PIECE) if at_once and response.length != 0 else response.read(PIECE)
        if not data and response.length:  # http.client takes it for the end
            raise IncompleteRead(data, response.length)
        return data


class Unpacking:
    """Unpacks gzip, of several members too, and deflate with or without zlib's head."""

    def __init__(self, coding: str) -> None:
        from zlib import MAX_WBITS, decompressobj, error

        self._make, self._error = decompressobj, error
        self._bits = MAX_WBITS if coding == "deflate" else MAX_WBITS + 16
        self._raw_bits = -MAX_WBITS if coding == "deflate" else None
        self._state = decompressobj(self._bits)
        self._began = self._ended = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what a piece of the body unpacks to; what follows the end and is no further member is ignored."""
        full = False
        while data or full:
            try:
                piece = self._state.decompress(data, PIECE)
            except self._error:
                if self._ended:
                    return
                if self._began or self._raw_bits is None:
                    raise BadCoding from None
                self._state, self._raw_bits = self._make(self._raw_bits), None
                continue
            self._began, self._ended = True, self._ended and not piece
            data, full = self._state.unconsumed_tail, len(piece) == PIECE
            if self._state.eof:
                data, full = self._state.unused_data, False
                self._ended, self._state = True, self._make(self._bits)
            if piece:
                yield piece

    def end(self) -> None:
        """Nothing more comes: is it whole?"""
        if self._began and not self._ended:
            raise BadCoding
