"""What GLPI makes of a value is no difference; what it drops, cuts or mixes up is one."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_utils._dialects.shared.alike import alike
from glpi_utils._dialects.shared.applied import compared

SAME: list[tuple[Any, Any]] = [
    (5, {"id": 5, "name": "Network"}),
    ({"id": 5, "name": "old"}, {"id": 5, "name": "new", "completename": "A > new"}),
    ("5", 5),
    (0, None),
    (0, {"id": 0, "name": "Root entity"}),
    ("NULL", None),
    ("", None),
    (None, []),
    (True, 1),
    (False, None),
    ("1", True),
    (12.345, "12.3450"),
    (12.345, 12.35),
    ("7.25", 7.25),
    ("2026-01-31 10:00:00", "2026-01-31T10:00:00+01:00"),
    ("2026-01-31", "2026-01-31T00:00:00+00:00"),
    ("2026-01-31 00:00:00", "2026-01-31"),
    ("2026-01-31 10:00", "2026-01-31 10:00:00"),
    ("2026-03-01T10:00:00+05:00", "2026-03-01T05:00:00+00:00"),
    ("2026-01-31 10:00:00", datetime(2026, 1, 31, 10, tzinfo=UTC)),
    ("a\r\nb", "a\nb"),
    ("<p>a <b>b</b></p>", "a b"),
    ("a & b", "a &amp; b"),
    ("a & b", "a &#38;amp; b"),
    ("<p></p>", ""),
    ("x<script>alert(1)</script>", "x"),
    ("1MONTH", "1MONTH"),
    ("00-11-22-33-44-AA", "00:11:22:33:44:aa"),
    ("09:00", "09:00:00"),
    ([2, 1], [{"id": 1, "name": "a"}, {"id": 2}]),
    (1, [{"id": 1}]),
    ([{"id": 1}], [1]),
    (["a", "b"], '["b", "a"]'),
    ({"size": 5, "text": "x"}, {"size": "5", "text": "x", "other": True}),
    ([{"email": "a@example.org"}], []),
]
DIFFERENT: list[tuple[Any, Any]] = [
    (3, {"id": 2, "name": "Waiting"}),
    (5, None),
    (99999, None),
    (10_000_001, 10_000_005),
    (12.5, 12.35),
    (True, 0),
    (None, 3),
    ("x" * 300, "x" * 255),
    ("16 GHz", "16"),
    (["a"], "Array"),
    ({"a": 1}, "Array"),
    ("2026-01-31 10:00:00", "2026-01-31T11:00:00+00:00"),
    ("2026-01-31 10:00:00", "2026-01-31"),
    ("2026-03-01T10:00:00+05:00", "2026-03-01T10:00:00+00:00"),
    ([1, 2], []),
    ([1], [{"id": 2}]),
    ([], [{"id": 2}]),
    ({"size": 5}, {"size": "6"}),
    ("a", None),
]


@pytest.mark.parametrize(("sent", "there"), SAME)
def test_it_is_the_same(sent: Any, there: Any) -> None:
    assert alike(sent, there)


@pytest.mark.parametrize(("sent", "there"), DIFFERENT)
def test_it_is_not(sent: Any, there: Any) -> None:
    assert not alike(sent, there)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_a_value_is_like_itself(value: Any) -> None:
    assert alike(value, value)


@given(VALUES, VALUES)
def test_whatever_is_compared_there_is_an_answer(one: Any, other: Any) -> None:
    assert alike(one, other) in (True, False)


@given(st.text())
def test_whatever_is_done_to_a_text(text: str) -> None:
    """As HTML, escaped once or twice, with spaces around, with other line ends."""
    for made in (f"<p>{html.escape(text)}</p>", html.escape(html.escape(text)), f" {text}\n"):
        assert alike(text, made) or "<" in text or "&" in text
        assert alike(made, made.strip())
    assert alike(text.replace("\r", "\n"), text.replace("\n", "\r\n").replace("\r\r", "\r"))


@given(st.datetimes(datetime.fromisoformat("1970-01-01"), datetime.fromisoformat("2037-01-01")), st.integers(-12, 14))
def test_moments_in_whatever_zone_rows_show_them(moment: datetime, hours: int) -> None:
    """GLPI keeps the clock time; a row shows it with the server's offset, or as a datetime in the caller's zone."""
    sent = f"{moment.replace(microsecond=0)}"
    shown = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    assert alike(sent, shown.isoformat())
    assert alike(sent, shown)
    assert not alike(sent, (shown + timedelta(seconds=1)).isoformat())


@given(st.integers(), st.integers(-3, 3))
def test_whole_numbers_are_compared_exactly(one: int, apart: int) -> None:
    other = one + apart
    assert alike(one, str(other)) is (one == other)
    assert alike(one, {"id": other}) is (one == other)


def test_what_is_left_out() -> None:
    sent = {"id": 5, "_users_id_assign": 4, "password": "new", "unknown": 1, "name": "x", "priority": 6, "urgency": 4}
    row = {"id": 5, "password": "hash", "name": "x", "priority": 4, "urgency": 4}
    found = compared(sent, row, None, creates=False)
    assert (found.differs, list(found.applied)) == (False, ["name", "priority", "urgency"])


def test_a_priority_that_was_set_alone_is_looked_at() -> None:
    found = compared({"id": 5, "priority": 6}, {"id": 5, "priority": 3}, {"priority": 3}, creates=False)
    assert found.ignored == {"priority": 3}


def test_what_follows_from_a_status_is_no_difference() -> None:
    """A row that was read, changed and written back holds the dates as they were before."""
    sent = {"id": 5, "status": 5, "solvedate": None, "closedate": None, "time_to_own": None}
    row = {"id": 5, "status": 5, "solvedate": "2026-01-31 10:00:00", "closedate": None, "time_to_own": None}
    assert not compared(sent, row, {**row, "status": 2, "solvedate": None}, creates=False).differs
    given_one = {**sent, "solvedate": "2025-01-01 10:00:00"}
    assert list(compared(given_one, row, None, creates=False).changed) == ["solvedate"]
    assert list(compared({"id": 5, "solvedate": None}, row, None, creates=False).changed) == ["solvedate"]


def test_a_field_that_is_kept_under_a_newer_name() -> None:
    row = {"id": 1, "users_id_validate": 0, "items_id_target": 4}
    assert not compared({"users_id_validate": 4}, row, None, creates=True).differs
    assert compared({"users_id_validate": 5}, row, None, creates=True).differs
