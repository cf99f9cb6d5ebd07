"""The timeline of a ticket, change or problem: followups, tasks, solutions, documents, validations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from glpi_utils.testing.high_level import answers, row_pages, writing
from glpi_utils.testing.high_level.api_call import Call, row_id
from glpi_utils.testing.high_level.schemas import Schema
from glpi_utils.testing.high_level.teams import KEYS
from glpi_utils.testing.http.wire import Answer

KINDS = ("Followup", "Task", "Document", "Solution", "Validation")
"""In the order of the combined timeline."""
MOST = 1000
"""So many entries of a kind are shown, without notice."""


def schema_of(parent: str, kind: str) -> str | None:
    """Return the schema of one kind of entry; problems are not validated."""
    if kind == "Task":
        return f"{parent}Task"
    if kind == "Validation":
        return None if parent == "Problem" else f"{parent}Validation"
    return "Document_Item" if kind == "Document" else kind


def combined(call: Call, parent: str) -> Answer:
    """GET on the timeline: all kinds, one after the other."""
    entries = [entry for kind in KINDS for entry in _entries(call, parent, kind, kind)]
    if not _one_is_meant(call):
        return answers.json(entries)
    return answers.json(entries[0]["item"] if entries else None)


def listed(call: Call, parent: str, kind: str) -> Answer:
    """GET on one kind; a filter with `id==` in it, wherever, makes it one bare entry."""
    entries = _entries(call, parent, kind, _as_written(call, kind))
    if not _one_is_meant(call):
        return answers.json(entries)
    if not entries:
        return answers.not_found()
    return answers.json(entries[0]["item"])


def read(call: Call, parent: str, kind: str) -> Answer:
    """GET on one entry: a list with a filter."""
    call.params["filter"] = [*row_pages.texts_of(call.params), f"id=={call.attributes['entry']}"]
    return listed(call, parent, kind)


def create(call: Call, parent: str, kind: str) -> Answer:
    """POST on one kind."""
    if kind == "Document":  # itemtype, items_id and documents_id are read-only in its schema: never allowed
        return answers.forbidden()
    made = writing.create(call, _schema(call, parent, kind), _link(call, parent, kind))
    return writing.created(call, f"/Assistance/{parent}/{call.id}/Timeline/{_as_written(call, kind)}/{made}", made)


def update(call: Call, parent: str, kind: str) -> Answer:
    """PATCH on one entry, whatever it belongs to."""
    schema, entry = _schema(call, parent, kind), row_id(call.attributes["entry"])
    for name in ("itemtype", "items_id", "tickets_id", "changes_id", "problems_id"):
        call.params.pop(name, None)
    return writing.update(call, schema, entry, call.row(schema.itemtype, entry, answers.forbidden()))


def delete(call: Call, parent: str, kind: str) -> Answer:
    """DELETE on one entry, whatever it belongs to."""
    schema, entry = _schema(call, parent, kind), row_id(call.attributes["entry"])
    return writing.delete(call, schema, entry, call.row(schema.itemtype, entry, answers.forbidden()))


def _schema(call: Call, parent: str, kind: str) -> Schema:
    name = schema_of(parent, kind)
    if name is None:
        raise answers.Stop(answers.not_found())
    return call.schema(name)


def _link(call: Call, parent: str, kind: str) -> dict[str, Any]:
    """Return the columns that tie an entry to its item."""
    if kind in {"Task", "Validation"}:
        return {KEYS[parent]: call.id}
    return {"itemtype": parent, "items_id": call.id}


def _entries(call: Call, parent: str, kind: str, shown_kind: str) -> list[dict[str, Any]]:
    """Return the entries of one kind; an error of the list comes as entries too: one for each of its three texts."""
    name = schema_of(parent, kind)
    if name is None or not _seen(call, call.schema(name).itemtype):
        return []
    link = ";".join(f"{column}=={value}" for column, value in _link(call, parent, kind).items())
    params = {"filter": [*row_pages.texts_of(call.params), link], "limit": MOST}
    try:
        items: list[Any] = list(row_pages.search(call, call.schema(name), params).rows)
    except answers.Stop as stop:
        items = answers.texts_of(stop.answer)
    return [{"type": shown_kind, "item": item} for item in items]


def _seen(call: Call, itemtype: str) -> bool:
    """Check whether anything is seen; up to 11.0.8 at least who may not see the item sees what is public in it."""
    return call.may("read", itemtype)


def _one_is_meant(call: Call) -> bool:
    return "id==" in row_pages.text_of(call.params)


def _as_written(call: Call, kind: str) -> str:
    """Return the kind as the path has it, case and all; tasks and validations have paths of their own."""
    return call.attributes.get("kind", kind)


def _routes() -> list[tuple[str, Mapping[str, Any], str]]:
    made: list[tuple[str, Mapping[str, Any], str]] = []
    for parent in KEYS:
        base = f"/Assistance/{parent}/{{id}}/Timeline"
        made.append((base, {"GET": partial(combined, parent=parent)}, parent))
        for kind in KINDS:
            if schema_of(parent, kind) is None:
                continue
            path = f"{base}/{kind}" if kind in {"Task", "Validation"} else f"{base}/{{kind:{kind}}}"
            made.append((path, _bound({"GET": listed, "POST": create}, parent, kind), parent))
            verbs = {"GET": read, "PATCH": update, "DELETE": delete}
            made.append((f"{path}/{{entry}}", _bound(verbs, parent, kind), parent))
    return made


def _bound(verbs: Mapping[str, Callable[..., Answer]], parent: str, kind: str) -> dict[str, Any]:
    return {name: partial(verb, parent=parent, kind=kind) for name, verb in verbs.items()}


ROUTES = _routes()
