"""`/doc.json`: what this server offers, as an OpenAPI document made from its own routes."""

from __future__ import annotations

from functools import cache
from typing import Any

from glpi_utils.testing.high_level import answers, quirks
from glpi_utils.testing.high_level.api_call import Call
from glpi_utils.testing.high_level.api_versions import at_least
from glpi_utils.testing.high_level.schemas import Field, column_kinds, schema
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.world import knowledge

_TYPES: dict[str, dict[str, str]] = {
    "int": {"type": "integer", "format": "int64"},
    "bool": {"type": "boolean"},
    "decimal": {"type": "number"},
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
}


def document(call: Call) -> Answer:
    """Return paths and schemas of the version that was asked for."""
    paths, schemas = _described(call.api)
    return answers.json(
        {
            "openapi": "3.0.0",
            "info": {"title": "GLPI High-Level REST API", "version": call.api},
            "servers": [{"url": f"{call.req.base}/api.php"}],
            "components": {"schemas": schemas},
            "paths": paths,
        }
    )


@cache
def _described(api: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the paths and the schemas of one version of the API."""
    paths: dict[str, Any] = {}
    for path, entry in knowledge.routes().items():
        if at_least(api, entry["since"]) and not quirks.is_gone(path, api):
            paths[f"/{path}"] = {method.lower(): _operation(entry["schema"], many=True) for method in entry["list"]}
            paths[f"/{path}/{{id}}"] = {method.lower(): _operation(entry["schema"]) for method in entry["item"]}
    schemas = {name: described for name in knowledge.schemas() if (described := _schema(name, api))["properties"]}
    return paths, schemas


def _operation(answered: str, *, many: bool = False) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{answered}"}
    body = {"type": "array", "items": reference} if many else reference
    return {"responses": {"200": {"description": "", "content": {"application/json": {"schema": body}}}}}


def _schema(name: str, api: str) -> dict[str, Any]:
    known = schema(name, api)
    properties = {entry.name: _property(entry) for entry in known.fields.values()}
    return {"type": "object", "x-itemtype": known.itemtype, "properties": properties}


def _property(entry: Field) -> dict[str, Any]:
    if entry.read == "custom":
        inner = {name: _TYPES[kind] for name, kind in entry.columns.items()}
        return {"type": "object", "readOnly": True, "properties": inner}
    if entry.read == "texts":
        return {"type": "array", "items": _TYPES["text"]}
    if entry.read in {"column", "hidden", "filepath", "download"}:
        shown: dict[str, Any] = dict(_TYPES[entry.kind])
        return (
            shown
            | ({"readOnly": True} if entry.readonly else {})
            | ({"writeOnly": True} if entry.read == "hidden" else {})
        )
    parts: dict[str, Any] = {"id": _TYPES["int"], "name": _TYPES["text"]}
    if entry.shows:
        kinds = column_kinds(entry.itemtype or "Group")
        parts = {at: _TYPES[kinds.get(at, "text")] for at in entry.shows}
    made: dict[str, Any] = {"type": "object", "properties": parts}
    if entry.itemtype:
        made["x-itemtype"] = entry.itemtype
    return {"type": "array", "items": made} if entry.read in {"team", "children", "linked", "groups"} else made


PUBLIC = (("/doc.json", {"GET": document}),)
