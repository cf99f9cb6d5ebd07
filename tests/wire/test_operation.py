"""An operation is a value: what guards it is given to its maker, and nothing is set afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils._wire import Operation, Request, Response


def _read(response: Response) -> int:
    return response.status


def _check(_prefix: str) -> None:
    return None


@pytest.mark.parametrize("name", [*Operation._fields, "anything_else"])
def test_nothing_is_set_after_it_was_made(name: str) -> None:
    operation = Operation(Request("GET", "Ticket"), _read)
    with pytest.raises(AttributeError):
        setattr(operation, name, None)


def test_another_reading_keeps_all_else() -> None:
    first: Operation[Any] = Operation(Request("GET", "Ticket", "limit=1"), _read)
    whole: Operation[Any] = Operation(
        Request("DELETE", "Ticket/1"),
        _read,
        _check,
        lambda _status, _code: True,
        Request("GET", "x"),
        5,
        {"A": 1},
        first,
    )
    other = whole.read_by(str)
    assert other.read is str
    assert tuple(other) == (whole.request, str, *whole[2:])


def test_its_text_tells_the_request_alone() -> None:
    assert repr(Operation(Request("GET", "Ticket/1", body=b"secret"), _read)) == "Operation(Request(GET Ticket/1))"
