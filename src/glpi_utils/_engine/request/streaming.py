"""Handing on the body of an answer piece by piece: each piece has its time-out, and the time of the whole grows with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from ..._streams import PIECE, BodyTarget
from ..._wire import Response, Stage, TransportError
from .retry import Options

if TYPE_CHECKING:
    from .runtime import ResponseStream, Runtime

BEGINNINGS: Final = 3
"""How often a body is begun: a broken one begins anew, twice."""


class Clock(Protocol):
    """When the call must be over."""

    deadline: float


async def hand_on(
    runtime: Runtime, opened: ResponseStream, target: BodyTarget, clock: Clock, options: Options
) -> Response:
    """Write the body into the target; return the answer without it. Whatever happens, the connection is given back."""
    try:
        await runtime.offload(target.begin)
        size, waiting = 0, bytearray()
        while True:
            left = clock.deadline - runtime.now()
            if left <= 0:
                reason = f"the answer did not end within the time allowed for the call (max_time), after {size} bytes"
                raise TransportError(Stage.SENT, reason, timed_out=True)
            piece = await opened.chunk(min(options.timeout, left))
            waiting += piece
            if waiting and (not piece or len(waiting) >= PIECE):
                ready = bytes(waiting)
                await runtime.offload(lambda ready=ready: target.write(ready))  # type: ignore[misc]
                waiting.clear()
            if not piece:
                return Response(opened.status, opened.headers, b"", size)
            size += len(piece)
            clock.deadline += options.more_time(len(piece))
    finally:
        await opened.close()
