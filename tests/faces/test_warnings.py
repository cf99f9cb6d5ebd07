"""A warning names the line of the user's program, whichever way the call went through the library."""

from __future__ import annotations

import asyncio
import functools
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient, GlpiWarning
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy

TWELVE = "12.0.0"
HERE = "# here"


@pytest.fixture
def full(glpi: GlpiServer) -> GlpiServer:
    with legacy(glpi) as api:
        api.ticket.create([{"name": f"t{n}", "content": "c"} for n in range(60)])
    return glpi


@pytest.fixture(scope="module")
def twelve() -> Iterator[GlpiServer]:
    """A server that lists API 3.0: whoever pins that is warned in the middle of the first request."""
    with GlpiServer(TWELVE, tickets=60) as server:
        yield server


def _told(act: Callable[[], object]) -> warnings.WarningMessage:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        act()
    (one,) = [each for each in found if issubclass(each.category, GlpiWarning)]
    return one


def _line(told: warnings.WarningMessage) -> str:
    """The line of this file that a warning names; "" for one of another file."""
    if told.filename != __file__:
        return f"{told.filename}:{told.lineno}"
    return Path(__file__).read_text(encoding="utf-8").splitlines()[told.lineno - 1]


def test_a_cut_list_names_the_line_that_asked(full: GlpiServer) -> None:
    with highlevel(full) as api:
        assert _told(api.ticket.get_all).filename == __file__
    with legacy(full) as other:
        assert _told(lambda: other.get_all_items("Ticket")).filename == __file__


def test_a_cut_list_names_the_line_that_awaited(full: GlpiServer) -> None:
    async def main() -> None:
        async with highlevel_async(full) as api:
            await api.ticket.get_all()  # here

    assert HERE in _line(_told(lambda: asyncio.run(main())))


def _get(api: GlpiOAuthClient) -> None:
    api.ticket.get(1)  # here


def _loop(api: GlpiOAuthClient) -> None:
    for _ in api.ticket.iter_items(10):  # here
        pass


def _generator(api: GlpiOAuthClient) -> None:
    def ids() -> Iterator[int]:
        for row in api.ticket.iter_items(10):  # here
            yield row["id"]

    list(ids())


def _comprehension(api: GlpiOAuthClient) -> None:
    [row["id"] for row in api.ticket.iter_items(10)]  # here


def _all_pages(api: GlpiOAuthClient) -> None:
    api.ticket.get_all_pages(10, concurrency=4)  # here


def _sorted_by(api: GlpiOAuthClient) -> None:
    sorted([2, 1], key=lambda number: api.ticket.get(number)["id"])  # here


def _partial(api: GlpiOAuthClient) -> None:
    functools.partial(api.ticket.get, 1)()  # here


def _in_a_pool(api: GlpiOAuthClient) -> None:
    def work(number: int) -> Any:
        return api.ticket.get(number)  # here

    with ThreadPoolExecutor(1) as pool:
        list(pool.map(work, [1]))


def _derived(api: GlpiOAuthClient) -> None:
    api.with_options(timeout=20).ticket.first()  # here


BLOCKING = [_get, _loop, _generator, _comprehension, _all_pages, _sorted_by, _partial, _in_a_pool, _derived]


@pytest.mark.parametrize("way", BLOCKING, ids=lambda way: way.__name__.strip("_"))
def test_what_a_thread_of_the_library_finds_out_names_the_line_that_called(
    twelve: GlpiServer, way: Callable[[GlpiOAuthClient], None]
) -> None:
    with highlevel(twelve, api_version="3.0") as api:
        told = _told(lambda: way(api))
    assert "alpha" in str(told.message)
    assert HERE in _line(told)


def test_a_callback_of_the_program_is_the_line_that_called(twelve: GlpiServer) -> None:
    with highlevel(twelve, api_version="3.0") as api, legacy(twelve) as other:

        def look(_: object) -> None:
            api.ticket.get(1)  # here

        told = _told(lambda: other.ticket.get_all_pages(100, on_page=look))
    assert HERE in _line(told)


