"""How much a walk puts up with: which answers are asked for again with fewer rows, and how long it waits in between."""

from __future__ import annotations

from typing import Any

from ..._wire import Operation, Page, Response, UnexpectedAnswer
from ...exceptions import GlpiConnectionError, GlpiError, GlpiIncompleteError, GlpiMaintenanceError
from .plan import Part
from .walk_context import WalkContext

_IDLE = (
    128  # more than any honest server needs: to double a window of ids to all there can be takes 32, to halve it too
)


class Patience:
    """Counts the answers in a row that brought nothing; whoever asks again waits longer each time."""

    def __init__(self, means: WalkContext) -> None:
        self._means = means
        self.tries = 0
        """Answers that could not be used since the last new row."""
        self.moves = 0
        """Times that the walk went back since the last new row."""
        self._idle = 0  # answers since the last new row
        self._stuck: float | None = None  # since when no page has come for which the server asks to wait

    def page(self, rows: int) -> bool:
        """Note a page that was taken, with so many new rows; return whether too many in a row brought none."""
        self._stuck = None
        self._idle += 1
        if rows:
            self.tries = self.moves = self._idle = 0
        return self._idle >= _IDLE

    async def pause(self, times: int) -> None:
        """Wait after so many answers; the first ones, 0 and less, are asked for again at once."""
        if times > 0:
            await self._means.runtime.sleep(self._means.retry.wait(times, self._means.runtime.draw()))

    def incomplete(self, total: int | None, part: Part, problem: str) -> GlpiIncompleteError:
        """Build the error of a walk that gives up."""
        return GlpiIncompleteError(
            f"{problem}, {self._means.retry.attempts} times: {part} are missing. .items holds the rows that did arrive.",
            total=total,
            missing=str(part),
        )

    def may_wait(self, pause: float) -> bool:
        """Check whether so long a pause ends before the walk has gone without a new page for as long as a call may take."""
        now = self._means.runtime.now()
        self._stuck = now if self._stuck is None else self._stuck
        return now + pause < self._stuck + self._means.longest


def kept_whole(response: Response) -> Response:
    """Keep the bytes until they are handed out; a body that is cut or dirty shows at its ends."""
    if response.status not in (200, 206):
        raise UnexpectedAnswer(f"HTTP {response.status} is no list")
    body = response.body
    if (body[:1], body[-1:]) not in ((b"[", b"]"), (b"{", b"}")):
        response.data()  # says what is wrong with it, unless there is only space around
    return response


def page_of(answer: Any, operation: Operation[Page]) -> Page:
    """Read the bytes that `kept_whole` kept; an answer that is a page already stays."""
    return answer if isinstance(answer, Page) else operation.read(answer)


def may_be_the_size(error: GlpiError) -> bool:
    """Check for what may come of too many rows: no answer in time, a broken one, a server error that is no JSON."""
    if isinstance(error, GlpiConnectionError):
        return error.sent
    if isinstance(error, GlpiMaintenanceError) or error.error_code is not None:
        return False
    return error.status_code is None or error.status_code < 300 or error.status_code >= 500
