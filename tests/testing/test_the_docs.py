"""docs/testing-your-code.md: its example is run, and what it lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glpi_utils.testing import GlpiServer, ReadyFaults
from glpi_utils.testing.__main__ import arguments
from glpi_utils.testing.server.server import VERSIONS
from tests.meta.snippets import blocks

pytest_plugins = ["pytester"]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "testing-your-code.md"
TEXT = PAGE.read_text(encoding="utf-8")


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_example_passes(pytester: pytest.Pytester) -> None:
    files = {name[1]: block.code for block in blocks(PAGE) if (name := re.match(r"# (\w+)\.py\n", block.code))}
    assert set(files) == {"helpdesk", "test_helpdesk"}
    pytester.makepyfile(**files)
    wanted = files["test_helpdesk"].count("\ndef test_")
    assert wanted >= 5
    pytester.runpytest_subprocess("-p", "no:cacheprovider", "--strict-markers").assert_outcomes(passed=wanted)


def test_every_fault_is_listed_and_no_other() -> None:
    rows = [row.split("|")[1] for row in section("Faults by name").splitlines() if row.startswith("| `")]
    assert set(re.findall(r"`(\w+)\(", " ".join(rows))) == {name for name in vars(ReadyFaults) if name[0] != "_"}


def test_options_and_versions_are_those_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["--help"])
    offered = set(re.findall(r"--[a-z]+", capsys.readouterr().out)) - {"--help"}
    assert set(re.findall(r"--[a-z]+", section("On the command line"))) == offered
    assert set(re.findall(r"^\| `([\d.]+)`", section("Which GLPI it is"), re.MULTILINE)) == set(VERSIONS)


def test_what_a_server_can_tell_is_there() -> None:
    for name in re.findall(r"`glpi\.(\w+)", TEXT):
        assert hasattr(GlpiServer, name) or name in {"requests", "faults"}, name
