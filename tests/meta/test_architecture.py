"""ARCHITECTURE.md names what exists, and everything that a newcomer sees first is named there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
SRC = ROOT / "src" / "glpi_utils"


def test_every_file_named_exists() -> None:
    names = set(re.findall(r"[\w./*]+\.py\b", TEXT))
    assert len(names) > 15
    assert [name for name in sorted(names) if not [*SRC.glob(name), *SRC.rglob(name.rpartition("/")[2])]] == []
    assert [name for name in sorted(names) if "/" in name and not [*SRC.glob(name)]] == []


def test_every_folder_named_exists() -> None:
    folders = set(re.findall(r"`?\b([\w/]+)/(?=[\s`),])", TEXT)) - {"src/glpi_utils"}
    assert {"_engine", "_dialects", "testing"} <= folders
    assert [name for name in sorted(folders) if not [*SRC.rglob(name), *ROOT.glob(name)]] == []


def test_every_top_module_is_named() -> None:
    tops = {path.name for path in SRC.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert [name for name in sorted(tops) if not re.search(rf"(?<!\w){re.escape(name)}\b", TEXT)] == []


def test_it_is_one_page() -> None:
    assert TEXT.count("\n") <= 100
