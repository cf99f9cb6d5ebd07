"""Telling what happens: once per attempt, in the log, to the hooks, and never a secret."""

from __future__ import annotations

import logging
import pickle
from typing import Any

import pytest

from glpi_utils import exceptions as errors
from glpi_utils._engine.request.report import Report, RequestInfo, ResponseInfo, noted, user_agent
from glpi_utils._redactor import Redactor
from glpi_utils._wire import Request, Response, Stage, TransportError, WireRequest

SECRET = "pa55-phrase"
SENDING = WireRequest("GET", f"http://glpi.test/x?token={SECRET}", {"Authorization": SECRET})


def report(**hooks: Any) -> Report:
    redactor = Redactor()
    redactor.add(SECRET)
    return Report(redactor, {}, **hooks)


def test_an_error_is_cleaned_through_and_through() -> None:
    inner = errors.GlpiAPIError(f"row {SECRET}", 400, "ERROR", detail=[{SECRET: (SECRET,)}])
    whole = errors.GlpiPartialError(f"some {SECRET}", 207, "ERROR", results=[{"id": 1}, inner])
    whole.detail, whole.hint, whole.additional_messages = {"a": [SECRET]}, SECRET, [SECRET, "fine"]
    cleaned = report().clean(whole)
    assert cleaned is whole
    assert SECRET not in f"{whole} {whole!r} {whole.args} {whole.detail} {whole.hint} {whole.additional_messages}"
    assert SECRET not in f"{inner} {inner!r} {inner.args}"
    assert whole.additional_messages[1] == "fine"
    assert whole.done == [{"id": 1}]
    assert SECRET.encode() not in pickle.dumps((str(whole), whole.detail, whole.hint, whole.args))


def test_each_attempt_is_told_to_log_and_hooks(caplog: pytest.LogCaptureFixture) -> None:
    requests: list[RequestInfo] = []
    responses: list[ResponseInfo] = []
    told = report(on_request=requests.append, on_response=responses.append)
    with caplog.at_level(logging.DEBUG, "glpi_utils"):
        told.sent(SENDING, 1)
        told.answered(SENDING, TransportError(Stage.SENT, f"broke {SECRET}"), 1, 0.25)
        told.sent(SENDING, 2)
        told.answered(SENDING, Response(200, {}, b"12345"), 2, 0.5)
    assert [(each.method, each.attempt) for each in requests] == [("GET", 1), ("GET", 2)]
    assert [(each.status, each.size, each.seconds) for each in responses] == [(None, 0, 0.25), (200, 5, 0.5)]
    assert (responses[0].error or "").startswith("broke ")
    lines = [each.getMessage() for each in caplog.records]
    assert [each.levelname for each in caplog.records] == ["DEBUG", "DEBUG"]
    assert lines[1].endswith("-> 200, 5 bytes, 500 ms, attempt 2")
    assert SECRET not in f"{requests}{responses}{lines}{caplog.records[0].args}"


def test_a_repeat_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    report().repeats(Request("GET", "Ticket/1"), 2, 1.25, errors.GlpiConnectionError(f"gone {SECRET}"))
    (line,) = caplog.records
    assert line.levelname == "WARNING"
    assert "Ticket/1: attempt 2 failed (gone " in line.getMessage()
    assert line.getMessage().endswith("again in 1.2 s")
    assert SECRET not in line.getMessage()


def test_without_debug_nothing_is_put_together() -> None:
    class Counting(Redactor):
        cleaned = 0

        def clean(self, text: str) -> str:
            Counting.cleaned += 1
            return super().clean(text)

    logging.getLogger("glpi_utils").setLevel(logging.WARNING)
    try:
        Report(Counting(), {}).answered(SENDING, Response(200, {}, b""), 1, 0.1)
    finally:
        logging.getLogger("glpi_utils").setLevel(logging.NOTSET)
    assert Counting.cleaned == 0


def test_a_note_is_added_once() -> None:
    stop = KeyboardInterrupt()
    noted(stop, "sent")
    noted(stop, "sent")
    assert stop.__notes__ == ["sent"]


def test_the_user_agent_names_the_application_first() -> None:
    own = user_agent(None)
    assert own.startswith("glpi-utils/")
    assert user_agent("mine/1.0") == f"mine/1.0 {own}"


def test_a_hook_that_fails_does_not_hide_what_became_of_the_call(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("mine")

    report = Report(Redactor(), {}, broken, broken)
    sending = WireRequest("POST", "http://glpi.test/api.php/v2.2/Assistance/Ticket", {})
    report.sent(sending, 1)
    report.answered(sending, Response(201, {}, b"{}"), 1, 0.1)
    assert [record.getMessage() for record in caplog.records] == ["a hook failed: ZeroDivisionError: mine"] * 2
