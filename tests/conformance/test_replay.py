"""Recorded exchanges, one test each: alike, or listed in known.toml with a reason. Then the shares."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conformance.recording import Recording, recordings
from tests.conformance.replay import Result, scene_of
from tests.conformance.verdict import GATED, OF_ALL, OF_EACH, complaint, is_gated, known, share

ALL = recordings()
GATES = [one for one in ALL if is_gated(one)]
Replayed = Callable[[Recording], list[Result]]


@pytest.mark.parametrize(
    ("recording", "place"),
    [
        pytest.param(one, place, id=f"{one.name}-{exchange.number}-{exchange.note[:40]}")
        for one in GATES
        for place, exchange in enumerate(one.exchanges)
    ],
)
def test_exchange(recording: Recording, place: int, replayed: Replayed) -> None:
    found = complaint(recording, replayed(recording)[place], known())
    if found:
        pytest.fail(found, pytrace=False)


@pytest.mark.parametrize("recording", GATES, ids=lambda one: one.name)
def test_share_of_a_topic(recording: Recording, replayed: Replayed) -> None:
    assert share(replayed(recording)) >= OF_EACH


def test_share_of_all(replayed: Replayed) -> None:
    assert share([result for one in GATES for result in replayed(one)]) >= OF_ALL


def test_topics_without_a_gate_are_replayed_too(replayed: Replayed) -> None:
    """None at present: all that is recorded is held to its share."""
    measured = [one for one in ALL if not is_gated(one)]
    assert [len(replayed(one)) for one in measured] == [len(one.exchanges) for one in measured]


def test_every_gated_topic_is_recorded() -> None:
    assert {(one.api, one.topic) for one in GATES} == {
        (api, topic) for api, topics in GATED.items() for topic in topics
    }


def test_known_names_real_exchanges() -> None:
    numbers = {(one.name, exchange.number) for one in GATES for exchange in one.exchanges}
    assert set(known()) <= numbers


@pytest.mark.parametrize("recording", ALL, ids=lambda one: one.name)
def test_cues_name_real_exchanges(recording: Recording) -> None:
    everywhere = {exchange.note for one in ALL if one.topic == recording.topic for exchange in one.exchanges}
    assert {name.partition("#")[0] for name in scene_of(recording).cues} <= everywhere
