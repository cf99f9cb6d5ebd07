"""One kind of thing on a server, as `itemtypes()` tells of it, whichever API was asked."""

from __future__ import annotations

import re
from typing import Any

Item = dict[str, Any]
VERBS = ("list", "get", "create", "update", "delete")
_PLUGIN = re.compile(r"Plugin([A-Z][a-z0-9]*)|GlpiPlugin\\([^\\]+)\\")
_CUSTOM = re.compile(r"Glpi\\CustomAsset\\")


def described(
    itemtype: str, name: str, path: str | None = None, schema: str | None = None, verbs: list[str] | None = None
) -> Item:
    """Describe one: ``name`` is what ``api.item()`` takes for it."""
    plugin = _PLUGIN.match(itemtype)
    return {
        "itemtype": itemtype,
        "name": name,
        "path": path,
        "schema": schema,
        "verbs": verbs,
        "custom": _CUSTOM.match(itemtype) is not None,
        "plugin": (plugin[1] or plugin[2]).lower() if plugin else None,
    }
