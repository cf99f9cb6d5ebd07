"""The rows that the canned server hands out: recorded tickets of 43 fields, with ids that run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

RECORDING = Path(__file__).resolve().parent.parent / "tests" / "recordings" / "hl" / "listing.json"
FIELDS = 43
_NUMBER = 987654321  # stands for the id while a row is made into a pattern


class Rows:
    """Renders rows as JSON; only the id, and the number in name and content, differ from the recording."""

    def __init__(self) -> None:
        self._patterns = [_pattern(row) for row in _recorded()]

    def one(self, number: int) -> bytes:
        """Give the row of an id."""
        return self._patterns[number % len(self._patterns)] % (number, number, number)

    def many(self, numbers: Sequence[int]) -> bytes:
        """Give the JSON list of the rows of these ids."""
        patterns, kinds = self._patterns, len(self._patterns)
        return b"[" + b",".join([patterns[n % kinds] % (n, n, n) for n in numbers]) + b"]"


def _recorded() -> list[dict[str, object]]:
    """Find the rows that were recorded whole: all fields, somebody in the team."""
    exchanges = json.loads(RECORDING.read_text(encoding="utf-8"))["exchanges"]
    bodies = [each["response"].get("body") for each in exchanges]
    rows = {row["id"]: row for body in bodies if isinstance(body, list) for row in body if len(row) == FIELDS}
    return [row for row in rows.values() if row["team"]]


def _pattern(row: dict[str, object]) -> bytes:
    numbered = {
        **row,
        "id": _NUMBER,
        "name": f"Incident {_NUMBER} srv-db unreachable",
        "content": f"<p>ICMP loss on host {_NUMBER} éà</p>",
    }
    text = json.dumps(numbered, ensure_ascii=False, separators=(",", ":"))
    return text.encode().replace(b"%", b"%%").replace(str(_NUMBER).encode(), b"%d")
