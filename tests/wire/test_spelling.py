"""What may have been meant by a misspelt name is found, and said, in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

import glpi_utils
from glpi_utils._spelling import did_you_mean, near_names

SOURCES = Path(glpi_utils.__file__).parent


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("urgencyy", ["impact", "urgency"], ["urgency"]),
        ("name", ["name_of", "names", "username", "nam", "zzz"], ["names", "nam", "name_of"]),
        ("Urgency", ["urgency"], ["urgency"]),
        ("zzz", ["urgency"], []),
        ("", ["urgency"], []),
        ("urgency", [], []),
        ("x" * 100_000, ["x" * 60, "y"], ["x" * 60]),
    ],
)
def test_the_names_that_look_most_like_it_the_best_first(name: str, known: list[str], near: list[str]) -> None:
    assert near_names(name, known) == near
    assert near_names(name, iter(known)) == near


def test_names_are_compared_in_their_plain_form_and_given_as_they_are() -> None:
    assert near_names(
        "TICKET_TASK", ["TicketTask", "Ticket"], plain=lambda each: each.lower().replace("_", ""), most=1
    ) == ["TicketTask"]
    assert near_names("ticket", ["TICKET"]) == []
    assert near_names("ticket", ["tickets"], cutoff=1.0) == []


def test_the_question() -> None:
    assert did_you_mean(["a"]) == "did you mean a?"
    assert did_you_mean(("a", "b"), before="; ", after=" ") == "; did you mean a or b? "
    assert did_you_mean([], before="; ", after=" ") == ""


@pytest.mark.parametrize("sign", ["difflib", "id you mean"])
def test_nobody_else_looks_for_names_or_words_the_question(sign: str) -> None:
    """The embedded GLPI shares nothing with the clients; what an error says of a known mistake is no search."""
    users = {path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.py") if sign in path.read_text("utf-8")}
    assert {each for each in users if not each.startswith("testing/")} == {"_spelling.py"}
