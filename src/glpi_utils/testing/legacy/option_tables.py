"""Search options as data: the numbers by which the search engine knows columns, per itemtype.

Where a column is found is one of three: in the row itself, in the row that a foreign key points at, in rows that hang on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """One search option."""

    id: int
    name: str
    field: str
    datatype: str = "string"
    itemtype: str = ""
    """Whose field it is; empty: the searched itemtype's own."""
    key: str = ""
    """The foreign key to `itemtype`, in the row itself or, with `link`, in the link's row."""
    link: str = ""
    """The itemtype of the rows between; `itemtype` itself when its rows hang on the searched one directly."""
    condition: str = ""
    """SQL that the link's rows must meet."""
    nosearch: bool = False
    only: str = ""
    """"10" or "11": the option of one version alone."""
    grouped: bool = False
    """Compared after grouping, though it is no count."""
    ungrouped: bool = False
    """Of several linked rows one is shown, and GLPI does not group by itself."""
    ten: str = ""
    """What 10 calls it, where it is another name."""

    @property
    def after_grouping(self) -> bool:
        """Whether it is compared after grouping."""
        return self.grouped or self.datatype == "count"

    @property
    def fixed(self) -> bool:
        """Whether no massive action changes it."""
        kinds = ("", "number", "itemlink", "datetime", "timestamp", "count")
        above = self.key != "" and (self.itemtype == "Entity" or self.datatype in ("string", "text"))
        return self.link != "" or self.datatype in kinds or self.field == "content" or self.id == 64 or above

    @property
    def apart(self) -> bool:
        """Whether each criterion looks at all the linked rows, as it does for people and groups."""
        return self.link != self.itemtype and self.itemtype in ("User", "Group", "Supplier") and self.link != ""


def _ref(id: int, name: str, itemtype: str, key: str, field: str = "name") -> Option:
    return Option(id, name, field, "dropdown", itemtype, key)


def _many(id: int, name: str, itemtype: str, link: str, key: str, field: str = "name", **more: Any) -> Option:
    return Option(id, name, field, more.pop("datatype", "dropdown"), itemtype, key, link, **more)


def _count(id: int, name: str, itemtype: str) -> Option:
    return Option(id, name, "id", "count", itemtype, "", itemtype)


def _inner(id: int, name: str, itemtype: str, field: str = "content") -> Option:
    return Option(id, name, field, "text", itemtype, "", itemtype)


COMMON = (
    Option(1, "Name", "name", "itemlink"),
    Option(2, "ID", "id", "number"),
    Option(16, "Comments", "comment", "text"),
    Option(19, "Last update", "date_mod", "datetime"),
    Option(121, "Creation date", "date_creation", "datetime"),
    _ref(80, "Entity", "Entity", "entities_id", "completename"),
    Option(86, "Child entities", "is_recursive", "bool"),
)
"""What nearly every itemtype has; kept where the itemtype has the column."""

_ADDRESS = (
    *((101, "Address", "address"), (102, "Postal code", "postcode"), (103, "Town", "town")),
    *((104, "State", "state"), (105, "Country", "country")),
)
LOCATION = (
    Option(11, "Building number", "building", "text"),
    Option(12, "Room number", "room", "text"),
    *(Option(*column) for column in _ADDRESS),
)
TREE = (Option(1, "Complete name", "completename", "itemlink"), Option(14, "Name", "name", "itemlink"))

PLACE = (
    _ref(3, "Location", "Location", "locations_id", "completename"),
    *(
        Option(*column, "string", "Location", "locations_id")
        for column in (*_ADDRESS, (91, "Building number", "building"), (92, "Room number", "room"))
    ),
    Option(93, "Location comments", "comment", "text", "Location", "locations_id"),
)
"""Where something stands."""

ASSET = (
    *PLACE,
    Option(5, "Serial number", "serial"),
    Option(6, "Inventory number", "otherserial"),
    Option(7, "Alternate username", "contact"),
    Option(8, "Alternate username number", "contact_num"),
    _ref(23, "Manufacturer", "Manufacturer", "manufacturers_id"),
    _ref(24, "Technician in charge", "User", "users_id_tech"),
    _ref(31, "Status", "State", "states_id", "completename"),
    _ref(49, "Group in charge", "Group", "groups_id_tech", "completename"),
    _ref(70, "User", "User", "users_id"),
    _ref(71, "Group", "Group", "groups_id", "completename"),
)


def asset(itemtype: str) -> tuple[Option, ...]:
    """Return an asset's type and model, each an itemtype named after it."""
    lower = itemtype.rsplit("\\", maxsplit=1)[-1].lower()
    return (
        _ref(4, "Type", f"{itemtype}Type", f"{lower}types_id"),
        _ref(40, "Model", f"{itemtype}Model", f"{lower}models_id"),
    )


COMPUTER = (
    _many(45, "Name", "OperatingSystem", "Item_OperatingSystem", "operatingsystems_id"),
    _many(
        17,
        "Processor",
        "DeviceProcessor",
        "Item_DeviceProcessor",
        "deviceprocessors_id",
        "designation",
        datatype="string",
        grouped=True,
    ),
)
PROJECT = (_many(450, "Project", "Project", "Item_Project", "projects_id", ungrouped=True),)

