"""What the schemas of 11.0.7 and later allow: lengths, ranges, patterns, what must be there. Names and numbers only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from glpi_utils.testing.highlevel.schemas import Schema

Complaint = dict[str, Any]

_NAMED = (
    "ApprovalStep DatabaseInstance FollowupTemplate KBCategory OperatingSystemArchitecture OperatingSystemEdition "
    "OperatingSystemKernel OperatingSystemKernelVersion OperatingSystemServicePack OperatingSystemVersion "
    "SolutionTemplate SolutionType TaskTemplate UserCategory UserTitle ValidationTemplate WifiNetwork"
).split()
LONGEST: dict[tuple[str, str], int] = {
    **{(schema, "name"): 255 for schema in _NAMED},
    **{("DatabaseInstance", name): 255 for name in ("version", "path")},
    ("DatabaseInstance", "port"): 10,
    **{("OSInstallation", name): 255 for name in "itemtype license_number licenseid company owner hostid".split()},
    **{("WifiNetwork", name): 255 for name in ("essid", "mode")},
    ("NetworkPortFiberchannel", "wwn"): 50,
    ("User", "nickname"): 50,
}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_COLOUR = re.compile(r"#[A-Fa-f0-9]{6}")
_WITH_UUID = (
    "Cluster Computer ExternalEvent Monitor NetworkEquipment OLALevel Peripheral Phone Printer Reminder Rule SLALevel"
).split()
PATTERNS: dict[tuple[str, str], re.Pattern[str]] = {
    **{(schema, "uuid"): _UUID for schema in _WITH_UUID},
    **dict.fromkeys((("EventCategory", "color"), ("Rack", "bgcolor"), ("RackItem", "bgcolor")), _COLOUR),
}
RANGES: dict[tuple[str, str], tuple[float, float]] = {
    ("ApprovalStep", "min_required_approval_percent"): (0, 100),
    **{(schema, "rating"): (1, float("inf")) for schema in ("ChangeSatisfaction", "TicketSatisfaction")},
    **{(schema, "rating_scaled_5"): (1, 5) for schema in ("ChangeSatisfaction", "TicketSatisfaction")},
}
REQUIRED = {"CloseTime": ("date_begin", "date_end"), "RSSFeed": ("url",)}


def complaints(schema: Schema, params: dict[str, Any], *, creating: bool) -> dict[str, list[Complaint]]:
    """What is wrong with the values of a body, by property; empty: nothing."""
    found: dict[str, list[Complaint]] = {}
    if creating:
        for name in REQUIRED.get(schema.name, ()):
            if params.get(name) in (None, ""):
                found[name] = [{"error": "required", "message": "A value is required"}]
    for name, value in params.items():
        if name in schema.fields and name not in found and (wrong := list(_wrong((schema.name, name), value))):
            found[name] = wrong
    return found


def _wrong(key: tuple[str, str], value: Any) -> Iterator[Complaint]:
    longest, pattern, span = LONGEST.get(key), PATTERNS.get(key), RANGES.get(key)
    if longest is not None and isinstance(value, str) and len(value.encode()) > longest:  # bytes, not characters
        yield {"error": "maxLength", "message": f"At most {longest} characters", "maxLength": longest}
    if pattern is not None and isinstance(value, str) and value and not pattern.fullmatch(value):
        yield {"error": "pattern", "message": "The value does not match the pattern", "pattern": pattern.pattern}
    if span is not None and isinstance(value, int | float):
        if value < span[0]:
            yield {"error": "minimum", "message": f"At least {span[0]}", "minimum": span[0]}
        if value > span[1]:
            yield {"error": "maximum", "message": f"At most {span[1]}", "maximum": span[1]}
