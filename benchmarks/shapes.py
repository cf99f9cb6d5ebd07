"""How ids lie in a table and which of them a filter leaves: what a walk meets on servers that are in use."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

FILTER = "urgency==5"
"""What the rows of a filtered shape have."""
FAR = 5_000_000


class Shape(NamedTuple):
    """The ids of a table, in order, and those of them that `FILTER` leaves; None: the list is read without a filter."""

    table: Sequence[int]
    matching: Sequence[int] | None = None

    @property
    def rows(self) -> Sequence[int]:
        """Give the ids that are read."""
        return self.table if self.matching is None else self.matching

    def window(self, low: int, high: int, *, filtered: bool) -> tuple[Sequence[int], int]:
        """Give the ids from low to below high that a list has, and how many rows its count goes over."""
        ids = self.matching if filtered and self.matching is not None else self.table
        scanned = bisect_left(self.table, high) - bisect_left(self.table, low)
        return ids[bisect_left(ids, low) : bisect_left(ids, high)], scanned


def _left(total: int, gone: int) -> list[int]:
    """Take one id in so many away, wherever chance has it."""
    return sorted(random.Random(gone).sample(range(1, total + 1), total - total // gone))


def _gap(total: int) -> list[int]:
    half = total // 2
    return [*range(1, half + 1), *range(FAR, FAR + total - half)]


def _jump(total: int) -> list[int]:
    few = max(1, total // 300)
    return [*range(1, total - few + 1), *range(FAR, FAR + few)]


def _clusters(total: int) -> list[int]:
    dice, ids, at = random.Random(7), list[int](), 1
    while len(ids) < total:
        many = min(dice.randint(20, 200), total - len(ids))
        ids += range(at, at + many)
        at += many + dice.randint(50, 3000)
    return ids


def _some(total: int, one_in: int) -> Shape:
    """Filter so that chance leaves one row in so many."""
    table = range(1, total + 1)
    return Shape(table, sorted(random.Random(one_in).sample(table, total // one_in)))


def _first(total: int, one_in: int) -> Shape:
    """Filter so that the first rows are left: as many, one after the other."""
    return Shape(range(1, total + 1), range(1, total // one_in + 1))


SHAPES: dict[str, Callable[[int], Shape]] = {
    "contiguous": lambda total: Shape(range(1, total + 1)),
    "1 in 10 gone": lambda total: Shape(_left(total, 10)),
    "1 in 3 gone": lambda total: Shape(_left(total, 3)),
    "a gap of 5 millions": lambda total: Shape(_gap(total)),
    "a jump near the end": lambda total: Shape(_jump(total)),
    "clusters": lambda total: Shape(_clusters(total)),
    "filter, 1 row in 2": lambda total: _some(total, 2),
    "filter, 1 row in 10": lambda total: _some(total, 10),
    "filter, 1 row in 1000": lambda total: _some(total, 1000),
    "filter, newest 10 %": lambda total: Shape(range(1, total + 1), range(total - total // 10 + 1, total + 1)),
}
FIRST: dict[str, Callable[[int], Shape]] = {
    f"filter, first 1 in {one_in}": partial(_first, one_in=one_in) for one_in in (2, 10, 1000)
}
"""What a filtered list is compared with."""


def shape(name: str, total: int) -> Shape:
    """Make the shape of this name over so many ids; no name: contiguous."""
    return (SHAPES | FIRST)[name or "contiguous"](total)


def alike(name: str, total: int) -> tuple[str, int]:
    """Give the shape, and its ids, that has as many rows one after the other: in a table as large, if it is filtered."""
    made = shape(name, total)
    if made.matching is None:
        return "contiguous", len(made.table)
    return f"filter, first 1 in {total // len(made.matching)}", total
