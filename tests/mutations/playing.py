"""Runs tests on a mutant, in a process of its own that has imported nothing of the library yet."""

from __future__ import annotations

import gc
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = (
    *("-q", "--tb=native"),  # the shorter forms read and parse whole files for each line of a traceback
    *("-p", "no:cacheprovider", "-p", "no:unraisableexception"),  # this one collects garbage twice at the end
    *("-p", "tests.mutations.plugin"),
)
SECONDS = 100
FORKS: Final = sys.platform == "linux"
"""Elsewhere a process that has imported much may not be forked safely, or not at all."""

IMPORTED = (
    *("pytest", "xdist", "pytest_timeout", "hypothesis", "hypothesis.strategies"),
    *("aiohttp", "aiohttp.web", "orjson", "urllib3", "trustme"),
    "tests.mutations.ahead",
)
"""What takes longest to import and belongs to others, and the embedded GLPI. Nothing of the library or of its tests."""


def in_a_new_process(mutant: str, killers: tuple[str, ...], _log: Path) -> tuple[int | None, str]:
    """Return how pytest ended on the mutant, and its output."""
    words = (sys.executable, "-m", "pytest", *OPTIONS, *killers)
    ended = subprocess.run(
        words,
        cwd=ROOT,
        env={**os.environ, "MUTANT": mutant},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def in_a_fork(mutant: str, killers: tuple[str, ...], log: Path) -> tuple[int | None, str]:
    """Return the same, from a fork of a process that has imported pytest and what else is not ours."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(IMPORTED))
    process = context.Process(target=_run, args=({**os.environ, "MUTANT": mutant}, killers, log))
    process.start()
    process.join(SECONDS)
    if process.exitcode is None:
        process.kill()
        process.join()
    code = process.exitcode
    process.close()
    return code, log.read_text(encoding="utf-8", errors="replace")


def _run(environment: dict[str, str], killers: tuple[str, ...], log: Path) -> None:
    """Be pytest: with its environment, its folder and its output."""
    with log.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    gc.freeze()  # what was there before is not looked through again and again
    import pytest

    # it is imported already, so that its asserts are as they were written: nobody reads them
    sys.exit(pytest.main([*OPTIONS, "-W", "ignore::pytest.PytestAssertRewriteWarning", *killers]))
