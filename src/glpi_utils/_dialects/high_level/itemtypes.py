"""Which itemtypes a server's document tells of, and what their rows hold."""

from __future__ import annotations

import json
from typing import Any

from ..._knowledge.aliases import hl_path
from ..._knowledge.children import timeline_kind
from ..._spelling import did_you_mean, near_names
from ...exceptions import GlpiError, GlpiUnsupportedError, GlpiValidationError
from ..shared.itemtypes import VERBS, described
from .document import Document

Item = dict[str, Any]
_COLLECTION = {"get": "list", "post": "create"}
_TIMELINE = {"Followup": "Followup", "Solution": "Solution", "Task": "TicketTask", "Validation": "TicketValidation"}
_ITEM = {"get": "get", "patch": "update", "delete": "delete"}


def itemtypes(document: Document) -> list[Item]:
    """Return what has a list and items of its own, by path."""
    items: dict[str, set[str]] = {}
    for path, methods in document.methods.items():
        above, _, last = path.rpartition("/")
        if last.startswith("{"):
            one = () if path in document.lists else methods  # Setup/Config/{context} gives a list once more
            items.setdefault(above, set()).update(_ITEM[each] for each in one if each in _ITEM)
    rows: list[Item] = []
    for path, methods in sorted(document.methods.items()):
        schema = document.rows.get(path.lower())
        if path not in document.lists or schema is None or path not in items or "{" in path or "/Me/" in path:
            continue
        verbs = items[path] | {_COLLECTION[each] for each in methods if each in _COLLECTION}
        itemtype = document.itemtypes.get(schema, schema)
        ordered = [each for each in VERBS if each in verbs]
        rows.append(described(itemtype, _name(itemtype, path), path, schema, ordered))
    return rows


def _name(itemtype: str, path: str) -> str:
    """Return the class where that leads to the path, else the path itself."""
    try:
        return itemtype if hl_path(itemtype).path == path else path
    except GlpiError:
        return path


def checked_name(name: object) -> str:
    """Check a name before anything is sent."""
    if not isinstance(name, str) or not name.strip(" /\\"):
        raise GlpiValidationError(f"an itemtype must be text such as 'Ticket' or 'Assets/Socket', not {name!r:.80}")
    return name.strip()


def schema(document: Document, name: str) -> dict[str, Item]:
    """Return a copy of what the server tells of the rows that a name means: an itemtype, a path, a schema, a sub-item."""
    known = _schema_of(document, name)
    if known is None:
        near = near_names(name.rpartition("/")[2], document.schemas)
        meant = did_you_mean([repr(each) for each in near], after=" ")
        raise GlpiUnsupportedError(
            f"the server's own document (API {document.version}) tells of no {name!r:.80}: {meant}"
            "api.itemtypes() lists what it has"
        )
    copied: dict[str, Item] = json.loads(json.dumps(document.schemas[known]))
    return copied


def _schema_of(document: Document, name: str) -> str | None:
    entry = _TIMELINE.get(timeline_kind(name) or "")
    if entry is not None and document.schema_of(name) is None:
        return document.schema_of(entry)
    try:
        path = hl_path(name).path.lower()
    except GlpiError:  # what has no place of its own, or is no name of ours
        path = ""
    if path in document.rows:
        return document.rows[path]
    by_class = {itemtype.lower(): schema for schema, itemtype in reversed(document.itemtypes.items())}
    plain = name.strip("\\").lower()
    by_name = document.schema_of(name) or by_class.get(plain) or document.schema_of(f"Custom_{name}")
    return by_name or document.rows.get(f"administration/{plain}")
