"""Read the OpenAPI document: its schemas and paths, names and types only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
VERBS = ("get", "post", "patch", "delete")


class Document:
    """One OpenAPI document of a GLPI server."""

    def __init__(self, whole: Json) -> None:
        self.schemas: dict[str, Json] = whole["components"]["schemas"]
        self.paths: dict[str, Json] = {path.strip("/"): found for path, found in whole["paths"].items()}

    @classmethod
    def at(cls, path: Path) -> Document:
        """The document in a file."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

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
        answer = self.paths.get(path, {}).get("get", {}).get("responses", {}).get("200", {})
        given = answer.get("content", {}).get("application/json", {}).get("schema", {})
        given = given.get("items", given) if given.get("type") == "array" else given
        return str(given.get("$ref", "")).rpartition("/")[2]

    def lists(self, path: str) -> bool:
        """Whether a GET of a path gives a list."""
        answer = self.paths.get(path, {}).get("get", {}).get("responses", {}).get("200", {})
        return bool(answer.get("content", {}).get("application/json", {}).get("schema", {}).get("type") == "array")
