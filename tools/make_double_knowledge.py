"""Make the embedded GLPI's data file, names and types only, from an OpenAPI document and legacy recordings.

Run as `python -m tools.make_double_knowledge openapi-11.0.6.json openapi-11.0.8.json recordings/legacy OUTPUT`, where OUTPUT
is `src/glpi_utils/testing/world/knowledge.json`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from tools import double_facts as facts
from tools import double_newer as newer
from tools import double_rows
from tools import double_tables as tables
from tools import double_versions as versions

Json = dict[str, Any]
CUSTOM = "Glpi\\CustomAsset\\MyTypeAsset"
COLUMNS = Path(__file__).with_name("double_columns.json")
"""Columns that no schema and no recording shows, as an 11.0.6 and a 10.0.14 have them: names, kinds, defaults."""
RULES = COLUMNS.with_name("double_rules.json")
"""What rules of each collection may look at and do, as an 11.0.6 lists it: criteria with conditions, fields with actions."""
CUSTOM_FAMILY = {"": CUSTOM, "Model": CUSTOM + "Model", "Type": CUSTOM + "Type"}


def foreign_key(itemtype: str) -> str:
    """The column that points to an itemtype: SocketModel -> socketmodels_id, ITILCategory -> itilcategories_id."""
    words = itemtype.removeprefix("Glpi\\").replace("\\", "_").lower().split("_")
    return "_".join(plural(word) for word in words) + "_id"


def plural(word: str) -> str:
    """The English plural as GLPI's table names have it."""
    if word.endswith("y") and word[-2] not in "aeo":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word if word.endswith("s") else word + "es"
    return word + "s"


def kind_of(prop: Json) -> str:
    """The kind of a column that a scalar property shows."""
    kind, form = prop.get("type"), prop.get("format")
    if kind == "boolean":
        return "bool"
    if kind == "integer":
        return "int"
    if kind == "number":
        return "decimal" if form == "float" else "int"
    return {"date-time": "datetime", "date": "date"}.get(form or "", "text")


def column_of(schema: str, name: str, prop: Json) -> str:
    """Which column a property is read from."""
    known = facts.SCHEMA_COLUMN.get(schema, {}).get(name) or facts.COLUMN.get(name)
    if known or "x-itemtype" not in prop:
        return known or name
    ends = re.search(r"_(\d)$", name)
    return foreign_key(prop["x-itemtype"]) + (f"_{ends[1]}" if ends else "")


