"""The financial side of an asset: one record at most, without an id in its path."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, row_pages, writing
from glpi_utils.testing.high_level.call import Call
from glpi_utils.testing.http.wire import Answer

_OWNERS = (
    "Cartridge CartridgeItem Consumable ConsumableItem Computer Monitor NetworkEquipment Peripheral Phone Printer Software "
    "SoftwareLicense Certificate Appliance Rack Enclosure PDU PassiveDCEquipment Cable"
).split()


def read(call: Call, owner: str) -> Answer:
    """GET: it is looked up as a list, whose range the answer still carries."""
    row = _row(call, owner)
    item = row_pages.one(call, "Infocom", f"id=={row['id']}", filtered=False)
    return answers.json(item, headers=(("Content-Range", "0-0/1"),))


def create(call: Call, owner: str) -> Answer:
    """POST: a second one is refused."""
    if call.world.columns(owner) is None or call.world.get(owner, call.id) is None:
        return answers.not_found()
    fixed = {"itemtype": owner, "items_id": call.id}
    made = writing.create(call, call.schema("Infocom"), fixed)
    return writing.created(call, f"/Assets/{owner}/{call.id}/Infocom", made)


def update(call: Call, owner: str) -> Answer:
    """PATCH."""
    row = _row(call, owner)
    return writing.update(call, call.schema("Infocom"), row["id"], row)


def delete(call: Call, owner: str) -> Answer:
    """DELETE."""
    row = _row(call, owner)
    return writing.delete(call, call.schema("Infocom"), row["id"], row)


def _row(call: Call, owner: str) -> dict[str, Any]:
    rows = call.world.select("Infocom", "itemtype = ? AND items_id = ?", [owner, call.id])
    if not rows:
        raise answers.Stop(answers.not_found())
    return rows[0]


def _bound(owner: str, **verbs: Any) -> Mapping[str, Any]:
    return {name: partial(verb, owner=owner) for name, verb in verbs.items()}


ROUTES = tuple(
    (f"/Assets/{owner}/{{id}}/Infocom", verbs, since)
    for owner in _OWNERS
    for verbs, since in (
        (_bound(owner, GET=read), "2.0"),
        (_bound(owner, POST=create, PATCH=update, DELETE=delete), "2.2"),
    )
)
