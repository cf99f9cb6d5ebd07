"""The one path of every request: how often it is sent, what is waited for, what is raised."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from glpi_utils import exceptions as errors
from glpi_utils._engine.request.call import Caller
from glpi_utils._engine.request.report import Report
from glpi_utils._engine.request.retry import Options, Retry
from glpi_utils._redactor import Redactor
from glpi_utils._wire import Credential, Kind, Operation, Request, Response, Stage, TransportError
from tests.engine.fakes import DIALECTS, HL, JSON, Told, asks, page, said

T = TypeVar("T")
GONE = TransportError(Stage.SENT, "connection reset")
UNREACHED = TransportError(Stage.UNREACHED, "connection refused")
LATE = TransportError(Stage.SENT, "no answer", timed_out=True)
GOOD = said(200, b'{"id":1}')
MADE = said(201, b'{"id":5}')
LAPSED = said(400, b'{"status":"ERROR_INVALID_PARAMETER","title":"Invalid OAuth token","detail":null}')
NOT_THERE = said(404, b'{"status":"ERROR_ITEM_NOT_FOUND","title":"No","detail":null}')
NO_RIGHT = said(403, b'{"status":"ERROR_RIGHT_MISSING","title":"No","detail":null}')
PATIENT = Options(timeout=10, max_time=100, retry=Retry(attempts=4, pause=1, factor=2, longest=3))
SECRET = "s3cr3t-t0ken"


def done(work: Coroutine[Any, Any, T]) -> T:
    try:
        work.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    raise AssertionError("it waited for something")


class Keys:
    """Credentials, numbered; counts how often a newer one was asked for."""

    def __init__(self) -> None:
        self.renewed = 0

    async def give(self, stale: Credential | None, deadline: float) -> Credential:
        self.renewed += stale is not None
        return Credential({"Authorization": f"Bearer {self.renewed}"})


def call(runtime: Told, kind: Kind = Kind.READ, options: Options = PATIENT, keys: Keys | None = None) -> Any:
    return call_ask(runtime, asks(DIALECTS["hl"])[kind], options, keys)


def call_ask(runtime: Told, ask: Operation[Any], options: Options = PATIENT, keys: Keys | None = None) -> Any:
    redactor = Redactor()
    redactor.add(SECRET)
    caller = Caller(DIALECTS["hl"], runtime, Report(redactor, {}))
    caller.credential = (keys or Keys()).give
    return done(caller.call(ask, options, "v2.2", runtime.clock + options.longest))


def test_a_read_is_repeated_until_it_comes() -> None:
    runtime = Told(GONE, page(502), said(200, b'{"id":'), GOOD)
    assert call(runtime) == {"id": 1}
    assert runtime.slept == [0.75, 1.5, 2.25], "half to whole of the pause, which grows to its longest"


def test_attempts_are_bounded_and_counted_in_the_message() -> None:
    runtime = Told(*[page(502)] * 9)
    with pytest.raises(errors.GlpiAPIError, match=r"attempt 4\]") as caught:
        call(runtime)
    assert (len(runtime.sent), caught.value.status_code) == (4, 502)


@pytest.mark.parametrize("fault", [GONE, LATE, page(500), said(504), page(503, retry_after="1"), said(200, b"{}")])
def test_a_create_that_may_have_been_done_is_sent_once(fault: TransportError | Response) -> None:
    runtime = Told(fault, MADE)
    with pytest.raises(errors.GlpiUnknownOutcomeError, match=r"POST /Assistance/Ticket was sent"):
        call(runtime, Kind.CREATE)
    assert len(runtime.sent) == 1


def test_a_create_that_can_not_have_been_done_is_repeated() -> None:
    runtime = Told(UNREACHED, page(429), LAPSED, UNREACHED, MADE)
    assert call(runtime, Kind.CREATE) == {"id": 5}


def test_a_create_uses_no_connection_that_idled_long() -> None:
    for kind, idle in ((Kind.CREATE, 5.0), (Kind.READ, None), (Kind.CHANGE, None), (Kind.REMOVE, None)):
        runtime = Told(said(409))
        with pytest.raises(errors.GlpiAPIError):
            call(runtime, kind)
        assert runtime.sent[0].max_idle == idle


def test_one_renewal_then_the_refusal() -> None:
    keys, runtime = Keys(), Told(LAPSED, LAPSED, GOOD)
    with pytest.raises(errors.GlpiAuthError):
        call(runtime, keys=keys)
    assert [each.headers["Authorization"] for each in runtime.sent] == ["Bearer 0", "Bearer 1"]
    assert (keys.renewed, runtime.slept) == (1, [])


def test_a_renewal_does_not_use_an_attempt_up() -> None:
    runtime = Told(GONE, GONE, LAPSED, GONE, GOOD)
    assert call(runtime) == {"id": 1}


def test_retry_after_goes_before_the_policy() -> None:
    runtime = Told(page(429, retry_after="20"), page(503, retry_after="0"), GOOD)
    assert call(runtime) == {"id": 1}
    assert runtime.slept == [20.0, 0.0]


def test_no_repeat_outlives_max_time() -> None:
    runtime = Told(page(429, retry_after="3600"), GOOD)
    with pytest.raises(errors.GlpiRateLimitError) as caught:
        call(runtime)
    assert (runtime.slept, caught.value.retry_after) == ([], 3600.0)


def test_what_is_left_of_max_time_bounds_each_request() -> None:
    runtime = Told(LATE, LATE, LATE, accept=8)
    with pytest.raises(errors.GlpiTimeoutError):
        call(runtime, options=PATIENT._replace(max_time=20))
    assert [each.read_timeout for each in runtime.sent] == [10, 10, 20 - 8 - 0.75 - 8 - 1.5]
    assert [each.connect_timeout for each in runtime.sent] == [each.read_timeout for each in runtime.sent]


def test_a_pause_that_took_too_long_leaves_the_error_before_it() -> None:
    class Drowsy(Told):
        async def sleep(self, seconds: float) -> None:
            self.clock += 1000

    runtime = Drowsy(page(502), GOOD)
    with pytest.raises(errors.GlpiAPIError, match="HTTP 502") as caught:
        call(runtime)
    assert "attempt" not in str(caught.value)
    assert len(runtime.sent) == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_a_call_whose_time_is_over_is_not_sent(kind: Kind) -> None:
    class Slow(Keys):
        async def give(self, stale: Credential | None, deadline: float) -> Credential:
            runtime.clock = deadline
            return await super().give(stale, deadline)

    runtime = Told(GOOD)
    with pytest.raises(errors.GlpiTimeoutError, match="max_time") as caught:
        call(runtime, kind, keys=Slow())
    assert (runtime.sent, caught.value.sent) == ([], False)


@pytest.mark.parametrize("kind", [Kind.CHANGE, Kind.REMOVE, Kind.CREATE])
def test_read_only_sends_no_write(kind: Kind) -> None:
    runtime = Told()
    with pytest.raises(errors.GlpiPermissionError, match="read-only"):
        call(runtime, kind, PATIENT._replace(read_only=True))
    assert runtime.sent == []


def test_a_broken_page_is_not_repeated_where_less_can_be_asked_for() -> None:
    at_once = PATIENT._replace(breaks_at_once=True)
    for broken in (page(500), GONE, said(200, b"[")):
        runtime = Told(broken)
        with pytest.raises(errors.GlpiError):
            call(runtime, options=at_once)
    runtime = Told(UNREACHED, page(429), page(503, retry_after="1"), GOOD)
    assert call(runtime, options=at_once) == {"id": 1}, "what does not depend on the size is waited for"


# what became of a repeated delete


@pytest.mark.parametrize("lost", [GONE, page(502), said(302), page(503, retry_after="0")])
def test_a_repeated_delete_that_finds_nothing_was_done(lost: TransportError | Response) -> None:
    assert call(Told(lost, NOT_THERE), Kind.REMOVE) is None


def test_a_first_delete_that_finds_nothing_is_an_error() -> None:
    for before in ((), (UNREACHED,), (LAPSED,), (page(429),)):
        with pytest.raises(errors.GlpiNotFoundError):
            call(Told(*before, NOT_THERE), Kind.REMOVE)


def remove_user() -> Operation[Any]:
    return HL.delete(HL.resource("User"), {"id": 9}, True, True)


def test_where_glpi_says_403_for_what_is_gone_a_get_tells() -> None:
    runtime = Told(GONE, NO_RIGHT, NOT_THERE)
    assert call_ask(runtime, remove_user()) is None
    assert [each.method for each in runtime.sent] == ["DELETE", "DELETE", "GET"]


def test_where_it_is_still_there_the_refusal_stands() -> None:
    for told in (GOOD, page(403), *[[UNREACHED] * 4]):
        runtime = Told(GONE, NO_RIGHT, *(told if isinstance(told, list) else [told]))
        with pytest.raises(errors.GlpiPermissionError, match="may have been carried out") as caught:
            call_ask(runtime, remove_user())
        assert caught.value.error_code == "ERROR_RIGHT_MISSING"


def test_a_first_403_asks_nothing() -> None:
    runtime = Told(NO_RIGHT)
    with pytest.raises(errors.GlpiPermissionError):
        call_ask(runtime, remove_user())
    assert len(runtime.sent) == 1


@pytest.mark.parametrize("kind", [Kind.CHANGE, Kind.REMOVE])
def test_an_error_after_a_lost_answer_says_that_it_may_be_done(kind: Kind) -> None:
    with pytest.raises(errors.GlpiPermissionError, match="may have been carried out; repeating it is safe"):
        call(Told(GONE, NO_RIGHT, GOOD), kind)


# redirects


def test_a_read_follows_to_the_same_origin_only() -> None:
    here, there = "http://glpi.test/api.php/v2.2/x", "http://other.test/api.php/v2.2/x"
    runtime = Told(page(301, location=here), page(302, location="/y"), page(307, location="z"), GOOD)
    assert call(runtime) == {"id": 1}
    assert [each.url for each in runtime.sent[1:]] == [here, "http://glpi.test/y", "http://glpi.test/z"]
    for elsewhere in (
        there,
        "https://glpi.test/x",
        "http://glpi.test:8080/x",
        "//other.test/x",
        "http://glpi.test@o.test",
    ):
        runtime = Told(page(301, location=elsewhere), GOOD)
        with pytest.raises(errors.GlpiAPIError, match="not followed"):
            call(runtime)
        assert len(runtime.sent) == 1, elsewhere


def test_a_circle_of_redirects_ends() -> None:
    runtime = Told(*[page(302, location="/again")] * 20)
    with pytest.raises(errors.GlpiAPIError, match="elsewhere"):
        call(runtime)
    assert len(runtime.sent) == 6


@pytest.mark.parametrize("kind", [Kind.CHANGE, Kind.REMOVE, Kind.CREATE])
@pytest.mark.parametrize("code", [301, 307, 308])
def test_no_write_follows(kind: Kind, code: int) -> None:
    runtime = Told(page(code, location="http://glpi.test/api.php/v2.2/Assistance/Ticket/"), GOOD)
    with pytest.raises(errors.GlpiAPIError, match=r"url='http://glpi\.test'"):
        call(runtime, kind)
    assert len(runtime.sent) == 1


# whoever stops a write


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), asyncio.CancelledError(), SystemExit(3)])
def test_a_stop_during_a_write_passes_with_a_note(stop: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "glpi_utils"), pytest.raises(type(stop)) as caught:
        call(Told(stop), Kind.CREATE)
    told = "POST /Assistance/Ticket was sent, its outcome is unknown"
    assert caught.value is stop
    assert stop.__notes__ == [told]
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [("WARNING", told)]


def test_a_stop_between_two_attempts_of_a_write_tells_too() -> None:
    for first, notes in ((GONE, 1), (UNREACHED, 0), (page(429), 0)):
        runtime, stop = Told(first), KeyboardInterrupt()
        runtime.wakes = stop
        with pytest.raises(KeyboardInterrupt):
            call(runtime, Kind.CHANGE)
        assert len(getattr(stop, "__notes__", [])) == notes


def test_a_stop_during_a_read_passes_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    stop = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        call(Told(stop))
    assert not hasattr(stop, "__notes__")
    assert caplog.records == []


def test_what_was_never_sent_gets_no_note() -> None:
    wrong = errors.GlpiValidationError("proxy")
    with pytest.raises(errors.GlpiValidationError):
        call(Told(wrong), Kind.CREATE)
    assert not hasattr(wrong, "__notes__")


def test_no_secret_of_a_refusal_gets_out() -> None:
    body = b'{"status":"ERROR","title":"%s","detail":{"a":"%s"},"additional_messages":[{"message":"%s"}]}'
    with pytest.raises(errors.GlpiAPIError) as caught:
        call(Told(Response(400, JSON, body.replace(b"%s", SECRET.encode()))))
    error = caught.value
    assert SECRET not in f"{error} {error!r} {error.args} {error.detail} {error.additional_messages}"


def test_headers_of_the_request_win_over_the_callers() -> None:
    runtime = Told(GOOD)
    asked = Operation(Request("GET", "x", headers={"Accept": "text/csv"}), lambda _: None)
    call_ask(runtime, asked, PATIENT._replace(headers={"Accept": "mine", "X-Mine": "1"}))
    assert runtime.sent[0].headers["Accept"] == "text/csv"
    assert runtime.sent[0].headers["X-Mine"] == "1"
