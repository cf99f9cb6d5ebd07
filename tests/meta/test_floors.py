"""The floors of the house hold, and the check that says so can fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS, APART, ROOMS, THINK = (
    "Floors: imports go downwards",
    "The embedded GLPI shares nothing",
    "Rooms of the embedded GLPI",
    "Dialects and engine only think",
)


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_hold() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("where", "what", "contract"),
    [
        ("_engine/request/call.py", "import asyncio", THINK),
        ("_engine/request/call.py", "import time", THINK),
        ("_dialects/__init__.py", "from random import random", THINK),
        ("_dialects/__init__.py", "from glpi_utils._engine.request import runtime", FLOORS),
        ("_wire.py", "from glpi_utils._factory import settings", FLOORS),
        ("exceptions.py", "from glpi_utils.testing.http import wire", FLOORS),
        ("testing/world/world.py", "from glpi_utils.exceptions import GlpiError", APART),
        ("testing/world/column_values.py", "from glpi_utils.testing.http import wire", ROOMS),
        ("testing/high_level/api_call.py", "from glpi_utils.testing.legacy import php", ROOMS),
        ("testing/stray.py", "import json", ROOMS),
        ("stray.py", "import json", FLOORS),
    ],
)
def test_a_breach_is_seen(copy: Path, where: str, what: str, contract: str) -> None:
    path = copy / "src" / "glpi_utils" / where
    head, future, rest = (path.read_text() if path.exists() else "").rpartition("from __future__ import annotations\n")
    path.write_text(f"{head}{future}{what}\n{rest}")
    answer = lint_imports(copy)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    (broken,) = [line for line in answer.stdout.splitlines() if re.search(r" BROKEN(?: \(|$)", line)]
    assert contract in broken
