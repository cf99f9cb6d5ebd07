"""The sample's places, categories, assets, contracts, articles; at least two rows for every route."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from glpi_utils.testing.world import knowledge
from glpi_utils.testing.world.rights import SYSTEM

if TYPE_CHECKING:
    from glpi_utils.testing.world.world import World

ROOMS = ("Reception", "Server room", "Workshop floor")
CATEGORIES = {
    "Hardware": ("Laptop", "Printer", "Phone"),
    "Software": ("Office", "ERP"),
    "Network": ("WLAN", "VPN"),
    "Accounts": ("Password", "New employee"),
}
MAKERS = ("Lenovo", "Dell", "HP", "Cisco", "Zebra")
STATES = ("In use", "In stock", "Broken")
ASSETS = {
    "Computer": (24, "pc-{:03}"),
    "Monitor": (12, "screen-{:03}"),
    "Printer": (6, "printer-{:03}"),
    "NetworkEquipment": (5, "switch-{:03}"),
    "Phone": (4, "phone-{:03}"),
    "Peripheral": (3, "scanner-{:03}"),
}
SOFTWARE = ("LibreOffice", "Firefox", "7-Zip", "Thunderbird", "KeePassXC")
CUSTOM = "Glpi\\CustomAsset\\MyTypeAsset"
ARTICLES = ("How to connect to the VPN", "Reset your password", "Print from your laptop")
DOCUMENT = b"%PDF-1.4\n% A short manual, as far as a test needs one.\n"
FILES = {hashlib.sha1(DOCUMENT, usedforsecurity=False).hexdigest(): DOCUMENT}
"""The contents of the documents by their sha1sum: they are no rows."""


def write(world: World) -> None:
    """Write what tickets refer to, and assets."""
    places(world)
    categories(world)
    for name in MAKERS:
        insert(world, "Manufacturer", name=name)
    for name in STATES:
        insert(world, "State", name=name)
    for name in ("Helpdesk", "E-Mail", "Phone", "Direct", "Written", "Other"):
        insert(world, "RequestType", name=name, is_helpdesk_default=int(name == "Helpdesk"))
    for name in ("Repair", "Call back"):
        insert(world, "TaskCategory", name=name)
    for name in ("Replaced", "Explained"):
        insert(world, "SolutionType", name=name)
    assets(world)
    papers(world)


def places(world: World) -> None:
    """Write two sites with rooms."""
    for name, town in (("Berlin", "Berlin"), ("Lyon", "Lyon")):
        site = insert(world, "Location", name=name, town=town, is_recursive=1)
        for room in ROOMS:
            insert(world, "Location", name=room, locations_id=site, room=room, town=town, is_recursive=1)


def categories(world: World) -> None:
    """Write categories of tickets, two levels."""
    for name, below in CATEGORIES.items():
        parent = insert(world, "ITILCategory", name=name, is_recursive=1)
        for child in below:
            insert(world, "ITILCategory", name=child, itilcategories_id=parent, is_recursive=1)


def assets(world: World) -> None:
    """Write machines, spread over the entities; the last of each kind is in the trash."""
    for itemtype, (amount, name) in ASSETS.items():
        insert(world, itemtype + "Type", name="Standard")
        insert(world, itemtype + "Model", name="Model 1")
        for n in range(1, amount + 1):
            asset(world, itemtype, name.format(n), n, is_deleted=int(n == amount))
    for n, name in enumerate(SOFTWARE, 1):
        software = insert(world, "Software", name=name, manufacturers_id=n, is_recursive=1)
        insert(world, "SoftwareVersion", name="1.0", softwares_id=software)
    insert(world, "Software", name="Old tool", is_deleted=1)
    for n in range(1, 5):
        insert(world, "Glpi\\Socket", name=f"socket-{n:02}", locations_id=n, itemtype="Computer", items_id=n)
    if world.columns(CUSTOM) is not None:
        for n in range(1, 4):
            asset(world, CUSTOM, f"thing-{n}", n, is_deleted=int(n == 3))


def asset(world: World, itemtype: str, name: str, n: int, **more: Any) -> None:
    """Write one machine."""
    insert(
        world,
        itemtype,
        name=name,
        serial=f"SN-{itemtype[:3].upper()}-{n * 7919:06}",
        otherserial=f"INV{n:05}",
        entities_id=(0, 1, 2, 3)[n % 4],
        locations_id=n % 8 + 1,
        states_id=n % 3 + 1,
        manufacturers_id=n % 5 + 1,
        users_id=n % 10 + 7,
        users_id_tech=4,
        comment=None if n % 3 else "Bought used.\nHandle with care.",
        **more,
    )


def papers(world: World) -> None:
    """Write suppliers, contracts, documents, articles."""
    insert(world, "Supplier", name="Nordlicht Systemhaus", is_recursive=1, email="info@example.org")
    insert(world, "Supplier", name="Atelier Réseau", is_recursive=1)
    insert(world, "Supplier", name="Former supplier", is_deleted=1)
    insert(world, "Contract", name="Maintenance of printers", num="C-2025-01", is_recursive=1)
    insert(world, "Contract", name="Internet access", num="C-2025-02", is_recursive=1)
    insert(world, "Contract", name="Old lease", is_deleted=1)
    (sha1,) = FILES
    path = f"PDF/{sha1[:2]}/{sha1[2:]}.PDF"
    file = {"filename": "manual.pdf", "filepath": path, "mime": "application/pdf", "sha1sum": sha1}
    insert(world, "Document", name="Manual", users_id=2, is_recursive=1, **file)
    insert(world, "Document", name="Network plan", users_id=4)
    insert(world, "Document", name="Outdated form", users_id=2, is_deleted=1)
    topic = insert(world, "KnowbaseItemCategory", name="First aid", is_recursive=1)
    for name in ARTICLES:
        article = insert(world, "KnowbaseItem", name=name, answer=f"<p>{name}: ask the service desk.</p>", is_faq=1)
        link = {"knowbaseitems_id": article, "knowbaseitemcategories_id": topic}
        insert(world, "KnowbaseItem_KnowbaseItemCategory", **link)
    insert(world, "Reminder", name="Order toner", users_id=2)
    insert(world, "Glpi\\Event", type="system", service="login", level=3, message="glpi logs in", date=world.now())
    insert(world, "RSSFeed", name="GLPI news", users_id=2)
    insert(world, "ValidatorSubstitute", users_id=4, users_id_substitute=7)
    insert(world, "Project", name="New telephones", code="TEL", content="<p>Replace all of them.</p>")


_MADE_ELSEWHERE = frozenset({"Ticket", "Cartridge", "Consumable", "Rule"})


def write_the_rest(world: World) -> None:
    """Write two plain rows on every route that has none yet."""
    rules(world)
    for route in knowledge.routes().values():
        itemtype = route["itemtype"]
        kind = world.itemtypes.get(itemtype)
        if kind is None or itemtype in _MADE_ELSEWHERE or world.count(itemtype):
            continue
        label = itemtype.rpartition("\\")[2]
        for n in (1, 2):
            insert(world, itemtype, **{kind.label: f"{label} {n}", "is_recursive": 1})


def rules(world: World) -> None:
    """Write one rule of each kind, switched off."""
    for name, known in knowledge.rules().items():
        rule = insert(world, "Rule", name=f"{name} 1", sub_type=f"Rule{name}", match="AND", is_active=0)
        insert(world, "RuleCriteria", rules_id=rule, criteria=next(iter(known["criteria"])), pattern="nothing")
        field, types = next(iter(known["actions"].items()))
        insert(world, "RuleAction", rules_id=rule, field=field, action_type=types[0], value="1")


def insert(world: World, itemtype: str, /, **values: Any) -> int:
    """Add one row; columns that this version lacks are dropped by the world."""
    row: Mapping[str, Any] = values
    return world.insert(itemtype, row, SYSTEM)
