"""Whether two JSON values are alike: keys, types and values, with volatile parts read as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from tests.conformance.recording import MORE_KEYS, MORE_ROWS, MORE_TEXT

RECORDED_HOST = "https://glpi.example.com"
_TOKEN = r"[\w.+/=-]{20,}"
_VOLATILE = [
    (r"2026-11-(?:2[3456]|30)([ T])\d\d:\d\d:\d\d(\+00:00)?", None),  # the days of the recording; a written date is another
    (r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    (r"[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{14}\.\d{8}", r"[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{14}\.\d{8}"),
    (r"\b[0-9a-f]{40}\b", r"[0-9a-f]{40}"),
    (r"\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 2026 \d\d:\d\d:\d\d GMT", r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT"),
    (r"<token>", r"[\w-]+\.[\w-]+\.[\w-]+"),
    (r"<(refresh_token|session_token|app_token|code)>", _TOKEN),
    (r"<(client_id|new_client_identifier|new_client_secret|webhook_secret|encrypted secret)>", _TOKEN),
    (r"`glpi1[01]`", r"`\w+`"),  # what the recorded servers' databases were called
    (re.escape(MORE_TEXT), r"(?s:.*)"),
]  # fmt: skip
_PIECES = re.compile("|".join(f"(?P<v{number}>{pattern})" for number, (pattern, _) in enumerate(_VOLATILE)))
_CLOCKED = {
    "close_delay_stat", "close_duration", "resolution_duration", "solve_delay_stat", "take_into_account_duration",
    "takeintoaccount_delay_stat", "waiting_duration", "glpicrontimer",
}  # fmt: skip
"""Seconds that passed on the recorded server between two of its requests."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which the answer is not alike."""

    where: str
    recorded: str
    got: str

    def __str__(self) -> str:
        return f"{self.where}: recorded {self.recorded}, got {self.got}"


def pattern_of(recorded: str) -> re.Pattern[str]:
    """A recorded text as a pattern: everything literal but times, tokens, hashes and what the trimmer cut."""
    made, end = "", 0
    for found in _PIECES.finditer(recorded):
        made += re.escape(recorded[end : found.start()]) + _volatile(found)
        end = found.end()
    return re.compile(made + re.escape(recorded[end:]))


def _volatile(found: re.Match[str]) -> str:
    number = int(str(found.lastgroup)[1:]) if found.lastgroup else 0
    pattern = _VOLATILE[number][1]
    if pattern is not None:
        return pattern
    return (
        r"\d{4}-\d\d-\d\d"
        + ("T" if "T" in found[0] else " ")
        + r"\d\d:\d\d:\d\d"
        + (r"\+00:00" if "+" in found[0] else "")
    )


class Alike:
    """Compares one body. Paths in `free` (`body.active_profile.rights.*`) are compared by shape alone, `!body.id` is not."""

    def __init__(self, base: str, free: Sequence[str] = ()) -> None:
        self._base = base
        self._free = tuple(free)

    def text(self, where: str, recorded: str, got: str) -> Iterator[Difference]:
        """Two texts, hosts made equal."""
        if not pattern_of(recorded).fullmatch(got.replace(self._base, RECORDED_HOST)):
            yield Difference(where, _short(recorded), _short(got))

    def value(self, where: str, recorded: Any, got: Any) -> Iterator[Difference]:
        """Any two JSON values."""
        free = self._is_free(where)
        if free and (recorded is None or got is None):
            return
        if kind(recorded) != kind(got):
            yield Difference(where, f"{kind(recorded)} {_short(recorded)}", f"{kind(got)} {_short(got)}")
        elif isinstance(recorded, dict):
            yield from self._object(where, recorded, got, free)
        elif isinstance(recorded, list):
            yield from self._list(where, recorded, got, free)
        elif isinstance(recorded, str) and not free:
            yield from self.text(where, recorded, got)
        elif recorded != got and not free and where.rsplit(".", 1)[-1] not in _CLOCKED:
            yield Difference(where, _short(recorded), _short(got))

    def _is_free(self, where: str) -> bool:
        named = any(fnmatchcase(where, pattern) for pattern in self._free)
        return named and f"!{where}" not in self._free

    def _object(self, where: str, recorded: dict[str, Any], got: dict[str, Any], free: bool) -> Iterator[Difference]:
        if free and recorded and all(key.isdigit() for key in (*recorded, *got)):  # rows keyed by their ids
            yield from self._list(where, list(recorded.values()), list(got.values()), free)
            return
        missing = [key for key in recorded if key not in got and key != MORE_KEYS]
        extra = [key for key in got if key not in recorded] if MORE_KEYS not in recorded else []
        if missing or extra:
            yield Difference(f"{where} keys", f"with {missing}", f"instead {extra}")
        for key, value in recorded.items():
            if key in got:
                yield from self.value(f"{where}.{key}", value, got[key])

    def _list(self, where: str, recorded: list[Any], got: list[Any], free: bool) -> Iterator[Difference]:
        cut = bool(recorded) and recorded[-1] == MORE_ROWS
        rows = recorded[:-1] if cut else recorded
        fits = len(got) >= len(rows) if cut else len(got) == len(rows)
        if (free and bool(rows) != bool(got)) or (not free and not fits):
            yield Difference(where, f"{len(rows)}{' or more' if cut else ''} rows", f"{len(got)} rows")
        elif free:
            for number, one in enumerate(got):
                yield from self.value(f"{where}.{number}", rows[min(number, len(rows) - 1)], one)
        else:
            for number, (one, other) in enumerate(zip(rows, got, strict=False)):
                yield from self.value(f"{where}.{number}", one, other)


def kind(value: Any) -> str:
    """The JSON type, integers apart from other numbers."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return {int: "integer", float: "number", str: "string", list: "list", dict: "object"}[type(value)]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 160 else text[:157] + "..."
