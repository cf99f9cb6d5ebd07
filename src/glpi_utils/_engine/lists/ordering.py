"""Sorting rows here as the server would: only by keys whose order is beyond doubt, numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..._dialects.shared.shapes import as_object

Item = dict[str, Any]

_CERTAIN = re.compile(
    r"(?:[a-z_]+\.)*(?:id|urgency|impact|priority|type|is_[a-z_]+|date|date_[a-z]+|[a-z_]+_(?:date|duration))"
)


def sorter(sort: str) -> Callable[[list[Item]], list[Item]] | None:
    """Return what sorts rows by ``prop:desc,other``; None where a key is text, which the server's collation orders."""
    keys: list[tuple[list[str], bool]] = []
    for part in sort.split(","):
        name, _, direction = part.strip().partition(":")
        if not _CERTAIN.fullmatch(name):
            return None
        keys.append((name.split("."), direction.strip().lower() == "desc"))

    def arranged(rows: list[Item]) -> list[Item]:
        ordered = sorted(rows, key=lambda row: row["id"])
        for path, falling in reversed(keys):
            ordered.sort(key=lambda row: _place(row, path), reverse=falling)
        return ordered

    return arranged


def _place(row: Item, path: list[str]) -> tuple[int, Any]:
    """Return a value's place; nothing comes before all else, as in MySQL, then what is no date among dates."""
    value: Any = row
    for name in path:
        value = as_object(value).get(name)
    return (0, 0) if value is None else (1 if isinstance(value, str) else 2, value)
