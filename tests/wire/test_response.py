"""Bodies as JSON: what is none says so."""

from __future__ import annotations

import pytest

from glpi_utils._wire import Response, UndecodableBody


def response(body: bytes) -> Response:
    return Response(200, {"content-type": "application/json"}, body)


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
    with pytest.raises(UndecodableBody, match=why):
        response(body).data()
