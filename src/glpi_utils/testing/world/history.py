"""When rows were born, trashed, restored and removed: what a list read meanwhile must hold, and what it may."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

What = Literal["born", "died", "trashed", "restored"]
Trash = bool | Literal["only"]
_UNDONE: dict[What, int | None] = {"born": None, "died": 0, "trashed": 0, "restored": 1}
_DONE: dict[What, int | None] = {"born": 0, "died": None, "trashed": 1, "restored": 0}


@dataclass(frozen=True, slots=True)
class Life:
    """One turn in the life of a row. `at` is `time.monotonic()`."""

    itemtype: str
    id: int
    what: What
    at: float
    trashed: bool = False
    """Whether the row was in the trash when it was born or died."""


class Lives(list[Life]):
    """Every turn since the sample was written, in order. What a rolled back write did is taken out again."""

    def note(self, itemtype: str, id: int, what: What, trashed: bool = False) -> None:
        """Remember a turn."""
        self.append(Life(itemtype, id, what, time.monotonic(), trashed))

    def spans(
        self, itemtype: str, now: Mapping[int, Any], since: float, until: float, trash: Trash
    ) -> tuple[set[int], set[int]]:
        """The ids that a list showed all the time from `since` to `until`, and those that it showed at some time.

        `now`: the rows there are, by id, with their `is_deleted`. A turn in the very moment counts against "all the
        time" and for "some time": a clock may be coarse.
        """
        turns = [life for life in self if life.itemtype == itemtype]
        state: dict[int, int | None] = dict(now)
        late = len(turns)
        while late and turns[late - 1].at >= since:  # back to the moment just before
            late -= 1
            state[turns[late].id] = before(turns[late])
        always = {key for key, trashed in state.items() if shown(trashed, trash)}
        ever = set(always)
        for life in turns[late:]:
            if life.at > until:
                break
            if shown(after(life), trash):
                ever.add(life.id)
            else:
                always.discard(life.id)
        return always, ever


def before(life: Life) -> int | None:
    """Whether the row was in the trash (0, 1) ahead of a turn; None: it was not there."""
    return int(life.trashed) if life.what == "died" else _UNDONE[life.what]


def after(life: Life) -> int | None:
    """The same after it."""
    return int(life.trashed) if life.what == "born" else _DONE[life.what]


def shown(trashed: int | None, trash: Trash) -> bool:
    """Whether a list shows a row: `trash` says if it has those in the trash too, or only them."""
    return trashed is not None and (trash is True or bool(trashed) == (trash == "only"))


def states(rows: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """Rows as `spans` takes them."""
    return {row["id"]: int(row["is_deleted"] or 0) for row in rows}
