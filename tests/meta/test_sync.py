"""The blocking surface is what its tool makes of the asynchronous one, whatever Python runs the tool."""

from __future__ import annotations

import ast
import inspect
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import glpi_utils._sync
from glpi_utils._sync.client import SyncClient
from glpi_utils._sync.items import ItemProxy
from glpi_utils._sync.pages import Pages, Rows

ROOT = Path(__file__).resolve().parents[2]
MADE = Path(glpi_utils._sync.__path__[0])
NEW = '''
    async def get_twice(self, id: int | str, *, after: OnPage | None = None, **query: Any) -> list[Row]:
        """Read one item two times — “é”.

        >>> len(api.ticket.get_twice(1))
        2
        """
        return [await self.get(id, **query), await self.get(id, **query)]

    async def get(self'''


def tool(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "tools" / "make_sync.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "make_sync.py", tmp_path / "tools")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def items_source(root: Path) -> Path:
    (path,) = [
        path for path in (root / "src").rglob("items.py") if "class AsyncItemProxy" in path.read_text(encoding="utf-8")
    ]
    return path


def test_what_is_there_is_what_is_made() -> None:
    done = tool(ROOT, "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_verb_is_written_once(copy: Path) -> None:
    source = items_source(copy)
    text = source.read_text(encoding="utf-8")
    assert text.count("\n    async def get(self") == 1
    source.write_text(text.replace("\n    async def get(self", NEW), encoding="utf-8")
    stale = tool(copy, "--check")
    assert stale.returncode == 1
    assert "items.py" in stale.stdout
    assert tool(copy).returncode == 0
    made = (copy / "src" / "glpi_utils" / "_sync" / "items.py").read_text(encoding="utf-8")
    head = "    def get_twice(self, id: int | str, *, after: OnPage | None = None, **query: Any) -> list[Row]:\n"
    body = "        return run(self._inner.get_twice(id, after=after, **query))\n"
    assert head in made
    assert body in made
    assert '        """Read one item two times — “é”.\n' in made
    assert tool(copy, "--check").returncode == 0


@pytest.mark.parametrize("path", sorted(MADE.glob("*.py")), ids=lambda path: path.stem)
def test_nothing_in_it_waits(path: Path) -> None:
    waits = ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith
    assert [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, waits)] == []


@pytest.mark.parametrize("owner", [SyncClient, ItemProxy, Pages, Rows])
def test_nothing_in_it_is_for_asyncio_alone(owner: type) -> None:
    assert [
        name for name in vars(owner) if name in {"__aiter__", "__anext__", "__aenter__", "__aexit__", "aclose"}
    ] == []
    assert "Async" not in (inspect.getdoc(owner) or "")
