"""Itemtypes of earlier GLPI versions that the legacy API still takes and translates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glpi_utils.testing.legacy import quirks
from glpi_utils.testing.world import knowledge


@dataclass(frozen=True, slots=True)
class Former:
    """How an old name maps to the current itemtype."""

    itemtype: str
    renamed: tuple[tuple[str, str], ...]
    """(old column, current column)."""
    dropped: tuple[str, ...] = ()
    """Current columns that the old one did not have."""
    fixed: tuple[tuple[str, str], ...] = ()
    """Current columns that are the same in every row of the old one."""


FORMER = {
    "TicketFollowup": Former(
        "ITILFollowup",
        (("tickets_id", "items_id"),),
        ("sourceitems_id", "sourceof_items_id"),
        (("itemtype", "Ticket"),),
    ),
    "Computer_SoftwareVersion": Former(
        "Item_SoftwareVersion", (("computers_id", "items_id"),), (), (("itemtype", "Computer"),)
    ),
    "Computer_SoftwareLicense": Former(
        "Item_SoftwareLicense", (("computers_id", "items_id"),), (), (("itemtype", "Computer"),)
    ),
    "Netpoint": Former("Glpi\\Socket", ()),
}
FORMER_IN_11 = {
    "Computer_Item": Former(
        "Glpi\\Asset\\Asset_PeripheralAsset",
        (("computers_id", "items_id_asset"), ("itemtype", "itemtype_peripheral"), ("items_id", "items_id_peripheral")),
        (),
        (("itemtype_asset", "Computer"),),
    ),
    "Pdu_Plug": Former("Item_Plug", (("pdus_id", "items_id"),), (), (("itemtype", "PDU"),)),
}


def current(name: str, version: str) -> Former | None:
    """Return the translation of an old name; None when it is no old one of a type that is known."""
    former = FORMER.get(name) or (None if quirks.is_ten(version) else FORMER_IN_11.get(name))
    return former if former and former.itemtype in knowledge.itemtypes(version) else None


def itemtype_of(spelt: str, version: str) -> str:
    """Return the itemtype that a name means today."""
    former = current(spelt, version)
    return former.itemtype if former else spelt


def to_current(former: Former, values: dict[str, Any]) -> dict[str, Any]:
    """Return what an old input means now."""
    old = dict(former.renamed)
    return {**{old.get(key, key): value for key, value in values.items()}, **dict(former.fixed)}


def to_former(former: Former, row: dict[str, Any]) -> dict[str, Any]:
    """Return how a current row looked: renamed columns come last, as they are written anew."""
    gone = {*former.dropped, *(key for key, _ in former.fixed), *(new for _, new in former.renamed)}
    kept = {key: value for key, value in row.items() if key not in gone}
    return {**kept, **{old: row[new] for old, new in former.renamed if new in row}}
