"""Content-Range as the contract says it comes about, odd ends included (hl.md 4, legacy.md 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

SERVER_SIZED = 1000
"""A total above this is the size of the recorded server's tables; one below it is what the scenario makes."""


@dataclass(frozen=True, slots=True)
class Range:
    """The three numbers of `start-end/total`."""

    start: int
    end: int
    total: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}/{self.total}"


def parse(text: str) -> Range | None:
    """`0--1/0` and `-5-0/20012` are ranges too."""
    found = re.fullmatch(r"(-?\d+)-(-?\d+)/(\d+)", text.strip())
    return Range(*map(int, found.groups())) if found else None


def expected(api: str, path: str, total: int) -> tuple[Range, int | None]:
    """What this request makes of a table with `total` rows: the range that is told, and how many rows come.

    None: nobody can say (an inverted range serves everything).
    """
    split = urlsplit(path)
    query = {name: values[-1] for name, values in parse_qs(split.query, keep_blank_values=True).items()}
    if api != "legacy" and "/v1/" not in split.path and not split.path.startswith("/apirest.php"):
        return _highlevel(query, total)
    return _legacy(query, total, told=19 if "/search/" in split.path or api == "11.0.8" else 20)


def _highlevel(query: dict[str, str], total: int) -> tuple[Range, int]:
    start = _leading_number(query.get("start", "0"))
    limit = _leading_number(query.get("limit", "100")) or total  # PHP reads `2.7` as 2 and `abc` as 0: no limit
    end = max(0, start + limit - 1)
    rows = max(0, min(limit, total - max(start, 0)))
    return Range(start, total - 1 if end > total else end, total), rows


def _leading_number(text: str) -> int:
    found = re.match(r"-?\d+", text)
    return int(found[0]) if found else 0


def _legacy(query: dict[str, str], total: int, *, told: int) -> tuple[Range, int | None]:
    asked = re.fullmatch(r"(\d+)-(\d+)", query.get("range", ""))
    if asked:
        start, end = int(asked[1]), min(int(asked[2]), total - 1)
        rows = None if int(asked[2]) < start else max(0, end - start + 1)
        return Range(start, end, total), rows
    # a list without `range` serves 20 rows and says 21, up to 11.0.6
    return Range(0, min(told, total - 1), total), min(20, total)
