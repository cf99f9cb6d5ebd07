"""Why GLPI answers "done" and does not do it: the reasons that are known, by itemtype and field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["computed", "places", "reason"]

_APPROVER: Final = (
    "GLPI takes an answer to an approval from its approver alone, and answers anybody else as if it had done it"
)
_GROUPS: Final = (
    "the High-Level API drops an asset's groups (up to GLPI 11.0.8 always); "
    "the legacy API takes them: GlpiAPI's update({'id': ..., %r: [1, 2]})"
)
_ANSWERS: Final = ("status", "approval_comment", "comment_validation")
_RESOLVED: Final = ("date_solve", "solvedate", "resolution_date", "date_close", "closedate")
_MIDNIGHT: Final = ("", " 00:00:00", "T00:00:00+00:00")
_TREE: Final = frozenset({"completename", "level", "ancestors_cache", "sons_cache"})
_FROM: Final = {"priority": ("urgency", "impact"), "users_id_editor": ("content",)}
_LIFE: Final = frozenset(
    "date_solve solvedate date_close closedate begin_waiting_date take_into_account_date takeintoaccountdate "
    "resolution_date time_to_resolve time_to_own internal_resolution_date internal_time_to_resolve internal_time_to_own "
    "internal_take_into_account_date global_validation validation_date approval_date date_approval".split()
)
_DRIVES: Final = ("status", "date", "sla", "ola")
_NEWER: Final = {"users_id_validate": "items_id_target"}


def reason(itemtype: str, field: str, sent: Any, there: Any) -> str:
    """Return the reason why a field does not have what was sent; "" where none is known.

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
    if isinstance(sent, str) and isinstance(there, str) and sent[:10] == there[:10] and there[10:] in _MIDNIGHT:
        return "GLPI keeps the day alone"
    if field in _RESOLVED:
        return "GLPI ignores a date that lies before the opening"
    if field == "priority":
        return "GLPI computes it from urgency and impact where the profile lacks the right to change priorities"
    if there is None and (isinstance(sent, int | dict)):
        return "there may be no such item"
    return ""


def computed(field: str, sent: Mapping[str, Any], *, creates: bool) -> bool:
    """Check whether GLPI computes a field from the others of such a write, so that it may differ from what was sent.

    >>> computed("priority", {"urgency": 4, "priority": 3}, creates=False), computed("name", {"name": "x"}, creates=True)
    (True, False)
    """
    if field in _TREE:
        return True
    if field in _FROM:
        return creates or any(name in sent for name in _FROM[field])
    empty = sent[field] in (None, "", 0, "NULL")  # as it was read: nobody asks to clear it
    return empty and field in _LIFE and any(name.startswith(_DRIVES) and name != field for name in sent)


def places(field: str, row: Mapping[str, Any]) -> list[str]:
    """Name the fields in which a row may keep what was sent by a name; none where it does not show it."""
    return [name for name in (field, _NEWER.get(field, "")) if name in row]
