"""Where plans stand, and how they go on from there: their rows, and the counts that show when these are all.

Requests in flight, and doubts about their answers, are not stored: these requests are sent again.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...exceptions import GlpiUnsupportedError
from .plan import Key, Plan, Rereads
from .walk_state import of_runs, runs

Place = dict[str, Any]
_WINDOWS = ("total", "_start", "_latest", "_most", "_firm", "unsure", "_rounds")
_RANGES = {
    "total": "total",
    "joined": "counted_over_joins",
    "bound": "_bound",
    "first": "_first",
    "most": "_most",
    "cut": "_cut",
    "missed": "_missed",
}
"""The keys of a stored state, with the attributes that hold their values."""


class WindowsPlace(Rereads):
    """Of windows: a second reading for rows that did not come begins anew."""

    if TYPE_CHECKING:
        total: int | None
        _start: int
        _row_count: int
        _reach: int
        _ended: bool
        _last: int
        _border: set[Any]
        _most: int
        _rounds: int
        _moved: bool
        _union: bool

    def place(self, held: Sequence[Key]) -> Place:
        """Return where it stands, as if the rows that are held back had not come."""
        if self._union or (self._ended and self.total is None):
            raise GlpiUnsupportedError("this walk has no state to go on from: the list has no count, or several types")
        out, inner = {number for _, number in held}, self
        while isinstance(inner._again, WindowsPlace):
            inner = inner._again
        again = None if inner is self else [inner._rounds, inner._most]
        came = self._ids if again is None else sorted({*self._ids, *self._known})
        facts = {name.lstrip("_"): getattr(self, name) for name in _WINDOWS}
        return {"ids": runs(number for number in came if number not in out), **facts, "again": again}

    def resume(self, place: Mapping[str, Any], last: Key) -> None:
        """Go on behind the last row that was handed on; at the end the last row and the count are asked for."""
        self._ids = of_runs(place["ids"])
        for name in _WINDOWS:
            setattr(self, name, place[name.lstrip("_")])
        self._row_count = self._reach = self._start + len(self._ids)
        self._last, self._border, self._moved = self._ids[-1], {None}, True
        if place["again"] is not None:
            rounds, counted = place["again"]
            again: Any = type(self)
            least = self._ids[0] if self._start else 0
            self._read_again(again(self._start, int(rounds), int(counted)), "a walk goes on", least)


class RangesPlace(Plan):
    """Of ranges: the next one begins with the row that was handed on last, wherever it is meanwhile."""

    if TYPE_CHECKING:
        ids: array[int]
        moved: bool
        _start: int
        _end: int
        _last: int
        _known: set[int] | None

    def place(self, held: Sequence[Key]) -> Place:
        """Return where it stands, as if the rows that are held back had not come."""
        out = {number for _, number in held}
        facts = {key: getattr(self, name) for key, name in _RANGES.items()}
        second = self._known is not None
        ids = runs(sorted(number for number in self.ids if number not in out))
        return {"ids": ids, "end": max(1, self._end - len(out)), "second": second, **facts}

    def resume(self, place: Mapping[str, Any], last: Key) -> None:
        """Go on with the last row; a second reading begins anew."""
        self.ids = of_runs(place["ids"])
        for key, name in _RANGES.items():
            setattr(self, name, place[key])
        self._start = self._end = int(place["end"])
        self._last, self.moved = self.ids[-1], True
        if place["second"]:
            self._known, self._last, self._start, self._end = set(self.ids), -1, 0, 0
