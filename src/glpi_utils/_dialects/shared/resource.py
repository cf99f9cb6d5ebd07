"""What a name stands for in one of the APIs, found out once and handed down."""

from __future__ import annotations

from typing import NamedTuple

from ..._knowledge.routes import Route


class Resource(NamedTuple):
    """The items of one type: what was named, and where this API has them."""

    name: str
    """As it was named, for messages."""
    itemtype: str
    """GLPI's class; on the High-Level API the last part of the path, where nobody knows the class."""
    path: str
    """Where the items are, percent-encoded: "Assistance/Ticket", on the legacy API "Ticket"."""
    route: Route
    """What is known of the place; on the legacy API no more than its path."""
    schema: str = ""
    """What the rows are known by: the schema of the High-Level API, the class of the legacy API."""
