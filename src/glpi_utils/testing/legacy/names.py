"""GLPI's names for one thing: itemtype, table, foreign key, and the words its messages use."""

from __future__ import annotations

import re
from functools import lru_cache

from glpi_utils.testing.world import knowledge

SPOKEN = {
    "Ticket_Ticket": "Linked ticket",
    "Document_Item": "Document item",
    "Item_Ticket": "Ticket item",
    "Item_Problem": "Problem item",
    "Change_Ticket": "Link Ticket/Change",
    "Problem_Ticket": "Link Ticket/Problem",
    "Change_Problem": "Link Problem/Change",
    "Change_Change": "Link Change/Change",
    "Problem_Problem": "Link Problem/Problem",
    "Group_User": "General",
    "APIClient": "API client",
    "State": "Status of items",
    "ITILCategory": "ITIL category",
    "NetworkEquipment": "Network device",
    "Peripheral": "Device",
}


def table(itemtype: str, version: str) -> str:
    """Return the name of an itemtype's table in GLPI's own database."""
    known = knowledge.itemtypes(version).get(itemtype)
    return known.table if known else f"glpi_{itemtype.lower()}s"


def foreign_key(itemtype: str, version: str) -> str:
    """Return the column by which others point at an itemtype: `tickets_id`."""
    return table(itemtype, version).removeprefix("glpi_") + "_id"


@lru_cache(maxsize=4096)
def is_foreign_key(column: str) -> bool:
    """Check whether a column's name says that it points at a row."""
    return re.search(r"._id($|_)", column) is not None


@lru_cache(maxsize=4096)
def pointed_at(column: str, version: str) -> str | None:
    """Return the itemtype that a foreign key means: `users_id_recipient` is a User."""
    column = "requesttypes_id" if column == "default_requesttypes_id" else column
    match = re.match(r"(.+?_id)(?:_.+)?$", column)
    return _by_key(version).get(match.group(1)) if match else None


@lru_cache(maxsize=8)
def _by_key(version: str) -> dict[str, str]:
    return {foreign_key(itemtype, version): itemtype for itemtype in knowledge.itemtypes(version)}


def spoken(itemtype: str) -> str:
    """Return what a message calls a row without a name: "Computer - ID 5" (English, as an untouched server speaks)."""
    if itemtype in SPOKEN:
        return SPOKEN[itemtype]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", itemtype.rsplit("\\", maxsplit=1)[-1].replace("_", " "))
    first, _, rest = words.partition(" ")
    return f"{first} {rest.lower()}".strip()