class Maker:
    """Collects itemtypes, schemas and routes."""

    def __init__(self, openapi: Json) -> None:
        self.openapi = openapi
        self.itemtypes: Json = {}
        self.schemas: Json = {}
        self.routes: Json = {}
        self.below: Json = {}
        self.described = {schema.get("x-itemtype") for schema in openapi["components"]["schemas"].values()}

    # columns ------------------------------------------------------------------------------------------------------

    def column(self, itemtype: str, name: str, kind: str, **more: Any) -> None:
        """Note one column; the first kind noted stays, unless it was only guessed from a name."""
        columns = self.itemtypes.setdefault(itemtype, {"columns": {"id": {"kind": "int"}}})["columns"]
        spec = columns.setdefault(name, {"kind": kind})
        if spec.pop("guess", False):
            spec["kind"] = kind
        spec.update(more)

    def generic(self, itemtype: str) -> None:
        """A plain dropdown: what a joined itemtype that no schema describes has at least."""
        if itemtype in self.described or itemtype in self.itemtypes:
            return
        name = "designation" if itemtype.startswith("Device") and not itemtype.endswith(("Model", "Type")) else "name"
        self.column(itemtype, name, "text")
        for column, kind in (("comment", "text"), ("date_creation", "datetime"), ("date_mod", "datetime")):
            self.column(itemtype, column, kind)

    # schemas ------------------------------------------------------------------------------------------------------

    def schema(self, name: str) -> None:
        """One schema of the document: how each property is read."""
        document = self.openapi["components"]["schemas"][name]
        itemtype = document.get("x-itemtype") or facts.SCHEMA_ITEMTYPE.get(name)
        if not itemtype:
            return
        since = versions.FIELD_SINCE.get(name, {})
        fields: Json = {}
        for prop, detail in document["properties"].items():
            fields[prop] = self.field(name, itemtype, prop, detail)
            if detail.get("readOnly"):
                fields[prop]["readonly"] = True
            if prop in since:
                fields[prop]["since"] = since[prop]
        self.schemas[name] = {"itemtype": itemtype, "fields": fields}

    def field(self, schema: str, itemtype: str, name: str, prop: Json) -> Json:
        """How one property is read."""
        if name == "team" and (schema, name) not in facts.CHILDREN:
            return {"read": "team"}
        if prop["type"] == "array":
            return self.array(schema, itemtype, name, prop)
        column = column_of(schema, name, prop)
        if "x-itemtype" in prop:
            return self.join(itemtype, column, prop)
        if name == "status" and prop["type"] == "object":
            self.column(itemtype, "status", "int")
            return {"read": "status", "column": "status"}
        if name == "visibilities":
            parts = {part: f"is_visible_{part}" for part in prop["properties"]}
            for part in parts.values():
                self.column(itemtype, part, "bool", default=1)
            return {"read": "parts", "columns": parts}
        if name == "download_url":
            return {"read": "download", "column": "id"}
        if name == "filepath":
            return {"read": "filepath", "column": "id" if itemtype == "Document" else "documents_id"}
        return self.scalar(itemtype, name, column, prop)

    def scalar(self, itemtype: str, name: str, column: str, prop: Json) -> Json:
        """A property that one column holds."""
        kind = kind_of(prop)
        if column.endswith("_id") and prop["type"] == "object":
            kind = "int"
        if name != "password2":
            self.column(itemtype, column, kind)
        spec: Json = {"read": "hidden" if prop.get("writeOnly") else "column", "column": column, "kind": kind}
        if prop.get("format") == "html":
            spec["format"] = "html"
        return spec

    def join(self, itemtype: str, column: str, prop: Json) -> Json:
        """A property that shows a row of another itemtype."""
        target = prop["x-itemtype"]
        self.column(itemtype, column, "int")
        shows = list(prop["properties"])
        if "name" in shows or "designation" in shows:
            self.generic(target)
        return {"read": "join", "column": column, "kind": "int", "itemtype": target, "shows": shows}

    def array(self, schema: str, itemtype: str, name: str, prop: Json) -> Json:
        """A property that shows several rows."""
        shows = list(prop["items"].get("properties", {}))
        if prop["items"]["type"] == "string":
            self.column(itemtype, name, "text")
            return {"read": "texts", "column": name}
        if (schema, name) in facts.CHILDREN:
            child, column = facts.CHILDREN[schema, name]
            self.column(child, column, "int")
            return {"read": "children", "itemtype": child, "column": column, "shows": shows}
        if (schema, name) in facts.LINKED:
            link, there, target, here = facts.LINKED[schema, name]
            self.generic(target)
            for column in (there, here):
                self.column(link, column, "int")
            made: Json = {
                "read": "linked",
                "link": link,
                "itemtype": target,
                "there": there,
                "here": here,
                "shows": shows,
            }
            if link in facts.TYPED_LINKS:
                self.column(link, "itemtype", "text")
                made["typed"] = True
            return made
        if name in ("group", "group_tech"):
            # 10.0 keeps one group in a column of its own, 11 any number in Group_Item.
            self.column(itemtype, facts.COLUMN[name], "int", only="10.0.17")
            return {"read": "groups", "link": "Group_Item", "type": 2 if name == "group_tech" else 1, "shows": shows}
        raise SystemExit(f"unknown array {schema}.{name}")

    # routes -------------------------------------------------------------------------------------------------------

    def route(self, path: str, operations: Json) -> None:
        """One collection of the document, if it lists rows of a schema."""
        get = operations.get("get")
        if get is None or "{" in path or "/Stat/" in path:
            return
        content = get["responses"].get("200", {}).get("content", {}).get("application/json", {})
        reference = content.get("schema", {}).get("items", {}).get("$ref", "")
        schema = reference.rsplit("/", 1)[-1]
        if content.get("schema", {}).get("type") != "array" or schema not in self.schemas or "/Me/" in path:
            return
        name = path.strip("/")
        item = self.openapi["paths"].get(path.rstrip("/") + "/{id}") or self.item_of(path)
        self.routes[name] = {
            "schema": schema,
            "itemtype": self.schemas[schema]["itemtype"],
            "since": next((v for k, v in versions.ROUTE_SINCE.items() if name.startswith(k)), "2.0"),
            "list": sorted(m.upper() for m in operations if m in ("get", "post")),
            "item": sorted(m.upper() for m in item if m in ("get", "patch", "delete")),
            "unknown": 403 if f"{name}/".startswith(facts.UNKNOWN_IS_403) else 404,
            "place": len(self.routes),
        }
        if rules := re.fullmatch(r"Rule/Collection/(\w+)/Rule", name):
            self.routes[name]["fixed"] = {"sub_type": f"Rule{rules[1]}"}

    def item_of(self, path: str) -> Json:
        """The item path of a collection whose parameter is not called `id`."""
        pattern = re.compile(re.escape(path.rstrip("/")) + r"/\{[a-z_]+\}$")
        operations: Json = next((o for p, o in self.openapi["paths"].items() if pattern.match(p)), {})
        return operations

    def custom(self) -> None:
        """One custom asset type, MyType, with its models and types; the shape was recorded, the document has none."""
        asset = self.schemas["Computer"]["fields"]
        keep = "id name comment serial otherserial contact contact_num is_recursive is_deleted date_creation date_mod"
        fields = {name: asset[name] for name in keep.split()} | {"uuid": asset["uuid"]}
        for name in ("user", "group", "user_tech", "group_tech", "location", "manufacturer"):
            fields[name] = asset[name]
        fields["state"] = asset["status"]
        fields["entity"] = asset["entity"] | {"shows": ["id", "name"]}
        fields["custom_fields"] = {
            "read": "custom",
            "column": "custom_fields",
            "columns": tables.CUSTOM_FIELDS,
            "since": newer.SINCE,
        }
        self.column(CUSTOM, "custom_fields", "text", long=True)
        self.schemas["Custom_MyType"] = {"itemtype": CUSTOM, "fields": fields}
        for name, spec in fields.items():
            self.column(CUSTOM, spec.get("column", name), spec.get("kind", "int"))
        for suffix in ("Model", "Type"):
            target = CUSTOM_FAMILY[suffix]
            column = f"assets_asset{suffix.lower()}s_id"
            fields[suffix.lower()] = self.join(
                CUSTOM, column, {"x-itemtype": target, "properties": {"id": {}, "name": {}}}
            )
            plain = {key: asset[key] for key in ("id", "name", "comment", "date_creation", "date_mod")}
            self.schemas[f"Custom_MyType{suffix}"] = {"itemtype": target, "fields": plain}
        for suffix, itemtype in CUSTOM_FAMILY.items():
            self.routes[f"Assets/Custom/MyType{suffix}"] = {
                "schema": f"Custom_MyType{suffix}",
                "itemtype": itemtype,
                "since": "2.0",
                "list": ["GET", "POST"],
                "item": ["DELETE", "GET", "PATCH"],
                "unknown": 404,
                "place": len(self.routes),
            }
            tables.ITEMTYPE_ONLY[itemtype] = "11.0.6"

    def finish(self) -> Json:
        """Add what is known by hand and put everything in order."""
        for itemtype, columns in tables.EXTRA.items():
            for name, kind in columns.items():
                self.column(itemtype, name, kind)
        for itemtype, specs in json.loads(COLUMNS.read_text(encoding="utf-8")).items():
            for name, spec in specs.items():
                self.column(itemtype, name, **spec)
                column = self.itemtypes[itemtype]["columns"][name]
                if spec["kind"] in {"date", "datetime", "decimal"} or column["kind"] == "text":  # schemas differ
                    column["kind"] = spec["kind"]
        for itemtype, above in tables.TREE.items():
            for name, kind in ((above, "int"), ("completename", "text"), ("level", "int")):
                self.column(itemtype, name, kind)
        for itemtype in tables.TRASH:
            self.column(itemtype, "is_deleted", "bool")
        for itemtype, only in tables.COLUMN_ONLY.items():
            for name, version in only.items():
                self.itemtypes[itemtype]["columns"][name]["only"] = version
        for itemtype, spec in self.itemtypes.items():
            self.flags(itemtype, spec)
        rules = json.loads(RULES.read_text(encoding="utf-8"))
        return {
            "itemtypes": self.itemtypes,
            "schemas": self.schemas,
            "routes": self.routes,
            "below": self.below,
            "rules": rules,
        }

    def flags(self, itemtype: str, spec: Json) -> None:
        """Defaults and what kind of itemtype it is."""
        columns = spec["columns"]
        for column in columns.values():
            column.pop("guess", None)
        for name, value in tables.DEFAULT.get(itemtype, {}).items():
            if name in columns:
                columns[name]["default"] = value
        for name, column in columns.items():
            if column["kind"] == "text" and name in tables.LONG_TEXT:
                column["long"] = True
            if name in tables.NULLABLE:
                column["nullable"] = True
        spec["table"] = "glpi_" + foreign_key(itemtype).removesuffix("_id")
        locked = itemtype.startswith("Item_") and itemtype not in tables.TRASH  # there it marks what is locked
        spec["trash"] = "is_deleted" in columns and not locked
        spec["entity"] = "entities_id" in columns and itemtype not in ("User", "Entity")
        spec["label"] = "designation" if "designation" in columns else "name"
        if itemtype in tables.TREE:
            spec["tree"] = tables.TREE[itemtype]
        if itemtype in tables.ITEMTYPE_ONLY:
            spec["only"] = tables.ITEMTYPE_ONLY[itemtype]


