"""What README and docs/ show is run as it stands, against an embedded GLPI at https://glpi.example.com.

A block stands alone: it imports what it uses. It finds `GLPI_URL`, `GLPI_OAUTH_…`, `GLPI_APP_TOKEN`, `GLPI_USER` and
`GLPI_PASSWORD` set, and an empty folder to write to. `<!-- norun: reason -->` above it: only compiled.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glpi_utils import exceptions
from tests.meta.snippets import Block, blocks, fences

ROOT = Path(__file__).resolve().parents[2]
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = [block for path in TEXTS for block in blocks(path)]


def name(block: Block) -> str:
    return f"{block.path.relative_to(ROOT).as_posix()}:{block.line}"


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.norun is None], ids=name)
def test_a_block_runs(
    block: Block, named_environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(JPEG)  # what a reader of the README has at hand
    line_numbers_as_in_the_file = "\n" * (block.line - 1)
    exec(compile(line_numbers_as_in_the_file + block.code, str(block.path), "exec"), {"__name__": "__main__"})


def test_blocks_that_are_not_run_compile_and_say_why() -> None:
    for block in BLOCKS:
        compile(block.code, str(block.path), "exec")
        assert block.norun is None or len(block.norun.split()) >= 2, f"{name(block)}: norun needs a reason"


def test_every_block_is_found() -> None:
    assert {path.name: fences(path) for path in TEXTS} == {
        path.name: sum(block.path == path for block in BLOCKS) for path in TEXTS
    }
    assert any(block.path.name == "README.md" for block in BLOCKS)


def test_the_finder_sees_marks_and_lines(tmp_path: Path) -> None:
    text = "a\n```python\nx = 1\n```\n<!-- norun: needs a tape drive -->\n\n```python\ny = 2\n```\n```text\nz\n```\n"
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    one, two = blocks(path)
    assert (one.code, one.line, one.norun) == ("x = 1\n", 3, None)
    assert (two.code, two.line, two.norun) == ("y = 2\n", 8, "needs a tape drive")


def tree(text: str) -> list[str]:
    """The drawing that starts at GlpiError, up to the first empty line or the end of its block."""
    lines = text[text.index("\nGlpiError\n") + 1 :].splitlines()
    end = next(at for at, line in enumerate(lines) if not line.strip() or line.startswith("```"))
    return [line.rstrip() for line in lines[:end]]


def test_the_tree_in_the_readme_is_the_tree_in_the_code() -> None:
    drawn = tree(str(exceptions.__doc__) + "\n\n")
    assert tree((ROOT / "README.md").read_text(encoding="utf-8")) == drawn


def test_the_tree_is_drawn_from_the_classes() -> None:
    """Indentation is inheritance, and no class is missing."""
    seen: dict[str, int] = {}
    above: list[str] = []
    for line in tree(str(exceptions.__doc__) + "\n\n"):
        found = re.match(r"([│├└─ ]*)(Glpi\w+)", line)
        assert found, line
        depth = len(found[1]) // 4
        above[depth:] = [found[2]]
        seen[found[2]] = depth
        kind = getattr(exceptions, found[2])
        assert kind.__bases__[0].__name__ == (above[depth - 1] if depth else "Exception")
    errors = {each for each in exceptions.__all__ if issubclass(getattr(exceptions, each), exceptions.GlpiError)}
    assert set(seen) == errors


def test_commands_of_the_texts_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in [*TEXTS, ROOT / "CONTRIBUTING.md", ROOT / ".ci" / "run", ROOT / "ARCHITECTURE.md"]:
        used = set(re.findall(r"(?:^|`|\$ )make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert used <= targets, path.name
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"make demo", "make test", "python -m glpi_utils.testing demo"} <= set(
        re.findall(r"^[a-z].*$", readme, re.MULTILINE)
    )


def test_relative_links_lead_somewhere() -> None:
    for path in [*TEXTS, *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} -> {target}"


def test_the_tests_tell_of_each_of_their_folders() -> None:
    text = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    folders = {each.name for each in (ROOT / "tests").iterdir() if each.is_dir() and not each.name.startswith("_")}
    assert set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) == folders - {".hypothesis"}
