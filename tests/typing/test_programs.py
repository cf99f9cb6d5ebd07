"""Right programs pass mypy and pyright, strict; with one token changed each is refused, with this code in this line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.types.__main__ import main as write_types
from tests.typing.table import CHANGES, PROGRAMS, Change, changed

ROOT = Path(__file__).resolve().parents[2]
OWN = """
from own.mytypes import AsyncServerClient, ServerClient


async def both(api: ServerClient, other: AsyncServerClient) -> tuple[int, int | None]:
    new = await other.custom("MyType").create({"name": "a"})
    found = await other.item("Assets/Custom/MyType").get(new["id"])
    again = api.custom("MyType", "Model").get(1)["id"]
    api.custom("MyType").update({"id": found["id"], "nam": "b"})
    return again, api.ticket.with_team(1)
"""
"""One with the types that `python -m glpi_utils.types` wrote: two of its lines are wrong."""

Found = dict[tuple[str, str], set[tuple[int, str]]]
"""Kind ("right", "wrong") and program -> line and code of each error."""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All programs, right and wrong, in a folder of their own."""
    folder = tmp_path_factory.mktemp("typing")
    for kind in ("right", "wrong"):
        (folder / kind).mkdir()
    for change in CHANGES:
        right = (PROGRAMS / f"{change.program}.py").read_text(encoding="utf-8")
        (folder / "right" / f"{change.program}.py").write_text(right, encoding="utf-8")
        (folder / "wrong" / f"{change.program}.py").write_text(changed(change), encoding="utf-8")
    (folder / "own").mkdir()
    with GlpiServer() as glpi, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLPI_OAUTH_CLIENT_SECRET", glpi.client_secret)
        patch.setenv("GLPI_OAUTH_PASSWORD", glpi.password)
        told = ["--url", glpi.url, "--client-id", glpi.client_id, "--username", glpi.username]
        assert write_types([*told, "-o", str(folder / "own" / "mytypes.py")]) == 0
    (folder / "own" / "program.py").write_text(OWN, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def mypy(programs: Path) -> Found:
    """What mypy says of all of them, in one run."""
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-pretty", "--cache-dir", os.devnull]
    options = ["--no-error-summary", "--hide-error-context", "--explicit-package-bases", "--namespace-packages"]
    path = {"MYPYPATH": os.pathsep.join([str(ROOT / "src"), str(programs)])}
    done = subprocess.run(
        [*command, *options, "right", "wrong", "own"],
        cwd=programs,
        env={**os.environ, **path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: Found = defaultdict(set)
    for line in done.stdout.splitlines():
        told = re.fullmatch(r"(right|wrong|own)[/\\](\w+)\.py:(\d+): error: .*\[([\w-]+)\]", line)
        assert told or ": note: " in line, line
        if told and told[4] != "no-any-return":  # follows from the error that is meant
            found[told[1], told[2]].add((int(told[3]), told[4]))
    return found


@pytest.fixture(scope="module")
def pyright(programs: Path) -> Found:
    """What pyright says of all of them, in one run."""
    told = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT / "src")], "pythonVersion": "3.11"}
    (programs / "pyrightconfig.json").write_text(json.dumps(told), encoding="utf-8")
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable, "--level", "error"]
    done = subprocess.run([*command, "-p", str(programs)], cwd=programs, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: Found = defaultdict(set)
    for each in json.loads(done.stdout)["generalDiagnostics"]:
        path = Path(each["file"])
        if not each.get("rule", "").startswith("reportUnknown"):  # follows from the error that is meant
            found[path.parent.name, path.stem].add((each["range"]["start"]["line"] + 1, each.get("rule", "")))
    return found


def test_each_program_is_in_the_table() -> None:
    assert {change.program for change in CHANGES} == {path.stem for path in PROGRAMS.glob("*.py")} - {"__init__"}
    assert len(CHANGES) >= 31


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.program)
def test_mypy(change: Change, mypy: Found) -> None:
    assert mypy["right", change.program] == set()
    assert mypy["wrong", change.program] == {(change.line, code) for code in change.mypy.split()}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.program)
def test_pyright(change: Change, pyright: Found) -> None:
    assert pyright["right", change.program] == set()
    assert pyright["wrong", change.program] == {(change.line, rule) for rule in change.pyright.split()}


@pytest.mark.slow
def test_the_types_of_one_server(mypy: Found, pyright: Found) -> None:
    assert mypy["own", "program"] == {(9, "dict-item"), (10, "attr-defined")}
    assert pyright["own", "program"] == {
        (9, "reportArgumentType"),
        (9, "reportCallIssue"),
        (10, "reportAttributeAccessIssue"),
    }
    assert mypy["own", "mytypes"] == set()
    assert pyright["own", "mytypes"] == set()
