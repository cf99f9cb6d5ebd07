"""Runs every test of this folder that takes a `place` in each cell that it is for."""

from __future__ import annotations

import asyncio
import inspect
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from glpi_utils.testing import GlpiServer
from tests.behaviour.adapter import drive
from tests.behaviour.places import CELLS, RUN, Cell, Place, left_out
from tests.behaviour.record import Record
from tests.behaviour.sweep import sweep

RECORD = pytest.StashKey[Record]()
HERE = Path(__file__).parent
_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RECORD] = Record()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" not in metafunc.fixturenames:
        return
    cells = [cell for cell in CELLS if left_out(metafunc.function, cell) is None and cell.missing is None]
    marks = {cell: () if cell.embedded else (pytest.mark.real,) for cell in cells}
    values = [pytest.param(cell, id=cell.name, marks=marks[cell]) for cell in cells]
    metafunc.parametrize("place", values, indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    record = config.stash[RECORD]
    for item in items:
        if isinstance(item, pytest.Function) and (cell := cell_of(item)) is not None:
            record.collect(item, cell)
    items.sort(key=lambda item: item.path.parent == HERE and item.path.name == "test_cells.py")


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    if call.when == "call" and isinstance(item, pytest.Function) and (cell := cell_of(item)) is not None:
        item.config.stash[RECORD].note(item, cell, call.excinfo)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One process of several tells the one that hands out the tests (`together.py`) what it collected and ran."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["behaviour"] = session.config.stash[RECORD].told(whole=is_whole(session.config))


def is_whole(config: pytest.Config) -> bool:
    """Whether all tests of the suite were to run: not when some were picked."""
    files = {path.stem for path in HERE.glob("test_*.py")} - {"test_cells"}
    collected = {test.partition("::")[0] for test in config.stash[RECORD].functions}
    return collected == files and not config.option.keyword and config.option.markexpr == "not chaos and not mutants"


def cell_of(item: pytest.Item) -> Cell | None:
    """The cell of a test, if it has one."""
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return None
    found = item.callspec.params.get("place")
    return found if isinstance(found, Cell) else None


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj) or cell_of(pyfuncitem) is None:
        return None
    wanted = pyfuncitem._fixtureinfo.argnames
    given = {name: pyfuncitem.funcargs[name] for name in wanted}
    place = cast("Place", given["place"])

    async def whole() -> None:
        try:
            await pyfuncitem.obj(**given)
        finally:
            await place.close()

    drive(whole()) if place.cell.kind == "sync" else asyncio.run(whole())
    return True


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    cell: Cell = request.param
    mark = f"{RUN} {next(_numbers)}:"
    if not cell.embedded:
        yield Place(cell, None, mark)
        return
    with GlpiServer(version=cell.where) as server:
        made = Place(cell, server, mark)
        yield made
    if getattr(request.function, "unsent", False):
        assert made.sent == [], "a test that runs in four cells alone, because nothing is sent"


@pytest.fixture(scope="module", autouse=True)
def leave_nothing_behind() -> Iterator[None]:
    """After each file purge what its tests made on a real server, and see that nothing of it is left."""
    yield
    real = Cell("sync", "legacy", "real")
    if real.missing is None:
        sweep(Place(real, None, RUN))


@pytest.fixture(scope="session")
def record(request: pytest.FixtureRequest) -> Any:
    return request.config.stash[RECORD]
