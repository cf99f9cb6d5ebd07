"""A body that is handed on: where it begins anew, how often, how long it may take, and what its target is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from glpi_utils import exceptions as errors
from glpi_utils._engine.request.call import Caller
from glpi_utils._engine.request.report import Report
from glpi_utils._engine.request.retry import Options, Retry
from glpi_utils._redactor import Redactor
from glpi_utils._streams import PIECE
from glpi_utils._wire import Operation, Request, Response, Stage, TransportError, WireRequest
from tests.engine.fakes import DIALECTS, Told, page
from tests.engine.test_call import LAPSED, NOT_THERE, Keys, done

FILE = {"content-type": "text/html", "content-disposition": 'attachment; filename="a.html"'}
CUT = TransportError(Stage.SENT, "cut in the middle")
BROKEN: list[list[bytes | TransportError]] = [[b"ha", CUT]] * 4
PATIENT = Options(timeout=10, max_time=100, retry=Retry(attempts=9, pause=1, factor=1, longest=1))


class Target:
    """Writes down what it is told; `stuck` from so many bytes on."""

    def __init__(self, stuck: str = "") -> None:
        self.bytes, self.begun, self.largest, self.stuck = b"", 0, 0, stuck

    def accepts(self, status: int, headers: Mapping[str, str]) -> bool:
        return "content-disposition" in headers

    def begin(self) -> None:
        self.bytes, self.begun = b"", self.begun + 1

    def write(self, piece: bytes) -> None:
        self.bytes += piece
        self.largest = max(self.largest, len(piece))

    def obstacle(self) -> str:
        return self.stuck if self.bytes else ""


class Pouring:
    """An answer whose body comes in these pieces, each after `accept` seconds; an exception among them is raised."""

    def __init__(self, runtime: Streams, pieces: Sequence[bytes | TransportError]) -> None:
        self.status, self.headers = 200, FILE
        self._runtime, self._pieces = runtime, list(pieces)

    async def read(self) -> bytes:
        raise AssertionError("it is not read whole")

    async def chunk(self, seconds: float | None = None) -> bytes:
        assert seconds is not None
        self._runtime.patience.append(seconds)
        if self._runtime.accept > seconds:
            self._runtime.clock += seconds
            raise TransportError(Stage.SENT, "no answer", timed_out=True)
        self._runtime.clock += self._runtime.accept
        piece = self._pieces.pop(0) if self._pieces else b""
        if isinstance(piece, TransportError):
            raise piece
        return piece

    async def close(self) -> None:
        self._runtime.closed += 1


class Streams(Told):
    """Gives answers in order: a list is a body in pieces."""

    def __init__(
        self, *answers: Sequence[bytes | TransportError] | Response | TransportError, accept: float = 0.0
    ) -> None:
        super().__init__(*(each for each in answers if isinstance(each, Response | TransportError)))
        self.all, self.accept = list(answers), accept
        self.patience: list[float] = []
        self.closed = 0

    async def open(self, sending: WireRequest) -> Any:
        first = self.all.pop(0)
        if not isinstance(first, Response | TransportError):
            self.sent.append(sending)
            return Pouring(self, first)
        accept, self.accept = self.accept, 0.0
        try:
            return await super().open(sending)
        finally:
            self.accept = accept


def fetch(runtime: Streams, target: Target, options: Options = PATIENT, read: Any = lambda answer: answer.size) -> Any:
    caller = Caller(DIALECTS["hl"], runtime, Report(Redactor(), {}))
    caller.credential = Keys().give
    ask = Operation(Request("GET", "Document/1"), read, target=target)
    return done(caller.call(ask, options, "v2.2", runtime.clock + options.time_for(b"")))


def test_what_comes_is_handed_on_in_pieces_of_a_bounded_size() -> None:
    runtime, target = Streams([b"<html>", b"x" * PIECE, b"y"]), Target()
    assert fetch(runtime, target) == 7 + PIECE
    assert target.bytes == b"<html>" + b"x" * PIECE + b"y"
    assert target.largest < 2 * PIECE
    assert (target.begun, runtime.closed) == (1, 1)


@pytest.mark.parametrize("ends", [CUT, TransportError(Stage.SENT, "no answer", timed_out=True)])
def test_a_body_that_breaks_off_begins_anew_twice(ends: TransportError) -> None:
    runtime, target = Streams([b"ha", ends], [b"half", ends], [b"whole"]), Target()
    assert fetch(runtime, target) == 5
    assert (target.bytes, target.begun, runtime.closed) == (b"whole", 3, 3)


def test_and_not_three_times_whatever_the_number_of_repeats() -> None:
    runtime, target = Streams(*BROKEN), Target()
    with pytest.raises(errors.GlpiConnectionError, match=r"cut in the middle \[GET /Document/1, attempt 3\]"):
        fetch(runtime, target)
    assert len(runtime.sent) == 3


@pytest.mark.parametrize("attempts", [1, 2])
def test_fewer_repeats_are_fewer_beginnings(attempts: int) -> None:
    runtime, target = Streams(*BROKEN), Target()
    with pytest.raises(errors.GlpiConnectionError):
        fetch(runtime, target, PATIENT._replace(retry=Retry(attempts=attempts)))
    assert len(runtime.sent) == attempts


def test_what_never_began_is_repeated_as_ever() -> None:
    refused = TransportError(Stage.UNREACHED, "refused")
    runtime, target = Streams(refused, page(502), refused, page(503), LAPSED, refused, [b"whole"]), Target()
    assert fetch(runtime, target) == 5
    assert target.begun == 1


def test_a_target_that_cannot_begin_anew_ends_it() -> None:
    runtime, target = Streams([b"x" * PIECE, CUT], [b"whole"]), Target(stuck="it is a pipe")
    with pytest.raises(errors.GlpiConnectionError, match="cut in the middle"):
        fetch(runtime, target)
    assert len(runtime.sent) == 1


def test_a_target_into_which_nothing_was_written_can() -> None:
    runtime, target = Streams([b"waits for more", CUT], [b"whole"]), Target(stuck="it is a pipe")
    assert fetch(runtime, target) == 5


def test_an_answer_that_is_no_file_is_an_answer() -> None:
    runtime, target = Streams(NOT_THERE), Target()
    with pytest.raises(errors.GlpiNotFoundError):
        fetch(runtime, target)
    assert (target.begun, target.bytes) == (0, b"")


def test_a_file_that_is_not_the_noted_one_begins_anew() -> None:
    def wrong(answer: Response) -> int:
        if target.begun < 3:
            raise errors.GlpiChecksumError("another file")
        return answer.size

    target = Target()
    assert fetch(Streams([b"a"], [b"b"], [b"c"]), target, read=wrong) == 1
    target = Target()
    target.begun = -9
    with pytest.raises(errors.GlpiChecksumError, match=r"another file \[GET /Document/1, attempt 3\]"):
        fetch(Streams([b"a"], [b"b"], [b"c"], [b"d"]), target, read=wrong)


def test_what_the_target_raises_ends_it_and_gives_the_connection_back() -> None:
    class Full(Target):
        def write(self, piece: bytes) -> None:
            raise OSError(28, "No space left on device")

    runtime = Streams([b"a"], [b"b"])
    with pytest.raises(OSError, match="No space left"):
        fetch(runtime, Full())
    assert (len(runtime.sent), runtime.closed) == (1, 1)


def test_max_time_bounds_the_whole() -> None:
    runtime, target = Streams([b"x"] * 50, accept=9), Target()
    with pytest.raises(errors.GlpiTimeoutError, match="max_time=100 s the whole call"):
        fetch(runtime, target)
    assert runtime.clock <= 1100
    assert runtime.patience[-1] == pytest.approx(1.0), "the last piece had what was left"
    assert max(runtime.patience) == 10


def test_without_max_time_each_mebibyte_has_a_time_out_more() -> None:
    mebibyte = [b"x" * PIECE] * 4
    options = PATIENT._replace(max_time=None)
    runtime, target = Streams(mebibyte * 50, accept=2), Target()
    assert fetch(runtime, target, options) == 50 * 1024 * 1024, "400 s, where a call has 40"
    with pytest.raises(errors.GlpiTimeoutError):
        fetch(Streams([b"x"] * 50, accept=2), Target(), options)


def test_how_long_a_call_may_take() -> None:
    class Body:
        size = 3 * 1024 * 1024

    options = Options(timeout=10)
    assert options.time_for(b"x" * 5_000_000) == 40
    assert options.time_for(Body()) == 70  # type: ignore[arg-type]
    assert options._replace(max_time=5).time_for(Body()) == 5  # type: ignore[arg-type]
