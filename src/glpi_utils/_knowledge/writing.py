"""Which fields a write must not clear, and why, and which texts are of one form alone (11.0.6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

__all__ = ["ENTITY", "TEXTS_TOO", "counted_in_bytes", "forms_of", "kept_for"]

TEXTS_TOO: Final = frozenset({"periodicity"})
"""Numbers by the document, in whose columns texts such as 1MONTH stand as well."""

_MANDATORY: Final = "it is mandatory and cannot be cleared"
ENTITY: Final = "it cannot be cleared: 0 is the root entity, and the item would move there"
"""Why no field that points to an entity is cleared."""
_OPENED: Final = "an opening date cannot be cleared: GLPI would blank it, and such an item is found by no list of dates"
_STATE: Final = "it always has a value and cannot be cleared"

_ITIL: Final = {"content": _MANDATORY, "date": _OPENED, "status": _STATE, "type": _STATE, "global_validation": _STATE}
_ENTRY: Final = {"content": _MANDATORY}
_KEPT: Final[Mapping[str, Mapping[str, str]]] = {
    "Ticket": _ITIL,
    "Change": _ITIL,
    "Problem": _ITIL,
    "Followup": _ENTRY,
    "Solution": {**_ENTRY, "status": _STATE},
    "TicketTask": {**_ENTRY, "state": _STATE},
    "ChangeTask": {**_ENTRY, "state": _STATE},
    "ProblemTask": {**_ENTRY, "state": _STATE},
    "TicketValidation": {"status": _STATE},
    "ChangeValidation": {"status": _STATE},
    "User": {"username": _MANDATORY, "default_profile": "GLPI keeps the one that it has: 0 is no profile of the user"},
    "Entity": {"name": _MANDATORY},
    "ApprovalStep": {"name": _MANDATORY},
    "ExternalEvent": {"name": 'GLPI would call it "Without title"'},
    "KBArticle": {"name": 'GLPI would call it "New item"'},
    "ProjectTask": {"project": "GLPI ignores 0 there"},
    "ValidationTemplate": {"approval_step": _MANDATORY},
    "Rack": {"bgcolor": "GLPI would give it the colour that racks have by themselves"},
    "Socket": {"items_id": "GLPI ignores 0 there"},
}

_FORMS: Final[Mapping[str, Mapping[str, str]]] = {
    "HardDrive": {"cache": "digits"},
    "Memory": {"frequency": "digits"},
    "Processor": {"frequency": "digits", "frequency_default": "digits"},
    "DatabaseInstance": {"port": "digits"},
    "NetworkCard": {"mac_default": "mac"},
}
_FREE: Final[Mapping[str, str]] = {}


def forms_of(schema: str) -> Mapping[str, str]:
    """Return the texts of a schema that keep one form alone, "digits" or "mac".

    >>> forms_of("Memory"), forms_of("Computer")
    ({'frequency': 'digits'}, {})
    """
    return _FORMS.get(schema, _FREE)


@cache
def kept_for(schema: str) -> Mapping[str, str]:
    """Return the fields of a schema that are not cleared, each with the reason.

    >>> kept_for("Computer")["entity"].partition(":")[0]
    'it cannot be cleared'
    """
    return {"entity": ENTITY, **_KEPT.get(schema, {})}


_NAMED: Final = (
    "ApprovalStep DatabaseInstance FollowupTemplate KBCategory OperatingSystemArchitecture OperatingSystemEdition "
    "OperatingSystemKernel OperatingSystemKernelVersion OperatingSystemServicePack OperatingSystemVersion "
    "SolutionTemplate SolutionType TaskTemplate UserCategory UserTitle ValidationTemplate WifiNetwork"
)
_IN_BYTES: Final[Mapping[str, str]] = {
    **dict.fromkeys(_NAMED.split(), "name"),
    "DatabaseInstance": "name version path port",
    "OSInstallation": "itemtype license_number licenseid company owner hostid",
    "WifiNetwork": "name essid mode",
    "NetworkPortFiberchannel": "wwn",
    "User": "nickname",
}


@cache
def counted_in_bytes(schema: str) -> frozenset[str]:
    """Return the texts whose length servers from API 2.3 on check by themselves: in bytes, where a column counts characters.

    >>> counted_in_bytes("User"), counted_in_bytes("Ticket")
    (frozenset({'nickname'}), frozenset())
    """
    return frozenset(_IN_BYTES.get(schema, "").split())
