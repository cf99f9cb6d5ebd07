"""Finds the Python blocks of a Markdown file and what stands above each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NORUN = re.compile(r"<!--\s*norun:(?P<reason>.*?)-->\s*\Z", re.DOTALL)
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One block of code, where it stands, and why it is not run (`None`: it is run)."""

    code: str
    path: Path
    line: int
    norun: str | None = None


def blocks(path: Path) -> Iterator[Block]:
    """Every ```python block; `<!-- norun: reason -->` right above keeps it from being run."""
    text = path.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        mark = NORUN.search(text[: found.start()])
        line = text.count("\n", 0, found.start("code")) + 1
        yield Block(found["code"], path, line, mark["reason"].strip() if mark else None)


def fences(path: Path) -> int:
    """How many blocks of Python a file opens, counted another way, so that none is lost to the pattern above."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(line.strip().lower() in {"```python", "```py", "```python3"} for line in lines)
