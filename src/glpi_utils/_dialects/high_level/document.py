"""What a server tells of itself in its ``doc.json``: the properties of its schemas, and where which rows are."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from ..shared.shapes import as_object, is_object

Item = dict[str, Any]
_KEPT: Final = ("type", "format", "enum", "default", "pattern", "maxLength", "minimum", "maximum")
_FLAGS: Final = ("readOnly", "writeOnly")
_REFERENCE: Final = "#/components/schemas/"
_CUSTOM: Final = "CustomAsset_"
_RECENT: Final = 4
_recent: dict[bytes, Document] = {}
"""The last few documents by their digest: nobody changes one, and reading takes a tenth of a second."""


class Document:
    """One server's description of one API version, without its sentences: a twentieth of what it was."""

    __slots__ = ("_folded", "itemtypes", "lists", "methods", "rows", "schemas", "version")

    def __init__(self, document: Item) -> None:
        self.version = str(as_object(document.get("info")).get("version", ""))
        self.schemas: dict[str, dict[str, Item]] = {}
        """Schema -> property -> what the document says about it."""
        self.itemtypes: dict[str, str] = {}
        """Schema -> GLPI's class, where it says one."""
        self.rows: dict[str, str] = {}
        """Path, lower case -> the schema of what is read there."""
        self.lists: set[str] = set()
        """The paths whose reading gives a list."""
        self.methods: dict[str, frozenset[str]] = {}
        """Path, as the server writes it -> what can be done there ("get", "post", ...)."""
        seen: dict[str | bytes, Item] = {}
        for name, schema in as_object(as_object(document.get("components")).get("schemas")).items():
            entry = as_object(schema)
            self.schemas[name] = {
                each: _slim(details, seen) for each, details in as_object(entry.get("properties")).items()
            }
            if isinstance(itemtype := entry.get("x-itemtype"), str):
                self.itemtypes[name] = itemtype
        self._read_paths(as_object(document.get("paths")))
        self._folded = {name.lower(): name for name in self.schemas}

    def _read_paths(self, paths: Item) -> None:
        sets: dict[frozenset[str], frozenset[str]] = {}
        for path, operations in paths.items():
            plain = path.strip("/")
            if not plain:
                continue
            methods = frozenset(as_object(operations))
            self.methods[plain] = sets.setdefault(methods, methods)
            schema, many = _answered(as_object(as_object(operations).get("get")))
            if schema in self.schemas:
                self.rows[plain.lower()] = schema
                if many:
                    self.lists.add(plain)

    def schema_of(self, name: str) -> str | None:
        """Return the schema that a name or a path means, in any case; None where there is none."""
        plain = name.strip("/").lower()
        if plain in self.rows:
            return self.rows[plain]
        if "{}" in plain:  # below an item, whose id has a name of its own there
            return next((schema for path, schema in self.rows.items() if _below(path, plain)), None)
        custom = plain.removeprefix("assets/custom/").removeprefix("custom_")
        wanted = (plain,) if custom == plain else (plain, f"{_CUSTOM}{custom}".lower())
        return next((self._folded[each] for each in wanted if each in self._folded), None)

    def below(self, path: str) -> list[str]:
        """Name what hangs off the items at a path: "Infocom", "Component/Battery"."""
        base = path.lower().split("/")
        names: dict[str, None] = {}
        for each in self.methods:
            parts = each.split("/")
            rest = parts[len(base) + 1 :]
            if not rest or not parts[len(base)].startswith("{") or not all(map(_fits, parts, base)):
                continue
            named = rest[:-1] if rest[-1].startswith("{") else rest
            if named:
                names["/".join(named)] = None
        return list(names)

    def properties(self, name: str) -> dict[str, Item] | None:
        """Return the properties of a schema, by its name or a path; None where the server does not tell of it."""
        schema = self.schema_of(name)
        return None if schema is None else self.schemas[schema]


def _fits(part: str, wanted: str) -> bool:
    return part.startswith("{") or part.lower() == wanted


def _below(path: str, plain: str) -> bool:
    parts = path.split("/")
    return len(parts) == plain.count("/") + 1 and all(
        one == other or (other == "{}" and one.startswith("{"))
        for one, other in zip(parts, plain.split("/"), strict=True)
    )


def alike(documented: str, path: str) -> bool:
    """Check whether a path may be one that the document tells of, where ``{...}`` stands for any part."""
    one, other = documented.split("/"), path.lower().split("/")
    return len(one) == len(other) and all(map(_fits, one, other))


def inner(details: Item) -> dict[str, Item] | None:
    """Return the parts of a property: of an object, or of each object in a list; None where it has none."""
    parts = details.get("properties") or as_object(details.get("items")).get("properties")
    return as_object(parts) if parts else None


def _slim(details: object, seen: dict[str | bytes, Item]) -> Item:
    """Return a description without its sentences; equal descriptions are one object, and equal JSON is read once."""
    import orjson

    written = orjson.dumps(details)
    if (before := seen.get(written)) is None:
        before = seen[written] = _slimmed(as_object(details), seen)
    return before


def _slimmed(details: Item, seen: dict[str | bytes, Item]) -> Item:
    slim: Item = {key: details[key] for key in _KEPT if details.get(key) is not None}
    slim |= {key: True for key in _FLAGS if details.get(key) is True}
    if isinstance(itemtype := details.get("x-itemtype"), str):
        slim["itemtype"] = itemtype
    if isinstance(schema := details.get("x-full-schema"), str):
        slim["schema"] = schema
    if is_object(parts := details.get("properties")):
        slim["properties"] = {name: _slim(each, seen) for name, each in parts.items()}
    if is_object(each := details.get("items")):
        slim["items"] = _slim(each, seen)
    return seen.setdefault(repr(slim), slim)


def _answered(operation: Item) -> tuple[str, bool]:
    """Return the name of the schema that a read answers with, and whether with a list of such rows."""
    answers = as_object(operation.get("responses"))
    for status in ("200", "206"):
        content = as_object(as_object(as_object(answers.get(status)).get("content")).get("application/json"))
        schema = as_object(content.get("schema"))
        reference = schema.get("$ref") or as_object(schema.get("items")).get("$ref")
        if isinstance(reference, str) and reference.startswith(_REFERENCE):
            return reference.removeprefix(_REFERENCE), "$ref" not in schema
    return "", False


def read(body: bytes) -> Document | None:
    """Read a document; None where it is none. Equal documents are read once, whichever client receives them."""
    digest = sha256(body).digest()
    if (document := _recent.get(digest)) is None and (document := _read(body)) is not None:
        for oldest in list(_recent)[: 1 - _RECENT]:
            _recent.pop(oldest, None)
        _recent[digest] = document
    return document


def _read(body: bytes) -> Document | None:
    import orjson

    try:
        data: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    document = Document(as_object(data)) if is_object(data) and "paths" in data else None
    return document if document is not None and document.schemas else None
