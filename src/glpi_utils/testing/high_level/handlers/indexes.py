"""Lists of types: what there is below Assets, Dropdowns, Components, Management, Tools, Setup."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, quirks, row_pages
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.api_versions import at_least
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge

ASSETS = (
    "Computer Monitor NetworkEquipment Peripheral Phone Printer SoftwareLicense Certificate Unmanaged Appliance"
).split()
_GLOBAL = (
    "id name comment is_recursive contact contact_num serial otherserial is_deleted date_creation date_mod"
).split()
# What people call an itemtype, where its path does not say it.
NAMES = {
    "NetworkEquipment": "Network device",
    "SoftwareLicense": "License",
    "Unmanaged": "Unmanaged asset",
    "State": "Status of items",
    "WifiNetwork": "Wifi network",
    "NetworkPortFiberchannelType": "Fiber type",
    "DatabaseInstance": "Database instance",
    "DatabaseInstanceCategory": "Database instance category",
    "DatabaseInstanceType": "Database instance type",
    "ITILCategory": "ITIL category",
    "TaskCategory": "Task category",
    "RequestType": "Request source",
    "PlanningEventCategory": "Event category",
    "USBVendor": "USB vendor",
    "PCIVendor": "PCI vendor",
    "BlacklistedMailContent": "Blacklisted mail content",
    "Holiday": "Close time",
    "BusinessCriticity": "Business criticity",
    "DocumentCategory": "Document heading",
    "DocumentType": "Document type",
    "VirtualMachineType": "Virtualization system",
    "VirtualMachineSystem": "Virtualization model",
    "VirtualMachineState": "State of the virtual machine",
    "CableType": "Cable type",
    "CableStrand": "Cable strand",
    "AutoUpdateSystem": "Update Source",
    "ITILFollowupTemplate": "Followup template",
    "TaskTemplate": "Task template",
    "SolutionTemplate": "Solution template",
    "ITILValidationTemplate": "Approval template",
    "SolutionType": "Solution type",
    "ValidationStep": "Approval step",
    "DeviceGeneric": "Generic device",
    "DeviceGraphicCard": "Graphics card",
    "DeviceHardDrive": "Hard drive",
    "DeviceNetworkCard": "Network card",
    "DevicePci": "PCI device",
    "DevicePowerSupply": "Power supply",
    "DeviceSimcard": "Simcard",
    "DeviceSoundCard": "Soundcard",
    "DeviceMotherboard": "System board",
    "Datacenter": "Data center",
    "Line": "Phone line",
    "RSSFeed": "RSS feed",
    "AuthLDAP": "LDAP directory",
    "SLM": "Service level",
}


def listed(call: Call, under: str) -> Answer:
    """Return the collections right below a path; those of Management have no address."""
    entries: list[dict[str, str]] = []
    for path, entry in _in_order(under):
        name = path.removeprefix(f"{under}/")
        if name == path or "/" in name or not at_least(call.api, entry["since"]):
            continue
        if (under == "Assets" and entry["itemtype"] not in ASSETS) or quirks.is_gone(path, call.api):
            continue
        if name in ("Config", "AutomaticAction", "Plugin") and at_least(call.api, "2.3"):
            continue
        itemtype = entry["itemtype"]
        shown = NAMES.get(itemtype) or NAMES.get(itemtype.removeprefix("Device")) or itemtype.removeprefix("Device")
        href = "/" if under == "Management" else f"/{path}"
        entries.append({"itemtype": itemtype, "name": NAMES.get(itemtype, shown), "href": href})
    return answers.json(entries)


def _in_order(under: str) -> list[tuple[str, dict[str, Any]]]:
    """Return collections as the server lists them: Management by name, the others as its document does."""
    collections = list(knowledge.routes().items())
    if under == "Management":
        return sorted(collections, key=lambda one: one[0].lower())
    return sorted(collections, key=lambda one: int(one[1]["place"]))


def customs(_: Call) -> Answer:
    """Return the custom asset types."""
    names = [path.rsplit("/", 1)[1] for path in knowledge.routes() if path.startswith("Assets/Custom/")]
    types = [name for name in names if not name.endswith(("Model", "Type")) or f"{name}Type" in names]
    return answers.json([{"itemtype": name, "name": _label(name), "href": f"/Assets/Custom/{name}"} for name in types])


def _label(name: str) -> str:
    """Return what people call it: MyType -> My type."""
    return re.sub(r"(?<=[a-z])([A-Z])", lambda capital: f" {capital[1].lower()}", name)


def rule_collections(call: Call) -> Answer:
    """Return the kinds of rules."""
    if not call.may("read", "Rule"):
        return answers.json([])
    return answers.json([{"name": f"{name} rules", "rule_type": name} for name in knowledge.rules()])


def all_assets(call: Call) -> Answer:
    """Return every asset of the main types in one list."""
    asked_order = str(call.params.get("sort") or "id").split(",")
    if any(part.partition(":")[0] != "id" for part in asked_order):
        return answers.error(500, "ERROR", "An error occurred while processing your request.")
    rows: list[dict[str, Any]] = []
    for itemtype in ASSETS:
        schema = call.schema(itemtype)
        if not call.may("read", schema.itemtype):
            continue
        params = {"filter": row_pages.texts_of(call.params), "limit": 0, "sort": "id"}
        assets = row_pages.search(call, schema, params).rows
        rows.extend({"_itemtype": itemtype, **{name: row.get(name) for name in _GLOBAL}} for row in assets)
    start, limit = (row_pages.whole(call.params.get(name, default)) for name, default in (("start", 0), ("limit", 100)))
    first = max(start or 0, 0)
    return row_pages.Page(
        rows[first : first + limit] if limit else rows, start or 0, limit or len(rows), len(rows)
    ).answer()


_INDEXES = (
    *((under, "2.0") for under in ("Assets", "Dropdowns", "Components", "Management", "Setup")),
    ("Tools", "2.1"),
)
ROUTES = (
    *((f"/{under}", {"GET": partial(listed, under=under)}, since) for under, since in _INDEXES),
    ("/Assets/Global", {"GET": all_assets}),
    ("/Assets/Custom", {"GET": customs}),
    ("/Rule/Collection", {"GET": rule_collections}),
)
