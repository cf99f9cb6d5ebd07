"""Notes: below the itemtype itself, without the group that its other paths have."""

from __future__ import annotations

from glpi_utils.testing.highlevel.sub_items import Entry, typed

_NOTED = (
    "Appliance Budget Cable CartridgeItem Certificate Change Cluster Computer ConsumableItem Contact Contract Database "
    "DatabaseInstance Datacenter DCRoom Domain DomainRecord Enclosure Entity Group Line Monitor NetworkEquipment PDU Peripheral Phone Printer Problem Project ProjectTask Rack "
    "Software SoftwareLicense Supplier"
).split()
ROUTES: tuple[Entry, ...] = tuple(
    entry for noted in _NOTED for entry in typed(f"/{noted}/{{owner}}/Note", noted, "Note").routes("2.2")
)
