"""Which fields hold numbers that have names: those of the members of an enum, per type."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import Final

from ..enums import (
    ChangeStatus,
    Impact,
    Priority,
    ProblemStatus,
    TaskState,
    TicketStatus,
    TicketType,
    Urgency,
    ValidationStatus,
)

__all__ = ["EVERYWHERE", "OF_A_TYPE", "SETS", "names_of"]

EVERYWHERE: Final[dict[str, type[IntEnum]]] = {
    "urgency": Urgency,
    "impact": Impact,
    "priority": Priority,
    "global_validation": ValidationStatus,
}
"""The names of fields that mean the same in every type that has them with limited values."""

OF_A_TYPE: Final[dict[str, type[IntEnum]]] = {
    "Ticket.status": TicketStatus,
    "Change.status": ChangeStatus,
    "Problem.status": ProblemStatus,
    "Ticket.type": TicketType,
    "ChangeTask.state": TaskState,
    "ProblemTask.state": TaskState,
    "TicketTask.state": TaskState,
    "ChangeValidation.status": ValidationStatus,
    "TicketValidation.status": ValidationStatus,
    "Solution.status": ValidationStatus,
    "ITILSolution.status": ValidationStatus,
}
"""By the names of both APIs: the schema, and the class where that has another name."""

SETS: Final[dict[type[IntEnum], dict[str, tuple[int, ...]]]] = {
    TicketStatus: {"open": (1, 2, 3, 4, 10), "processing": (2, 3), "done": (5, 6)},
    ChangeStatus: {"open": (1, 4, 7, 9, 10, 11, 12), "processing": (7, 11, 12), "done": (5, 6, 8, 13, 14)},
    ProblemStatus: {"open": (1, 2, 3, 4, 7), "processing": (2, 3, 7), "done": (5, 6, 8)},
}
"""Words of filters for several numbers: GLPI's "Not solved", "Processing" and "Solved + Closed" (10.0.19, 11.0.6)."""


@cache
def names_of(owner: str, name: str, *, limited: bool) -> type[IntEnum] | None:
    """Return the enum that names the numbers of a field; None where they have no names.

    ``owner`` is a schema or a class, ``limited`` whether the field is known to take certain values only.

    >>> names_of("Change", "status", limited=True), names_of("Computer", "status", limited=False)
    (<enum 'ChangeStatus'>, None)
    """
    return OF_A_TYPE.get(f"{owner}.{name}") or (EVERYWHERE.get(name) if limited else None)
