"""Why GLPI answers "done" and does not do it: the reasons that are known, by itemtype and field."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["computed", "reason", "replaced"]

_APPROVER: Final = (
    "GLPI takes an answer to an approval from its approver alone, and answers anybody else as if it had done it"
)
_GROUPS: Final = (
    "the High-Level API drops an asset's groups (up to GLPI 11.0.8 always); "
    "the legacy API takes them: GlpiAPI's update({'id': ..., %r: [1, 2]})"
)
_ANSWERS: Final = ("status", "approval_comment", "comment_validation")
_RESOLVED: Final = ("date_solve", "solvedate", "resolution_date", "date_close", "closedate")
_COMPUTED: Final = {"priority": ("urgency", "impact")}
_REPLACED: Final = {"users_id_validate": "items_id_target"}


def reason(itemtype: str, field: str, sent: Any, there: Any) -> str:
    """Give the reason why a field does not have what was sent; "" where none is known.

    >>> reason("TicketValidation", "status", 3, 2)[:45], reason("Ticket", "urgency", 4, 3)
    ('GLPI takes an answer to an approval from its ', '')
    """
    if itemtype in ("TicketValidation", "ChangeValidation") and field in _ANSWERS:
        return _APPROVER
    if field in ("group", "group_tech") and isinstance(there, list):
        return _GROUPS % field.replace("group", "groups_id", 1)
    if isinstance(sent, str) and isinstance(there, str) and len(there) >= 255 and sent.startswith(there[:255]):
        return f"GLPI cut it at {len(there)} characters"
    if there == "Array":
        return "it takes text: GLPI stores the word Array for a list or an object"
    if field in _RESOLVED:
        return "GLPI ignores a date that lies before the opening"
    if field == "priority":
        return "GLPI computes it from urgency and impact where the profile lacks the right to change priorities"
    if there is None and (isinstance(sent, int | dict)):
        return "there may be no such item"
    return ""


def computed(field: str, sent: dict[str, Any], *, creates: bool) -> bool:
    """Tell a field that GLPI computes from others in such a write: the priority, from urgency and impact."""
    return field in _COMPUTED and (creates or any(name in sent for name in _COMPUTED[field]))


def replaced(field: str, row: dict[str, Any]) -> str:
    """Give the field in which a row keeps what was sent by an older name; the name itself where there is none."""
    newer = _REPLACED.get(field, field)
    return newer if newer in row else field
