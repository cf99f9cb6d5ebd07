"""The collections: listing, reading, creating, updating and deleting items of any type."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.high_level import answers, row_pages, writing
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.http.wire import Answer


def create(call: Call, schema: str, path: str) -> Answer:
    """POST on a collection."""
    made = writing.create(call, call.schema(schema))
    return writing.created(call, f"{path}/{made}", made)


def read(call: Call, schema: str) -> Answer:
    """GET on an item; a filter applies here too."""
    return row_pages.read(call, schema, f"id=={call.id}")


def update(call: Call, schema: str) -> Answer:
    """PATCH on an item; answers the whole item."""
    return writing.update(call, call.schema(schema), call.id, stored(call, schema))


def delete(call: Call, schema: str) -> Answer:
    """DELETE on an item."""
    return writing.delete(call, call.schema(schema), call.id, stored(call, schema))


def stored(call: Call, schema: str) -> dict[str, Any]:
    """Return the row of an item; where no one looked before, an unknown id counts as one without rights."""
    return call.row(call.schema(schema).itemtype, call.id, answers.forbidden())
