"""What hangs below an item: timeline, documents, team; under which name in which API."""

from __future__ import annotations

from typing import Any, Final

from .._display import described
from .._spelling import near_names
from ..exceptions import GlpiUnsupportedError, GlpiValidationError
from .aliases import class_name, safe_path
from .fields import itemtype_of
from .legacy_columns import columns_of
from .routes import Route, find
from .subs import Sub, sub_named, subs_of

__all__ = [
    "COMPONENTS",
    "EMAILS",
    "ITIL",
    "LEGACY_TEAM",
    "TEAM_ROLES",
    "TEAM_TYPES",
    "TIMELINE",
    "close_subs",
    "components_of",
    "foreign_key",
    "legacy_parent_fields",
    "legacy_sub",
    "sub_at",
    "sub_classes",
    "sub_name",
    "team_role",
    "team_type",
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

EMAILS: Final = ("email", "emails", "useremail", "emailaddress")
"""What people call the addresses of a user."""
_OF_USERS: Final = {
    "picture": "picture() gives it",
    "preference": "preferences are fields of the user there: get() and update()",
    "userpreferences": "preferences are fields of the user there: get() and update()",
    "useditem": 'list the assets by users_id, as in searchText={"users_id": "^5$"}; GlpiOAuthClient has it',
    "manageditem": 'list the assets by users_id_tech, as in searchText={"users_id_tech": "^5$"}; GlpiOAuthClient has it',
}
COMPONENTS: Final = ("component", "components")
"""What people call the components of all kinds together."""

TEAM_ROLES: Final = {"requester": 1, "assigned": 2, "observer": 3}
"""The roles of a team, by GLPI's number of each."""
_ROLE_NAMES: Final = {"assign": "assigned", "assignee": "assigned", "technician": "assigned", "watcher": "observer"}

TEAM_TYPES: Final = ("User", "Group", "Supplier")
LEGACY_TEAM: Final = {
    itemtype: {"User": (user, "users_id"), "Group": (group, "groups_id"), "Supplier": (supplier, "suppliers_id")}
    for itemtype, user, group, supplier in (
        ("Ticket", "Ticket_User", "Group_Ticket", "Supplier_Ticket"),
        ("Change", "Change_User", "Change_Group", "Change_Supplier"),
        ("Problem", "Problem_User", "Group_Problem", "Problem_Supplier"),
    )
}
"""Where the legacy API keeps the team of an item: the class of the link and its field for the member."""

_BY_ITEMTYPE: Final = (
    *("ITILFollowup", "ITILSolution", "Document_Item", "Infocom", "Item_Disk", "Log"),
    *("Notepad", "Item_SoftwareVersion", "Item_OperatingSystem"),
)
"""Children that name their parent by itemtype and items_id; others by a field such as tickets_id."""


def timeline_kind(name: str) -> str | None:
    """The kind of a timeline's entry, by any name that people use for it; None for what is no such entry.

    >>> timeline_kind("ITILFollowup"), timeline_kind("Timeline/Task"), timeline_kind("Infocom")
    ('Followup', 'Task', None)
    """
    plain = name.strip().strip("/").lower()
    return _KINDS.get(plain.removeprefix("timeline/").replace("_", ""))


def sub_at(parent: Route, name: object) -> Sub:
    """What a name means below an item of the high-level API: a name in any case, a class, or a path as it stands.

    A sub-item without verbs is not known: a newer server, a plugin or a custom asset may have it.

    >>> from .aliases import hl_path
    >>> sub_at(hl_path("Ticket"), "ITILFollowup").path, sub_at(hl_path("Computer"), "notepad").path
    ('Assistance/Ticket/{}/Timeline/Followup', 'Computer/{}/Note')
    >>> sub_at(hl_path("Computer"), "DeviceMemory").name, sub_at(hl_path("Computer"), "NetworkPort").verbs
    ('Component/Memory', frozenset())
    """
    text = sub_name(name)
    kind = timeline_kind(text)
    if kind is not None and parent.itemtype in ITIL:
        if kind == "Validation" and parent.itemtype == "Problem":
            raise _no_validations()
        text = f"Timeline/{kind}"
    if parent.itemtype == "User" and text.strip("/").lower().replace("_", "") in EMAILS:
        text = "Email"
    known = sub_named(parent, text)
    if known is not None:
        return known
    if kind is not None and kind != "Document" and parent.itemtype not in ITIL:
        raise GlpiUnsupportedError(f"{parent.itemtype} has no timeline in the high-level API, and so no {kind}")
    path = safe_path(text)
    return Sub(path, f"{parent.path}/{{}}/{path}")


def _no_validations() -> GlpiUnsupportedError:
    return GlpiUnsupportedError("a Problem has no validations, in neither API")


def legacy_sub(parent: str, name: object) -> str:
    """The class of a child in the legacy API, by any name that people use for it.

    >>> legacy_sub("Ticket", "Task"), legacy_sub("Change", "Followup"), legacy_sub("Computer", "Document")
    ('TicketTask', 'ITILFollowup', 'Document_Item')
    """
    text = sub_name(name)
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
    return _class_below(above, text)


def _class_below(above: str, text: str) -> str:
    """Return the class of what hangs below a class: by the names of the high-level API too."""
    plain = text.strip("/").lower().replace("_", "")
    if above == "User" and plain in EMAILS:
        return "UserEmail"
    if above == "User" and plain in _OF_USERS:
        raise GlpiUnsupportedError(f"the legacy API has no {text} of a user: {_OF_USERS[plain]}")
    route = find(above.lower().rpartition(chr(92))[2].replace("_", ""))
    sub = None if route is None else sub_named(route, text)
    return (itemtype_of(sub.schema) if sub is not None and sub.schema else None) or class_name(text)


def close_subs(parent: str, name: str) -> list[str]:
    """The classes of what hangs off a class that look most like a name that the legacy API does not know.

    The names of the high-level API count as well, since they are taken for the classes.

    >>> close_subs("Computer", "Infocomm"), close_subs("Computer", "Noet"), close_subs("Ticket", "Timeline")
    (['Infocom'], ['Notepad'], [])
    """
    route = _parent_route(parent)
    known = {sub.name.rpartition("/")[2]: itemtype_of(sub.schema) for sub in (subs_of(route) if route else ())}
    meant = {each: each for each in sub_classes(parent)} | {each: kind for each, kind in known.items() if kind}
    near = [] if name in known and name not in meant else near_names(name, sorted(meant), plain=str.lower)
    return list(dict.fromkeys(meant[each] for each in near if meant[each] != name))


def sub_classes(parent: str) -> list[str]:
    """The classes that are known to hang off a class.

    >>> sub_classes("Change")[:3], sub_classes("User"), sub_classes("Nothing")
    (['ChangeCost', 'ChangeTask', 'ChangeValidation'], ['Certificate_Item', 'UserEmail'], [])
    """
    route = _parent_route(parent)
    if route is None:
        return []
    classes = {itemtype_of(sub.schema) or "" for sub in subs_of(route)} | {"UserEmail" if parent == "User" else ""}
    return sorted(classes - {""})


def sub_of_high_level(parent: str, name: str) -> bool:
    """Check whether only the high-level API has a sub-item of this name below a class, since the name is no class.

    >>> sub_of_high_level("Ticket", "Timeline"), sub_of_high_level("Ticket", "ITILFollowup")
    (True, False)
    """
    route = _parent_route(parent)
    sub = None if route is None else sub_named(route, name)
    return sub is not None and not itemtype_of(sub.schema)


def _parent_route(parent: str) -> Route | None:
    return find(parent.lower().rpartition(chr(92))[2].replace("_", ""))


def components_of(parent: Route) -> list[str]:
    """The kinds of components that an asset may have, as `sub_at` takes them.

    >>> from .aliases import hl_path
    >>> components_of(hl_path("Computer"))[:2], components_of(hl_path("Ticket"))
    (['Component/Battery', 'Component/Camera'], [])
    """
    return [sub.name for sub in subs_of(parent) if sub.name.startswith("Component/")]


def legacy_parent_fields(parent: str, parent_id: int, child: str) -> dict[str, Any]:
    """The fields by which a new child names its parent: the legacy API does not take it from the URL.

    >>> legacy_parent_fields("Ticket", 7, "ITILFollowup"), legacy_parent_fields("Ticket", 7, "TicketTask")
    ({'itemtype': 'Ticket', 'items_id': 7}, {'tickets_id': 7})
    >>> legacy_parent_fields("Computer", 7, "NetworkPort"), legacy_parent_fields("Computer", 7, "PluginFoo")
    ({'itemtype': 'Computer', 'items_id': 7}, {'computers_id': 7})
    """
    key, known = foreign_key(parent), columns_of(child) or {}
    names_any = "items_id" in known and known["items_id"].kind != "" and not {key, f"{key}_1"} & set(known)
    if names_any or child in _BY_ITEMTYPE or child.startswith("Item_Device"):
        return {"itemtype": parent, "items_id": parent_id}
    return {f"{key}_1" if child == f"{parent}_{parent}" else key: parent_id}


def foreign_key(itemtype: str) -> str:
    """The column in which other tables hold the id of an item.

    >>> foreign_key("Ticket"), foreign_key("DeviceMemory"), foreign_key("DeviceBattery")
    ('tickets_id', 'devicememories_id', 'devicebatteries_id')
    """
    return f"{_plural(itemtype.lower().rpartition(chr(92))[2])}_id"


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
        also = {name: [other for other, means in _ROLE_NAMES.items() if means == name] for name in TEAM_ROLES}
        roles = [f"{name} (or {', '.join(others)})" if others else name for name, others in also.items()]
        raise GlpiValidationError(f"no role in a team: {role!r:.40}; the roles are {', '.join(roles)}")
    return name


def team_type(kind: object) -> str:
    """The kind of a team member, in any case."""
    for each in TEAM_TYPES:
        if isinstance(kind, str) and kind.lower() == each.lower():
            return each
    raise GlpiValidationError(f"a team member is one of {', '.join(TEAM_TYPES)}, not {kind!r:.60}")


def sub_name(name: object) -> str:
    """The name of a child as text; what stands in its place may be a secret."""
    if not isinstance(name, str) or not name.strip(" /"):
        raise GlpiValidationError(
            f"a child is named by text such as 'Followup' or 'Infocom', behind the id of its item, not {described(name)}"
        )
    return name.strip()
