"""From a schema of an OpenAPI document to the fields that are read and those that are written, as annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from keyword import iskeyword
from typing import Any, NamedTuple

from glpi_utils._knowledge.writing import kept_for
from glpi_utils.types._facts import EMPTY, ENUMS, ITIL, LISTS, OTHERWISE, REFERENCES, SET, TEAM, UNWRITTEN

__all__ = ["Field", "Shape", "Shapes", "plain", "quoted"]

Json = Mapping[str, Any]


class Field(NamedTuple):
    """One field of a shape."""

    name: str
    annotation: str


class Shape(NamedTuple):
    """One TypedDict."""

    name: str
    fields: tuple[Field, ...]
    total: bool = True
    parent: str = "TypedDict"


class Shapes:
    """The shapes of a document's schemas, with those inside them, each once.

    ``older``: the schemas of the version before; rows need not have what these lack.
    """

    def __init__(self, schemas: Mapping[str, Json], older: Mapping[str, Json] | None = None) -> None:
        self._schemas, self._older = schemas, older or {}
        self._taken = {plain(name) for name in schemas}
        self._inner: dict[tuple[Field, ...], Shape] = {}

    def of(self, schema: str) -> Iterator[Shape]:
        """Return what is read, what is written and what is written to an item that exists; what is inside comes first."""
        known = len(self._inner)
        name, properties = plain(schema), dict(self._schemas[schema].get("properties") or {})
        shown = {at: each for at, each in properties.items() if _shown(each) and each.get("properties") != []}
        fields = {at: self._read(schema, at, each) for at, each in shown.items()}
        fields |= OTHERWISE.get(schema, {})
        read = tuple(Field(*each) for each in fields.items() if each[1])
        yield from list(self._inner.values())[known:]
        yield Shape(name, read)
        written = tuple(
            Field(at, annotation)
            for at, each in properties.items()
            if at != "id" and not each.get("readOnly") and (annotation := _written(schema, at, each)) is not None
        )
        yield Shape(f"{name}Write", written, total=False)
        yield Shape(f"{name}Update", (Field("id", "int | str"),), parent=f"{name}Write")

    def _read(self, schema: str, name: str, prop: Json) -> str:
        annotation = self._value(schema, name, prop)
        annotation = f"{annotation} | None" if annotation != "Any" and _nullable(schema, name, prop) else annotation
        return f"NotRequired[{annotation}]" if self._is_new(schema, name) else annotation

    def _is_new(self, schema: str, name: str) -> bool:
        before, here = self._older.get(schema), self._schemas.get(schema)
        known = before and before["properties"]
        return bool(known) and here is not None and name in here["properties"] and name not in (known or {})

    def _value(self, schema: str, name: str, prop: Json) -> str:
        kind = prop.get("type")
        if kind == "array":
            return f"list[{self._value(schema, name, _raw(prop.get('items') or {}))}]"
        if kind == "flag":
            return "bool | int"
        if kind == "object":
            return self._object(schema, name, prop)
        if any(isinstance(each, str) for each in prop.get("enum") or ()):
            return "str"
        if "enum" in prop and kind == "number":
            return "int"
        return SCALARS.get(str(kind), "Any")

    def _object(self, schema: str, name: str, prop: Json) -> str:
        parts: Json = prop.get("properties") or {}
        if name == "team" or prop.get("x-full-schema") == "TeamMember":
            fields = [Field(at, "int" if at == "id" else _team(at)) for at in TEAM]
            fields.append(Field("type", "NotRequired[str]"))  # from 11.0.7 on
        else:
            known = REFERENCES.get(tuple(parts))
            if known:
                return known
            fields = [Field(at, self._read(schema, f"{name}_{at}", each)) for at, each in parts.items() if _shown(each)]
        if not fields:
            return "dict[str, Any]"
        kept = self._inner.get(tuple(fields))
        if kept is None:
            full = prop.get("x-full-schema")
            words = [str(full), "shown"] if full else [schema, *name.split("_")]
            wanted = "".join(word[:1].upper() + word[1:] for word in words).replace("_", "")
            kept = self._inner[tuple(fields)] = Shape(self._free(plain(wanted)), tuple(fields))
        return kept.name

    def _free(self, name: str) -> str:
        while name in self._taken:
            name += "_"
        self._taken.add(name)
        return name


TAKEN = frozenset(
    {
        *ENUMS.values(),
        *(f"{enum}Name" for enum in ENUMS.values()),
        "Any",
        "Created",
        "CreatedOnce",
        "EntityReference",
        "Flag",
        "Id",
        "Link",
        "Moment",
        "Named",
        "NotRequired",
        "Reference",
        "Sequence",
        "TypedDict",
        "UserId",
        "UserLink",
    }
) | {"AsyncGlpiOAuthClient", "AsyncItems", "AsyncServerClient", "GlpiOAuthClient", "Items", "Literal", "ServerClient"}
"""Names that the modules use for something else."""

SCALARS = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}


def plain(name: str) -> str:
    """Make a name of Python's of the name of a schema, whatever a server calls it."""
    identifier = re.sub(r"\W", "_", name)
    identifier = identifier if identifier.isidentifier() else f"Schema_{identifier}"
    return f"{identifier}_" if iskeyword(identifier) or identifier in TAKEN else identifier


