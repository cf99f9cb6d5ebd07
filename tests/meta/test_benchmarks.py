"""What the benchmarks measure with: the shapes of ids, and the canned server that charges for rows, counts and skips."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from benchmarks.server import Canned, Pace
from benchmarks.shapes import FAR, FILTER, FIRST, SHAPES, alike, shape
from glpi_utils.testing.server.paced_workers import Work

TICKETS = "GET /api.php/v2.2.0/Assistance/Ticket?"
COUNTS = {
    "contiguous": 6000,
    "1 in 10 gone": 5400,
    "1 in 3 gone": 4000,
    "a gap of 5 millions": 6000,
    "a jump near the end": 6000,
    "clusters": 6000,
    "filter, 1 row in 2": 3000,
    "filter, 1 row in 10": 600,
    "filter, 1 row in 1000": 6,
    "filter, newest 10 %": 600,
}


def ask(canned: Canned, **query: str | int) -> tuple[list[int], str, Work]:
    data, work = canned.answer(f"{TICKETS}{urlencode(query)}".encode())
    head, _, body = data.partition(b"\r\n\r\n")
    ranged = next(line for line in head.decode().split("\r\n") if line.startswith("Content-Range: "))
    return [row["id"] for row in json.loads(body)], ranged.partition(": ")[2], work


def test_every_shape_has_as_many_rows_as_it_says() -> None:
    assert {name: len(shape(name, 6000).rows) for name in SHAPES} == COUNTS
    for name in SHAPES | FIRST:
        made = shape(name, 6000)
        assert list(made.table) == sorted(set(made.table))
        assert set(made.rows) <= set(made.table)
        assert made == shape(name, 6000), "the same every time"


@pytest.mark.parametrize("name", SHAPES)
def test_it_is_compared_with_as_many_rows_one_after_the_other(name: str) -> None:
    other = shape(*alike(name, 6000))
    made = shape(name, 6000)
    assert list(other.rows) == list(range(1, len(made.rows) + 1))
    assert (other.matching is None) is (made.matching is None)
    if made.matching is not None:
        assert other.table == made.table


def test_the_canned_server_counts_what_a_filter_leaves_and_charges_for_what_it_goes_over() -> None:
    canned = Canned()
    canned.set(urlencode({"total": 6000, "shape": "filter, 1 row in 10"}))
    wanted = list(shape("filter, 1 row in 10", 6000).rows)
    assert ask(canned, sort="id", limit=500) == (list(range(1, 501)), "0-499/6000", Work(500, 6000, 0))
    assert ask(canned, sort="id", start=100, limit=50, filter=FILTER) == (
        wanted[100:150],
        "100-149/600",
        Work(50, 6000, 100),
    )
    window = [one for one in wanted if 1000 <= one < 2000]
    said = f"({FILTER});id=ge=1000;id=lt=2000"
    assert ask(canned, sort="id", limit=1, filter=said)[1:] == (f"0-0/{len(window)}", Work(1, 1000, 0))
    assert ask(canned, sort="id:desc", limit=1, filter=FILTER)[0] == wanted[-1:]


def test_windows_over_ids_with_a_gap() -> None:
    canned = Canned()
    canned.set(urlencode({"total": 10, "shape": "a gap of 5 millions"}))
    assert ask(canned, sort="id", limit=100)[0] == [*range(1, 6), *range(FAR, FAR + 5)]
    assert ask(canned, sort="id", limit=100, filter="id=gt=5;id=le=4999999") == ([], "0--1/0", Work(0, 0, 0))
    assert ask(canned, sort="id", limit=100, filter="id==5000000")[0] == [FAR]
    canned.set(urlencode({"total": 10}))
    assert ask(canned, sort="id", limit=100)[0] == list(range(1, 11)), "kept answers go with the shape"


def test_the_pace_tells_how_long_and_how_much_work() -> None:
    pace = Pace(fixed=0.05, per_row=0.001, workers=2)
    assert pace.until(Work(100), 7.0) == pytest.approx((0.15, 0.15))
    assert pace.until(Work(100), 7.01) == pytest.approx((0.15, 0.15))
    assert pace.until(Work(0, 5000), 7.05) == pytest.approx((0.17, 0.07)), "it waits for a worker"
    assert Pace(latency=0.02).until(Work(100), 7.0) == (0.02, 0.0)
