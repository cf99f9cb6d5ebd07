"""Which itemtypes have which verbs, and what needs the legacy API."""

from __future__ import annotations

from functools import cache

from .capability import THROUGH_LEGACY, Capability

__all__ = ["THROUGH_LEGACY", "Capability", "has_verb", "known_verbs", "needed", "with_verb"]

_UNKNOWN = "the High-Level API does not have it"


@cache
def _named() -> dict[str, Capability]:
    from .capabilities_table import CAPABILITIES

    return {each.name: each for each in CAPABILITIES}


def needed(name: str, why: str = "") -> Capability:
    """Return what is known of a need; what stands in no table is taken for an itemtype or the name of rows.

    >>> needed("link").shown, needed("PluginFooBar").why
    ('link()', 'the High-Level API does not have it')
    """
    known = _named().get(name) or Capability(name, "itemtype", (name,), high_level=THROUGH_LEGACY, why=_UNKNOWN)
    return known._replace(why=why) if why else known


@cache
def has_verb(itemtype: str, verb: str) -> bool | None:
    """Check whether an itemtype has a verb; None where that is not known, such as for a plugin's type.

    >>> has_verb("Ticket", "solve"), has_verb("Computer", "solve"), has_verb("PluginFoo", "attach"), has_verb("Computer", "get")
    (True, False, None, True)
    """
    row = _named().get(verb)
    if row is None or row.kind != "verb" or itemtype in row.itemtypes or (row.others and not row.itemtypes):
        return True
    if not row.others:
        return False
    from .legacy_columns import columns_of

    return None if columns_of(itemtype) is None else False


def with_verb(verb: str) -> tuple[str, ...]:
    """Return the itemtypes that are known to have a verb.

    >>> with_verb("link")
    ('Ticket',)
    """
    row = _named().get(verb)
    return () if row is None else row.itemtypes


def known_verbs() -> tuple[str, ...]:
    """Return the verbs of items that not every type has."""
    return tuple(row.name for row in _named().values() if row.kind == "verb" and row.itemtypes)
