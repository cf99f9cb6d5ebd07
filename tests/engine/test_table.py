"""The table is printed in two places, for those who read the code and for those who use it: both say what it does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glpi_utils._engine.request import outcome
from glpi_utils._engine.request.outcome import TABLE, Action, Outcome

DOCS = Path(__file__).resolve().parents[2] / "docs" / "outcomes.md"
WORDS = {act.value: act for act in Action}


def printed(text: str) -> dict[Outcome, tuple[Action, Action]]:
    """The rows of the first table whose first column begins with the name of a row of ours."""
    found: dict[Outcome, tuple[Action, Action]] = {}
    for name, *cells in re.findall(r"^\| ([a-z]+)(?::[^|]*)? (?:[^|]*)?\| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE):
        if name not in {what.value for what in Outcome}:
            continue
        found[Outcome(name)] = (WORDS[cells[0].strip()], WORDS[cells[1].strip()])
    return found


@pytest.mark.parametrize("text", [str(outcome.__doc__), DOCS.read_text(encoding="utf-8")], ids=["docstring", "docs"])
def test_the_printed_table_is_the_one_that_decides(text: str) -> None:
    assert printed(text) == TABLE
    assert list(printed(text)) == list(TABLE), "the first row that matches counts: the order is part of it"


def test_the_docs_tell_of_every_error_by_name() -> None:
    from glpi_utils import exceptions

    text = DOCS.read_text(encoding="utf-8")
    known = {name for name in exceptions.__all__ if issubclass(getattr(exceptions, name), exceptions.GlpiError)}
    assert known == set(re.findall(r"Glpi\w*Error", text))
