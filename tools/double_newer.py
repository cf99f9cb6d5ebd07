"""What API 2.3 has and 2.2 has not, from the OpenAPI documents of both: fields, schemas, routes, rows below rows, limits."""

from __future__ import annotations

import re
from typing import Any

from tools import double_facts as facts

Json = dict[str, Any]
SINCE = "2.3"
LIMITS = ("maxLength", "minimum", "maximum", "pattern")
OUR_OWN = "CustomAsset_"
"""The custom assets of the server that gave the document; the embedded GLPI has its own."""
ROUTES_LEFT_OUT = ("Assets/Custom/", "Rule/Collection/MailCollector/")
WITHOUT_A_LIST = {"Setup/AutomaticAction": "AutomaticAction"}
"""The document names their items alone, and that is all that the server has."""


NOT_WRITTEN = {("Document", "checksum_sha1")}
"""The document does not say so, but the server drops them."""


def properties(maker: Any, newer: Json) -> None:
    """The schemas of the newer document: what is not there yet is added with the version that brought it."""
    older = maker.openapi["components"]["schemas"]
    maker.openapi = newer
    maker.described |= {schema.get("x-itemtype") for schema in newer["components"]["schemas"].values()}
    for name, document in newer["components"]["schemas"].items():
        itemtype = document.get("x-itemtype") or facts.SCHEMA_ITEMTYPE.get(name)
        if not itemtype or name.startswith(OUR_OWN):
            continue
        known = older.get(name, {}).get("properties", {})
        entry = maker.schemas.setdefault(name, {"itemtype": itemtype, "fields": {}, "since": SINCE})
        fields: Json = {}
        for prop, detail in document["properties"].items():
            fields[prop] = entry["fields"].get(prop) or _new(maker, name, itemtype, prop, detail)
            if known.get(prop, {}).get("readOnly") and not detail.get("readOnly"):
                fields[prop]["writable_since"] = SINCE
            if limits := {limit: detail[limit] for limit in LIMITS if limit in detail}:
                fields[prop]["limits"] = limits
        entry["fields"] = fields
        if required := document.get("required"):
            entry["required"] = required


def _new(maker: Any, schema: str, itemtype: str, prop: str, detail: Json) -> Json:
    made: Json = maker.field(schema, itemtype, prop, detail) | {"since": SINCE}
    fixed = detail.get("readOnly") or (schema, prop) in NOT_WRITTEN
    return made | ({"readonly": True} if fixed else {})


def routes(maker: Any, older: Json) -> None:
    """The collections that are new, and what hangs below items."""
    for path, operations in maker.openapi["paths"].items():
        if path in older["paths"] or path.strip("/").startswith(ROUTES_LEFT_OUT):
            continue
        if "{" not in path:
            maker.route(path, operations)
            if (name := path.strip("/")) in maker.routes:
                maker.routes[name] |= {"since": SINCE, "unknown": 403}
    for name, schema in WITHOUT_A_LIST.items():
        verbs = maker.openapi["paths"][f"/{name}/{{id}}"]
        maker.routes[name] = {
            "schema": schema,
            "itemtype": maker.schemas[schema]["itemtype"],
            "since": SINCE,
            "list": [],
            "item": sorted(verb.upper() for verb in verbs if verb in ("get", "patch", "delete")),
            "unknown": 403,
            "place": len(maker.routes),
        }


def below(maker: Any, older: Json) -> Json:
    """Path with one owner in it -> {"owner", "schema", "link", "list", "item"}."""
    entries: Json = {}
    paths: Json = {path: verbs for path, verbs in maker.openapi["paths"].items() if path not in older["paths"]}
    for path, verbs in paths.items():
        parts = re.fullmatch(r"/((?:\w+/)+)\{(\w+)\}/(\w+)", path)
        schema = parts and (_schema(maker, verbs) or _SCHEMA_OF.get(parts[3]))
        if not parts or not schema or parts[1].startswith("Rule/"):
            continue
        owner = _owner(maker, parts[1].strip("/"))
        item: Json = next((v for p, v in paths.items() if re.fullmatch(re.escape(path) + r"/\{\w+\}", p)), {})
        entries[f"{parts[1]}{{}}/{parts[3]}"] = {
            "owner": owner,
            "schema": schema,
            "link": _link(maker.schemas[schema], owner, parts[3]),
            "list": sorted(verb.upper() for verb in verbs if verb in ("get", "post")),
            "item": sorted(verb.upper() for verb in item if verb in ("get", "patch", "delete")),
        }
    return entries


_NAMED = {"Task": "ProjectTask"}
_SCHEMA_OF = {"Appliance": "Appliance_Item"}
"""A list that cannot be read has no schema of its own."""


def _owner(maker: Any, collection: str) -> str:
    """The itemtype of a collection; some stand here below another group than where their own paths are."""
    word = collection.rsplit("/", 1)[-1]
    paths = (path for path in maker.routes if path == collection or path.rsplit("/", 1)[-1] == word)
    itemtype: str = maker.routes[path]["itemtype"] if (path := next(paths, "")) else _NAMED.get(word, word)
    if itemtype not in maker.itemtypes:
        raise SystemExit(f"{collection}: no such itemtype")
    return itemtype


def _schema(maker: Any, verbs: Json) -> str | None:
    content = verbs.get("get", {}).get("responses", {}).get("200", {}).get("content", {}).get("application/json", {})
    shown = content.get("schema", {})
    name = (shown.get("$ref") or shown.get("items", {}).get("$ref", "")).rsplit("/", 1)[-1]
    return name if name in maker.schemas else None


def _link(schema: Json, owner: str, word: str) -> Json:
    """The columns that tie a row to its owner; None: the owner's id."""
    fields: Json = schema["fields"]
    if word in facts.OF_A_PROJECT:  # the other side names the itemtype
        return {"projects_id": None, "itemtype": word}
    for entry in fields.values():
        if entry["read"] == "join" and entry["itemtype"] == owner and schema["itemtype"] not in facts.BY_ITEMTYPE:
            return {entry["column"]: None}
    if "items_id_asset" in fields:
        return {"itemtype_asset": owner, "items_id_asset": None}
    return {"itemtype": owner, "items_id": None}
