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
    """Where a ticket stands."""

    NEW = 1
    ASSIGNED = 2
    PLANNED = 3
    PENDING = 4
    SOLVED = 5
    CLOSED = 6
    APPROVAL = 10


class ChangeStatus(_Open):
    """Where a change stands."""

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
    """Where a problem stands."""

    NEW = 1
    ASSIGNED = 2
    PLANNED = 3
    PENDING = 4
    SOLVED = 5
    CLOSED = 6
    ACCEPTED = 7
    UNDER_OBSERVATION = 8


class TicketType(_Open):
    """What a ticket is."""

    INCIDENT = 1
    REQUEST = 2


class Urgency(_Open):
    """How urgent its requester says it is."""

    VERY_LOW = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    VERY_HIGH = 5


class Impact(_Open):
    """How much it affects."""

    VERY_LOW = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    VERY_HIGH = 5


class Priority(_Open):
    """What GLPI makes of urgency and impact."""

    VERY_LOW = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    VERY_HIGH = 5
    MAJOR = 6


class TaskState(_Open):
    """Whether a task is done."""

    INFORMATION = 0
    TODO = 1
    DONE = 2


class ValidationStatus(_Open):
    """What was said to a request for approval."""

    NONE = 1
    WAITING = 2
    ACCEPTED = 3
    REFUSED = 4


class TeamRole(StrEnum):
    """What a member of a team is there for."""

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
