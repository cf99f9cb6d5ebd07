"""Approvals: who may answer, twice or without a reason, and what the answers make of a ticket: 10.0.19 and 11.0.6."""

from __future__ import annotations

from typing import Any

import pytest

from tests.testing.legacy.asking import Caller
from tests.testing.legacy.test_people import make
from tests.testing.legacy.test_writes import NO_RIGHT

NO_REASON = "If approval is denied, specify a reason."


def asks(glpi: Caller, key: int, approver: int = 2, **given: Any) -> int:
    """Ask for an approval as each version does."""
    ten = {"users_id_validate": approver}
    named = ten if is_ten(glpi) else {"itemtype_target": "User", "items_id_target": approver}
    made: int = glpi.ask("POST", "TicketValidation", {"input": {"tickets_id": key, **named, **given}}, 201)["id"]
    return made


def is_ten(glpi: Caller) -> bool:
    return glpi.world.version == "10.0.17"


def answer(glpi: Caller, key: int, **given: Any) -> str:
    """Change an approval; nothing, or why not."""
    said = glpi.say("PUT", f"TicketValidation/{key}", {"input": given})
    return "" if said.status == 200 else str(glpi.ask("PUT", f"TicketValidation/{key}", {"input": given}, 400)[1])


def summed(glpi: Caller, key: int) -> int:
    found: int = glpi.ask("GET", f"Ticket/{key}")["global_validation"]
    return found


def state(glpi: Caller, key: int) -> tuple[int, str | None, bool]:
    row = glpi.ask("GET", f"TicketValidation/{key}")
    return row["status"], row["comment_validation"], row["validation_date"] is not None


@pytest.mark.parametrize(
    ("answers", "ten", "eleven"),
    [
        ((), 1, 1),
        ((2,), 2, 2),
        ((3,), 3, 3),
        ((4,), 4, 4),
        ((2, 3), 3, 2),
        ((2, 4), 4, 4),
        ((3, 4), 3, 4),
        ((2, 2, 3), 3, 2),
        ((2, 3, 3), 3, 2),
        ((2, 3, 4), 3, 4),
        ((3, 3, 3), 3, 3),
        ((3, 3, 4), 3, 4),
        ((4, 4, 4), 4, 4),
    ],
)
def test_what_the_answers_make_of_a_ticket(glpi: Caller, answers: tuple[int, ...], ten: int, eleven: int) -> None:
    key = make(glpi)
    asked = [asks(glpi, key) for _ in answers]
    for one, given in zip(asked, answers, strict=True):
        if given != 2:
            assert answer(glpi, one, status=given, comment_validation="c") == ""
    assert summed(glpi, key) == (ten if is_ten(glpi) else eleven)


@pytest.mark.parametrize(
    ("percent", "one_accepted", "one_refused", "one_each"), [(0, 3, 4, 3), (50, 3, 2, 3), (100, 2, 4, 4)]
)
def test_ten_counts_percents(ten: Any, percent: int, one_accepted: int, one_refused: int, one_each: int) -> None:
    glpi = Caller(ten)
    key = make(glpi, validation_percent=percent)
    first, second = asks(glpi, key), asks(glpi, key)
    answer(glpi, first, status=3)
    assert summed(glpi, key) == one_accepted
    answer(glpi, first, status=4, comment_validation="c")
    assert summed(glpi, key) == one_refused
    answer(glpi, second, status=3)
    assert summed(glpi, key) == one_each


def test_a_refusal_needs_a_reason(glpi: Caller) -> None:
    key = make(glpi)
    asked = asks(glpi, key)
    assert answer(glpi, asked, status=4) == NO_REASON
    assert answer(glpi, asked, status=4, comment_validation="") == NO_REASON
    assert (state(glpi, asked), summed(glpi, key)) == ((2, None, False), 2)
    assert answer(glpi, asked, status=4, comment_validation="no") == ""
    assert (state(glpi, asked), summed(glpi, key)) == ((4, "no", True), 4)


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ({"status": 3}, (3, "c", True)),
        ({"status": 2}, (2, "c", False)),
        ({"comment_validation": "more"}, (4, "more", True)),
        ({"status": 4, "comment_validation": "z"}, (4, "z", True)),
    ],
)
def test_a_second_answer(glpi: Caller, given: dict[str, Any], after: tuple[int, str, bool]) -> None:
    key = make(glpi)
    asked = asks(glpi, key)
    answer(glpi, asked, status=4, comment_validation="c")
    assert answer(glpi, asked, **given) == ("" if is_ten(glpi) else NO_RIGHT)
    assert state(glpi, asked) == (after if is_ten(glpi) else (4, "c", True))


def test_whom_both_ways_name_may_answer_again(eleven: Any) -> None:
    glpi = Caller(eleven)
    key = make(glpi)
    asked = asks(glpi, key, users_id_validate=2)
    row = glpi.ask("GET", f"TicketValidation/{asked}")
    assert (row["users_id_validate"], row["itemtype_target"], row["items_id_target"]) == (2, "User", 2)
    for given in (4, 3, 2):
        assert answer(glpi, asked, status=given, comment_validation="c") == ""
        assert (state(glpi, asked)[0], summed(glpi, key)) == (given, given)
    old = glpi.ask("POST", "TicketValidation", {"input": {"tickets_id": key, "users_id_validate": 2}}, 201)["id"]
    row = glpi.ask("GET", f"TicketValidation/{old}")
    assert (row["users_id_validate"], row["itemtype_target"], row["items_id_target"]) == (0, "User", 2)


def test_by_somebody_else(glpi: Caller) -> None:
    key = make(glpi)
    asked = asks(glpi, key, 4)
    assert answer(glpi, asked, status=4) == ""
    assert answer(glpi, asked, status=4, comment_validation="x") == ""
    if is_ten(glpi):
        assert (state(glpi, asked), summed(glpi, key)) == ((4, "x", True), 4)
    else:
        assert (state(glpi, asked), summed(glpi, key)) == ((2, None, False), 2)


def test_one_more_is_asked_for(glpi: Caller) -> None:
    refused, accepted = make(glpi), make(glpi)
    answer(glpi, asks(glpi, refused), status=4, comment_validation="c")
    answer(glpi, asks(glpi, accepted), status=3)
    asks(glpi, refused, status=3)
    asks(glpi, accepted, 99999)
    assert (summed(glpi, refused), summed(glpi, accepted)) == (2 if is_ten(glpi) else 4, 2)


def test_some_go(glpi: Caller) -> None:
    key = make(glpi)
    refused, waiting = asks(glpi, key), asks(glpi, key)
    answer(glpi, refused, status=4, comment_validation="c")
    glpi.ask("DELETE", f"TicketValidation/{refused}")
    assert summed(glpi, key) == (4 if is_ten(glpi) else 2)
    glpi.ask("DELETE", f"TicketValidation/{waiting}")
    assert summed(glpi, key) == 4


def test_of_nothing_and_of_nobody(glpi: Caller) -> None:
    lost = "" if is_ten(glpi) else "Failed to create approval step of type TicketValidationStep"
    given = {"tickets_id": 99999, "users_id_validate": 2}
    assert glpi.ask("POST", "TicketValidation", {"input": given}, 400)[1] == lost
    for nobody in ({}, {"users_id_validate": 0}, {"itemtype_target": "User", "items_id_target": 0}):
        assert glpi.ask("POST", "TicketValidation", {"input": {"tickets_id": make(glpi), **nobody}}, 400)[1] == ""
