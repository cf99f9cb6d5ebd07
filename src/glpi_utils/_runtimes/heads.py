"""Reading the head of an answer: under one deadline, however slowly it drips, and only whole."""

from __future__ import annotations

import io
from http.client import HTTPException, HTTPResponse
from socket import socket
from time import monotonic
from typing import Any


class _Clocked(io.RawIOBase):
    """The bytes of one answer. Until its head is here they must keep coming, and end in time."""

    def __init__(self, raw: io.RawIOBase, allowed: float | None) -> None:
        super().__init__()
        self._raw = raw
        self.until = None if allowed is None else monotonic() + allowed
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any, /) -> int | None:
        if self.until is not None and monotonic() > self.until:
            raise TimeoutError("the head of the answer did not come in time")
        got = self._raw.readinto(into)
        self.ended = got == 0
        return got

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
        self._clocked = _Clocked(self.fp.detach(), sock.gettimeout())
        self.fp = io.BufferedReader(self._clocked)

    def begin(self) -> None:
        super().begin()
        if self._clocked.ended:
            raise Cut
        self._clocked.until = None
        if self.length is None and not self.chunked:
            said = self.headers.get("Content-Length")
            if said is not None:
                raise BadLength
