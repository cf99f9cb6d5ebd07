"""What a type checker pays for the shapes: a program that uses ten names of a client, over an empty one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from . import rooms
from .runs import Server
from .samples import Aim, Section, table
from .startup import in_turn

NAMES = "ticket computer user group entity problem change software monitor location".split()
TEN = "from glpi_utils import GlpiOAuthClient\n\nwith GlpiOAuthClient() as api:\n" + "".join(
    f'    print(api.{name}.get(1)["id"])\n' for name in NAMES
)
CHECKERS = {
    "mypy, strict, no cache": (
        "mypy",
        "--strict",
        "--config-file=",
        f"--cache-dir={os.devnull}",
        "--python-executable",
    ),
    "pyright": ("basedpyright", "--level", "error", "--pythonpath"),
}


def seconds(checker: str, path: Path) -> float:
    """Check one file in a fresh process; the package is installed where the checker looks, as users have it."""
    command = [sys.executable, "-m", *CHECKERS[checker], str(rooms.python(rooms.OURS)), path.name]
    began = time.perf_counter()
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return took


def section(_server: Server, *, quick: bool) -> Section:
    """Measure, and write the part of the report."""
    rows: list[list[str]] = []
    aims: list[Aim] = []
    with tempfile.TemporaryDirectory() as folder:
        empty, ten = Path(folder) / "empty.py", Path(folder) / "ten.py"
        empty.write_text("", encoding="utf-8")
        ten.write_text(TEN, encoding="utf-8")
        for name in CHECKERS:
            full, bare = in_turn(partial(seconds, name, ten), partial(seconds, name, empty), 2 if quick else 5)
            over = full.median - bare.median
            rows.append([name, full.shown("s"), bare.shown("s"), f"**{over:.2f} s**"])
            aims.append(Aim(f"{name}: ten names of a client over an empty program", over, 3, " s"))
    lines = [
        "A program that reads items by ten names of `GlpiOAuthClient`, and an empty one, in fresh processes.",
        "",
        *table(["checker", "ten names", "empty", "more"], rows),
    ]
    return Section("Checking types", lines, aims)
