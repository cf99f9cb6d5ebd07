"""What the legacy API calls the entries of a timeline, and the fields of approvals."""

from __future__ import annotations

from typing import ClassVar, Final

from ..._knowledge.children import foreign_key
from ..._knowledge.fields import fields_of
from ..shared.shapes import Item, Keywords

_SCHEMAS: Final = {"ITILFollowup": "Followup", "ITILSolution": "Solution", "TicketValidation": "TicketValidation"}


class EntryWords:
    """The part of the dialect that concerns the entries of timelines."""

    documents_below = "Document_Item"
    entry_names: ClassVar[Keywords] = {"add_keys_names": ["users_id"]}

    def entry_fields(self, itemtype: str, fields: Item) -> Item:
        """Return them by the names of columns; what the High-Level API does not know is a column already."""
        schema = _SCHEMAS.get(itemtype, "TicketTask")
        columns = {name: field.column or name for name, field in (fields_of(schema) or {}).items()}
        return {columns.get(name, name): value for name, value in fields.items()}

    def approval_request(self, kind: str, approver: int, comment: str) -> Item:
        """Return the fields of an approval that is asked for: GLPI 10 knows users alone, in a column of their own."""
        of_10 = {"users_id_validate": approver} if kind == "User" else {}
        return {"itemtype_target": kind, "items_id_target": approver, "comment_submission": comment, **of_10}

    def approval_answer(self, status: int, comment: str, approver: Item) -> Item:
        """Return the fields of an answer: GLPI 11 takes a second one with its approver alone."""
        own = {"users_id_validate": approver["id"]} if approver["type"] == "User" else {}
        return {"status": status, "comment_validation": comment, **own}

    def owner_column(self, itemtype: str) -> str:
        """Return the column in which what hangs off an item names it."""
        return foreign_key(itemtype)
