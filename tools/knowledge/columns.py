"""What the legacy API calls a property: the column of GLPI's table that it shows."""

from __future__ import annotations

import re

from tools.knowledge.corrections import Corrections
from tools.knowledge.document import Json

_ENDS = re.compile(r"_(\d)$")
_ROLE = re.compile(r"^(?:user|group|ola|sla)_(.+)$")


def column_of(schema: str, name: str, prop: Json, corrections: Corrections) -> str:
    """The column of a property, as far as can be told; `tests/knowledge/test_tables.py` says how far that is."""
    known = corrections.column(schema, name)
    if known is not None:
        return known
    target = prop.get("x-itemtype") or prop.get("items", {}).get("x-itemtype")
    if not target or prop["type"] == "array":
        return name
    key = foreign_key(target)
    if name.endswith("s_id"):
        return name
    role, number = _ROLE.search(name), _ENDS.search(name)
    return f"{key}_{role[1]}" if role else f"{key}{number[0]}" if number else key


def foreign_key(itemtype: str) -> str:
    r"""The column by which rows point to a class: SocketModel -> socketmodels_id, Glpi\Socket -> sockets_id."""
    words = itemtype.removeprefix("Glpi\\").replace("\\", "_").lower().split("_")
    return "_".join(_plural(word) for word in words) + "_id"


def _plural(word: str) -> str:
    if word.endswith(("ss", "x", "ch", "sh")):
        return f"{word}es"
    if word.endswith("s"):
        return word
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeo" else f"{word}s"