async def _await(api: AsyncGlpiOAuthClient) -> None:
    await api.ticket.get(1)  # here


async def _async_for(api: AsyncGlpiOAuthClient) -> None:
    async for _ in api.ticket.iter_items(10):  # here
        pass


async def _async_generator(api: AsyncGlpiOAuthClient) -> None:
    async def ids() -> AsyncIterator[int]:
        async for row in api.ticket.iter_items(10):  # here
            yield row["id"]

    async for _ in ids():
        pass


async def _task_of_ones_own(api: AsyncGlpiOAuthClient) -> None:
    async def one() -> Any:
        return await api.ticket.get(1)  # here

    await asyncio.create_task(one())


async def _all_pages_awaited(api: AsyncGlpiOAuthClient) -> None:
    await api.ticket.get_all_pages(10, concurrency=4)  # here


async def _wait_for(api: AsyncGlpiOAuthClient) -> None:
    async with asyncio.timeout(30):
        await api.ticket.get(1)  # here


async def _tried_twice(api: AsyncGlpiOAuthClient) -> None:
    async def twice(call: Callable[[], Awaitable[Any]]) -> Any:
        return await call()  # here

    await twice(lambda: api.ticket.get(1))


AWAITING = [_await, _async_for, _async_generator, _task_of_ones_own, _all_pages_awaited, _wait_for, _tried_twice]


@pytest.mark.parametrize("way", AWAITING, ids=lambda way: way.__name__.strip("_"))
def test_what_a_task_of_the_library_finds_out_names_the_line_that_awaited(
    twelve: GlpiServer, way: Callable[[AsyncGlpiOAuthClient], Awaitable[None]]
) -> None:
    async def main() -> None:
        async with highlevel_async(twelve, api_version="3.0") as api:
            await way(api)

    told = _told(lambda: asyncio.run(main()))
    assert "alpha" in str(told.message)
    assert HERE in _line(told)


def test_a_call_that_became_a_task_by_itself_names_the_line_that_runs_the_event_loop(twelve: GlpiServer) -> None:
    async def main() -> None:
        async with highlevel_async(twelve, api_version="3.0") as api:
            await asyncio.gather(api.ticket.get(1), api.ticket.get(2))

    told = _told(lambda: asyncio.run(main()))  # here
    assert HERE in _line(told)


def test_code_that_has_more_lines_than_the_module_it_runs_in(full: GlpiServer) -> None:
    names = {
        **globals(),
        "full": full,
        "__loader__": SourceFileLoader(__name__, __file__),
    }  # as in doctests, notebooks and templates
    code = compile("\n" * 10_000 + "with highlevel(full) as api:\n    api.ticket.get_all()", "<cell 3>", "exec")
    told = _told(lambda: exec(code, names))
    assert (told.filename, told.lineno) == ("<cell 3>", 10_002)


def test_warnings_of_one_line_are_shown_once_as_python_does(full: GlpiServer) -> None:
    with highlevel(full) as api, warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("default")
        for timeout in (20, 21):
            api.with_options(timeout=timeout).ticket.get_all()
    assert len(found) == 1


def test_a_filter_by_module_holds_for_what_was_called_from_there(full: GlpiServer) -> None:
    with highlevel(full) as api, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.filterwarnings("error", module=__name__.replace(".", r"\."), category=GlpiWarning)
        with pytest.raises(GlpiWarning):
            api.ticket.get_all()


@pytest.mark.parametrize("client", [GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI])
def test_plain_http_names_the_line_that_made_the_client(client: Callable[[str], object]) -> None:
    host = f"{client.__name__.lower()}.example.com"
    told = _told(lambda: client(f"http://{host}"))  # here
    assert HERE in _line(told)
    assert host in str(told.message)
