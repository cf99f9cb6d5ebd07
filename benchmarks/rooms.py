"""The virtual environments that are compared: this library, each rival, and what a hand-written loop needs."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / ".bench"
OURS = "ours"
PEER = "glpi-utils-1.5.0"
HAND = "hand"
RIVALS = {
    PEER: ("glpi-utils==1.5.0",),
    "glpi-api": ("glpi-api==0.7.0",),
    "glpi-python-client": ("glpi-python-client==0.6.5",),
    "glpi-rest": ("glpi-rest==0.1.0",),
}
_WANTED = ("glpi-utils", "urllib3", "aiohttp", "orjson")


def python(name: str) -> Path:
    """Give the interpreter of a virtual environment."""
    return BENCH / name / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make() -> None:
    """Build them: ours anew from the tree, the rivals pinned, the hand-written loops with the libraries that ours got."""
    _room(OURS)
    _pip(OURS, str(ROOT))
    _pip(OURS, "--force-reinstall", "--no-deps", str(ROOT))
    for name, wanted in RIVALS.items():
        _install(name, *wanted)
    _install(HAND, *(f"{name}=={version(OURS, name)}" for name in _WANTED[1:]))


def versions(room: str, *names: str) -> str:
    """Tell what is installed there of some distributions, as one line."""
    return ", ".join(f"{name} {version(room, name)}" for name in names)


def version(room: str, name: str) -> str:
    """Tell the version of one distribution there; "" where it is not."""
    program = (
        "import importlib.metadata as found\n"
        f"try: print(found.version({name!r}))\n"
        "except found.PackageNotFoundError: pass\n"
    )
    done = subprocess.run([str(python(room)), "-I", "-c", program], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _install(room: str, *wanted: str) -> None:
    _room(room)
    there = [version(room, each.partition("==")[0]) == each.partition("==")[2] for each in wanted]
    if not all(there):
        _pip(room, *wanted)


def _room(name: str) -> None:
    if not python(name).exists():
        venv.create(BENCH / name, with_pip=True)


def _pip(room: str, *arguments: str) -> None:
    command = [str(python(room)), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
