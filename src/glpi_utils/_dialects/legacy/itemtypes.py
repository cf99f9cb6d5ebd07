"""Which itemtypes a server names in its configuration: the legacy API has no list of them."""

from __future__ import annotations

import re
from typing import Any, Final

from ..shared.itemtypes import described
from ..shared.shapes import is_array, is_object

Item = dict[str, Any]
_CLASS: Final = re.compile(r"(?:[A-Z]\w*\\)*[A-Z]\w*")
_NO_ITEMTYPES: Final = ("DBConnection", "Glpi\\Marketplace\\Controller")
_NOT_OF_ITEMS: Final = ("rulecollections_types",)


def itemtypes(config: Item) -> list[Item]:
    """Return every class in GLPI's lists of types: what may have documents, tickets, a place, and so on."""
    names: set[str] = set()
    for key, classes in config.items():
        if key.endswith("_types") and key not in _NOT_OF_ITEMS and (is_array(classes) or is_object(classes)):
            names.update(each for each in classes if isinstance(each, str) and _CLASS.fullmatch(each))
    return [described(name, name) for name in sorted(names.difference(_NO_ITEMTYPES))]
