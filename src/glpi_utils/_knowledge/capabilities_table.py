"""Verbs, keywords, fields, rows and itemtypes that not every type and not every API has: data, read by `capabilities`.

What neither stands here nor in the tables of routes and fields is had by both APIs.
"""

from __future__ import annotations

from typing import Final

from .capability import THROUGH_LEGACY, Capability

__all__ = ["CAPABILITIES"]

_ITIL: Final = ("Ticket", "Change", "Problem")
_ENTRIES: Final = ("ITILFollowup", "ITILSolution", "TicketTask", "ChangeTask", "ProblemTask")
_APPROVED: Final = ("Ticket", "Change")
_WITH_ITEMS: Final = (*_ITIL, "Project")
_ASSETS: Final = (
    *("Appliance", "Cable", "CartridgeItem", "Certificate", "Cluster", "Computer", "ConsumableItem", "Database"),
    *("DatabaseInstance", "Datacenter", "DCRoom", "Domain", "DomainRecord", "Enclosure", "Line", "Monitor"),
    *("NetworkEquipment", "PassiveDCEquipment", "PDU", "Peripheral", "Phone", "Printer", "Rack", "Software"),
    *("SoftwareLicense", "Unmanaged"),
)
_DOCUMENTED: Final = (
    *_ITIL,
    *_ENTRIES,
    *(each for each in _ASSETS if each not in ("Cable", "Datacenter", "Unmanaged")),
    *("Budget", "Contact", "Contract", "Document", "Entity", "KnowbaseItem", "Location", "PlanningExternalEvent"),
    *("Project", "ProjectTask", "Reminder", "Supplier", "User"),
)
_TREES: Final = (
    *("BusinessCriticity", "DocumentCategory", "Entity", "Group", "ITILCategory"),
    *("KnowbaseItemCategory", "Location", "SoftwareCategory", "SoftwareLicenseType", "State", "TaskCategory"),
    "WebhookCategory",
)

_FILES: Final = "the High-Level API takes no files and attaches none"
_SEARCH: Final = "the High-Level API has no search engine"
_LINKS: Final = "the High-Level API has no links between tickets"
_ITEMS: Final = "the High-Level API has no items of tickets, changes, problems and projects"
_RIGHTS: Final = "the High-Level API shows no authorisations of users and takes none"
_MEMBERS: Final = "the High-Level API has no members of groups"
_EMAILS: Final = "the High-Level API shows mail addresses of users and takes none"
_APPROVER: Final = "the High-Level API takes no answer to an approval as GLPI checks it"

_LATER: Final = "the High-Level API takes it from 2.3 on"
_GROUPS: Final = "the High-Level API drops the groups of an asset (up to GLPI 11.0.8)"
_ROWS: Final = "the High-Level API does not have such rows"
_GROUPED: Final = (
    *(
        "Appliance",
        "Cable",
        "CartridgeItem",
        "Certificate",
        "Cluster",
        "Computer",
        "ConsumableItem",
        "DatabaseInstance",
    ),
    *("Domain", "DomainRecord", "Enclosure", "Line", "Monitor", "NetworkEquipment", "PassiveDCEquipment", "PDU"),
    *("Peripheral", "Phone", "Printer", "Rack", "Software", "SoftwareLicense", "Unmanaged"),
)
_WITH_PORTS: Final = (
    *("Cluster", "Computer", "Enclosure", "Monitor", "NetworkEquipment", "PDU", "Peripheral", "Phone", "Printer"),
    "Unmanaged",
)

