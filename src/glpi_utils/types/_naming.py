"""From routes to the source of the classes that tell checkers which name of a client gives items of which shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from glpi_utils._knowledge.aliases import ALIASES, hl_path, names, resolve
from glpi_utils._knowledge.routes import all_routes
from glpi_utils.exceptions import GlpiUnsupportedError
from glpi_utils.types._shapes import plain
from glpi_utils.types._writing import schemas_of

__all__ = ["Entry", "Kind", "attributes", "entries", "naming"]

Json = Mapping[str, Any]
ANY = "[dict[str, Any], Any, Any]"


class Entry(NamedTuple):
    """Items of one shape (None: of none), the attributes that give them and the texts for `item`."""

    shape: str | None
    attributes: tuple[str, ...]
    texts: tuple[str, ...]


class Kind(NamedTuple):
    """One class to write: its name, its parent, its generic items, the prefix of shapes, what it is."""

    name: str
    parent: str
    items: str
    shapes: str
    told: str


def attributes() -> dict[str, str]:
    """Give the names by which clients give items, as people write them, with the class that each means."""
    found = {name: resolve(name) for name in names() if name.isidentifier()}
    return {name: itemtype for name, itemtype in found.items() if itemtype is not None}


def entries(document: Json) -> Iterator[Entry]:
    """Give the lists of a document, with the attributes and names that mean them."""
    shapes = dict(_lists(document))
    given: dict[str, list[str]] = {path: [] for path in shapes}
    lacking: list[str] = []
    for name in attributes():
        try:
            path = hl_path(name).path
        except GlpiUnsupportedError:
            path = ""
        given.get(path, lacking).append(name)
    for path, found in sorted(given.items()):
        texts = {path, *_class_of(path), *(ALIASES.keys() & found)}
        yield Entry(plain(shapes[path]), tuple(found), tuple(sorted(texts)))
    yield Entry(None, tuple(lacking), ())


def _class_of(path: str) -> Iterator[str]:
    """Give the names that `item` takes for a path, as GLPI writes them."""
    for route in all_routes():
        if route.path == path:
            yield from (route.itemtype, *route.names)


def _lists(document: Json) -> Iterator[tuple[str, str]]:
    """Give the paths that list items, with their schemas."""
    paths: Mapping[str, Json] = document["paths"]
    known = set(schemas_of(document))
    steps = ("get", "responses", "200", "content", "application/json", "schema", "items", "$ref")
    for path, found in paths.items():
        told: Any = found
        for step in steps:
            told = told.get(step) if hasattr(told, "get") else None
        schema = str(told).rpartition("/")[2]
        if "{" not in path and schema in known:
            yield path.strip("/"), schema


def naming(kind: Kind, told: Iterable[Entry]) -> str:
    """Write one class."""
    known = list(told)
    typed = [(name, _of(kind, entry)) for entry in known for name in entry.attributes]
    lines = [f"class {kind.name}({kind.parent}):", f'    """{kind.told}"""', ""]
    lines += [
        "    __getattr__: ClassVar[None]  # type: ignore[assignment, misc]  # pyright: ignore[reportIncompatibleMethodOverride]"
    ]
    lines += [f"    {name}: {items}" for name, items in sorted(typed)]
    for entry in known:
        if entry.texts:
            texts = ", ".join(f'"{each}"'.replace("\\", "\\\\") for each in entry.texts)
            lines += ["    @overload", f"    def item(self, itemtype: Literal[{texts}]) -> {_of(kind, entry)}: ..."]
    lines += ["    @overload", f"    def item(self, itemtype: str) -> {kind.items}{ANY}: ..."]
    lines += ["    def item(self, itemtype: str) -> Any:", "        return super().item(itemtype)"]
    return "\n".join(lines) + "\n"


def _of(kind: Kind, entry: Entry) -> str:
    if entry.shape is None:
        return kind.items + ANY
    shape = kind.shapes + entry.shape
    return f"{kind.items}[{shape}, {shape}Write, {shape}Update]"
