"""Make `glpi_utils._sync`, the blocking clients, from the asynchronous ones: a verb is written once, in the engine.

Run as `python tools/make_sync.py`; `--check` only says whether what is there is what would be made.

A verb (a public ``async def``) becomes a method that runs the engine's coroutine of the same name to its end. All else is copied:
``async def`` becomes ``def``, what is awaited is run, and names change as in `NAMES`. Texts are cut out of the source by their
positions, so that signatures, docstrings and comments stay as they were written, on each version of Python.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "glpi_utils"
RUN = f"{PACKAGE}._runtimes.blocking"
HINT = f"{PACKAGE}._hints"


class Made(NamedTuple):
    """A class of the blocking surface, and where its asynchronous source is."""

    file: str
    module: str
    source: str
    name: str


PAGES, ITEMS, CLIENT, FAMILIES, ANY = (
    f"glpi_utils._sync.{name}" for name in ("pages", "items", "client", "families", "any_items")
)
VERBS = "glpi_utils._engine.verbs"


def _families() -> Iterator[Made]:
    """Yield the classes of verbs that not every type has."""
    tree = ast.parse((ROOT / "src" / f"{VERBS.replace('.', '/')}/families.py").read_bytes())
    homes = {
        each.name: f"{VERBS}.{node.module}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    every = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "AsyncAllFamilies")
    for name in map(ast.unparse, every.bases):
        yield Made(FAMILIES, homes[name], name, name.removeprefix("Async"))


SHAPED, NAMING = "glpi_utils.types._blocking_items", "glpi_utils.types._blocking_clients"
CLASSES = (
    Made(PAGES, "glpi_utils._engine.lists.pages", "AsyncPages", "Pages"),
    Made(PAGES, "glpi_utils._engine.lists.pages", "AsyncRows", "Rows"),
    Made(ITEMS, "glpi_utils._engine.verbs.items", "AsyncItemProxy", "ItemProxy"),
    Made(CLIENT, "glpi_utils._engine.verbs.client", "AsyncClient", "SyncClient"),
    *_families(),
    Made(SHAPED, "glpi_utils.types._async_items", "AsyncItems", "Items"),
    Made(SHAPED, "glpi_utils.types._async_items", "AsyncPeople", "People"),
    Made(SHAPED, "glpi_utils.types._async_high_level_items", "AsyncHighLevelItems", "HighLevelItems"),
    Made(SHAPED, "glpi_utils.types._async_legacy_items", "AsyncLegacyItems", "LegacyItems"),
    Made(NAMING, "glpi_utils.types._async_clients", "AsyncHighLevelClient", "HighLevelClient"),
    Made(NAMING, "glpi_utils.types._async_clients", "AsyncLegacyClient", "LegacyClient"),
)
"""The bases of a source are read where it imports them from."""
COPIED = {"AsyncAllFamilies": FAMILIES, "AsyncOfFamilies": FAMILIES, "AsyncAnyItems": ANY}
"""Where the classes stand that are copied with nothing but their names changed."""
FILES = {
    FAMILIES: "The blocking verbs that not every type has, family by family",
    ANY: "The items of a type that only the run knows: to checkers they have the verbs of every family",
    PAGES: "Walks as `for` reads them: pages of rows, or rows one by one",
    ITEMS: "The blocking verbs on the items of one type",
    CLIENT: "The blocking verbs of a client",
    SHAPED: "The items of one type as checkers see them, in a blocking client",
    NAMING: "The verbs of blocking clients that name an itemtype, as checkers see them on either API",
}
FOR_CHECKERS = """# mypy: disable-error-code="override, overload-overlap"
# pyright: reportIncompatibleMethodOverride=false, reportOverlappingOverload=false"""
NAMES = (
    {made.source: made.name for made in CLASSES}
    | {source: source.removeprefix("Async") for source in COPIED}
    | {
        "__aenter__": "__enter__",
        "__aexit__": "__exit__",
        "__aiter__": "__iter__",
        "__anext__": "__next__",
        "aclose": "close",
        "AsyncIterator": "Iterator",
        "StopAsyncIteration": "StopIteration",
    }
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module:
    """The text of a module, its classes, and where each of its names comes from."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = _path(name).read_bytes()
        self.tree = ast.parse(self.text)
        self.starts = [0]
        for line in self.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.classes = {node.name: node for node in self.tree.body if isinstance(node, ast.ClassDef)}
        self.origins: dict[str, tuple[str, bool]] = {}
        for node, checking in _top_level(self.tree):
            self._learn(node, checking)

    def _learn(self, node: ast.stmt, checking: bool) -> None:
        match node:
            case ast.ImportFrom():
                home = self.absolute(node)
                for each in node.names:
                    self.origins.setdefault(each.name, (home, checking))
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                self.origins.setdefault(name, (self.name, False))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self.origins.setdefault(name, (self.name, checking))
            case _:
                pass

    def absolute(self, node: ast.ImportFrom) -> str:
        """Return the full name of the module that a statement imports from."""
        above = self.name.split(".")[: -node.level] if node.level else []
        return ".".join([*above, *filter(None, [node.module])])

    def at(self, line: int, column: int) -> int:
        """Return the position of a line and column in the text."""
        return self.starts[line - 1] + column

    def span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        """Return where a node begins, with its decorators, and where it ends."""
        first = min([node, *getattr(node, "decorator_list", [])], key=lambda each: each.lineno)
        column = node.col_offset
        assert node.end_lineno is not None and node.end_col_offset is not None  # noqa: PT018
        return self.at(first.lineno, column), self.at(node.end_lineno, node.end_col_offset)


def _top_level(tree: ast.Module) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield the statements of a module, and whether only checkers read them; what stands in for those is left out."""
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from ((each, True) for each in node.body)
        else:
            yield node, False


class Blocking(ast.NodeVisitor):
    """Collects what to change in a piece of a module, and the names that it needs."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.changes: list[tuple[int, int, str]] = []
        self.used: set[str] = set()

    def text(self, node: ast.stmt, end: int | None = None) -> str:
        """Return the blocking form of a statement, as far as ``end``."""
        self.visit(node)
        start, last = self.module.span(node)
        last = end or last
        text = self.module.text[start:last]
        for begin, stop, new in sorted(self.changes, reverse=True):
            if stop <= last:
                text = text[: begin - start] + new.encode() + text[stop - start :]
        return text.decode()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Take ``async`` away."""
        start = self.module.at(node.lineno, node.col_offset)
        self.changes.append((start, start + len("async def "), "def "))
        self._named(node, start + len("async def "))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Give it its new name, if it has one."""
        self._named(node, self.module.at(node.lineno, node.col_offset) + len("def "))

    def _named(self, node: Function, start: int) -> None:
        if node.name in NAMES:
            self.changes.append((start, start + len(node.name), NAMES[node.name]))
        self.generic_visit(node)

    def visit_Await(self, node: ast.Await) -> None:
        """Run what is awaited, but for what is a method of this surface itself."""
        start, end = self.module.span(node)
        inner = self.module.span(node.value)[0]
        ours = isinstance(node.value, ast.Call) and _is_ours(node.value.func)
        self.changes.append((start, inner, "" if ours else "run("))
        if not ours:
            self.used.add("run")
            self.changes.append((end, end, ")"))
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Change a name, and note it."""
        if node.id in NAMES:
            self.changes.append((*self.module.span(node), NAMES[node.id]))
        self.used.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Change the name of a method."""
        if node.attr in NAMES:
            end = self.module.span(node)[1]
            self.changes.append((end - len(node.attr), end, NAMES[node.attr]))
        self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave f-strings alone: before 3.12 what is in them has no position."""
        inside = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        assert not inside & NAMES.keys(), f"{self.module.name}:{node.lineno}: {inside & NAMES.keys()} in an f-string"
        self.used |= inside


def _is_ours(called: ast.expr) -> bool:
    """Check whether ``self.x``, ``super().x`` or ``….__anext__`` is called, which does not wait in the blocking class."""
    if not isinstance(called, ast.Attribute):
        return False
    return called.attr in NAMES or ast.unparse(called.value) in ("self", "super()")


def _copied(name: str, start: str) -> str:
    """Return the text of a module, from some words on, with the names of the blocking surface."""
    text = _path(name).read_text(encoding="utf-8")
    text = re.sub(r"Async[A-Z]\w*", lambda word: word[0].removeprefix("Async"), text)
    return text[text.index(start) :].replace("from ..._", "from .._")


class Surface:
    """One file of the blocking surface as it grows."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.imports: dict[str, tuple[str, bool]] = {}

    def write(self) -> str:
        """Return the text of the file."""
        classes = "\n\n\n".join(self._class(made) for made in CLASSES if made.file == self.file)
        first = f'"""{FILES[self.file]}. Generated by tools/make_sync.py: do not edit."""'
        if self.file == ANY:
            text = _copied(f"{VERBS}.any_items", "from __future__")
            return formatted(f"{first}\n\n{text}", _path(self.file))
        if self.file == FAMILIES:
            self.imports |= {"TYPE_CHECKING": ("typing", False), "Any": ("typing", False)}
            classes += "\n\n\n" + _copied(f"{VERBS}.families", "class AllFamilies")
        return formatted(f"{first}\n\n{self._head()}\n\n{classes}\n", _path(self.file))

    def _class(self, made: Made) -> str:
        module = Module(made.module)
        node = module.classes[made.source]
        parts, bases = [], []
        for base in node.bases:
            if _home(module, base) is None:
                blocking = Blocking(module)
                blocking.visit(base)
                self._need(module, blocking.used)
                bases.append(_renamed(ast.unparse(base)))
        members = _members(module, node)
        delegates = made.file not in (SHAPED, NAMING) and any(_is_verb(each) for _, each in members)
        for owner, member in members:
            verb = delegates and _is_verb(member)
            parts.append(self._verb(owner, member) if verb else self._copy(owner, member))
            if delegates and _name(member) == "__init__":
                kind = made.source + "".join(base.removeprefix("Generic") for base in bases if "[" in base)
                parts[-1] += f"\n        self._inner: {kind} = {made.source}({_arguments(member)})"
                self.imports[made.source] = (made.module, False)
        doc = _renamed(_document(node)).replace("async for", "for").replace(", for asyncio", "")
        self._need(
            module, {name.id for each in node.decorator_list for name in ast.walk(each) if isinstance(name, ast.Name)}
        )
        above = "".join(f"@{ast.unparse(each)}\n" for each in node.decorator_list)
        if made.file == FAMILIES:
            parts.insert(0, "_inner: Any")
        head = f"{above}class {made.name}({', '.join(bases)}):" if bases else f"{above}class {made.name}:"
        return f'{head}\n    """{doc}"""\n\n    ' + "\n\n    ".join(parts)

    def _verb(self, module: Module, node: ast.stmt) -> str:
        assert isinstance(node, ast.AsyncFunctionDef)
        assert ast.get_docstring(node), f"{module.name}.{node.name} has no docstring"
        blocking = Blocking(module)
        text = blocking.text(node, module.span(node.body[0])[1])
        signature = Blocking(module)
        signature.visit(node.args)
        for each in (*node.decorator_list, *filter(None, [node.returns])):
            signature.visit(each)
        self._need(module, signature.used | {"run"})
        nothing = isinstance(node.returns, ast.Constant) and node.returns.value is None
        call = f"run(self._inner.{node.name}({_arguments(node)}))"
        return f"{text}\n        {call if nothing else f'return {call}'}"

    def _copy(self, module: Module, node: ast.stmt) -> str:
        blocking = Blocking(module)
        text = blocking.text(node)
        self._need(module, blocking.used)
        return text

    def _need(self, module: Module, names: set[str]) -> None:
        """Note where names come from; what is made here comes from here."""
        homes = {made.source: (made.file, False) for made in CLASSES} | {
            source: (file, False) for source, file in COPIED.items()
        }
        for name in sorted(names):
            home = (RUN, False) if name == "run" else homes.get(name) or module.origins.get(name)
            if home is not None and home[0] != self.file:
                self.imports.setdefault(NAMES.get(name, name), home)

    def _head(self) -> str:
        """Return the imports; what only checkers import is read at run time by whoever asks for the hints."""
        checked = {name: home for name, (home, checking) in self.imports.items() if checking}
        lines = ["from __future__ import annotations", "", *([FOR_CHECKERS] if self.file in (SHAPED, NAMING) else [])]
        lines += ['# mypy: disable-error-code="no-any-return"'] if self.file == FAMILIES else []
        for name, (home, checking) in sorted(self.imports.items()):
            if not checking:
                lines.append(self._import(home, name))
        if checked:
            lines += [self._import(HINT, "hint"), "from typing import TYPE_CHECKING", "", "if TYPE_CHECKING:"]
            lines += [f"    {self._import(home, name)}" for name, home in sorted(checked.items())]
            lines += ["else:", *(f'    {name} = hint("{home}.{name}")' for name, home in sorted(checked.items()))]
        return "\n".join(lines)

    def _import(self, home: str, name: str) -> str:
        if self.file not in (SHAPED, NAMING):  # the checkers' modules name others in full
            for start, relative in ((f"{PACKAGE}._sync.", "."), (f"{PACKAGE}.", "..")):
                if home.startswith(start):
                    return f"from {relative}{home.removeprefix(start)} import {name}"
        return f"from {home} import {name}"


def _renamed(text: str) -> str:
    return re.sub(r"\w+", lambda word: NAMES.get(word[0], word[0]), text)


def _path(module: str) -> Path:
    return ROOT / "src" / f"{module.replace('.', '/')}.py"


def _home(module: Module, base: ast.expr) -> Module | None:
    """Return the module of ours in which a base is written, None for a base that stays."""
    name = _base_name(base)
    home = "" if name in NAMES else module.origins.get(name, ("", False))[0]
    return Module(home) if home.startswith(f"{PACKAGE}.") else None


def _base_name(base: ast.expr) -> str:
    """Return the name of a base without its types: ``AsyncWholeLists[Row]`` is AsyncWholeLists."""
    return ast.unparse(base.value if isinstance(base, ast.Subscript) else base)


def _members(module: Module, node: ast.ClassDef) -> list[tuple[Module, ast.stmt]]:
    """Return what a class is made of, with its bases of ours: what is for users, and what that needs."""
    every: dict[str, tuple[Module, ast.stmt]] = {}
    for owner, each in _all_members(module, node):
        of_one = f" {each.lineno}" if _is_overload(each) else ""
        every.setdefault(f"{_name(each)}{of_one}", (owner, each))
    todo = [name for name in every if not name.startswith("_") or name.endswith("__")]
    needed: set[str] = set()
    while todo:
        name = todo.pop()
        needed.add(name)
        if not _is_verb(every[name][1]):
            inside = {each.attr for each in ast.walk(every[name][1]) if isinstance(each, ast.Attribute)}
            todo += (inside & every.keys()) - needed
    return [member for name, member in every.items() if name in needed]


def _all_members(module: Module, node: ast.ClassDef) -> Iterator[tuple[Module, ast.stmt]]:
    for each in node.body:
        if isinstance(each, Function) or (isinstance(each, ast.If) and ast.unparse(each.test) == "not TYPE_CHECKING"):
            yield module, each
    for base in node.bases:
        home = _home(module, base)
        if home is not None:
            yield from _all_members(home, home.classes[_base_name(base)])


def _name(member: ast.stmt) -> str:
    return next(each.name for each in ast.walk(member) if isinstance(each, Function))


def _is_verb(node: ast.stmt) -> bool:
    public = isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_") and node.name not in NAMES
    return public and not _is_overload(node)


def _is_overload(node: ast.stmt) -> bool:
    """Check whether it is one of the signatures that only checkers read; it is copied."""
    return isinstance(node, Function) and any(ast.unparse(each) == "overload" for each in node.decorator_list)


def _document(node: ast.ClassDef) -> str:
    return ast.get_docstring(node, clean=False) or ""


def _arguments(node: ast.stmt) -> str:
    """Return the arguments of a function as a call hands them on."""
    assert isinstance(node, Function)
    arguments = node.args
    parts = [each.arg for each in (*arguments.posonlyargs, *arguments.args)][1:]
    parts += [f"*{arguments.vararg.arg}"] if arguments.vararg else []
    parts += [f"{each.arg}={each.arg}" for each in arguments.kwonlyargs]
    return ", ".join([*parts, *([f"**{arguments.kwarg.arg}"] if arguments.kwarg else [])])


def formatted(text: str, path: Path) -> str:
    """Return a text as `make format` leaves it."""
    ruff = [sys.executable, "-m", "ruff"]
    at = ["--stdin-filename", str(path), "-"]
    for command in (["check", "--fix", "--quiet", "--select=I"], ["format", "--quiet"]):
        done = subprocess.run([*ruff, *command, *at], input=text.encode(), capture_output=True, check=True, cwd=ROOT)
        text = done.stdout.decode()
    return text


def main() -> int:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = False
    for file in FILES:
        path, text = _path(file), Surface(file).write()
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path.relative_to(ROOT)} is not what tools/make_sync.py makes: run it again")
            stale = True
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
