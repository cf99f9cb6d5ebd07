"""One client for several threads, several event loops one after the other, and within somebody's running loop."""

from __future__ import annotations

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor

from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy, legacy_async


def test_threads_share_one_login(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api, legacy(glpi) as other, ThreadPoolExecutor(8) as crew:
        for client in (api, other):
            got = list(crew.map(lambda number: client.ticket.get(number)["id"], range(1, 31)))  # noqa: B023
            assert got == list(range(1, 31))
    assert glpi.count("POST", "/token") == 1
    assert glpi.count(path="initSession") == 1


def test_tasks_share_one_login(glpi: GlpiServer) -> None:
    async def main() -> None:
        async with highlevel_async(glpi) as api, legacy_async(glpi) as other:
            for client in (api, other):
                got = await asyncio.gather(*(client.ticket.get(number) for number in range(1, 31)))
                assert [row["id"] for row in got] == list(range(1, 31))

    asyncio.run(main())
    assert glpi.count("POST", "/token") == 1
    assert glpi.count(path="initSession") == 1


def test_threads_share_items_and_names(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api, ThreadPoolExecutor(8) as crew:
        assert len({id(found) for found in crew.map(lambda _: api.ticket, range(50))}) == 1


def test_several_loops_one_after_the_other(glpi: GlpiServer) -> None:
    api = highlevel_async(glpi)

    async def ask() -> int:
        return int((await api.ticket.get(1))["id"])

    assert [asyncio.run(ask()) for _ in range(3)] == [1, 1, 1]
    assert glpi.count("POST", "/token") == 1, "the login outlives the loop"
    asyncio.run(api.close())
    gc.collect()  # what was left open would warn


def test_the_blocking_client_works_inside_a_running_loop(glpi: GlpiServer) -> None:
    async def main() -> int:
        with highlevel(glpi) as api:
            return len(api.ticket.get_all_pages())

    assert asyncio.run(main()) == len(glpi.rows("Ticket"))


def test_a_walk_can_be_handed_from_thread_to_thread(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api, ThreadPoolExecutor(1) as crew:
        pages = api.ticket.iter_pages(7)
        first = next(pages)
        rest = crew.submit(lambda: [row for page in pages for row in page]).result()
        assert [row["id"] for row in [*first, *rest]] == [row["id"] for row in glpi.rows("Ticket")]
