"""Read the OpenAPI document: its schemas and paths, names and types only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
_OWN = "Assets/Custom"  # types that one server's people made
NEWEST = "2.3"
"""The version of the API that the newer document is of."""
VERBS = ("get", "post", "patch", "delete")


class Document:
    """One OpenAPI document of a GLPI server."""

    def __init__(self, whole: Json, older: Document | None = None) -> None:
        self.older = older
        """The document of the version before, of which nothing was taken away."""
        schemas: dict[str, Json] = whole["components"]["schemas"]
        self.schemas = {name: found for name, found in schemas.items() if not name.startswith("CustomAsset_")}
        paths = {path.strip("/"): found for path, found in whole["paths"].items()}
        self.paths: dict[str, Json] = {path: found for path, found in paths.items() if not path.startswith(_OWN)}

    @classmethod
    def at(cls, path: Path, older: Path | None = None) -> Document:
        """The document in a file; `older`: that of the version before."""
        before = None if older is None else cls.at(older)
        return cls(json.loads(path.read_text(encoding="utf-8")), before)

    def is_new(self, schema: str, name: str = "") -> bool:
        """Whether the version before had no such schema, or the schema but no such property."""
        if self.older is None:
            return False
        known = self.older.schemas.get(schema)
        return known is None if not name else known is not None and name not in known["properties"]

    def properties(self, schema: str) -> Iterator[tuple[str, Json]]:
        """Name and description of each property of a schema."""
        yield from self.schemas[schema]["properties"].items()

    def itemtype(self, schema: str) -> str:
        """The class of the rows that a schema describes; "" where they are of none."""
        return str(self.schemas[schema].get("x-itemtype") or "")

    def verbs(self, path: str) -> frozenset[str]:
        """What may be done at a path."""
        return frozenset(verb for verb in VERBS if verb in self.paths.get(path, ()))

    def rows(self, path: str) -> str:
        """The schema of what a GET of a path gives, row by row or alone; "" where that is told otherwise."""
        given = self._answered(path)
        given = given.get("items", given) if given.get("type") == "array" else given
        found = str(given.get("$ref", "")).rpartition("/")[2]
        return found if found in self.schemas else ""

    def lists(self, path: str) -> bool:
        """Whether a GET of a path gives a list."""
        return bool(self._answered(path).get("type") == "array")

    def _answered(self, path: str) -> Json:
        """The schema of a GET's answer; PHP writes an empty object as a list."""
        answer = self.paths.get(path, {}).get("get", {}).get("responses", {}).get("200", {})
        found: Json = answer.get("content", {}).get("application/json", {}).get("schema", {}) or {}
        return found
