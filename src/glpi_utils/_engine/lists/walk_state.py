"""Where a walk stands, as a value that JSON can hold: what it gave, where it goes on, and which list of which server it is."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..._dialects.shared.shapes import is_object
from ..._display import described
from ...exceptions import GlpiUnsupportedError, GlpiValidationError
from .plan import Item, Key

if TYPE_CHECKING:
    from .walk import Walk

FORMAT = 1


def key_of(row: Item) -> Key:
    """Return what a row is known by."""
    return row.get("_itemtype") or row.get("itemtype"), row.get("id")


def state_of(walk: Walk, handed: int, last: Key | None, held: Sequence[Key], *, ended: bool) -> Item:
    """Return the state of a walk that handed on so many rows, and holds back those of these keys."""
    origin = walk.origin
    obstacle = "this list is not read by a walk" if origin is None else origin.obstacle() or walk.plan.placeless
    if obstacle or origin is None:
        raise GlpiUnsupportedError(f"this walk has no state to go on from: {obstacle}")
    cut = [] if walk.wanted is None else [key_of(row) for row in walk.wanted.cut]
    begun = handed > 0 and not ended
    place = walk.plan.place([*held, *cut]) if begun else None
    return {**blank(), **origin.identity(), "rows": handed, "last": last, "ended": ended, "place": place}


def blank() -> Item:
    """Return the state of a walk that has not begun, of a list that is not known yet."""
    return {"walk": FORMAT, "server": None, "itemtype": None, "query": None} | {
        "rows": 0,
        "last": None,
        "ended": False,
        "place": None,
    }


def checked(state: Any) -> Item:
    """Return a state as it was given by `state_of`; what is none is refused."""
    if not is_object(state) or set(state) != set(blank()) or state["walk"] != FORMAT:
        raise GlpiValidationError(f"state must be what state() of a walk gave, not {described(state)}")
    return state


def resume(walk: Walk, state: Item) -> None:
    """Let a walk that has not begun go on from a state; one of another list or server is refused."""
    assert walk.origin is not None  # noqa: S101  `walks` has just set it
    here = walk.origin.identity()
    for word, what in (("server", "server"), ("itemtype", "itemtype"), ("query", "filter, order or part of the list")):
        if state[word] is not None and state[word] != here[word]:
            detail = "" if word == "query" else f": {state[word]!r:.200}, here it is {here[word]!r:.200}"
            raise GlpiValidationError(f"state is that of a walk with another {what}{detail}")
    if state["place"] is None:
        return
    if obstacle := walk.origin.obstacle() or walk.plan.placeless:
        raise GlpiUnsupportedError(f"this walk cannot go on from a state: {obstacle}")
    try:
        kind, number = state["last"]
        walk.plan.resume(state["place"], (kind, number))
        walk.read = walk.passed = int(state["rows"])
        if walk.wanted is not None:
            walk.wanted.goes_on(walk.read, number)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        raise GlpiValidationError("state is damaged: it must be exactly what state() of a walk gave") from None


def runs(ids: Iterable[int]) -> str:
    """Write ids that rise: runs of neighbours as first and last, each counted from the one before.

    >>> runs([3, 4, 5, 9, 12, 13])
    '3+2 4 3+1'
    """
    parts: list[str] = []
    before, first, last = 0, -1, -2
    for number in (*ids, None):
        if number is not None and number == last + 1:
            last = number
            continue
        if first >= 0:
            parts.append(f"{first - before}+{last - first}" if last > first else str(first - before))
            before = last
        if number is not None:
            first = last = number
    return " ".join(parts)


def of_runs(text: str) -> array[int]:
    """Read what `runs` wrote.

    >>> of_runs('3+2 4 3+1').tolist()
    [3, 4, 5, 9, 12, 13]
    """
    return array("q", _numbers(text))


def _numbers(text: str) -> Iterator[int]:
    last = 0
    for part in text.split():
        gap, _, more = part.partition("+")
        first = last + int(gap)
        last = first + int(more or 0)
        yield from range(first, last + 1)
