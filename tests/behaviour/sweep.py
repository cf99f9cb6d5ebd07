"""Purging what a run made on a real server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.behaviour.adapter import bare
from tests.behaviour.places import Place

NAMED = ("ticket", "change", "problem", "computer", "software", "location", "itilcategory", "document", "group")
"""What tests make beside sub-items, which go with their parents."""
TREES = ("location", "itilcategory", "group")
"""What hangs below an item is moved up when that goes, and may have the name of another there."""


def sweep(place: Place) -> None:
    """Purge everything of this run's name; fail if anything is left."""
    api = bare(place.client())
    with api:
        for itemtype in NAMED:
            items = getattr(api, itemtype)
            rows = sorted(ours(place, items), key=lambda row: -row["id"])  # what hangs below an item was made after it
            with ThreadPoolExecutor(1 if itemtype in TREES else 4) as crew:
                for done in [crew.submit(items.delete, {"id": row["id"]}, True) for row in rows]:
                    done.result()
            left = [row["id"] for row in ours(place, items)]
            assert not left, f"{itemtype} {left} of {place.mark!r} could not be purged"


def ours(place: Place, items: Any) -> list[dict[str, Any]]:
    """The rows of this run, those in the trash too."""
    return list(items.get_all_pages(include_deleted=True, **place.mine()))
