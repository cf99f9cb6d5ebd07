"""Purging what a run made on a real server."""

from __future__ import annotations

from typing import Any

from tests.behaviour.adapter import bare
from tests.behaviour.places import Place

NAMED = ("ticket", "change", "problem", "computer", "software", "location", "document", "group")
"""What tests make beside sub-items, which go with their parents."""


def sweep(place: Place) -> None:
    """Purge everything of this run's name; fail if anything is left."""
    api = bare(place.client())
    with api:
        for itemtype in NAMED:
            items = getattr(api, itemtype)
            for row in ours(place, items):
                items.delete({"id": row["id"]}, force_purge=True)
            left = [row["id"] for row in ours(place, items)]
            assert not left, f"{itemtype} {left} of {place.mark!r} could not be purged"


def ours(place: Place, items: Any) -> list[dict[str, Any]]:
    """The rows of this run, those in the trash too."""
    trash = {} if place.hl else {"include_deleted": True}
    return list(items.get_all_pages(**place.mine(), **trash))
