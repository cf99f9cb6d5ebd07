"""What hangs below an item: timeline, documents, team; under which name in which API."""

from __future__ import annotations

from typing import Any, Final

from ..exceptions import GlpiUnsupportedError, GlpiValidationError
from .aliases import class_name, safe_path
from .routes import Route

__all__ = [
    "ITIL",
    "LEGACY_TEAM",
    "TEAM_ROLES",
    "TEAM_TYPES",
    "TIMELINE",
    "legacy_parent_fields",
    "legacy_sub",
    "sub_path",
    "team_role",
    "timeline_kind",
]

ITIL: Final = ("Ticket", "Change", "Problem")
TIMELINE: Final = ("Followup", "Task", "Solution", "Validation", "Document")

_KINDS: Final = {
    **{name.lower(): name for name in TIMELINE},
    "itilfollowup": "Followup",
    "itilsolution": "Solution",
    "tickettask": "Task",
    "changetask": "Task",
    "problemtask": "Task",
    "ticketvalidation": "Validation",
    "changevalidation": "Validation",
    "documentitem": "Document",
}

TEAM_ROLES: Final = {"requester": 1, "assigned": 2, "observer": 3}
"""The roles of a team, by GLPI's number of each."""
_ROLE_NAMES: Final = {"assign": "assigned", "assignee": "assigned", "technician": "assigned", "watcher": "observer"}

TEAM_TYPES: Final = ("User", "Group", "Supplier")
LEGACY_TEAM: Final = {
    "User": ("Ticket_User", "users_id"),
    "Group": ("Group_Ticket", "groups_id"),
    "Supplier": ("Supplier_Ticket", "suppliers_id"),
}
"""Where the legacy API keeps a ticket's team: the class of the link and its field for the member."""

_BY_ITEMTYPE: Final = ("ITILFollowup", "ITILSolution", "Document_Item", "Infocom", "Item_Disk", "Log")
"""Children that name their parent by itemtype and items_id; others by a field such as tickets_id."""


def timeline_kind(name: str) -> str | None:
    """The kind of a timeline's entry, by any name that people use for it; None for what is no such entry.

    >>> timeline_kind("ITILFollowup"), timeline_kind("Timeline/Task"), timeline_kind("Infocom")
    ('Followup', 'Task', None)
    """
    plain = name.strip().strip("/").lower()
    return _KINDS.get(plain.removeprefix("timeline/").replace("_", ""))


def sub_path(parent: Route, name: object) -> str:
    """The path of a child below its parent's id in the high-level API.

    >>> from .aliases import hl_path
    >>> sub_path(hl_path("Ticket"), "ITILFollowup"), sub_path(hl_path("Computer"), "Infocom")
    ('Timeline/Followup', 'Infocom')
    """
    text = _named(name)
    kind = timeline_kind(text)
    if kind is None:
        return "Timeline" if text.strip("/").lower() == "timeline" else safe_path(text)
    if parent.itemtype in ITIL:
        if kind == "Validation" and parent.itemtype == "Problem":
            raise _no_validations()
        return f"Timeline/{kind}"
    if kind != "Document":
        raise GlpiUnsupportedError(f"{parent.itemtype} has no timeline in the high-level API, and so no {kind}")
    return kind


def _no_validations() -> GlpiUnsupportedError:
    return GlpiUnsupportedError("a Problem has no validations, in neither API")


def legacy_sub(parent: str, name: object) -> str:
    """The class of a child in the legacy API, by any name that people use for it.

    >>> legacy_sub("Ticket", "Task"), legacy_sub("Change", "Followup"), legacy_sub("Computer", "Document")
    ('TicketTask', 'ITILFollowup', 'Document_Item')
    """
    text = _named(name)
    above = class_name(parent)
    kind = timeline_kind(text)
    plain = text.strip("/").lower().removeprefix("timeline/")
    if kind == "Document":
        return "Document_Item"
    if kind in ("Followup", "Solution"):
        return f"ITIL{kind}"
    if kind == "Validation" and above == "Problem":
        raise _no_validations()
    if kind is not None and (plain == kind.lower() or above in ITIL):
        if above in ITIL or (above, kind) == ("Project", "Task"):
            return f"{above}{kind}"
        raise GlpiValidationError(f"{above} has no {kind}")
    return class_name(text)


def legacy_parent_fields(parent: str, parent_id: int, child: str) -> dict[str, Any]:
    """The fields by which a new child names its parent: the legacy API does not take it from the URL.

    >>> legacy_parent_fields("Ticket", 7, "ITILFollowup"), legacy_parent_fields("Ticket", 7, "TicketTask")
    ({'itemtype': 'Ticket', 'items_id': 7}, {'tickets_id': 7})
    """
    if child in _BY_ITEMTYPE:
        return {"itemtype": parent, "items_id": parent_id}
    return {f"{_plural(parent.lower().rpartition(chr(92))[2])}_id": parent_id}


def _plural(name: str) -> str:
    """As GLPI names its tables and foreign keys."""
    if name.endswith("y"):
        return f"{name[:-1]}ies"
    if name.endswith(("s", "x", "ch", "sh")):
        return f"{name}es"
    return f"{name}s"


def team_role(role: object) -> str:
    """The name of a role in a team, by its name or number."""
    text = str(role).strip().lower()
    by_number = {str(number): name for name, number in TEAM_ROLES.items()}
    name = by_number.get(text) or _ROLE_NAMES.get(text, text)
    if name not in TEAM_ROLES:
        raise GlpiValidationError(f"no role in a team: {role!r:.40}; the roles are {', '.join(TEAM_ROLES)}")
    return name


def _named(name: object) -> str:
    if not isinstance(name, str) or not name.strip(" /"):
        raise GlpiValidationError(f"a child is named by text such as 'Followup' or 'Infocom', not {name!r:.80}")
    return name.strip()
