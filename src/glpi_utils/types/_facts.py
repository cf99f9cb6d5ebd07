"""What the OpenAPI document does not say, or says wrongly, of the fields that it describes (11.0.6)."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["EMPTY", "ENUMS", "ITIL", "OTHERWISE", "REFERENCES", "SET", "TEAM", "UNWRITTEN"]

REFERENCES: Mapping[tuple[str, ...], str] = {
    ("id", "name"): "Reference",
    ("id", "name", "completename"): "EntityReference",
}
TEAM = ("id", "role", "name", "realname", "firstname", "display_name", "href")

ENUMS = {
    "urgency": "Urgency",
    "impact": "Impact",
    "priority": "Priority",
    "global_validation": "ValidationStatus",
    "Ticket.status": "TicketStatus",
    "Change.status": "ChangeStatus",
    "Problem.status": "ProblemStatus",
    "Ticket.type": "TicketType",
    "ChangeTask.state": "TaskState",
    "ProblemTask.state": "TaskState",
    "TicketTask.state": "TaskState",
    "ChangeValidation.status": "ValidationStatus",
    "TicketValidation.status": "ValidationStatus",
}
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
    "Enclosure": ("orientation",),
    "Processor": ("nbcores_default", "nbthreads_default"),
    "ProcessorItem": ("nbcores", "nbthreads"),
    "Rack": ("width", "height", "depth", "number_units"),
    "RackItem": ("orientation",),
    "RecurringChange": ("periodicity",),
    "RecurringTicket": ("periodicity",),
    "SIMCard": ("voltage",),
    "Socket": ("wiring_side",),
}
"""Numbers that may be null: their columns allow it (11.0.6)."""

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
)
"""What the document calls writable and 11.0.6 sets by itself, whatever is written."""
