"""When rows were created, trashed, restored and removed: what a list read meanwhile must hold, and what it may."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

What = Literal["created", "removed", "trashed", "restored"]
Trash = bool | Literal["only"]
_UNDONE: dict[What, int | None] = {"created": None, "removed": 0, "trashed": 0, "restored": 1}
_DONE: dict[What, int | None] = {"created": 0, "removed": None, "trashed": 1, "restored": 0}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a row. `at` is `time.monotonic()`."""

    itemtype: str
    id: int
    what: What
    at: float
    trashed: bool = False
    """Whether the row was in the trash when it was created or removed."""


class History(list[Change]):
    """Every change since the sample was written, in order. What a rolled back write did is taken out again."""

    def record(self, itemtype: str, id: int, what: What, trashed: bool = False) -> None:
        """Remember a change."""
        self.append(Change(itemtype, id, what, time.monotonic(), trashed))

    def spans(
        self, itemtype: str, now: Mapping[int, Any], since: float, until: float, trash: Trash
    ) -> tuple[set[int], set[int]]:
        """Return the ids that a list showed all the time between two moments, and those that it showed at some time.

        `now`: the rows there are, by id, with their `is_deleted`. A change in the very moment counts against "all the
        time" and for "some time": a clock may be coarse.
        """
        changes = [change for change in self if change.itemtype == itemtype]
        state: dict[int, int | None] = dict(now)
        late = len(changes)
        while late and changes[late - 1].at >= since:  # back to the moment just before
            late -= 1
            state[changes[late].id] = before(changes[late])
        always = {key for key, trashed in state.items() if shown(trashed, trash)}
        ever = set(always)
        for change in changes[late:]:
            if change.at > until:
                break
            if shown(after(change), trash):
                ever.add(change.id)
            else:
                always.discard(change.id)
        return always, ever


def before(change: Change) -> int | None:
    """Return whether the row was in the trash (0, 1) ahead of a change; None: it was not there."""
    return int(change.trashed) if change.what == "removed" else _UNDONE[change.what]


def after(change: Change) -> int | None:
    """Return whether the row was in the trash (0, 1) after a change; None: it was not there."""
    return int(change.trashed) if change.what == "created" else _DONE[change.what]


def shown(trashed: int | None, trash: Trash) -> bool:
    """Check whether a list shows a row: `trash` says if it has those in the trash too, or only them."""
    return trashed is not None and (trash is True or bool(trashed) == (trash == "only"))


def states(rows: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """Return rows as `spans` takes them."""
    return {row["id"]: int(row["is_deleted"] or 0) for row in rows}
