"""Bodies as JSON: what is none says so, and large ones do not keep the garbage collector busy."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator

import pytest

from glpi_utils._wire import Response, Unread

ROWS = [{"id": number, "status": {"id": 1, "name": "New"}, "team": [{"id": 2}]} for number in range(5000)]


def response(body: bytes) -> Response:
    return Response(200, {"content-type": "application/json"}, body)


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    assert gc.isenabled()
    yield
    gc.enable()


def runs() -> int:
    return sum(generation["collections"] for generation in gc.get_stats())


def test_a_large_body_is_decoded_without_collections() -> None:
    large = response(json.dumps(ROWS).encode())
    large.data()
    before = runs()
    assert large.data() == ROWS
    assert runs() - before <= 2  # the one that was due, when it is on again
    assert gc.isenabled()


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    assert response(json.dumps(ROWS).encode()).data() == ROWS
    assert not gc.isenabled()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"[1", "no JSON"),
        (b"[" + b"1," * 50_000, "no JSON"),
        (b"[" + b"1," * 50_000 + b"1]<html>", "no JSON"),
        (b"\xff" * 70_000, "no JSON"),
    ],
    ids=["empty", "space", "cut", "large and cut", "large with an end that is none", "large and not UTF-8"],
)
def test_what_is_no_json_says_so(body: bytes, why: str) -> None:
    with pytest.raises(Unread, match=why):
        response(body).data()
    assert gc.isenabled()
