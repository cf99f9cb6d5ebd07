"""Tickets, changes and problems as GLPI names and numbers them: statuses, roles, the tables around them."""

from __future__ import annotations

NEW, ASSIGNED, WAITING, SOLVED, CLOSED = 1, 2, 4, 5, 6
NONE, PENDING, ACCEPTED, REFUSED = 1, 2, 3, 4
"""Of approvals and solutions."""
REQUESTER, ASSIGNEE, OBSERVER = 1, 2, 3
ROLES = {"requester": REQUESTER, "assigned": ASSIGNEE, "assign": ASSIGNEE, "observer": OBSERVER}

# Itemtype -> kind of actor -> (link itemtype, column of the actor).
ACTORS = {
    "Ticket": {
        "User": ("Ticket_User", "users_id"),
        "Group": ("Group_Ticket", "groups_id"),
        "Supplier": ("Supplier_Ticket", "suppliers_id"),
    },
    "Change": {
        "User": ("Change_User", "users_id"),
        "Group": ("Change_Group", "groups_id"),
        "Supplier": ("Change_Supplier", "suppliers_id"),
    },
    "Problem": {
        "User": ("Problem_User", "users_id"),
        "Group": ("Group_Problem", "groups_id"),
        "Supplier": ("Problem_Supplier", "suppliers_id"),
    },
}
FOREIGN_KEY = {"Ticket": "tickets_id", "Change": "changes_id", "Problem": "problems_id"}
ITEMS = ("Item_Ticket", "Change_Item", "Item_Problem")
"""What a ticket, change or problem is about."""
LINK_PARENT = {link: parent for parent, actors in ACTORS.items() for link, _ in actors.values()}
TASKS = {"Ticket": "TicketTask", "Change": "ChangeTask", "Problem": "ProblemTask"}
VALIDATIONS = {"Ticket": "TicketValidation", "Change": "ChangeValidation"}
PARENT = {child: parent for table in (TASKS, VALIDATIONS) for parent, child in table.items()}
