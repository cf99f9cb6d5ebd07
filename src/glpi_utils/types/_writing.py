"""From an OpenAPI document to the source of a module of TypedDicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import Any

from ._shapes import Shape, Shapes

__all__ = ["module", "schemas_of"]

Json = Mapping[str, Any]
NAMES = {
    "typing": ("Any", "NotRequired", "TypedDict"),
    "glpi_utils.enums": (
        *("ChangeStatus", "Impact", "Priority", "ProblemStatus", "TaskState", "TicketStatus", "TicketType"),
        *("Urgency", "ValidationStatus"),
    ),
    "glpi_utils.types.words": ("EntityReference", "Id", "Link", "Moment", "Reference"),
}
"""What the shapes may use, and where it is imported from."""


def schemas_of(document: Json) -> list[str]:
    """Give the schemas whose items some route reads or writes, by name."""
    known: Mapping[str, Json] = document["components"]["schemas"]
    routes = str(document.get("paths"))
    used = {*re.findall(r"#/components/schemas/([^'\"/]+)", routes)}
    return sorted(name for name, schema in known.items() if name in used and "id" in (schema.get("properties") or {}))


def shapes_of(document: Json) -> Iterator[Shape]:
    """Give all shapes of a document, each after those that it needs."""
    made = Shapes(document["components"]["schemas"])
    for name in schemas_of(document):
        yield from made.of(name)


def module(first: str, shapes: Iterable[Shape]) -> str:
    """Write a module: its docstring's first line, its imports, its classes. What reads shapes at run time can: no text."""
    classes = "\n".join(map(_written, shapes))
    return f'"""{first}"""\n\n{_imports(classes)}\n{classes}'


def _imports(text: str) -> str:
    words = set(re.findall(r"\w+", text))
    lines: list[str] = []
    for home, names in NAMES.items():
        used = sorted(words & set(names))
        line = f"from {home} import {', '.join(used)}"
        if len(line) > 120:
            line = f"from {home} import (\n" + "".join(f"    {name},\n" for name in used) + ")"
        lines += [line] * bool(used)
        lines += [""] * (home == "typing")
    return "\n".join(lines) + "\n"


def _written(shape: Shape) -> str:
    odd = [field for field in shape.fields if iskeyword(field.name) or not field.name.isidentifier()]
    parent, before = shape.parent, ""
    if odd:  # a name that Python's grammar does not allow is written as text
        keys = ", ".join(f'"{field.name}": {field.annotation}' for field in odd)
        total = "" if shape.total else ", total=False"
        parent = f"_{shape.name}"
        before = f'\n{parent} = TypedDict("{parent}", {{{keys}}}{total})\n\n'
    told = parent if shape.total else f"{parent}, total=False"
    fields = [field for field in shape.fields if field not in odd]
    body = "".join(f"    {field.name}: {field.annotation}\n" for field in fields) or "    pass\n"
    return f"{before}\nclass {shape.name}({told}):\n{body}"
