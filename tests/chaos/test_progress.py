"""What tells how far a walk is: `on_page`, tqdm and rich as the docs show them, and why its pace is what it is."""

from __future__ import annotations

import logging
import sys
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar, Self

import pytest

from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, legacy
from tests.meta.snippets import blocks

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reading-everything.md"


class Bar:
    """Stands in for tqdm: it goes through any iterable, and knows the total."""

    made: ClassVar[list[Bar]] = []

    def __init__(self, iterable: Iterable[Any], total: int | None = None) -> None:
        self.iterable, self.total, self.n = iterable, total, 0
        Bar.made.append(self)

    def __iter__(self) -> Iterator[Any]:
        for each in self.iterable:
            self.n += 1
            yield each


class Progress:
    """Stands in for rich's."""

    said: ClassVar[list[tuple[int, int | None]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        return

    def add_task(self, description: str, total: int | None) -> int:
        return 7

    def update(self, task: int, *, completed: int, total: int | None) -> None:
        assert task == 7
        Progress.said.append((completed, total))


def shown(word: str) -> str:
    (block,) = [each for each in blocks(PAGE) if f"from {word}" in each.code]
    return block.code


@pytest.mark.parametrize("word", ["tqdm", "rich"])
def test_the_docs_with_a_stand_in(
    named_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tqdm, rich, progress = types.ModuleType("tqdm"), types.ModuleType("rich"), types.ModuleType("rich.progress")
    tqdm.tqdm, progress.Progress = Bar, Progress  # type: ignore[attr-defined]
    for module in (tqdm, rich, progress):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(shown(word), str(PAGE), "exec"), {})
    if word == "tqdm":
        assert Bar.made[-1].n == Bar.made[-1].total == len(capsys.readouterr().out.splitlines())
    else:
        rows, total = Progress.said[-1]
        assert rows == total


@pytest.mark.parametrize("make", [highlevel, legacy])
def test_on_page_is_told_rows_count_and_speed(glpi: GlpiServer, make: Any) -> None:
    with make(glpi) as api:
        for read in (
            lambda told: api.ticket.get_all_pages(10, on_page=told.append),
            lambda told: list(api.ticket.iter_items(on_page=told.append)),
        ):
            told: list[Any] = []
            rows = read(told)
            assert told[-1].rows == told[-1].total == len(rows)
            assert [each.rows for each in told] == sorted({each.rows for each in told})
            assert all(each.rate > 0 for each in told)


def test_what_on_page_raises_ends_the_walk(glpi: GlpiServer) -> None:
    def stop(_at: Any) -> None:
        raise InterruptedError("enough")

    with highlevel(glpi) as api:
        pages = api.ticket.iter_pages(10, on_page=stop)
        with pytest.raises(InterruptedError, match="enough"):
            next(pages)
        assert list(pages) == []


def test_the_pace_explains_itself(caplog: pytest.LogCaptureFixture) -> None:
    with GlpiServer(tickets=3000) as glpi, highlevel(glpi) as api, caplog.at_level(logging.DEBUG, "glpi_utils"):
        api.ticket.get_all_pages()
        told = [line for line in caplog.messages if line.startswith("walk: ")]
        assert any("rows a page" in line and "rows/s" in line for line in told)
