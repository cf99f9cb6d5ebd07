"""A body that is read in pieces, as aiohttp takes it: each piece is read on a thread, so that no disk holds up the loop."""

from __future__ import annotations

import asyncio
from typing import Self

from .._streams import BodySource, UnreadableBody


class InPieces:
    """Yields the body once."""

    def __init__(self, source: BodySource) -> None:
        self._pieces = source.pieces()
        self._first: bytes | None = None
        self.problem = ""
        """Why it could not be read to its end; "" where it could."""

    async def begin(self) -> None:
        """Read the first piece, before anything is sent. Raises `UnreadableBody`."""
        self._first = await asyncio.to_thread(next, self._pieces, b"")

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        first, self._first = self._first, None
        if first is not None:
            return first
        try:
            piece = await asyncio.to_thread(next, self._pieces, None)
        except UnreadableBody as problem:
            self.problem = str(problem)
            raise
        if piece is None:
            raise StopAsyncIteration
        return piece
