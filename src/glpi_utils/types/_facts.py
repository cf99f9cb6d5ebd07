"""What the OpenAPI document does not say, or says wrongly, of the fields that it describes (11.0.6)."""

from __future__ import annotations

from collections.abc import Mapping

from glpi_utils._knowledge.named_values import EVERYWHERE, OF_A_TYPE

__all__ = ["EMPTY", "ENUMS", "ITIL", "LISTS", "OTHERWISE", "REFERENCES", "SET", "TEAM", "UNWRITTEN"]

REFERENCES: Mapping[tuple[str, ...], str] = {
    ("id", "name"): "Reference",
    ("id", "name", "completename"): "EntityReference",
}
TEAM = ("id", "role", "name", "realname", "firstname", "display_name", "href")

ENUMS = {name: enum.__name__ for name, enum in {**EVERYWHERE, **OF_A_TYPE}.items()}
"""Numbers that `glpi_utils.enums` has names for; those without a schema are so everywhere."""

OTHERWISE: Mapping[str, Mapping[str, str]] = {
    "CommonAsset": {
        "_itemtype": "str",
        **dict.fromkeys(("status", "entity", "manufacturer", "user", "user_tech", "group", "group_tech"), ""),
    },
}
"""What 11.0.6 shows and does not describe, and (empty) describes and never shows."""

EMPTY: Mapping[str, tuple[str, ...]] = {
    "Battery": ("voltage", "capacity"),
    "DomainRecord": ("ttl",),
    "Enclosure": ("orientation",),
    "ExternalLink": ("itemtype",),
    "NetworkEquipment": ("ram",),
    "OLA": ("time",),
    "OLALevel": ("execution_time",),
    **dict.fromkeys(
        (f"{kind}Model" for kind in "Computer Enclosure Monitor NetworkEquipment Peripheral Phone Printer".split()),
        ("pictures",),
    ),
    "Processor": ("nbcores_default", "nbthreads_default"),
    "ProcessorItem": ("nbcores", "nbthreads"),
    "Rack": ("width", "height", "depth", "number_units"),
    "RackItem": ("orientation",),
    "RecurringChange": ("periodicity",),
    "RecurringTicket": ("periodicity",),
    "SIMCard": ("voltage",),
    "SLA": ("time",),
    "SLALevel": ("execution_time",),
    "Socket": ("wiring_side",),
}
"""Numbers and lists that may be null: their columns allow it (11.0.6, 11.0.8)."""

SET = frozenset({"date", "date_creation", "date_mod", "content"})
ITIL = frozenset({"Ticket", "Change", "Problem"})
"""GLPI fills these in by itself when one of these is made; elsewhere what is shipped with GLPI has no dates."""

UNWRITTEN = frozenset(
    {"Ticket.user_editor", "Change.user_editor", "Problem.user_editor", "RSSFeed.user"}
    | {"Rule.sub_type", "State.visibilities", "Note.user_editor"}
    | {"Followup.itemtype", "Followup.items_id", "Solution.itemtype", "Solution.items_id"}
    | {"TicketTask.tickets_id", "ChangeTask.changes_id", "ProblemTask.problems_id"}
    | {f"{of}Validation.{name}" for of in ("Ticket", "Change") for name in ("requester", "submission_date")}
    | {"TicketValidation.tickets_id", "ChangeValidation.changes_id"}
    | {f"Contract.{day}_{end}_hour" for day in ("week", "saturday", "sunday") for end in ("begin", "end")}
    | {"Cable.color", "Document.checksum_sha1", "Document.download_url"}
)
"""What the document calls writable and GLPI sets by itself, or refuses, whatever is written."""

LISTS = frozenset({"OAuthClient.redirect_uri", "OAuthClient.grants", "OAuthClient.scopes"})
"""Texts by the document that are written as lists, and shown as JSON (11.0.8)."""
