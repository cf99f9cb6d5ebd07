"""What is asked of GLPI's search engine about a whole list: its ids, and how many there are."""

from __future__ import annotations

from typing import Any

from ..._knowledge.joins import joined
from ..._wire import Operation, Page, Request
from ..shared.query import Listing, encode
from ..shared.resource import Resource
from ..shared.shapes import Keywords
from . import answers

_LOOKS = frozenset({"expand_dropdowns", "get_hateoas", "add_keys_names", "with_networkports"})
"""Keywords that say what rows look like, and not which there are."""


class LegacySearchEngine:
    """What GLPI's search engine tells of whole lists."""

    def counted_over_joins(self, resource: Resource) -> bool | str | None:
        """Check whether a list is counted over joins; a plugin may join what it likes to its own types."""
        itemtype = resource.itemtype
        if itemtype.startswith(("Plugin", "GlpiPlugin\\")):
            return None
        return joined(itemtype)

    def narrowed(self, listing: Listing) -> bool:
        """Check for a list that does not hold all that the search engine finds: the trash it knows, texts it reads otherwise."""
        return any(_word(name) not in {*_LOOKS, "only_id", "is_deleted"} for name, _ in listing.params)

    def by_ids(self, listing: Listing) -> Listing:
        """Return the same list with nothing but ids in its rows."""
        kept = tuple(pair for pair in listing.params if _word(pair[0]) not in _LOOKS | {"only_id"})
        return listing._replace(params=(*kept, ("get_hateoas", "0"), ("only_id", "1")), keep=None)

    def shape(self, listing: Listing) -> Keywords:
        """Return the keywords that say what rows of this list look like."""
        looks: dict[str, Any] = {}
        for name, value in listing.params:
            if _word(name) in _LOOKS - {"with_networkports"}:
                looks.setdefault(_word(name), []).append(value)
        return {"params": {name: values if name == "add_keys_names" else values[-1] for name, values in looks.items()}}

    def id_rows(self, resource: Resource, low: int, size: int, field: int = 2, trash: bool = False) -> Operation[Page]:
        """Build the request to GLPI's search engine for the ids from one on: it knows keysets, the list does not."""
        pairs = [("criteria[0][field]", str(field)), ("criteria[0][searchtype]", "contains")]
        pairs += [("criteria[0][value]", f">={low}"), ("forcedisplay[]", str(field)), ("sort", str(field))]
        pairs += [("order", "ASC"), ("range", f"0-{size - 1}"), *([("is_deleted", "1")] if trash else [])]
        return Operation(Request("GET", f"search/{resource.path}", encode(pairs)), answers.found_ids(str(field)))

    def recount(self, resource: Resource, trash: bool) -> Operation[int]:
        """Build the request to GLPI's search engine how many there are: it counts each row once."""
        pairs = [("range", "0-0"), ("forcedisplay[]", "1"), *([("is_deleted", "1")] if trash else [])]
        return Operation(Request("GET", f"search/{resource.path}", encode(pairs)), answers.found_count)


def _word(name: str) -> str:
    return name.partition("[")[0]
