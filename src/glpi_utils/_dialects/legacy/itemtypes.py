"""Which itemtypes a server names in its configuration (the legacy API has no list of them), and what one may mean that it lacks."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote

from ..._knowledge.aliases import close_classes
from ..._knowledge.children import close_subs, sub_of_high_level
from ..itemtypes import described
from ..shapes import is_array, is_object

Item = dict[str, Any]
_CLASS: Final = re.compile(r"(?:[A-Z]\w*\\)*[A-Z]\w*")
_NO_ITEMTYPES: Final = ("DBConnection", "Glpi\\Marketplace\\Controller")
_NOT_OF_ITEMS: Final = ("rulecollections_types",)
_BY_CLASS: Final = ("search", "listSearchOptions")
"""Requests that have the class behind this word."""


def itemtypes(config: Item) -> list[Item]:
    """Give every class in GLPI's lists of types: what may have documents, tickets, a place, and so on."""
    names: set[str] = set()
    for key, told in config.items():
        if key.endswith("_types") and key not in _NOT_OF_ITEMS and (is_array(told) or is_object(told)):
            names.update(each for each in told if isinstance(each, str) and _CLASS.fullmatch(each))
    return [described(name, name) for name in sorted(names.difference(_NO_ITEMTYPES))]


def meant(path: str) -> str:
    """Return what may be meant by the class in a path that the server does not know; "" where nothing looks like it."""
    first, *rest = (unquote(each) for each in path.split("/"))
    if len(rest) == 2:
        if sub_of_high_level(first, rest[1]):
            return "GlpiOAuthClient (the High-Level API) has it"
        near = close_subs(first, rest[1])
        return f"did you mean {' or '.join(near)}?" if near else ""
    name = rest[0] if first in _BY_CLASS and rest else first
    near = close_classes(name)
    shown = f"did you mean {' or '.join(near)}? " if near else ""
    return f"{shown}a custom asset is api.custom({name!r:.60})" if name.isidentifier() else shown.strip()
