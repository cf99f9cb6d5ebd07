"""What became of a write: what was sent, held against the row as it is afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..._knowledge.unapplied import computed, places, reason
from .alike import alike
from .shapes import Item, is_object
from .write_rules import secret, shown


class Comparison(NamedTuple):
    """The fields of a write, each with what it has now."""

    applied: Item
    """These have what was sent."""
    ignored: Item
    """These have what they had before; after a create: nothing."""
    changed: Item
    """To these GLPI gave another value."""

    @property
    def differs(self) -> bool:
        """Whether anything is otherwise than it was sent."""
        return bool(self.ignored or self.changed)


def compared(sent: Mapping[str, Any], row: Item, before: Item | None, *, creates: bool) -> Comparison:
    """Hold every field that was sent against the row; what the row does not show, such as a password, is left out."""
    comparison = Comparison({}, {}, {})
    for name, value in sent.items():
        shown_as = places(name, row)
        if not shown_as or name == "id" or name.startswith("_") or secret(name):
            continue
        there = row[shown_as[0]]
        if any(alike(value, row[each]) for each in shown_as) or computed(name, sent, creates=creates):
            comparison.applied[name] = there
        elif alike(there, (before or {}).get(shown_as[0])):
            comparison.ignored[name] = there
        else:
            comparison.changed[name] = there
    return comparison


def done(what: str, comparison: Comparison, *, creates: bool) -> str:
    """Return what was done, in the words with which a message begins.

    >>> done("Ticket 5", Comparison({"name": "x"}, {"urgency": 3}, {}), creates=False)
    'Ticket 5 was updated (name)'
    """
    if creates:
        return f"{what} was created"
    if comparison.applied:
        return f"{what} was updated ({', '.join(comparison.applied)})"
    return f"GLPI answered that {what} was updated"


def undone(itemtype: str, sent: Mapping[str, Any], comparison: Comparison) -> str:
    """Return which fields have something else than was sent, and why where that is known.

    >>> undone("Ticket", {"urgency": 4}, Comparison({}, {"urgency": 3}, {}))
    'urgency is 3, not 4'
    """
    return "; ".join(
        _undone(itemtype, name, sent[name], there)
        for name, there in {**comparison.ignored, **comparison.changed}.items()
    )


def _undone(itemtype: str, name: str, sent: Any, there: Any) -> str:
    why = reason(itemtype, name, sent, there)
    text = f"{name} is {_short(name, there)}, not {_short(name, sent)}"
    return f"{text}: {why}" if why else text


def _short(name: str, value: Any) -> str:
    if is_object(value) and "id" in value:
        value = value["id"]
    return "empty" if value is None or value == "" else shown(name, value)