def main(argv: list[str]) -> int:
    """Read, make, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("openapi", type=Path)
    parser.add_argument("newer", type=Path, help="the document of the newest version, which has all that the older has")
    parser.add_argument("recordings", type=Path, help="the folder of legacy recordings")
    parser.add_argument("output", type=Path)
    options = parser.parse_args(argv)
    maker = Maker(json.loads(options.openapi.read_text(encoding="utf-8")))
    double_rows.read(options.recordings, maker.column)
    for name in maker.openapi["components"]["schemas"]:
        maker.schema(name)
    for path, operations in maker.openapi["paths"].items():
        maker.route(path, operations)
    maker.custom()
    older = maker.openapi
    newer.properties(maker, json.loads(options.newer.read_text(encoding="utf-8")))
    newer.routes(maker, older)
    maker.below = newer.below(maker, older)
    options.output.write_text(lines(maker.finish()), encoding="utf-8", newline="\n")
    return 0


def lines(knowledge: Json) -> str:
    """JSON with one line for each itemtype, schema and route, so that a change can be read."""
    groups: list[str] = []
    for group, entries in knowledge.items():
        inner = ",\n".join(
            f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False, separators=(',', ':'))}"
            for name, entry in sorted(entries.items())
        )
        groups.append(f"{json.dumps(group)}: {{\n{inner}\n}}")
    return "{\n" + ",\n".join(groups) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
