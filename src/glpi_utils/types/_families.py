"""Which verbs beyond those of all items a type has: the families of the engine, by the table of capabilities."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from glpi_utils._knowledge.capabilities import with_verb

__all__ = ["ANY", "TYPED", "Family", "families", "kinds", "label_of"]

ANY = "Any"
"""The label of items of a type that only the run knows: they have the verbs of every family."""
TYPED = {"AsyncTeam": "AsyncPeople"}
"""Families whose verbs have rows of a known shape, as a class beside `AsyncItems` says."""
_FIRST = {
    **{each: each for each in ("Ticket", "Change", "Problem", "User", "Document", "Entity", "Location", "Project")},
    "Computer": "Asset",
    "ITILCategory": "Tree",
    "Budget": "Documented",
    "ITILFollowup": "Entry",
}
"""The types that give their families a name, the first first."""


class Family(NamedTuple):
    """A class of verbs that the same types have."""

    name: str
    module: str
    verbs: tuple[str, ...]
    itemtypes: frozenset[str]


@cache
def families() -> tuple[Family, ...]:
    """Return them in the order in which items derive from them."""
    from glpi_utils._engine.verbs.families import AsyncAllFamilies

    known: list[Family] = []
    for each in AsyncAllFamilies.__bases__:
        verbs = tuple(name for name in vars(each) if not name.startswith("_"))
        known.append(Family(each.__name__, each.__module__, verbs, frozenset(with_verb(verbs[0]))))
    return tuple(known)


@cache
def kinds() -> dict[str, tuple[Family, ...]]:
    """Return every combination of families that some type has, by its label; "" has none.

    >>> [each.name for each in kinds()["User"] if "grant" in each.verbs], kinds()[""]
    (['AsyncAccounts'], ())
    """
    itemtypes = sorted({each for family in families() for each in family.itemtypes})
    labels: dict[tuple[Family, ...], str] = {(): ""}
    for itemtype in [*_FIRST, *itemtypes]:
        labels.setdefault(_of(itemtype), _FIRST.get(itemtype) or itemtype.rpartition("\\")[2].replace("_", ""))
    return {label: combination for combination, label in labels.items()} | {ANY: families()}


def label_of(itemtype: str) -> str:
    """Return the label of the families that a type has.

    >>> label_of("Ticket"), label_of("Nothing")
    ('Ticket', '')
    """
    mine = _of(itemtype)
    return next(label for label, combination in kinds().items() if combination == mine and label != ANY)


def _of(itemtype: str) -> tuple[Family, ...]:
    return tuple(family for family in families() if itemtype in family.itemtypes)
