"""From an OpenAPI document to the source of a module of TypedDicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import Any, cast

from ._facts import ENUMS
from ._shapes import Shape, Shapes, quoted

__all__ = ["classes", "imports", "module", "schemas_of", "shapes_of"]

Json = Mapping[str, Any]
TYPING = ("Any", "NotRequired", "TypedDict")
NAMES = {
    "glpi_utils.enums": (
        *("ChangeStatus", "Impact", "Priority", "ProblemStatus", "TaskState", "TicketStatus", "TicketType"),
        *("Urgency", "ValidationStatus"),
    ),
    "glpi_utils.types.words": (
        *("EntityReference", "Flag", "Id", "Link", "Moment", "Named", "Reference", "UserId", "UserLink"),
        *(f"{enum}Name" for enum in sorted(set(ENUMS.values()))),
    ),
}
"""What the shapes may use, and where it is imported from."""


def schemas_of(document: Json) -> list[str]:
    """Return the schemas whose items some route reads or writes, by name."""
    known: Mapping[str, Json] = document["components"]["schemas"]
    used = {name.removeprefix("#/components/schemas/") for name in _references(document["paths"])}
    return sorted(name for name, schema in known.items() if name in used and "id" in (schema.get("properties") or {}))


def _references(node: Any) -> Iterator[str]:
    """Return the schemas that are referred to anywhere below."""
    if isinstance(node, Mapping):
        for name, value in cast("Json", node).items():
            yield from (str(value),) if name == "$ref" else _references(value)
    elif isinstance(node, list):
        for each in cast("Iterable[Any]", node):
            yield from _references(each)


def shapes_of(document: Json, older: Json | None = None) -> Iterator[Shape]:
    """Return all shapes of a document, each after those that it needs; ``older``: that of the version before."""
    made = Shapes(document["components"]["schemas"], older and older["components"]["schemas"])
    for name in schemas_of(document):
        yield from made.of(name)


def module(first: str, shapes: Iterable[Shape]) -> str:
    """Write a module: its docstring's first line, its imports, its classes. What reads shapes at run time can: no text."""
    text = classes(shapes)
    words, homes = imports(text)
    abc = "from collections.abc import Sequence\n" if re.search(r"\bSequence\b", text) else ""
    return f'"""{first}"""\n\n{abc}from typing import {", ".join(words)}\n\n{homes}\n{text}'


def classes(shapes: Iterable[Shape]) -> str:
    """Write the classes alone."""
    return "\n".join(map(_written, shapes))


def imports(text: str) -> tuple[list[str], str]:
    """Return what classes need: the names of `typing`, and the lines that import all else."""
    words = set(re.findall(r"\w+", text))
    lines: list[str] = []
    for home, names in NAMES.items():
        used = sorted(words & set(names))
        line = f"from {home} import {', '.join(used)}\n"
        if len(line) > 121:
            line = f"from {home} import (\n" + "".join(f"    {name},\n" for name in used) + ")\n"
        lines += [line] * bool(used)
    return sorted(words & set(TYPING)), "".join(lines)


def _written(shape: Shape) -> str:
    odd = [field for field in shape.fields if not _grammatical(field.name)]
    parent, before = shape.parent, ""
    if odd:  # a name that Python's grammar does not allow is written as text
        keys = ", ".join(f"{quoted(field.name)}: {field.annotation}" for field in odd)
        total = "" if shape.total else ", total=False"
        parent = f"_{shape.name}"
        before = f'\n{parent} = TypedDict("{parent}", {{{keys}}}{total})\n\n'
    bases = parent if shape.total else f"{parent}, total=False"
    fields = [field for field in shape.fields if field not in odd]
    body = "".join(f"    {field.name}: {field.annotation}\n" for field in fields) or "    pass\n"
    return f"{before}\nclass {shape.name}({bases}):\n{body}"


def _grammatical(name: str) -> bool:
    """Whether a class can have a field of this name, unchanged."""
    return name.isidentifier() and not iskeyword(name) and not name.startswith("__")
