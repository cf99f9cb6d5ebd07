"""What pytest collected and ran in each cell, and `cells.toml`, which says what it should be."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.behaviour.places import CELLS, Cell, left_out

FILE = Path(__file__).with_name("cells.toml")
_HEAD = """\
# Where the promises are tested: for each API and server how many tests run there, and which do not, with the reason.
# test_cells.py compares it with what pytest collected and ran. After a change: python -m tests.behaviour
"""


@dataclass
class Record:
    """What happened in one run of pytest, by test (`module::function`)."""

    functions: dict[str, Any] = field(default_factory=dict)
    items: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """(Test, cell) -> the names of its items, without the cell."""
    ran: set[tuple[str, str]] = field(default_factory=set)
    skipped: dict[tuple[str, str], str] = field(default_factory=dict)

    def collect(self, item: pytest.Function, cell: Cell) -> None:
        test = name_of(item)
        self.functions[test] = item.function
        self.items.setdefault((test, cell.name), set()).add(item.name.replace(cell.name, ""))

    def note(self, item: pytest.Function, cell: Cell, problem: pytest.ExceptionInfo[BaseException] | None) -> None:
        at = name_of(item), cell.name
        if problem is not None and problem.errisinstance(pytest.skip.Exception):
            self.skipped[at] = str(problem.value)
        else:
            self.ran.add(at)

    def told(self, *, whole: bool) -> dict[str, list[str]]:
        """What another process can be told: nothing of a run that was to leave tests out."""
        if not whole:
            return {}
        return {
            "collected": sorted(f"{test} in {cell}" for test, cell in self.items),
            "ran": sorted(f"{test} in {cell}" for test, cell in self.ran | set(self.skipped)),
        }


def name_of(item: pytest.Function) -> str:
    """The test's module and function."""
    return f"{item.path.stem}::{item.originalname}"


def plan(record: Record) -> dict[str, dict[str, Any]]:
    """For each embedded place the number of its tests and what is left out; for each other what it needs."""
    found: dict[str, dict[str, Any]] = {}
    for cell in {each.place: each for each in CELLS}.values():
        reasons = {test: left_out(function, cell) for test, function in record.functions.items()}
        out = {test: reason for test, reason in sorted(reasons.items()) if reason is not None}
        tests = len(record.functions) - len(out)
        needs = {} if cell.embedded else {"needs": "a real GLPI: docs/testing-a-real-server.md"}
        found[cell.place] = {**needs, "tests": tests, "left_out": out}
    return found


def written(found: dict[str, dict[str, Any]]) -> str:
    """The plan as cells.toml."""
    lines = [_HEAD.rstrip()]
    for cell, told in found.items():
        lines += ["", f'["{cell}"]']
        lines += [f'needs = "{told["needs"]}"'] if "needs" in told else []
        lines += [f"tests = {told['tests']}", "", f'["{cell}".left_out]']
        lines += [f'"{test}" = "{reason}"' for test, reason in told["left_out"].items()]
    return "\n".join(lines) + "\n"


def expected() -> dict[str, dict[str, Any]]:
    """What cells.toml says."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
