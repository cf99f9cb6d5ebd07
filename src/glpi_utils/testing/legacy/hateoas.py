"""The links that an item carries: to what it points at, and to what hangs on it."""

from __future__ import annotations

from typing import Any

from glpi_utils.testing.legacy import names, quirks

ASSETS = ("Computer", "Monitor", "NetworkEquipment", "Peripheral", "Phone", "Printer")
RESERVABLE = {*ASSETS, "Software"}
DOCUMENTED = frozenset(ASSETS) | frozenset(
    (
        "Software Budget CartridgeItem Change ConsumableItem Contact Contract Document Entity KnowbaseItem Problem "
        "Project ProjectTask Reminder SoftwareLicense Supplier Ticket User Certificate Line Location Cluster ITILFollowup "
        "ITILSolution TicketTask ChangeTask ProblemTask Appliance DatabaseInstance Domain Rack Enclosure PDU "
        "PassiveDCEquipment"
    ).split()
)
CONTRACTED = frozenset(ASSETS) | frozenset(
    (
        "Software Project Line Certificate Cluster SoftwareLicense Appliance Domain Rack Enclosure PDU PassiveDCEquipment "
        "DatabaseInstance"
    ).split()
)
FINANCED = frozenset(ASSETS) | frozenset(
    (
        "Software CartridgeItem ConsumableItem Consumable Cartridge SoftwareLicense Line Certificate Domain Appliance "
        "Cluster Rack Enclosure PDU PassiveDCEquipment"
    ).split()
)
TICKETED = frozenset(ASSETS) | frozenset(
    (
        "Software SoftwareLicense Certificate Line Cluster Appliance Domain Rack Enclosure PDU DatabaseInstance Unmanaged "
        "Cable"
    ).split()
)
NETWORKED = frozenset("Computer NetworkEquipment Peripheral Phone Printer Enclosure PDU Cluster Unmanaged".split())
DEVICES = tuple(
    (
        "DeviceMotherboard DeviceFirmware DeviceProcessor DeviceMemory DeviceHardDrive DeviceNetworkCard DeviceDrive "
        "DeviceBattery DeviceGraphicCard DeviceSoundCard DeviceControl DevicePci DeviceCase DevicePowerSupply "
        "DeviceGeneric DeviceSimcard DeviceSensor DeviceCamera"
    ).split()
)
HANGING = (
    ("ReservationItem", RESERVABLE),
    ("Document_Item", DOCUMENTED),
    ("Contract_Item", CONTRACTED),
    ("Infocom", FINANCED),
    ("Item_Ticket", TICKETED),
    ("Item_Project", TICKETED),
    ("NetworkPort", NETWORKED),
    *((f"Item_{device}", set(ASSETS)) for device in DEVICES),
)
PARTS = {
    "Ticket": tuple(
        (
            "TicketTask TicketValidation TicketCost Problem_Ticket Change_Ticket Ticket_Ticket Item_Ticket ITILSolution "
            "ITILFollowup Ticket_User Group_Ticket Supplier_Ticket"
        ).split()
    ),
    "Problem": tuple(
        (
            "ProblemTask ProblemCost Change_Problem Problem_Ticket Problem_Problem Item_Problem ITILSolution ITILFollowup "
            "Problem_User Group_Problem Supplier_Problem"
        ).split()
    ),
    "Change": tuple(
        (
            "ChangeTask ChangeCost Itil_Project Change_Problem Change_Ticket Change_Change Change_Item ITILSolution "
            "ITILFollowup Change_User Group_Change Supplier_Change"
        ).split()
    ),
    "Project": tuple("ProjectTask ProjectCost Itil_Project Item_Project".split()),
}


def children(itemtype: str) -> list[str]:
    """Return the itemtypes whose rows hang on one of this itemtype."""
    return [*(name for name, types in HANGING if itemtype in types), *PARTS.get(itemtype, ())]


def links(fields: dict[str, Any], itemtype: str, base: str, version: str) -> list[dict[str, str]]:
    """Return `links`: one per foreign key that points somewhere (an entity also as 0), then one per child type."""
    root = quirks.links_name_the_other_address(base, version)
    links: list[dict[str, str]] = []
    for column, value in fields.items():
        target = target_of(column, fields, version)
        if target and isinstance(value, int) and (value > 0 or (column == "entities_id" and value == 0)):
            links.append({"rel": target, "href": f"{root}/{target}/{value}"})
    links.extend({"rel": name, "href": f"{root}/{itemtype}/{fields['id']}/{name}/"} for name in children(itemtype))
    return links


def target_of(column: str, fields: dict[str, Any], version: str) -> str | None:
    """Return the itemtype that a column points at; `items_id` points where `itemtype` says."""
    if not names.is_foreign_key(column):
        return None
    if column == "items_id" and fields.get("itemtype"):
        return str(fields["itemtype"])
    return names.pointed_at(column, version)
