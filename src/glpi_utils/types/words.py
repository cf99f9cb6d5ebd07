"""What the shapes of items are made of: links, dates, and what a create gives."""

from datetime import date
from typing import Any, Generic, Literal, NotRequired, TypeAlias, TypedDict, TypeVar

__all__ = [
    "ChangeStatusName",
    "Changed",
    "Created",
    "CreatedOnce",
    "EntityReference",
    "Flag",
    "Id",
    "ImpactName",
    "Link",
    "Member",
    "Membership",
    "Moment",
    "Named",
    "PriorityName",
    "ProblemStatusName",
    "Reference",
    "SearchAnswer",
    "TaskStateName",
    "TicketStatusName",
    "TicketTypeName",
    "TimelineEntry",
    "UrgencyName",
    "UserId",
    "UserLink",
    "ValidationStatusName",
]

T = TypeVar("T")


class Id(TypedDict):
    """Another item, as it may be written on the High-Level API. What is read (`Reference`) fits too."""

    id: int


class Named(TypedDict):
    """Another item by its name, where a text would be an id: ``{"name": "2026"}``."""

    name: str


class Reference(TypedDict):
    """Another item, as the High-Level API shows it."""

    id: int
    name: str


class EntityReference(TypedDict):
    """An entity, as the High-Level API shows it."""

    id: int
    name: str
    completename: str


class Created(TypedDict):
    """What a create gives: the new id, with ``href`` (High-Level API) or ``message`` (legacy API)."""

    id: int
    href: NotRequired[str]
    message: NotRequired[str]


class CreatedOnce(Created):
    """What a create with a ``key`` or ``unique_by`` gives; ``existing``: the item was there before."""

    existing: bool


class Member(TypedDict):
    """One of the people of an item, as `team` gives it."""

    id: int
    type: str
    name: str | None
    role: str
    display_name: str | None
    realname: NotRequired[str | None]
    firstname: NotRequired[str | None]
    href: NotRequired[str | None]
    link_id: NotRequired[int]


class Membership(TypedDict):
    """What `add_team_member` gives; ``existing``: the member had that role already."""

    id: int
    type: str
    role: str
    existing: bool


class TimelineEntry(TypedDict, Generic[T]):
    """An entry of a timeline, as the High-Level API gives it: ``unwrap=True`` leaves the item."""

    type: str
    item: T


Changed: TypeAlias = dict[str, bool | str]
"""What the legacy API says of a change: ``{"5": True, "message": ""}``."""


class SearchAnswer(TypedDict):
    """What GLPI's search engine answers (legacy API): the rows by the numbers of their columns."""

    totalcount: int
    count: int
    data: list[dict[str, Any]]
    sort: NotRequired[Any]
    order: NotRequired[Any]
    rawdata: NotRequired[dict[str, Any]]


Flag: TypeAlias = bool | Literal[0, 1]
"""Yes or no, to be written."""

Link: TypeAlias = int | str | Id | Named
"""Another item, to be written: its id, its name or full path, ``{"id": 5}`` or ``{"name": "2026"}``; a user also "me"."""

UserId: TypeAlias = Link
"""A user, to be written on the legacy API: the id, the login, the mail address, or "me" for who is logged in."""

UserLink: TypeAlias = Link
"""A user, to be written: the id, the login, the mail address, ``{"id": 5}``, or "me" for who is logged in."""

Moment: TypeAlias = str | date
"""A date or time, to be written: text as GLPI has it, a `date` or a `datetime` (which is a date)."""

# The members of the enums by name, to be written.

ChangeStatusName: TypeAlias = Literal[
    "new",
    "pending",
    "applied",
    "closed",
    "accepted",
    "review",
    "evaluation",
    "approval",
    "test",
    "qualification",
    "refused",
    "cancelled",
]
ImpactName: TypeAlias = Literal["very_low", "low", "medium", "high", "very_high"]
PriorityName: TypeAlias = Literal["very_low", "low", "medium", "high", "very_high", "major"]
ProblemStatusName: TypeAlias = Literal[
    "new", "assigned", "planned", "pending", "solved", "closed", "accepted", "under_observation"
]
TaskStateName: TypeAlias = Literal["information", "todo", "done"]
TicketStatusName: TypeAlias = Literal["new", "assigned", "planned", "pending", "solved", "closed", "approval"]
TicketTypeName: TypeAlias = Literal["incident", "request"]
UrgencyName: TypeAlias = Literal["very_low", "low", "medium", "high", "very_high"]
ValidationStatusName: TypeAlias = Literal["none", "waiting", "accepted", "refused"]
