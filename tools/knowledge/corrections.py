"""The corrections by hand, read from `corrections.toml`: each says why it is right where the document is not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
FILE = Path(__file__).with_name("corrections.toml")


class Corrections:
    """What stands in the file, asked by what it is about."""

    def __init__(self, whole: dict[str, list[Entry]]) -> None:
        for section, entries in whole.items():
            for entry in entries:
                if not str(entry.get("reason", "")).strip():
                    raise SystemExit(f"corrections.toml: an entry of {section} has no reason: {entry}")
        self._whole = whole

    @classmethod
    def read(cls, path: Path = FILE) -> Corrections:
        """All corrections of a file."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def of(self, section: str) -> list[Entry]:
        """The entries of one section, in order; a later one outdoes an earlier."""
        return self._whole.get(section, [])

    def about(self, section: str, schema: str, name: str, kind: str) -> Iterator[Entry]:
        """The entries of a section that speak of one property, or of all of a kind or, where the section is about names, of a name."""
        for entry in self.of(section):
            every = kind in words(entry.get("every")) and name not in words(entry.get("but"))
            every = every and name in words(entry.get("only", name))
            if name in words(entry.get("properties", {}).get(schema)) or every:
                yield entry

    def longest(self, schema: str, name: str) -> int | None:
        """How many signs a text may have; 0: known to have no short end; None: nothing is known."""
        found: int | None = None
        for entry in self.of("longest"):
            if "length" not in entry:
                for length, properties in entry["properties"].items():
                    if name in words(properties.get(schema)):
                        found = int(length)
            elif name in words(entry.get("every")) or name in words(entry.get("properties", {}).get(schema)):
                found = entry["length"]
        return found

    def longer(self) -> set[str]:
        """The properties, as "Schema.name", that hold more than the document says."""
        return {each for entry in self.of("longest") for each in words(entry.get("longer"))}

    def column(self, schema: str, name: str) -> str | None:
        """The column of a property, where it cannot be told from its name."""
        found: str | None = None
        for entry in self.of("columns"):
            found = entry.get("every", {}).get(name, found)
            found = entry.get("of", {}).get(schema, {}).get(name, found)
        return found

    def own_classes(self) -> set[str]:
        """The classes and names that stand for one path each, where the document has one schema for several."""
        return {value for entry in self.of("class") for key, value in entry.items() if key != "reason"}

    def version(self, section: str, schema: str, name: str = "") -> str:
        """The version that first has a schema or property (`since`) or first lacks it (`until`); "" where unknown."""
        for entry in self.of(section):
            here = words(entry.get("properties", {}).get(schema)) if name else words(entry.get("schemas"))
            if (name or schema) in here:
                return str(entry["version"])
        return ""


def words(value: str | list[str] | None) -> list[str]:
    """Names in a row, as one text or a list."""
    return (value.split() if isinstance(value, str) else value) or []
