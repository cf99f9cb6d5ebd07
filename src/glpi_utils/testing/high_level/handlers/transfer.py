"""Items moved to another entity: what is linked goes along, or is deleted where nobody asks to keep it."""

from __future__ import annotations

from typing import Any, Final, cast

from glpi_utils.testing.high_level import answers
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world.column_values import Row

_OWNED: Final = {
    "Infocom": "infocom",
    "Item_Disk": "disk",
    "Item_SoftwareVersion": "software",
    "ReservationItem": "reservation",
    "Log": "history",
}
"""What an item has for itself, by the option that keeps it."""
_LINKED: Final = {
    "Document_Item": ("document", "Document", "documents_id"),
    "Certificate_Item": ("certificate", "Certificate", "certificates_id"),
    "Contract_Item": ("contract", "Contract", "contracts_id"),
}
"""Links to what has an entity of its own, which changes along where it is kept."""
_DELETE, _UNLINK = 0, 1


def transfer(call: Call) -> Answer:
    """Move items: 200 and no body, 202 when some entity was forbidden; unknown items are passed over."""
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
        options = record.get("options")
        _take_along(call, itemtype, item, entity, cast("dict[str, int]", options) if isinstance(options, dict) else {})
        call.world.update(itemtype, item, {"entities_id": entity}, call.who)
    return True


def _take_along(call: Call, itemtype: str, item: int, entity: int, options: dict[str, int]) -> None:
    world, who = call.world, call.who
    for kind, option in _OWNED.items():
        if not options.get(f"keep_{option}"):
            for row in _below(call, kind, itemtype, item):
                world.purge(kind, row["id"], who)
        elif "entities_id" in (world.columns(kind) or {}):
            for row in _below(call, kind, itemtype, item):
                world.update(kind, row["id"], {"entities_id": entity}, who)
    for link, (option, target, column) in _LINKED.items():
        for row in _below(call, link, itemtype, item):
            if options.get(f"keep_{option}"):
                world.update(target, row[column], {"entities_id": entity}, who)
            else:
                world.purge(link, row["id"], who)
    for kind in sorted(world.itemtypes):
        if kind.startswith("Item_Device") and not options.get("keep_device"):
            for row in _below(call, kind, itemtype, item):
                world.purge(kind, row["id"], who)
    if options.get("keep_networklink", _DELETE) == _DELETE:
        for row in _below(call, "NetworkPort", itemtype, item):
            world.purge("NetworkPort", row["id"], who)
    _tickets(call, itemtype, item, entity, options.get("keep_ticket", _DELETE))


def _tickets(call: Call, itemtype: str, item: int, entity: int, way: int) -> None:
    for row in _below(call, "Item_Ticket", itemtype, item):
        if way == _DELETE:
            call.world.trash("Ticket", row["tickets_id"], call.who)
        elif way == _UNLINK:
            call.world.purge("Item_Ticket", row["id"], call.who)
        else:
            call.world.update("Ticket", row["tickets_id"], {"entities_id": entity}, call.who)


def _below(call: Call, kind: str, itemtype: str, item: int) -> list[Row]:
    columns = call.world.columns(kind) or {}
    if "itemtype" not in columns or "items_id" not in columns:
        return []
    return list(call.world.select(kind, "itemtype = ? AND items_id = ?", [itemtype, item]))
