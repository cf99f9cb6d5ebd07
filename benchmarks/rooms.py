"""The two virtual environments that are compared: this library, and glpi-utils 1.5.0 (MIT) from the package index."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / ".bench"
PEER = "glpi-utils==1.5.0"


def python(room: Path) -> Path:
    """The interpreter of a virtual environment."""
    return room / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make() -> tuple[Path, Path]:
    """The interpreters of ours (built anew from the tree) and of the peer, each with its dependencies alone."""
    ours, peer = BENCH / "ours", BENCH / "peer"
    for room in (ours, peer):
        if not python(room).exists():
            venv.create(room, with_pip=True)
    _pip(ours, "--quiet", str(ROOT))
    _pip(ours, "--quiet", "--force-reinstall", "--no-deps", str(ROOT))
    if _version(peer, "glpi-utils") != PEER.partition("==")[2]:
        _pip(peer, "--quiet", PEER)
    return python(ours), python(peer)


def versions(interpreter: Path, *names: str) -> str:
    """What is installed there of some distributions, as one line."""
    return ", ".join(f"{name} {_version(interpreter.parents[1], name)}" for name in names)


def _pip(room: Path, *arguments: str) -> None:
    command = [str(python(room)), "-m", "pip", "--disable-pip-version-check", "install", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _version(room: Path, name: str) -> str:
    program = f"from importlib.metadata import version; print(version({name!r}))"
    done = subprocess.run([str(python(room)), "-I", "-c", program], capture_output=True, text=True, check=False)
    return done.stdout.strip()
