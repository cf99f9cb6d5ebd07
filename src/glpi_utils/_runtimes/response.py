"""Reading an answer under deadlines, however slowly it drips: its head by itself, and all of it; and only whole."""

from __future__ import annotations

import io
from http.client import HTTPException, HTTPResponse
from socket import socket
from time import monotonic
from typing import Any


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
        """Let the next bytes of the body come within so many seconds, whatever was said of its end."""
        if not self.isclosed():
            self._clocked.waits(seconds)

    def begin(self) -> None:
        super().begin()
        if self._clocked.ended:
            raise Cut
        self._clocked.until = None
        if self.length is None and not self.chunked:
            said = self.headers.get("Content-Length")
            if said is not None:
                raise BadLength
