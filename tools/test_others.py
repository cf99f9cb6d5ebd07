"""Run the tests on each other Python that is found here, and on the lowest allowed dependencies: `make test-others`.

That part runs which these can change: no type checkers. Each has an environment of its own in `.venvs`,
made anew when pyproject.toml changes. The last line is pytest's summary of the first run that failed, else of the last.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ROOT / ".venvs"
LOWEST, NEWEST = 11, 13
"""The minor versions of Python 3 that the classifiers name."""
ELSEWHERE = ("--ignore=tests/typing",)
"""What says the same of the sources on every interpreter."""
SUMMARY = re.compile(r"^=* ?.*\d+ (?:passed|failed|errors?|skipped)\b.* in [0-9.:]+s.*$")


class Cell(NamedTuple):
    """One run of the tests: its name, its interpreter, what more is installed, what is left out."""

    name: str
    python: Path
    pins: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


def interpreters() -> Iterator[tuple[int, Path]]:
    """Yield each minor version that is found, by its name on PATH or among those of pyenv."""
    for minor in range(LOWEST, NEWEST + 1):
        for candidate in _candidates(minor):
            if _version(candidate) == (3, minor):
                yield minor, candidate
                break


def _candidates(minor: int) -> Iterator[Path]:
    if sys.version_info[:2] == (3, minor):
        yield Path(sys.executable)
    path = shutil.which(f"python3.{minor}")
    if path:
        yield Path(path)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    yield from sorted(pyenv.glob(f"3.{minor}.*/bin/python"), reverse=True)


def _version(python: Path) -> tuple[int, int] | None:
    """Return the version that it says; None where it does not run, as a name that pyenv knows and has not chosen."""
    program = "import sys, venv, sqlite3, ssl; print(*sys.version_info[:2])"
    done = subprocess.run([str(python), "-I", "-c", program], capture_output=True, text=True, check=False)
    words = done.stdout.split()
    return (int(words[0]), int(words[1])) if done.returncode == 0 and len(words) == 2 else None


def lowest_dependencies() -> tuple[str, ...]:
    """Return what pyproject.toml allows at least, as pins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(re.sub(r">=([\w.]+).*", r"==\1", each) for each in project["project"]["dependencies"])


def cells(pythons: Sequence[tuple[int, Path]]) -> list[Cell]:
    """Return the runs; the suite on the interpreter of `.venv` is `make test`."""
    here = sys.version_info[1]
    others = [Cell(f"Python 3.{minor}", python, (), ELSEWHERE) for minor, python in pythons if minor != here]
    oldest = [python for minor, python in pythons if minor == LOWEST]
    low = [Cell("the lowest dependencies", oldest[0], lowest_dependencies(), ELSEWHERE)] if oldest else []
    return [*others, *low]


def prepared(cell: Cell) -> Path:
    """Return the interpreter of the cell's environment."""
    room = ROOMS / re.sub(r"\W+", "-", cell.name.lower())
    python = room / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = room / ".installed", _wanted(cell)
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        subprocess.run([str(cell.python), "-m", "venv", "--clear", str(room)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--editable", ".[dev]", *cell.pins], cwd=ROOT, check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def _wanted(cell: Cell) -> str:
    project = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(project + repr((str(cell.python), cell.pins)).encode()).hexdigest()


def run(cell: Cell, arguments: Sequence[str]) -> tuple[int, str]:
    """Run the tests of a cell; return the exit code and pytest's summary."""
    print(f"\n#### {cell.name}", flush=True)
    try:
        python = prepared(cell)
    except subprocess.CalledProcessError as problem:
        return problem.returncode or 1, "its environment could not be made"
    command = [str(python), "-m", "pytest", "-p", "no:cacheprovider", *cell.arguments, *arguments]
    summary = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if SUMMARY.match(line):
                summary = line.rstrip()
    return process.returncode, summary


def main(arguments: Sequence[str]) -> int:
    """Run all cells, one after the other; the exit code is that of the first that failed."""
    ends: list[tuple[Cell, int, str]] = [(cell, *run(cell, arguments)) for cell in cells(list(interpreters()))]
    print()
    for cell, code, summary in ends:
        print(f"{cell.name}: {'ok' if code == 0 else f'failed ({code})'}, {summary.strip('= ')}")
    failed = [(code, summary) for _, code, summary in ends if code]
    if failed:
        print(next((summary for _, summary in failed if SUMMARY.match(summary)), failed[0][1]))
    return failed[0][0] if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
