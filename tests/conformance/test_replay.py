"""Recorded topics, one test each: every exchange is alike, or listed in known.toml with a reason; the table in the docs says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conformance.recording import Recording, recordings
from tests.conformance.replay import Result, replay, scene_of
from tests.conformance.verdict import OF_ALL, OF_EACH, TOPICS, complaint, known, share

PAGE = Path(__file__).resolve().parents[2] / "docs" / "testing-your-code.md"
ALL = recordings()


def documented() -> dict[str, tuple[int, int]]:
    """The table of fidelity in the docs: topic -> how many are alike, of how many."""
    rows = re.findall(r"^\| `?([\w./-]+)`? \| (\d+) of (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {name: (int(alike), int(of)) for name, alike, of in rows}


@pytest.mark.parametrize("recording", ALL, ids=lambda one: one.name)
def test_topic(recording: Recording) -> None:
    results = replay(recording)
    listed = known()
    complaints = [text for one in results if (text := complaint(recording, one, listed))]
    if complaints:
        pytest.fail("\n\n".join(complaints), pytrace=False)
    assert share(results) >= OF_EACH
    assert documented()[recording.name] == counted(results)


def counted(results: list[Result]) -> tuple[int, int]:
    """How many are alike, of how many."""
    return sum(one.alike for one in results), len(results)


def test_the_documented_sum() -> None:
    rows = documented()
    alike, of = rows.pop("all")
    assert set(rows) == {one.name for one in ALL}
    assert (alike, of) == tuple(map(sum, zip(*rows.values(), strict=True)))
    assert alike / of >= OF_ALL


def test_every_topic_is_recorded() -> None:
    assert {(one.api, one.topic) for one in ALL} == {(api, topic) for api, topics in TOPICS.items() for topic in topics}


def test_known_names_real_exchanges() -> None:
    assert set(known()) <= {(one.name, exchange.number) for one in ALL for exchange in one.exchanges}


@pytest.mark.parametrize("recording", ALL, ids=lambda one: one.name)
def test_cues_name_real_exchanges(recording: Recording) -> None:
    everywhere = {exchange.note for one in ALL if one.topic == recording.topic for exchange in one.exchanges}
    assert {name.partition("#")[0] for name in scene_of(recording).cues} <= everywhere
