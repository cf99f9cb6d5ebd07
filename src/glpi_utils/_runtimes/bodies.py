"""Reading the body of an answer: whole or in pieces, unpacked, and never cut without notice."""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse, IncompleteRead


class BadCoding(HTTPException):
    """What came is not compressed as it was said to be."""


class Body:
    """The body of one answer."""

    __slots__ = ("_packed", "response")

    def __init__(self, response: HTTPResponse) -> None:
        self.response = response
        coding = (response.getheader("Content-Encoding") or "").strip().lower()
        self._packed = _Packed(coding) if coding in ("gzip", "x-gzip", "deflate") else None

    def read(self, amount: int | None) -> bytes:
        """Give the whole, or the next piece: empty at the end."""
        packed = self._packed
        if packed is None:
            return self._raw(amount)
        while True:
            raw = self._raw(amount)
            data = packed.unpacked(raw)
            if amount is None or not raw:
                packed.end()
                return data
            if data:
                return data

    def _raw(self, amount: int | None) -> bytes:
        response = self.response
        if amount is None:
            return response.read()
        data = response.read(amount)
        if not data and response.length:  # http.client takes it for the end
            raise IncompleteRead(data, response.length)
        return data


class _Packed:
    """Unpacks gzip, of several members too, and deflate with or without zlib's head."""

    def __init__(self, coding: str) -> None:
        from zlib import MAX_WBITS, decompressobj, error

        self._make, self._error = decompressobj, error
        self._bits = MAX_WBITS if coding == "deflate" else MAX_WBITS + 16
        self._raw_bits = -MAX_WBITS if coding == "deflate" else None
        self._state = decompressobj(self._bits)
        self._began = self._ended = False

    def unpacked(self, data: bytes) -> bytes:
        """Unpack a piece; what follows the end and is no further member is ignored."""
        found = b""
        while data:
            try:
                found += self._state.decompress(data)
            except self._error:
                if self._ended:
                    return found
                if self._began or self._raw_bits is None:
                    raise BadCoding from None
                self._state, self._raw_bits = self._make(self._raw_bits), None
                continue
            self._began = True
            data = self._state.unused_data
            if self._state.eof:
                self._ended, self._state = True, self._make(self._bits)
        return found

    def end(self) -> None:
        """Nothing more comes: is it whole?"""
        if self._began and not self._ended:
            raise BadCoding
