"""Hostile and broken answers: too large, too long, with control characters, with a byte order mark; each kind of client."""

from __future__ import annotations

import copy
import gzip
import json
import logging
import pickle
import tracemalloc
from functools import cache
from typing import Any

import pytest

from glpi_utils import (
    ErrorRequest,
    ErrorResponse,
    GlpiConnectionError,
    GlpiError,
    GlpiNotFoundError,
    GlpiPartialError,
    GlpiUnknownOutcomeError,
)
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import Fault, troubles
from glpi_utils.testing.faults import making
from glpi_utils.testing.http.wire import Answer
from tests.faults.places import ADMIN, Place

MB = 1024 * 1024
ALLOWED = 4 * MB
UNPACKED = 96 * MB
JSON = ("Content-Type", "application/json")
EVIL = "\x1b]0;owned\x07\x1b[2J\x9b1mred\r\nINFO forged line\u202eright to left\x00"
LINES = "/Assistance/Ticket/|/Ticket/"


@cache
def bomb() -> bytes:
    """Made where it is used: every process imports this file."""
    return gzip.compress(b"[" + b" " * UNPACKED + b"]")


def answered(answer: Answer, **when: Any) -> Fault:
    return making.replaced("answered", answer, when.pop("executed", False), **when)


def refusal(place: Place, text: str, code: str = "ERROR_GLPI_UPDATE", status: int = 400) -> Answer:
    said: Any = {"type": "x", "status": code, "title": text, "detail": text} if place.hl else [code, text]
    return Answer(status, (JSON,), json.dumps(said, ensure_ascii=False).encode())


async def failed(work: Any) -> GlpiError:
    with pytest.raises(GlpiError) as caught:
        await work
    return caught.value


async def read(place: Place, api: AsyncClient) -> Any:
    return await api.ticket.get(place.ticket)


# ----------------------------------------------------------------------------------------------------------- too large


def test_a_small_answer_that_unpacks_to_a_large_one_is_not_unpacked(place: Place) -> None:
    async def story() -> None:
        api = await place.ready(max_response_size=ALLOWED)
        place.glpi.faults.add(answered(Answer(200, (JSON, ("Content-Encoding", "gzip")), bomb())))
        tracemalloc.start()
        error = await failed(read(place, api))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert type(error) is GlpiConnectionError
        assert f"max_response_size={ALLOWED}" in str(error)
        assert error.sent
        assert place.seen() == 1
        assert peak < 3 * ALLOWED

    assert len(bomb()) < MB // 4
    place.play(story())


def test_an_answer_that_announces_too_much_is_not_read(place: Place) -> None:
    async def story() -> None:
        api = await place.ready(max_response_size=2 * MB)
        place.glpi.faults.add(answered(Answer(200, (JSON,), b'{"id": 1, "name": "' + b"x" * 3 * MB + b'"}')))
        error = await failed(read(place, api))
        assert f"max_response_size={2 * MB}" in str(error)
        assert place.seen() == 1

    place.play(story())


def test_a_create_whose_answer_is_too_large_is_unknown(place: Place) -> None:
    async def story() -> None:
        api = await place.ready(max_response_size=2 * MB)
        large = Answer(201, (JSON,), b'{"id": 1, "name": "' + b"x" * 3 * MB + b'"}')
        place.glpi.faults.add(answered(large, executed=True, method="POST"))
        error = await failed(place.call(api, "create"))
        assert isinstance(error, GlpiUnknownOutcomeError)
        assert (place.seen(), place.done("create")) == (1, 1)

    place.play(story())


def test_a_page_that_is_too_large_is_asked_for_in_smaller_ones(place: Place) -> None:
    async def story() -> None:
        wanted = {row["id"] for row in await (await place.ready()).ticket.get_all_pages()}
        most = max(len(json.dumps(row)) for row in await (await place.ready()).ticket.get_all_pages())
        api = await place.ready(max_response_size=30 * most)
        for _ in range(60):
            place.glpi.do(lambda world: world.insert("Ticket", {"name": "small", "content": "x"}, ADMIN))
        rows = await api.ticket.get_all_pages(page_size=200)
        assert wanted < {row["id"] for row in rows}
        assert rows.complete

    place.play(story())


# ---------------------------------------------------------------------------------------------- too long, and forged


def test_a_long_message_is_short_and_its_answer_whole(place: Place) -> None:
    async def story() -> None:
        api = await place.ready()
        answer = refusal(place, "no! " * 25_000)
        place.glpi.faults.add(answered(answer, path=place.path))
        error = await failed(read(place, api))
        assert len(str(error)) <= 2000
        assert len(error.message) <= 2000
        assert len(repr(error)) < 2200
        assert str(error).endswith(f"[GET {relative(place)}]")
        assert "no! no!" in str(error)
        assert error.response is not None
        assert error.response.body == answer.body

    place.play(story())


