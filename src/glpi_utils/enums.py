"""GLPI's numbers by name. Every enum is open: a value that a server has and this list has not is usable as it is.

>>> TicketStatus(5), TicketStatus(5) == 5, TicketStatus(77).name
(<TicketStatus.SOLVED: 5>, True, 'UNKNOWN_77')
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self

__all__ = [
    "ChangeStatus",
    "Impact",
    "Priority",
    "ProblemStatus",
    "TaskState",
    "TeamRole",
    "TicketStatus",
    "TicketType",
    "Urgency",
    "ValidationStatus",
]


class _Open(IntEnum):
    """Numbers with names; other numbers are members without a place in the list."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}" if value >= 0 else f"UNKNOWN_MINUS_{-value}"
        member._value_ = value
        return member


class TicketStatus(_Open):
    """The status of a ticket.

    >>> from glpi_utils import F, TicketStatus
    >>> api.ticket.count(filter=F.status.in_([TicketStatus.NEW, TicketStatus.ASSIGNED])) > 0
    True
    """

    NEW = 1
    ASSIGNED = 2
    PLANNED = 3
    PENDING = 4
    SOLVED = 5
    CLOSED = 6
    APPROVAL = 10


class ChangeStatus(_Open):
    """The status of a change.

    >>> from glpi_utils import ChangeStatus
    >>> new = api.change.create({"name": "New switch", "content": "On Sunday", "status": ChangeStatus.EVALUATION})
    """

    NEW = 1
    PENDING = 4
    APPLIED = 5
    CLOSED = 6
    ACCEPTED = 7
    REVIEW = 8
    EVALUATION = 9
    APPROVAL = 10
    TEST = 11
    QUALIFICATION = 12
    REFUSED = 13
    CANCELLED = 14


class ProblemStatus(_Open):
    """The status of a problem.

    >>> from glpi_utils import ProblemStatus
    >>> new = api.problem.create({"name": "Slow", "content": "Every Monday", "status": ProblemStatus.UNDER_OBSERVATION})
    """

    NEW = 1
    ASSIGNED = 2
    PLANNED = 3
    PENDING = 4
    SOLVED = 5
    CLOSED = 6
    ACCEPTED = 7
    UNDER_OBSERVATION = 8


class TicketType(_Open):
    """The type of a ticket.

    >>> from glpi_utils import TicketType
    >>> new = api.ticket.create({"name": "A mouse", "content": "Please", "type": TicketType.REQUEST})
    """

    INCIDENT = 1
    REQUEST = 2


class Urgency(_Open):
    """The urgency of a ticket, change or problem. Its requester chooses it.

    >>> from glpi_utils import F, Urgency
    >>> api.ticket.count(filter=F.urgency >= Urgency.HIGH) > 0
    True
    """

    VERY_LOW = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    VERY_HIGH = 5


class Impact(_Open):
    """The impact of a ticket, change or problem.

    >>> from glpi_utils import Impact
    >>> new = api.ticket.create({"name": "No mail", "content": "For all", "impact": Impact.VERY_HIGH})
    """

    VERY_LOW = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    VERY_HIGH = 5


class Priority(_Open):
    """The priority of a ticket, change or problem. GLPI computes it from urgency and impact.

    >>> from glpi_utils import F, Priority
    >>> worst = api.ticket.get_all(filter=F.priority == Priority.MAJOR)
    """

    VERY_LOW = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    VERY_HIGH = 5
    MAJOR = 6


class TaskState(_Open):
    """The state of a task.

    >>> from glpi_utils import TaskState
    >>> new = api.ticket.add_sub_item(1, "Task", {"content": "Order it", "state": TaskState.TODO})
    """

    INFORMATION = 0
    TODO = 1
    DONE = 2


class ValidationStatus(_Open):
    """The answer to a request for approval.

    >>> from glpi_utils import ValidationStatus
    >>> ValidationStatus(2).name
    'WAITING'
    """

    NONE = 1
    WAITING = 2
    ACCEPTED = 3
    REFUSED = 4


class TeamRole(StrEnum):
    """The role of a member of a team.

    >>> from glpi_utils import TeamRole
    >>> new = api.ticket.create({"name": "No sound", "content": "Room 3"})
    >>> joined = api.ticket.add_team_member(new["id"], "me", TeamRole.ASSIGNED)
    """

    REQUESTER = "requester"
    ASSIGNED = "assigned"
    OBSERVER = "observer"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value.upper()}"
        member._value_ = value
        return member