def quoted(text: str) -> str:
    """Write a text of a server as Python does, in double quotes where that is as good."""
    written = repr(text)
    return written if '"' in text or written[0] == '"' else f'"{written[1:-1]}"'


def _raw(prop: Json) -> Json:
    """Within lists 11.0.6 gives flags as they are stored: 0 and 1."""
    parts = dict(prop.get("properties") or {})
    flags = {name: {**part, "type": "flag"} for name, part in parts.items() if part.get("type") == "boolean"}
    return {**prop, "properties": parts | flags}


def _team(name: str) -> str:
    """A group or supplier has no first name."""
    return "str | None" if name in {"realname", "firstname"} else "str"


def _shown(prop: Json) -> bool:
    return not prop.get("writeOnly")


def _nullable(schema: str, name: str, prop: Json) -> bool:
    """Whether GLPI may show null: texts, dates and relations, as its columns allow it; few numbers, and no flags."""
    if schema == "UserPreferences":  # null: as the server's default
        return name != "id"
    if name in EMPTY.get(schema, ()):
        return True
    if prop.get("type") == "string":
        return not (schema in ITIL and name in SET)
    return prop.get("type") == "object" and name != "entity" and "x-itemtype" in prop


def _written(schema: str, name: str, prop: Json) -> str | None:
    """What may be written, None for what GLPI ignores. None clears; where that would do harm it is not in the shape."""
    kind = prop.get("type")
    clears = "" if name in kept_for(schema) else " | None"
    enum = ENUMS.get(f"{schema}.{name}") or (ENUMS.get(name) if prop.get("enum") else None)
    if f"{schema}.{name}" in UNWRITTEN:
        return None
    if f"{schema}.{name}" in LISTS:
        return "list[str]"
    if kind == "array":  # GLPI answers 200 and changes nothing, whatever the list (up to 11.0.8)
        return None
    if kind == "object":
        parts = dict(prop.get("properties") or {})
        if parts and all(part.get("type") == "boolean" for part in parts.values()):
            return "dict[str, bool]"
        linked = "x-itemtype" in prop or parts.keys() == {"id", "name"}
        link = "UserLink" if prop.get("x-itemtype") == "User" else "Link"
        return f"{f'{enum} | {enum}Name | ' if enum else ''}{link}{clears}" if linked else None
    if kind == "string" and prop.get("format") in {"date", "date-time"}:
        return f"Moment{clears}"
    if kind == "boolean":
        return "Flag"
    if enum:
        return f"{enum} | {enum}Name | int"
    return f"{SCALARS[str(kind)]}{clears}" if kind in SCALARS else "Any"
