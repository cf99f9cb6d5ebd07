"""What is held against a result: unlisted and unlike, or listed and alike; and the table that says so."""

from __future__ import annotations

from tests.conformance.recording import Answer, Exchange, Recording, Request
from tests.conformance.replay import Result
from tests.conformance.shape import Difference
from tests.conformance.table import lines
from tests.conformance.verdict import Known, complaint, share
from tests.conformance.wire import Outgoing

EXCHANGE = Exchange(7, "a note", Request("GET", "/x", {}), Answer(200))
RECORDING = Recording("hl", "errors", "11.0.6", (EXCHANGE,))
ALIKE = Result(EXCHANGE, Outgoing("GET", "/x"), Answer(200), [])
UNLIKE = Result(EXCHANGE, Outgoing("GET", "/x"), Answer(500), [Difference("status", "200", "500")])


def listed(note: str = "a note", reason: str = "for a reason") -> dict[tuple[str, int], Known]:
    return {("hl/errors", 7): Known("hl/errors", 7, note, reason)}


def test_alike_and_not_listed_is_well() -> None:
    assert complaint(RECORDING, ALIKE, {}) is None


def test_unlike_and_listed_is_well() -> None:
    assert complaint(RECORDING, UNLIKE, listed()) is None


def test_unlike_and_not_listed_is_told_with_the_difference() -> None:
    assert "status: recorded 200, got 500" in str(complaint(RECORDING, UNLIKE, {}))


def test_alike_and_listed_is_told() -> None:
    assert "take it off" in str(complaint(RECORDING, ALIKE, listed()))


def test_an_entry_without_reason_or_of_another_note_is_told() -> None:
    assert complaint(RECORDING, UNLIKE, listed(reason=" "))
    assert complaint(RECORDING, UNLIKE, listed(note="another note"))


def test_the_share_counts_what_is_known_as_unlike() -> None:
    assert share([ALIKE, UNLIKE, UNLIKE, ALIKE]) == 0.5


def test_the_table_has_a_line_for_each_topic_and_one_for_all() -> None:
    other = Recording("legacy", "documents", "11.0.6", (EXCHANGE,))
    rows = lines({RECORDING: [ALIKE, UNLIKE], other: [UNLIKE]})
    assert [row.split("  ")[0] for row in rows] == ["topic", "hl/errors", "legacy/documents-11.0.6", "all topics"]
    assert "1 of 2" in rows[1]
    assert "50.0%" in rows[1]
    assert "1 of 3" in rows[3]
