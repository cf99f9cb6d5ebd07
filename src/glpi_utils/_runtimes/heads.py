"""Reading the head of an answer: under one deadline, however slowly it drips, and only whole."""

from __future__ import annotations

import io
from http.client import HTTPException, HTTPResponse
from socket import socket
from time import monotonic
from typing import Any


class _Clocked(io.RawIOBase):
    """The bytes of one answer; until its head is read, a deadline for all of it bounds every read."""

    def __init__(self, raw: io.RawIOBase, sock: socket) -> None:
        super().__init__()
        self._raw, self._sock = raw, sock
        self._allowed = sock.gettimeout()
        self._until = None if self._allowed is None else monotonic() + self._allowed
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any, /) -> int | None:
        if self._until is not None:
            left = self._until - monotonic()
            if left <= 0:
                raise TimeoutError("the head of the answer did not come in time")
            self._sock.settimeout(left)
        got = self._raw.readinto(into)
        self.ended = got == 0
        return got

    def head_is_here(self) -> None:
        if self._until is not None:
            self._until = None
            self._sock.settimeout(self._allowed)

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

    def begin(self) -> None:
        super().begin()
        if self._clocked.ended:
            raise Cut
        self._clocked.head_is_here()
        if self.length is None and not self.chunked:
            said = self.headers.get("Content-Length")
            if said is not None:
                raise BadLength
