"""No file imports itself by way of others: imports inside functions and for type checkers count as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"

Graph = dict[str, set[str]]


def modules(root: Path) -> dict[str, Path]:
    """Return the files below a folder by the name that they are imported by."""
    named: dict[str, Path] = {}
    for path in root.rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        named[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return named


def graph(root: Path) -> Graph:
    """Return which file imports which. Importing `a.b.c` counts for `a.b.c` alone, not for the packages above it."""
    named = modules(root)
    return {name: set(imported(name, path, named)) - {name} for name, path in named.items()}


def imported(name: str, path: Path, named: dict[str, Path]) -> Iterator[str]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in named)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - (node.level - 1)] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield from (each for each in (inner if inner in named else base,) if each in named)


def circles(imports: Graph) -> list[list[str]]:
    """Return the sets of files that reach each other (Tarjan's strongly connected components of more than one)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    closed: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = lowest[name] = len(order)
        stack.append(name)
        for other in imports[name]:
            if other not in order:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in stack:
                lowest[name] = min(lowest[name], order[other])
        if lowest[name] == order[name]:
            at = stack.index(name)
            component = stack[at:]
            del stack[at:]
            closed.extend([sorted(component)] if len(component) > 1 else [])

    for name in imports:
        if name not in order:
            visit(name)
    return sorted(closed)


def test_no_circle_of_files() -> None:
    assert circles(graph(SRC)) == []


@pytest.mark.parametrize(
    "back",
    [
        "from p.a import x",
        "from p import a",
        "from . import a",
        "from .a import x",
        "from ..p.a import x",
        "import p.a",
        "def f():\n    from p import a",
        "if TYPE_CHECKING:\n    from p.a import x",
    ],
)
def test_every_way_to_import_closes_a_circle(tmp_path: Path, back: str) -> None:
    package = tmp_path / "p"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "a.py").write_text("from p import b\nx = 1\n")
    (package / "b.py").write_text("from p import c\n")
    (package / "c.py").write_text(back)
    assert circles(graph(tmp_path)) == [["p.a", "p.b", "p.c"]]


def test_a_package_that_passes_on_what_is_in_it_is_no_circle(tmp_path: Path) -> None:
    package = tmp_path / "p"
    package.mkdir()
    (package / "__init__.py").write_text("from p.a import x\n")
    (package / "a.py").write_text("from p.b import x\n")
    (package / "b.py").write_text("x = 1\n")
    assert circles(graph(tmp_path)) == []
    (package / "b.py").write_text("from p import x\n")
    assert circles(graph(tmp_path)) == [["p", "p.a", "p.b"]]
