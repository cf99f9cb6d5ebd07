"""Texts of others as they are shown: short, escaped, and otherwise as they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils._display import MOST, shown
from glpi_utils.exceptions import GlpiError, GlpiWarning


@given(st.text(max_size=60) | st.text(min_size=1, max_size=20).map(lambda text: text * 300))
def test_what_is_shown_is_short_and_has_no_control_characters(text: str) -> None:
    found = shown(text)
    assert len(found) <= MOST
    assert not [sign for sign in found if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff") & set(found)
    assert shown(found) == found


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"]), max_size=MOST))
def test_what_can_be_printed_stays_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    "text", ["a\xa0b", "12\u202f000", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "👩\u200d🔧"]
)
def test_spaces_and_joiners_stay(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b2J", "\\x9b2J"),
        ("a\r\nb\tc\0", "a\\r\\nb\\tc\\x00"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("\u2028x\ud800", "\\u2028x\\ud800"),
    ],
)
def test_what_could_change_a_terminal_or_a_log_is_escaped(text: str, said: str) -> None:
    assert shown(text) == said
    assert str(GlpiError(text)) == said
    assert str(GlpiWarning(text)) == said
    assert text not in repr(GlpiError(text))


def test_the_end_of_what_is_cut_stays() -> None:
    for text in (
        "x" * 9000 + " [GET /Ticket/1]",
        "\x1b" * 9000 + " [GET /Ticket/1]",
        "x" * 1999 + "\x1b [GET /Ticket/1]",
    ):
        assert shown(text).endswith(" [GET /Ticket/1]")
        assert len(shown(text)) == MOST
        assert "[…]" in shown(text)
