"""cells.toml says which cells there are, what runs in them and what does not and why; here it is held to it."""

from __future__ import annotations

from itertools import product

import pytest

from tests.behaviour.conftest import is_whole
from tests.behaviour.places import BOTH, CELLS, FIRST, left_out, only
from tests.behaviour.record import Record, expected, plan, written


def test_the_file_tells_of_every_place() -> None:
    assert list(expected()) == list(dict.fromkeys(cell.place for cell in CELLS))
    assert {(cell.kind, cell.api) for cell in CELLS if cell.where == FIRST} == set(product(BOTH, ("hl", "legacy")))


def test_what_was_collected_is_what_the_file_says(record: Record, request: pytest.FixtureRequest) -> None:
    told = expected()
    for cell in CELLS:
        left = told[cell.place]["left_out"]
        for test, function in record.functions.items():
            assert left.get(test) == left_out(function, cell), f"{test} in {cell.name}: run python -m tests.behaviour"
            here = (test, cell.name) in record.items
            assert here == (test not in left and cell.missing is None), f"{test} in {cell.name}"
    if is_whole(request.config):
        assert plan(record) == told, "run python -m tests.behaviour"


def test_what_ran_is_what_was_collected(record: Record, request: pytest.FixtureRequest) -> None:
    chosen = {item.nodeid for item in request.session.items}
    assert chosen, "this test at least"
    for at in record.skipped:
        assert at[1].endswith("-real"), f"{at} was skipped: {record.skipped[at]}"
    if not is_whole(request.config) or hasattr(request.config, "workerinput"):
        return  # of several processes each ran a part: together.py looks at the sum
    if request.session.testsfailed:
        return  # what failed is told already; what came after it may not have run
    assert record.ran | set(record.skipped) == set(record.items)


def test_sync_and_async_run_the_same(record: Record) -> None:
    cells = {cell.name for cell in CELLS}
    for test, name in record.items:
        kind, _, rest = name.partition("-")
        other = f"{'async' if kind == 'sync' else 'sync'}-{rest}"
        if other in cells:
            assert record.items[test, name] == record.items.get((test, other)), f"{test}: {name} and {other}"


def test_every_test_runs_somewhere_and_says_why_it_does_not_elsewhere(record: Record) -> None:
    for test, function in record.functions.items():
        reasons = [left_out(function, cell) for cell in CELLS]
        assert None in reasons, f"{test} runs nowhere"
        assert all(reason is None or len(reason) > 10 for reason in reasons), test


def test_a_real_server_is_tested_where_one_is_named() -> None:
    missing = {cell.name: cell.missing for cell in CELLS if cell.missing}
    if missing:
        pytest.skip("; ".join(f"{cell}: {why}" for cell, why in missing.items() if cell.startswith("sync")))


def test_the_rules_of_a_test() -> None:
    @only("hl", because="it is about HL")
    @only(where="embedded", because="it looks inside")
    def test() -> None: ...

    assert {cell.place: left_out(test, cell) for cell in CELLS} == {
        "hl-11.0.6": None,
        "legacy-11.0.6": "it is about HL",
        "hl-11.0.8": None,
        "legacy-11.0.8": "it is about HL",
        "legacy-10.0.17": "it is about HL",
        "hl-11.0.11": None,
        "hl-12.0.0": None,
        "hl-real": "it looks inside",
        "legacy-real": "it looks inside",
    }


def test_the_file_can_be_read_back(record: Record) -> None:
    import tomllib

    assert tomllib.loads(written(plan(record))) == plan(record)
