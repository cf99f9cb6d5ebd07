"""The rights of a profile as GLPI keeps them in a session: a number of bits for each, by GLPI's own names."""

from __future__ import annotations

from glpi_utils.testing.world import quirks, rights
from glpi_utils.testing.world.rights import Who
from glpi_utils.testing.world.rows import Rows

# All that there is to have: what Super-Admin has.
ALL: dict[str, int] = {
    "agent": 19,
    "appliance": 31,
    "backup": 1045,
    "bookmark_public": 23,
    "budget": 127,
    "cable_management": 31,
    "calendar": 23,
    "cartridge": 3967,
    "certificate": 255,
    "change": 132223,
    "changevalidation": 1044,
    "cluster": 31,
    "computer": 4095,
    "config": 3,
    "consumable": 3967,
    "contact_enterprise": 255,
    "contract": 255,
    "dashboard": 23,
    "database": 31,
    "datacenter": 31,
    "device": 23,
    "devicesimcard_pinpuk": 3,
    "document": 255,
    "domain": 31,
    "dropdown": 23,
    "entity": 3327,
    "externalevent": 1055,
    "followup": 64535,
    "form": 31,
    "group": 119,
    "infocom": 23,
    "internet": 159,
    "inventory": 3073,
    "itilcategory": 23,
    "itilfollowuptemplate": 23,
    "itiltemplate": 23,
    "itilvalidationtemplate": 23,
    "knowbase": 15383,
    "knowbasecategory": 23,
    "license": 255,
    "line": 255,
    "lineoperator": 119,
    "link": 159,
    "location": 23,
    "locked_field": 6,
    "logs": 1,
    "monitor": 4095,
    "networking": 4095,
    "notification": 23,
    "oauth_client": 31,
    "password_update": 1,
    "pendingreason": 31,
    "peripheral": 4095,
    "personalization": 3,
    "phone": 4095,
    "planning": 3073,
    "printer": 4095,
    "problem": 1151,
    "profile": 23,
    "project": 1151,
    "projecttask": 1145,
    "queuednotification": 31,
    "recurrentchange": 31,
    "refusedequipment": 19,
    "reminder_public": 159,
    "reports": 1,
    "reservation": 1055,
    "rssfeed_public": 159,
    "rule_asset": 1047,
    "rule_change": 1047,
    "rule_dictionnary_dropdown": 23,
    "rule_dictionnary_printer": 23,
    "rule_dictionnary_software": 23,
    "rule_import": 23,
    "rule_ldap": 23,
    "rule_location": 23,
    "rule_mailcollector": 23,
    "rule_problem": 1047,
    "rule_softwarecategories": 23,
    "rule_ticket": 1047,
    "search_config": 3072,
    "show_group_hardware": 1,
    "slm": 279,
    "snmpcredential": 31,
    "software": 4095,
    "solutiontemplate": 23,
    "state": 23,
    "statistic": 1,
    "system_logs": 1,
    "task": 64535,
    "taskcategory": 23,
    "tasktemplate": 23,
    "ticket": 523295,
    "ticketcost": 23,
    "ticketrecurrent": 23,
    "ticketvalidation": 15376,
    "transfer": 23,
    "typedoc": 23,
    "unmanaged": 27,
    "user": 15519,
}

# The rights that speak of itemtypes; the others belong to Super-Admin alone.
_SPEAKS_OF = {
    "appliance": "Appliance",
    "budget": "Budget",
    "certificate": "Certificate",
    "change": "Change",
    "computer": "Computer",
    "contact_enterprise": "Supplier",
    "contract": "Contract",
    "document": "Document",
    "dropdown": "Manufacturer",
    "entity": "Entity",
    "followup": "ITILFollowup",
    "group": "Group",
    "infocom": "Infocom",
    "itilcategory": "ITILCategory",
    "knowbase": "KnowbaseItem",
    "location": "Location",
    "monitor": "Monitor",
    "networking": "NetworkEquipment",
    "peripheral": "Peripheral",
    "phone": "Phone",
    "printer": "Printer",
    "problem": "Problem",
    "profile": "Profile",
    "project": "Project",
    "software": "Software",
    "state": "State",
    "task": "TicketTask",
    "ticket": "Ticket",
    "ticketvalidation": "TicketValidation",
    "user": "User",
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
