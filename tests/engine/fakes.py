"""A runtime whose clock, dice and answers are the test's, and what the tests ask through it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Hashable, Mapping
from typing import Any, TypeVar

from glpi_utils._dialects.dialect import Dialect
from glpi_utils._dialects.high_level import HighLevel
from glpi_utils._dialects.legacy import Legacy
from glpi_utils._engine.request.runtime import Turn
from glpi_utils._wire import Kind, Operation, Response, TransportError, WireRequest

T = TypeVar("T")
HL: Dialect = HighLevel("http://glpi.test/api.php")
LEGACY: Dialect = Legacy("http://glpi.test/apirest.php")
DIALECTS: dict[str, Dialect] = {"hl": HL, "legacy": LEGACY}
JSON = {"content-type": "application/json"}
HTML = {"content-type": "text/html; charset=UTF-8"}
PAGE = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>x</body></html>"


def said(status: int, body: bytes = b"", headers: Mapping[str, str] = JSON, **more: str) -> Response:
    """An answer; `retry_after="3"` adds a header."""
    return Response(status, {**headers, **{name.replace("_", "-"): value for name, value in more.items()}}, body)


def page(status: int, **more: str) -> Response:
    return said(status, PAGE, HTML, **more)


def asks(dialect: Dialect) -> dict[Kind, Operation[Any]]:
    """One request of each kind."""
    ticket = dialect.resource("Ticket")
    return {
        Kind.READ: dialect.get(ticket, 1, {}),
        Kind.CHANGE: dialect.update(ticket, {"id": 1, "name": "x"}, {}),
        Kind.REMOVE: dialect.delete(ticket, {"id": 1}, True, True),
        Kind.CREATE: dialect.create(ticket, {"name": "x"}, {}),
    }


class _Opened:
    def __init__(self, answer: Response) -> None:
        self.status, self.headers, self._body = answer.status, answer.headers, answer.body

    async def read(self) -> bytes:
        return self._body

    async def chunk(self, seconds: float | None = None) -> bytes:
        body, self._body = self._body, b""
        return body

    async def close(self) -> None:
        return


class Flown:
    """A flight that ended at once."""

    done = True

    def __init__(self, work: Coroutine[Any, Any, Any]) -> None:
        self._error: BaseException | None = None
        self._value: Any = None
        try:
            work.send(None)
        except StopIteration as end:
            self._value = end.value
        except BaseException as error:
            self._error = error

    async def result(self, seconds: float | None = None) -> Any:
        if self._error is not None:
            raise self._error
        return self._value

    def cancel(self) -> None:
        return


class Free:
    """A lock that is always free."""

    async def __aenter__(self) -> None:
        return

    async def __aexit__(self, *_: object) -> None:
        return


class First:
    """A place in a line where nobody else ever stands."""

    async def turn(self, seconds: float, settles: Callable[[Any], bool]) -> Turn:
        return Turn(True, None)

    def end(self, said: object) -> None:
        return

    def leave(self) -> None:
        return


class Told:
    """A runtime that does what the test says: answers in order, each after `accept` seconds; sleeps are written down."""

    def __init__(self, *answers: Response | TransportError | BaseException, accept: float = 0.0) -> None:
        self.answers, self.accept = list(answers), accept
        self.sent: list[WireRequest] = []
        self.slept: list[float] = []
        self.clock, self.generation = 1000.0, 0
        self.wakes: BaseException | None = None
        """Raised out of the next sleep."""

    async def open(self, sending: WireRequest) -> _Opened:
        self.sent.append(sending)
        if sending.departs is not None:
            sending.departs()
        self.clock += self.accept
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return _Opened(answer)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.wakes is not None:
            raise self.wakes
        self.clock += seconds

    def lock(self, name: str) -> Free:
        return Free()

    def claim(self, what: Hashable) -> First:
        return First()

    def spawn(self, work: Callable[[], Coroutine[Any, Any, Any]], *, here: bool = False) -> Flown:
        return Flown(work())

    def now(self) -> float:
        return self.clock

    def draw(self) -> float:
        return 0.5

    def handed(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Callable[[], Coroutine[Any, Any, T]]:
        return work

    async def offload(self, work: Callable[[], T]) -> T:
        return work()

    async def close(self) -> None:
        return
