"""What a row that links two items, or hangs off one, needs: without it GLPI answers "you don't have permission"."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from .children import foreign_key
from .legacy_columns import columns_of

__all__ = ["Need", "hangs_off", "is_link", "links_between", "needs_of"]

_BELOW: Final = {
    **{f"{above}Task": (f"{above.lower()}s_id",) for above in ("Ticket", "Change", "Problem")},
    **dict.fromkeys(("ITILFollowup", "ITILSolution", "Infocom", "Notepad", "Item_Disk"), ("itemtype", "items_id")),
}
"""Rows that hang off one item, where the name does not tell which."""
_IN_STOCK: Final = "Item_Device"
"""A component in stock is in no item."""
_FREE: Final = frozenset({"entities_id", "operatingsystems_id"})
"""Columns that may be left out: they then mean the root, or no item."""


class Need(NamedTuple):
    """One column that a row needs."""

    column: str
    instead: str = ""
    """A column that may stand in its place."""
    where: str = ""
    """The column is needed only where this one is given; "": always."""


@cache
def needs_of(itemtype: str) -> tuple[Need, ...]:
    """Return what a new row of a class needs; () for what is no link, or is not known to be one.

    >>> [need.column for need in needs_of("Group_Ticket")], needs_of("Ticket_User")[1].instead
    (['groups_id', 'tickets_id'], 'alternative_email')
    >>> needs_of("Computer"), [need.where for need in needs_of("Item_DeviceMemory")]
    ((), ['', 'items_id'])
    """
    known = columns_of(itemtype)
    if known is None:
        return ()
    ends = _ends(itemtype)
    either = "alternative_email" if "alternative_email" in known else ""
    needs = [
        Need(end, either if end in ("users_id", "suppliers_id") else "")
        for end in ends
        if end in known and known[end].kind and end not in _FREE
    ]
    if "itemtype" not in ends and all(name in known and known[name].kind for name in ("itemtype", "items_id")):
        needs.append(Need("itemtype", where="items_id"))
    return tuple(needs)


def is_link(itemtype: str) -> bool:
    """Check whether rows of a class link two items, and are known: they take their columns and nothing else.

    >>> is_link("Group_Ticket"), is_link("Computer"), is_link("PluginFoo_Bar")
    (True, False, False)
    """
    return "_" in itemtype and columns_of(itemtype) is not None


@cache
def hangs_off(parent: str, child: str) -> bool | None:
    """Check whether rows of a class name the item of another that they hang off; None where that is not known.

    >>> hangs_off("User", "UserEmail"), hangs_off("User", "Group"), hangs_off("User", "PluginFoo")
    (True, False, None)
    """
    known = columns_of(child)
    if known is None or columns_of(parent) is None:
        return None
    key = foreign_key(parent)
    return any(name in known and known[name].kind != "" for name in (key, f"{key}_1", "items_id", "items_id_1"))


def links_between(one: str, other: str) -> list[str]:
    """Return the classes whose rows link items of two others.

    >>> links_between("User", "Group"), links_between("Computer", "Location")
    (['Group_User'], [])
    """
    return [name for name in sorted({f"{one}_{other}", f"{other}_{one}"}) if columns_of(name) is not None]


def _ends(itemtype: str) -> tuple[str, ...]:
    """Name the columns that hold the ends: the parts of the name of a class tell which."""
    if itemtype in _BELOW:
        return _BELOW[itemtype]
    parts = itemtype.split("_")
    if len(parts) != 2:
        return ()
    if parts[0] == parts[1]:
        return f"{foreign_key(parts[0])}_1", f"{foreign_key(parts[0])}_2"
    if itemtype.startswith(_IN_STOCK):
        return (foreign_key(parts[1]),)
    item = ("itemtype", "items_id") if "Item" in parts else ()
    return (*(foreign_key(part) for part in parts if part != "Item"), *item)