@pytest.mark.parametrize("where", ["refusal", "page"])
def test_control_characters_of_the_server_are_escaped(
    place: Place, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        api = await place.ready(retries=1)
        page = Answer(502, (("Content-Type", "text/html"),), f"<html><title>{EVIL}</title></html>".encode())
        answer = refusal(place, EVIL) if where == "refusal" else page
        place.glpi.faults.add(answered(answer, path=place.path))
        with caplog.at_level(logging.DEBUG, "glpi_utils"):
            error = await failed(read(place, api))
        for text in (str(error), repr(error), error.message, *caplog.messages, caplog.text.replace("\n", "")):
            assert not [sign for sign in text if sign < " " or "\x7f" <= sign < "\xa0" or sign == "\u202e"], text
        assert "\\x1b]0;owned\\x07" in str(error)
        assert error.response is not None
        assert "\x1b" in error.response.text or "\\u001b" in error.response.text

    place.play(story())


def test_a_secret_that_stands_where_the_message_is_cut_is_not_shown_in_half(place: Place) -> None:
    secret = "Tr0ub4dor&3-" * 8

    async def story() -> None:
        api = await place.ready(headers={"X-Api-Token": secret})
        for before in range(1300, 1560, 20):
            place.glpi.faults.clear()
            place.glpi.faults.add(answered(refusal(place, "x" * before + secret + "y" * 9000), path=place.path))
            error = await failed(read(place, api))
            assert "Tr0ub4dor" not in f"{error} {error!r} {error.response and error.response.text}"

    place.play(story())


# ---------------------------------------------------------------------------------------------------- byte order marks


def test_a_byte_order_mark_is_skipped(place: Place) -> None:
    async def story() -> None:
        plain = await place.ready()
        there = [await read(place, plain), await plain.ticket.get_all_pages(), await plain.ticket.count()]
        place.glpi.faults.add(troubles.byte_order_mark())
        place.glpi.faults.add(troubles.byte_order_mark())  # two files of PHP have it
        api = place.client()
        assert [await read(place, api), await api.ticket.get_all_pages(), await api.ticket.count()] == there
        made = await api.ticket.create({"name": f"{place.mark} new", "content": "x"})
        assert place.done("create") == 1
        assert made["id"]
        error = await failed(api.ticket.get(99_999))
        assert isinstance(error, GlpiNotFoundError)
        assert error.error_code is not None
        await api.ticket.delete({"id": made["id"]}, force_purge=True)
        assert place.done("create") == 0

    place.play(story())


# ---------------------------------------------------------------------------------------- what a program may look at


def relative(place: Place) -> str:
    return f"/Assistance/Ticket/{place.ticket}" if place.hl else f"/Ticket/{place.ticket}"


def test_an_error_keeps_its_request_and_its_answer(place: Place) -> None:
    async def story() -> None:
        api = await place.ready()
        answer = refusal(place, "no")
        headers = (*answer.headers, ("X-Trace", "7f3a"), ("Set-Cookie", "glpi_x=abc"))
        place.glpi.faults.add(answered(Answer(400, headers, answer.body), path=place.path))
        error = await failed(read(place, api))
        assert error.request == ErrorRequest("GET", relative(place))
        response = error.response
        assert isinstance(response, ErrorResponse)
        assert (response.status, response.body) == (400, answer.body)
        assert response.headers["x-trace"] == "7f3a"
        assert "abc" not in str(response.headers)
        twins: list[Any] = [copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error)), error.again()]
        for twin in twins:
            assert (twin.request, twin.response.body) == (error.request, response.body)
            assert (twin.response.status, twin.response.headers) == (400, response.headers)

    place.play(story())


def test_secrets_are_cut_out_of_the_answer_that_an_error_keeps(place: Place) -> None:
    async def story() -> None:
        api = await place.ready(headers={"X-Api-Token": "Tr0ub4dor&3-horse"})
        answer = refusal(place, "you sent Tr0ub4dor&3-horse")
        headers = (*answer.headers, ("X-Echo", "Tr0ub4dor&3-horse"))
        place.glpi.faults.add(answered(Answer(400, headers, answer.body), path=place.path))
        error = await failed(read(place, api))
        assert error.response is not None
        assert b"you sent ********" in error.response.body
        assert "Tr0ub4dor" not in f"{error.response.headers} {error.response.body!r} {vars(error)}"
        assert b"Tr0ub4dor" not in pickle.dumps(error)

    place.play(story())


def test_without_an_answer_there_is_none_to_look_at(place: Place) -> None:
    async def story() -> None:
        api = await place.ready(retries=0)
        place.glpi.faults.add(troubles.drop_before(path=place.path))
        error = await failed(read(place, api))
        assert (error.request, error.response) == (ErrorRequest("GET", relative(place)), None)

    place.play(story())


def test_the_rows_of_a_list_that_are_refused_tell_of_their_request_too(place: Place) -> None:
    async def story() -> None:
        api = await place.ready()
        error = await failed(api.ticket.update([{"id": place.ticket, "name": "x"}, {"id": 99_999, "name": "y"}]))
        assert isinstance(error, GlpiPartialError)
        ((at, part),) = error.failed
        assert at == 1
        for each in (error, part):
            assert each.request is not None
            assert each.request.method in ("PATCH", "PUT")
            assert each.response is not None
            assert each.response.status == (404 if place.hl else 207)
            assert (b"ERROR_ITEM_NOT_FOUND" if place.hl else b"ERROR_GLPI_PARTIAL_UPDATE") in each.response.body

    place.play(story())
