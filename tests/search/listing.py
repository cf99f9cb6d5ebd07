"""Some search options of a ticket and a computer, as `listSearchOptions` and its raw form give them."""

from __future__ import annotations

from typing import Any

from glpi_utils._dialects.legacy.search_options import Options, options_of

TEXT = ["contains", "notcontains"]
DATE = ["equals", "notequals", "lessthan", "morethan", "contains", "notcontains"]
DROP = ["contains", "notcontains", "equals", "notequals"]
USER = "Ticket.Ticket_User.User.name"
OWN: list[tuple[int, str, str, str, list[str]]] = [
    (1, "Title", "name", "itemlink", TEXT),
    (2, "ID", "id", "number", TEXT),
    (12, "Status", "status", "specific", ["equals"]),
    (10, "Urgency", "urgency", "specific", ["equals"]),
    (15, "Opening date", "date", "datetime", DATE),
    (18, "Time to resolve", "time_to_resolve", "datetime", DATE),
    (151, "Time to resolve + Progress", "time_to_resolve", "", TEXT),
    (21, "Description", "content", "text", TEXT),
    (82, "Late", "is_late", "bool", ["equals"]),
    (150, "Waiting", "waiting_duration", "timestamp", TEXT),
]
JOINED: list[tuple[int, str, str, str, str, list[str], dict[str, Any]]] = [
    (
        7,
        "Category",
        "Ticket.ITILCategory.completename",
        "glpi_itilcategories",
        "dropdown",
        DROP,
        {"linkfield": "itilcategories_id"},
    ),
    (80, "Entity", "Ticket.Entity.completename", "glpi_entities", "dropdown", DROP, {"linkfield": "entities_id"}),
    (
        22,
        "Writer",
        "Ticket.users_id_recipient.User.name",
        "glpi_users",
        "dropdown",
        DROP,
        {"linkfield": "users_id_recipient"},
    ),
    (
        64,
        "Last edit by",
        "Ticket.users_id_lastupdater.User.name",
        "glpi_users",
        "dropdown",
        DROP,
        {"linkfield": "users_id_lastupdater"},
    ),
    (
        25,
        "Followup",
        "Ticket.ITILFollowup.content",
        "glpi_itilfollowups",
        "text",
        TEXT,
        {"linkfield": "x", "joinparams": {"jointype": "a"}},
    ),
    (
        36,
        "Date",
        "Ticket.ITILFollowup.date",
        "glpi_itilfollowups",
        "datetime",
        DATE,
        {"linkfield": "x", "joinparams": {"jointype": "a"}},
    ),
    (
        72,
        "Latest",
        "Ticket.ITILFollowup.date",
        "glpi_itilfollowups",
        "datetime",
        DATE,
        {"joinparams": {"jointype": "a"}, "usehaving": True},
    ),
    (
        27,
        "Followups",
        "Ticket.ITILFollowup.id",
        "glpi_itilfollowups",
        "count",
        TEXT,
        {"joinparams": {"jointype": "a"}, "usehaving": True},
    ),
    (48, "Cost", "Ticket.TicketCost.totalcost", "glpi_ticketcosts", "decimal", TEXT, {"joinparams": {"jointype": "a"}}),
    (
        450,
        "Project",
        "Ticket.Itil_Project.Project.name",
        "glpi_projects",
        "dropdown",
        ["equals"],
        {"joinparams": {"a": 1}, "linkfield": "projects_id"},
    ),
    (
        13,
        "Items",
        "Ticket.Item_Ticket.items_id",
        "glpi_items_tickets",
        "specific",
        TEXT,
        {"joinparams": {"jointype": "a"}, "nosort": True},
    ),
    (
        120,
        "Answers",
        "Ticket.A.Glpi\\Form\\AnswersSet.name",
        "glpi_answers",
        "itemlink",
        ["equals"],
        {"joinparams": {"a": 1}, "usehaving": True},
    ),
]


def options(*, ten: bool = False) -> Options:
    """A ticket's options, as 11 or 10 gives them."""
    more = [] if ten else ["empty"]
    listed: dict[str, Any] = {"common": {"name": "Characteristics"}}
    raw: dict[str, Any] = {}
    for number, label, field, datatype, types in OWN:
        row = {"name": label, "table": "glpi_tickets", "field": field, "datatype": datatype, "nodisplay": False}
        listed[str(number)] = row | {
            "uid": f"Ticket.{field}",
            "nosearch": number == 151,
            "available_searchtypes": [*types, *more],
        }
        raw[str(number)] = {**row, "linkfield": field, "joinparams": []}
    for number, label, uid, table, datatype, types, inside in JOINED:
        row = {"name": label, "table": table, "field": uid.rpartition(".")[2], "datatype": datatype, "nodisplay": False}
        listed[str(number)] = row | {"uid": uid, "nosearch": number == 13, "available_searchtypes": [*types, *more]}
        raw[str(number)] = {**row, "joinparams": [], **inside}
    for number, role in ((4, 1), (66, 3), (5, 2)):
        row = {
            "name": f"Role {role}",
            "table": "glpi_users",
            "field": "name",
            "datatype": "dropdown",
            "nodisplay": False,
        }
        listed[str(number)] = row | {"uid": USER, "nosearch": False, "available_searchtypes": [*DROP, *more]}
        before = {
            "table": "glpi_tickets_users",
            "joinparams": {"jointype": "child", "condition": {"NEWTABLE.type": role}},
        }
        raw[str(number)] = {**row, "linkfield": "users_id", "joinparams": {"beforejoin": before}}
        raw[str(number)] |= {"use_subquery": True, "forcegroupby": True}
    return options_of("Ticket", listed, raw)


def software() -> Options:
    """Another itemtype's."""
    row = {"name": "Name", "table": "glpi_softwares", "field": "name", "datatype": "itemlink", "uid": "Software.name"}
    listed = {"1": row | {"nosearch": False, "nodisplay": False, "available_searchtypes": [*DROP, "empty"]}}
    return options_of("Software", listed, {"1": {**row, "linkfield": "name", "joinparams": []}})
