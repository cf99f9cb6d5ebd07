"""Repeated measurements: medians, the middle half, ratios; and aims that were met or not."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Samples(NamedTuple):
    """One measure, in the order of the runs."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    def middle(self) -> tuple[float, float]:
        """Give the bounds of the middle half; of fewer than four runs the extremes."""
        if len(self.values) < 4:
            return min(self.values), max(self.values)
        low, _, high = statistics.quantiles(self.values, n=4)
        return low, high

    def shown(self, unit: str, digits: int = 2, scale: float = 1.0) -> str:
        """Write the median with the spread in brackets."""
        low, high = self.middle()
        spread = "" if len(self.values) == 1 else f" ({low * scale:.{digits}f} to {high * scale:.{digits}f})"
        return f"{self.median * scale:.{digits}f} {unit}{spread}"


def ratios(ours: Samples, others: Samples) -> Samples:
    """Give the ratios of neighbouring runs."""
    return Samples(tuple(mine / his for mine, his in zip(ours.values, others.values, strict=True)))


class Aim(NamedTuple):
    """What was aimed at: ``got`` may be at most the limit, or must be at least that."""

    what: str
    got: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether it was met."""
        return self.got >= self.limit if self.at_least else self.got <= self.limit

    def row(self) -> str:
        """Write the line of the table of aims."""
        how = "at least" if self.at_least else "at most"
        verdict = "met" if self.met else "**missed**"
        return f"| {self.what} | {how} {self.limit:g}{self.unit} | {self.got:.2f}{self.unit} | {verdict} |"


class Section(NamedTuple):
    """A part of the report."""

    title: str
    lines: Sequence[str]
    aims: Sequence[Aim]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Write a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
