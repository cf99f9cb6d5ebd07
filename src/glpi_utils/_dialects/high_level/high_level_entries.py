"""What the High-Level API calls the entries of a timeline, and the fields of approvals."""

from __future__ import annotations

from typing import ClassVar

from ..shared.shapes import Item, Keywords


class EntryWords:
    """The part of the dialect that concerns the entries of timelines."""

    documents_below = "Document"
    entry_names: ClassVar[Keywords] = {}

    def entry_fields(self, itemtype: str, fields: Item) -> Item:
        """Return them as they are."""
        return fields

    def approval_request(self, kind: str, approver: int, comment: str) -> Item:
        """Return the fields of an approval that is asked for; GLPI drops other names, and asks oneself then."""
        return {"requested_approver_type": kind, "requested_approver_id": approver, "submission_comment": comment}

    def approval_answer(self, status: int, comment: str, approver: Item) -> Item:
        """Return the fields of an answer."""
        return {"status": status, "approval_comment": comment}

    def owner_column(self, itemtype: str) -> str:
        """Return the field in which what hangs off an item names it."""
        return f"{itemtype.lower()}s_id"
