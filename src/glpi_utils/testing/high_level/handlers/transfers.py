"""`/Transfer`: items moved to another entity."""

from __future__ import annotations

from typing import Any, cast

from glpi_utils.testing.high_level import answers
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.http.wire import Answer


def transfer(call: Call) -> Answer:
    """200 and no body, 202 when some entity was forbidden; unknown items are passed over."""
    refused = False
    for record in call.params.values():
        if isinstance(record, dict):
            refused |= not _move(call, cast("dict[str, Any]", record))
    return answers.empty(202 if refused else 200)


def _move(call: Call, record: dict[str, Any]) -> bool:
    itemtype, item, entity = record.get("itemtype"), record.get("items_id"), record.get("entity")
    if entity not in call.who.entities:
        return False
    if not isinstance(itemtype, str) or not isinstance(item, int) or call.world.columns(itemtype) is None:
        return True
    row = call.world.get(itemtype, item)
    if row is not None and call.may("update", itemtype, row):
        call.world.update(itemtype, item, {"entities_id": entity}, call.who)
    return True


ROUTES = (("/Transfer", {"POST": transfer}),)
