"""The names by which an itemtype can be called: its class, its schema, its path, and the attribute in snake_case."""

from __future__ import annotations

import re

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake(name: str) -> str:
    r"""The attribute of a class: NetworkEquipment -> network_equipment, Glpi\Socket -> socket, RSSFeed -> rss_feed."""
    last = name.rpartition("\\")[2]
    return "_".join(_WORDS.sub("_", part) for part in last.split("_")).lower()


def plain(name: str) -> str:
    """As names are compared: lower case, no underscores."""
    return name.lower().replace("_", "")
