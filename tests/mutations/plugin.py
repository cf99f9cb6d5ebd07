"""A plugin of pytest that loads one module of the library with other lines in it: the mutant that MUTANT names."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutations.table import MUTANTS

MUTANT = MUTANTS[os.environ["MUTANT"]]
LOADED = "the mutant was in place"
APART = re.compile(r"glpi_utils(\._version|\.testing(\..+)?)?")
"""What imports nothing of the library, the embedded GLPI above all: `ahead.py` may have loaded it."""
_loaded: list[str] = []


def changed(text: str) -> str:
    """The module's text with the mutant's lines."""
    for old, new in MUTANT.changes:
        assert text.count(old) == 1, f"{MUTANT.module} has {text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text


class Loader(SourceFileLoader):
    """Compiles the other text, past any cache."""

    def get_code(self, fullname: str) -> CodeType:
        _loaded.append(fullname)
        return compile(changed(Path(self.path).read_text(encoding="utf-8")), self.path, "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """Finds the module of the mutant ahead of the others."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != MUTANT.module:
            return None
        found = PathFinder.find_spec(fullname, path, target)
        assert found is not None
        assert found.origin is not None
        found.loader = Loader(fullname, found.origin)
        return found


assert not [name for name in sys.modules if f"{name}.".startswith("glpi_utils.") and not APART.fullmatch(name)], (
    "it must be loaded by what is here"
)
sys.meta_path.insert(0, Finder())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell whoever started it that the test did run on the mutant."""
    if _loaded:
        terminalreporter.write_line(LOADED)
