"""From routes to the source of the classes that tell checkers which name of a client gives items of which shape."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from glpi_utils._knowledge.aliases import ALIASES, hl_path, names, only_in_legacy, resolve
from glpi_utils._knowledge.routes import all_routes
from glpi_utils.exceptions import GlpiUnsupportedError
from glpi_utils.types._families import ANY, label_of
from glpi_utils.types._shapes import plain, quoted
from glpi_utils.types._writing import schemas_of

__all__ = ["Entry", "Kind", "attributes", "entries", "own", "shipped"]

Json = Mapping[str, Any]
CUSTOM = "Assets/Custom/"


class Entry(NamedTuple):
    """Items of one shape (None: of none), the attributes that give them and the texts for `item`."""

    shape: str | None
    attributes: tuple[str, ...]
    texts: tuple[str, ...]
    itemtype: str = ""
    """The class, whose families of verbs the items have."""
    legacy: bool = False
    """The items come from the legacy API, also in a client of the other."""


class Kind(NamedTuple):
    """One class to write: its name, its parent, the beginning of its items' names, the prefix of shapes, what it is."""

    name: str
    parent: str
    items: str
    shapes: str
    summary: str

    def of(self, shape: str | None, label: str = ANY, *, legacy: bool = False) -> str:
        """Write the type of items of a shape (None: of no known one) and of the families that a label stands for."""
        items, shapes = (self.items.replace("HighLevel", "Legacy"), "legacy.") if legacy else (self.items, self.shapes)
        each = "dict[str, Any], Any, Any" if shape is None else "{0}, {0}Write, {0}Update".format(shapes + shape)
        return f"{items}{label}Items[{each}]"

    def of_entry(self, entry: Entry) -> str:
        """Write the type of the items of an entry."""
        return self.of(entry.shape, label_of(entry.itemtype), legacy=entry.legacy)


def attributes() -> dict[str, str]:
    """Return the names by which clients give items, as people write them, with the class that each means."""
    itemtypes = {name: resolve(name) for name in names() if name.isidentifier()}
    return {name: itemtype for name, itemtype in itemtypes.items() if itemtype is not None}


def entries(document: Json, legacy_shapes: Collection[str] = ()) -> Iterator[Entry]:
    """Return the lists of a document, with the attributes and names that mean them, and what the legacy API alone has."""
    shapes = dict(_lists(document))
    names_by_path: dict[str, list[str]] = {path: [] for path in shapes}
    lacking: list[str] = []
    for name in attributes():
        try:
            path = hl_path(name).path
        except GlpiUnsupportedError:
            path = ""
        names_by_path.get(path, lacking).append(name)
    for path, attribute_names in sorted(names_by_path.items()):
        classes = list(_class_of(path))
        texts = {path, *classes, *(ALIASES.keys() & attribute_names)}
        itemtype = classes[0] if classes else path.rpartition("/")[2]
        yield Entry(plain(shapes[path]), tuple(attribute_names), tuple(sorted(texts)), itemtype)
    for name in lacking:
        itemtype, legacy = attributes()[name], only_in_legacy(name)
        shape = itemtype if legacy and itemtype in legacy_shapes else None
        yield Entry(shape, (name,), (itemtype,) if legacy else (), itemtype, legacy)


def _class_of(path: str) -> Iterator[str]:
    """Return the names that `item` takes for a path, as GLPI writes them."""
    for route in all_routes():
        if route.path == path:
            yield from (route.itemtype, *route.names)


def _lists(document: Json) -> Iterator[tuple[str, str]]:
    """Return the paths that list items, with their schemas."""
    paths: Mapping[str, Json] = document["paths"]
    known = set(schemas_of(document))
    steps = ("get", "responses", "200", "content", "application/json", "schema", "items", "$ref")
    for path, verbs in paths.items():
        node: Any = verbs
        for step in steps:
            node = node.get(step) if hasattr(node, "get") else None
        schema = str(node).rpartition("/")[2]
        if "{" not in path and schema in known:
            yield path.strip("/"), schema


def naming(kind: Kind, shape_entries: Iterable[Entry]) -> Iterator[str]:
    """Write the body of one class, line by line: the attributes, and `item` for the texts that are known."""
    known = list(shape_entries)
    yield from sorted(f"{name}: {kind.of_entry(entry)}" for entry in known for name in entry.attributes)
    texts_by_kind: dict[str, list[str]] = {}
    for entry in known:
        if entry.texts:
            texts_by_kind.setdefault(kind.of_entry(entry), []).extend(entry.texts)
    for items, texts in texts_by_kind.items():
        words = ", ".join(map(quoted, dict.fromkeys(texts)))
        yield from ("@overload", f"def item(self, itemtype: Literal[{words}]) -> {items}: ...")
    yield from ("@overload", f"def item(self, itemtype: str) -> {kind.of(None)}: ...")


def shipped(kind: Kind, shape_entries: Iterable[Entry]) -> str:
    """Write the class that a client of ours has as its parent, as far as checkers know."""
    lines = [
        "__getattr__: ClassVar[None]  # type: ignore[assignment, misc]  # pyright: ignore[reportIncompatibleMethodOverride]"
    ]
    lines += naming(kind, shape_entries)
    lines += ["def item(self, itemtype: str) -> Any:", "    return super().item(itemtype)"]
    return _class(kind, lines)


def own(kind: Kind, shape_entries: Iterable[Entry]) -> str:
    """Write the class of the clients of one server: what it is at run time too, and more to checkers."""
    known = list(shape_entries)
    lines = [*naming(kind, known), "def item(self, itemtype: str) -> Any: ...", *_customs(kind, known)]
    return _class(kind, ["if TYPE_CHECKING:", *(f"    {line}" for line in lines)])


def _class(kind: Kind, lines: Iterable[str]) -> str:
    body = "".join(f"    {line}\n" for line in lines)
    return f'class {kind.name}({kind.parent}):\n    """{kind.summary}"""\n\n{body}'


def _customs(kind: Kind, shape_entries: Iterable[Entry]) -> Iterator[str]:
    """Write `custom` for the custom assets that there are, with their models and types."""
    shapes = {
        text.rpartition("/")[2]: entry.shape
        for entry in shape_entries
        for text in entry.texts
        if text.startswith(CUSTOM)
    }
    parts = {
        name: next((end for end in ("Model", "Type") if name[: -len(end)] in shapes and name.endswith(end)), "")
        for name in shapes
    }
    for name, part in parts.items():
        asset = name.removesuffix(part)
        more = f'part: Literal["{part}"]' + ("" if part else ' = ""')
        yield from (
            "@overload",
            f"def custom(self, name: Literal[{quoted(asset)}], {more}) -> {kind.of(shapes[name])}: ...",
        )
    if parts:
        yield from ("@overload", f'def custom(self, name: str, part: str = "") -> {kind.of(None)}: ...')
        yield 'def custom(self, name: str, part: str = "") -> Any: ...'