CAPABILITIES: Final = (
    # documents
    Capability("attach", "verb", _DOCUMENTED, others=True, writes=True, high_level=THROUGH_LEGACY, why=_FILES),
    Capability("detach", "verb", _DOCUMENTED, others=True, writes=True, high_level=THROUGH_LEGACY, why=_FILES),
    Capability("documents", "verb", _DOCUMENTED, others=True, high_level=THROUGH_LEGACY, why=_FILES),
    Capability("download_all", "verb", _DOCUMENTED, others=True, high_level=THROUGH_LEGACY, why=_FILES),
    Capability("upload", "verb", ("Document",), writes=True, high_level=THROUGH_LEGACY, why=_FILES),
    Capability("upload_document", "verb of clients", (), writes=True, high_level=THROUGH_LEGACY, why=_FILES),
    Capability(
        *("get_my_entities", "verb of clients", ()),
        high_level=THROUGH_LEGACY,
        why="the High-Level API does not list one's entities",
    ),
    Capability(
        *("get_glpi_config", "verb of clients", ()),
        high_level=THROUGH_LEGACY,
        why="the High-Level API gives the configuration as a list of rows",
    ),
    # GLPI's search engine
    Capability("search_rows", "verb", (), others=True, high_level=THROUGH_LEGACY, why=_SEARCH),
    Capability("search_options", "verb", (), others=True, high_level=THROUGH_LEGACY, why=_SEARCH),
    # timeline and life cycle
    Capability("timeline", "verb", _ITIL),
    Capability("add_followup", "verb", _ITIL, writes=True),
    Capability("add_task", "verb", _ITIL, writes=True),
    Capability("solve", "verb", _ITIL, writes=True),
    Capability("close", "verb", _ITIL, writes=True),
    Capability("reopen", "verb", _ITIL, writes=True),
    Capability(
        *("pend", "verb", _ITIL),
        writes=True,
        high_level=THROUGH_LEGACY,
        why="the High-Level API has no pending reasons",
    ),
    # approvals
    Capability("request_approval", "verb", _APPROVED, writes=True),
    Capability("approve", "verb", _APPROVED, writes=True),
    Capability("refuse", "verb", _APPROVED, writes=True),
    Capability("approvals", "verb", _APPROVED),
    # links and items
    Capability("link", "verb", ("Ticket",), writes=True, high_level=THROUGH_LEGACY, why=_LINKS),
    Capability("unlink", "verb", ("Ticket",), writes=True, high_level=THROUGH_LEGACY, why=_LINKS),
    Capability("links", "verb", ("Ticket",), high_level=THROUGH_LEGACY, why=_LINKS),
    Capability("add_item", "verb", _WITH_ITEMS, writes=True, high_level=THROUGH_LEGACY, why=_ITEMS),
    Capability("remove_item", "verb", _WITH_ITEMS, writes=True, high_level=THROUGH_LEGACY, why=_ITEMS),
    Capability("items", "verb", _WITH_ITEMS, high_level=THROUGH_LEGACY, why=_ITEMS),
    Capability(
        *("transfer", "verb", _ASSETS),
        others=True,
        writes=True,
        legacy=False,
    ),
    # accounts
    Capability("grant", "verb", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_RIGHTS),
    Capability("revoke", "verb", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_RIGHTS),
    Capability("authorizations", "verb", ("User",), high_level=THROUGH_LEGACY, why=_RIGHTS),
    Capability("add_to_group", "verb", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_MEMBERS),
    Capability("remove_from_group", "verb", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_MEMBERS),
    Capability("emails", "verb", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_EMAILS),
    # names
    Capability("ensure", "verb", _TREES, others=True, writes=True),
    # keywords of writes
    Capability("attach=", "keyword", _DOCUMENTED, others=True, writes=True, high_level=THROUGH_LEGACY, why=_FILES),
    Capability(
        *("notify=False", "keyword", (*_ITIL, *(each for each in _ENTRIES if each != "ITILSolution"))),
        writes=True,
        high_level=THROUGH_LEGACY,
        why="the High-Level API drops the word that keeps GLPI from sending mails",
    ),
    Capability("emails=", "keyword", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_EMAILS),
    Capability("profile=", "keyword", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_RIGHTS),
    Capability("groups=", "keyword", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_MEMBERS),
    Capability(
        "a requester without account",
        "keyword",
        _ITIL,
        writes=True,
        high_level=THROUGH_LEGACY,
        why="the High-Level API takes no bare mail address as a requester",
    ),
    # people, files of rows
    Capability("team", "verb", _ITIL),
    Capability(
        *("add_team_member", "verb", _ITIL),
        writes=True,
        why="from GLPI 11.0.7 on the High-Level API adds people only for those who may assign tickets",
    ),
    Capability("remove_team_member", "verb", _ITIL, writes=True),
    Capability("download", "verb", ("Document",)),
    Capability("picture", "verb", ("User",)),
    # fields
    Capability("resolution_date", "field", _ITIL, writes=True, high_level="2.3", why=_LATER),
    Capability("take_into_account_date", "field", ("Ticket",), writes=True, high_level="2.3", why=_LATER),
    Capability("internal_resolution_date", "field", ("Ticket",), writes=True, high_level="2.3", why=_LATER),
    Capability("internal_take_into_account_date", "field", ("Ticket",), writes=True, high_level="2.3", why=_LATER),
    Capability("group", "field", _GROUPED, writes=True, high_level=THROUGH_LEGACY, why=_GROUPS),
    Capability("group_tech", "field", _GROUPED, writes=True, high_level=THROUGH_LEGACY, why=_GROUPS),
    Capability(
        *("None for a date and time", "field", ()),
        others=True,
        writes=True,
        high_level=THROUGH_LEGACY,
        why="from GLPI 11.0.7 on the High-Level API cannot clear a time",
    ),
    Capability(
        *("a field of a later version of the API", "field", ()),
        others=True,
        writes=True,
        high_level=THROUGH_LEGACY,
        why="the High-Level API takes it from that version on",
    ),
    # rows and itemtypes
    Capability("NetworkPort", "rows", _WITH_PORTS, writes=True, high_level=THROUGH_LEGACY, why=_ROWS),
    Capability("Ticket_Ticket, Item_Ticket", "rows", ("Ticket",), writes=True, high_level=THROUGH_LEGACY, why=_ROWS),
    Capability(
        "UserEmail, Group_User, Profile_User", "rows", ("User",), writes=True, high_level=THROUGH_LEGACY, why=_ROWS
    ),
    Capability(
        *("other rows that GLPI links to an item", "rows", ()),
        others=True,
        writes=True,
        high_level=THROUGH_LEGACY,
        why="the High-Level API has some of them from a later version on, others not at all",
    ),
    Capability(
        *("Reservation, Log, ITILFollowup, … and the types of plugins", "itemtype", ()),
        others=True,
        writes=True,
        high_level=THROUGH_LEGACY,
        why="the High-Level API has no route for them",
    ),
    # conditions
    Capability(
        "F.requester, F.assigned, F.observer",
        "condition",
        _ITIL,
        high_level=THROUGH_LEGACY,
        why="the High-Level API filters by no people",
    ),
)