_ITIL = (
    Option(1, "Title", "name", "itemlink"),
    Option(2, "ID", "id", "number"),
    Option(21, "Description", "content", "text"),
    Option(12, "Status", "status", "specific"),
    Option(10, "Urgency", "urgency", "specific"),
    Option(11, "Impact", "impact", "specific"),
    Option(3, "Priority", "priority", "specific"),
    Option(15, "Opening date", "date", "datetime"),
    Option(16, "Closing date", "closedate", "datetime"),
    Option(17, "Resolution date", "solvedate", "datetime"),
    Option(18, "Time to resolve", "time_to_resolve", "datetime"),
    Option(151, "Time to resolve + Progress", "time_to_resolve", "", nosearch=True),
    Option(19, "Last update", "date_mod", "datetime"),
    _ref(7, "Category", "ITILCategory", "itilcategories_id", "completename"),
    _ref(80, "Entity", "Entity", "entities_id", "completename"),
    Option(45, "Total duration", "actiontime", "timestamp", nosearch=True),
    _ref(64, "Last edit by", "User", "users_id_lastupdater"),
    _ref(22, "Writer", "User", "users_id_recipient"),
    _inner(24, "Solution", "ITILSolution"),
    _inner(25, "Description", "ITILFollowup"),
    _count(27, "Number of followups", "ITILFollowup"),
)


def _actors(users: str, groups: str, suppliers: str) -> tuple[Option, ...]:
    """Return the columns of actors: the same numbers for ticket, change and problem; only the link tables differ."""
    roles = ((1, 4, 71, "Requester", ""), (3, 66, 65, "Observer", "Watcher"), (2, 5, 8, "Technician", ""))
    options = [_many(6, "Assigned to a supplier", "Supplier", suppliers, "suppliers_id", condition="type = 2")]
    for kind, user, group, name, ten in roles:
        role = {"condition": f"type = {kind}"}
        options.append(_many(user, name, "User", users, "users_id", ten=ten, **role))
        ten_group = ten and f"{ten} group"
        options.append(
            _many(group, f"{name} group", "Group", groups, "groups_id", "completename", ten=ten_group, **role)
        )
    return tuple(options)


TICKET = (
    *_ITIL,
    Option(14, "Type", "type", "specific"),
    _ref(9, "Request source", "RequestType", "requesttypes_id"),
    _ref(83, "Location", "Location", "locations_id", "completename"),
    Option(52, "Approval", "global_validation", "specific"),
    Option(155, "Time to own", "time_to_own", "datetime"),
    Option(87, "External ID", "externalid", only="11"),
    _inner(26, "Description", "TicketTask"),
    _count(28, "Number of tasks", "TicketTask"),
    *_actors("Ticket_User", "Group_Ticket", "Supplier_Ticket"),
)
CHANGE = (
    *_ITIL,
    _inner(26, "Description", "ChangeTask"),
    _count(28, "Number of tasks", "ChangeTask"),
    *_actors("Change_User", "Change_Group", "Change_Supplier"),
)
PROBLEM = (
    *_ITIL,
    _inner(26, "Description", "ProblemTask"),
    _count(28, "Number of tasks", "ProblemTask"),
    *_actors("Problem_User", "Group_Problem", "Problem_Supplier"),
)

USER = (
    Option(1, "Login", "name", "itemlink"),
    Option(2, "ID", "id", "number"),
    Option(34, "Last name", "realname"),
    Option(9, "First name", "firstname"),
    Option(5, "Emails", "email", "email", "UserEmail", "", "UserEmail"),
    Option(6, "Phone", "phone"),
    Option(10, "Phone 2", "phone2"),
    Option(11, "Mobile phone", "mobile"),
    Option(8, "Active", "is_active", "bool"),
    Option(14, "Last login", "last_login", "datetime"),
    Option(16, "Comments", "comment", "text"),
    Option(19, "Last update", "date_mod", "datetime"),
    Option(121, "Creation date", "date_creation", "datetime"),
    Option(22, "Administrative number", "registration_number"),
    _ref(3, "Location", "Location", "locations_id", "completename"),
    _ref(81, "Title", "UserTitle", "usertitles_id"),
    _ref(82, "Category", "UserCategory", "usercategories_id"),
    _many(13, "Groups", "Group", "Group_User", "groups_id", "completename", datatype="itemlink"),
    _many(20, "Profiles (Entity)", "Profile", "Profile_User", "profiles_id"),
    _many(80, "Entities (Profile)", "Entity", "Profile_User", "entities_id", "completename"),
)

OWN = {"Ticket": TICKET, "Change": CHANGE, "Problem": PROBLEM, "User": USER}
"""Itemtypes with a numbering of their own."""

SHOWN = {
    "Ticket": (12, 19, 15, 3, 4, 5, 7, 18),
    "Change": (12, 19, 15, 3, 7, 18),
    "Problem": (12, 19, 15, 3, 7, 18),
    "Computer": (31, 23, 5, 4, 40, 45, 3, 19, 17),
    "User": (34, 9, 5, 6, 3, 8, 14),
}
"""The columns that an untouched GLPI shows, behind the default ones."""
SHOWN_ELSEWHERE = (31, 23, 5, 4, 40, 3, 19, 16)
