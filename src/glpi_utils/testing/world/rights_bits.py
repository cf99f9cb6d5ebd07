"""The rights of a profile as GLPI keeps them in a session: a number of bits for each, by GLPI's own names."""

from __future__ import annotations

from glpi_utils.testing.world import quirks, rights
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.rows import Rows

# All that there is to have: what Super-Admin has.
_BY_BITS = {
    1: "logs password_update reports show_group_hardware statistic system_logs",
    3: "config devicesimcard_pinpuk personalization",
    6: "locked_field",
    19: "agent refusedequipment",
    23: (
        "bookmark_public calendar dashboard device dropdown infocom itilcategory itilfollowuptemplate itiltemplate "
        "itilvalidationtemplate knowbasecategory location notification profile rule_dictionnary_dropdown "
        "rule_dictionnary_printer rule_dictionnary_software rule_import rule_ldap rule_location rule_mailcollector "
        "rule_softwarecategories solutiontemplate state taskcategory tasktemplate ticketcost ticketrecurrent "
        "transfer typedoc"
    ),
    27: "unmanaged",
    31: (
        "appliance cable_management cluster database datacenter domain form oauth_client pendingreason "
        "queuednotification recurrentchange snmpcredential"
    ),
    119: "group lineoperator",
    127: "budget",
    159: "internet link reminder_public rssfeed_public",
    255: "certificate contact_enterprise contract document license line",
    279: "slm",
    1044: "changevalidation",
    1045: "backup",
    1047: "rule_asset rule_change rule_problem rule_ticket",
    1055: "externalevent reservation",
    1145: "projecttask",
    1151: "problem project",
    3072: "search_config",
    3073: "inventory planning",
    3327: "entity",
    3967: "cartridge consumable",
    4095: "computer monitor networking peripheral phone printer software",
    15376: "ticketvalidation",
    15383: "knowbase",
    15519: "user",
    64535: "followup task",
    132223: "change",
    523295: "ticket",
}
ALL = dict(sorted((name, bits) for bits, names in _BY_BITS.items() for name in names.split()))

# The rights that speak of itemtypes; the others belong to Super-Admin alone.
_SPEAKS_OF = {
    **{
        name: name.capitalize()
        for name in (
            "appliance budget certificate change computer contract document entity group infocom location "
            "monitor peripheral phone printer problem profile project software state ticket user"
        ).split()
    },
    "contact_enterprise": "Supplier",
    "dropdown": "Manufacturer",
    "followup": "ITILFollowup",
    "itilcategory": "ITILCategory",
    "knowbase": "KnowbaseItem",
    "networking": "NetworkEquipment",
    "task": "TicketTask",
    "ticketvalidation": "TicketValidation",
}
_BITS: tuple[tuple[rights.Right, int], ...] = (
    ("read", 1),
    ("update", 2),
    ("create", 4),
    ("delete", 8),
    ("purge", 16),
)

ALL_SEEN = 1024
"""The bit of a right to see all; as an untouched GLPI has it, Self-Service alone sees what is its own."""
_SEES_ALL = frozenset({"ticket", "change", "problem", "project"})


def of(world: Rows, who: Who) -> dict[str, int]:
    """Return the rights of whoever asks."""
    bits = dict(ALL) if who.profile == rights.SUPER_ADMIN else {name: _bits(world, who, name) for name in ALL}
    if not quirks.before(world.version, "11.0.7"):  # the recorded 11.0.6 had no asset types of its own
        bits["asset_mytype"] = 127 if who.profile == rights.SUPER_ADMIN else 0
    return bits


def _bits(world: Rows, who: Who, name: str) -> int:
    itemtype = _SPEAKS_OF.get(name)
    if itemtype is None:
        return 0
    bits = sum(bit for right, bit in _BITS if rights.may(world, who, right, itemtype))
    return bits | ALL_SEEN if name in _SEES_ALL and bits & 1 and who.profile != rights.SELF_SERVICE else bits
