"""The wheel builds without an index and holds what it must, no more."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from glpi_utils import _version

ROOT = Path(__file__).resolve().parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.iterdir()
    assert path.name == f"glpi_utils-{_version.__version__}-py3-none-any.whl"
    return zipfile.ZipFile(path)


@pytest.mark.slow
def test_it_holds_the_package_and_its_data(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    assert {"glpi_utils/py.typed", "glpi_utils/testing/world/knowledge.json", "glpi_utils/__init__.py"} <= names
    sources = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == sources


@pytest.mark.slow
def test_it_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"glpi_utils", f"glpi_utils-{_version.__version__}.dist-info"}
    assert not [name for name in wheel.namelist() if "__pycache__" in name or name.endswith(".pyc")]


@pytest.mark.slow
def test_what_it_says_of_itself(wheel: zipfile.ZipFile) -> None:
    folder = f"glpi_utils-{_version.__version__}.dist-info"
    said = message_from_bytes(wheel.read(f"{folder}/METADATA"))
    assert said["Name"] == "glpi-utils"
    assert said["License-Expression"] == "MIT"
    assert said["Requires-Python"] == ">=3.11"
    assert sorted(said.get_all("Provides-Extra", [])) == ["async", "dev"]
    hard = [need.split(">")[0].split("<")[0] for need in said.get_all("Requires-Dist", []) if "extra ==" not in need]
    assert sorted(hard) == ["aiohttp", "orjson", "urllib3"]
    assert wheel.read(f"{folder}/licenses/LICENSE").startswith(b"MIT License")
