"""The version stands in one file; everything else reads it there."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import glpi_utils
from glpi_utils import _version

ROOT = Path(__file__).resolve().parents[2]


def test_package_and_distribution_agree() -> None:
    assert glpi_utils.__version__ == _version.__version__ == metadata.version("glpi-utils")


def test_pyproject_reads_it_there() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in said["project"]
    assert said["project"]["dynamic"] == ["version"]
    assert said["tool"]["hatch"]["version"]["path"] == "src/glpi_utils/_version.py"


def test_no_other_module_assigns_it() -> None:
    assigns = re.compile(
        rf"""^\s*[\w.]*version\w*\s*(:[^=]+)?=\s*["']{re.escape(_version.__version__)}["']""", re.MULTILINE
    )
    holders = [path.name for path in (ROOT / "src").rglob("*.py") if assigns.search(path.read_text(encoding="utf-8"))]
    assert holders == ["_version.py"]


def test_the_changelog_knows_it() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{_version.__version__}]" in changelog
    assert "## [Unreleased]" in changelog
