"""Answers to lists that are consistent in themselves and wrong: whole, or an error, by few requests, whoever reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from glpi_utils import GlpiError, GlpiIncompleteError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import troubles
from tests.faults.places import ADMIN, Place

Row = dict[str, Any]
SIZE = 10


async def _all(api: AsyncClient) -> list[Row]:
    return await api.ticket.get_all_pages(SIZE)


async def _rows(api: AsyncClient) -> list[Row]:
    return [row async for row in api.ticket.iter_items(SIZE)]


READS: dict[str, Callable[[AsyncClient], Awaitable[list[Row]]]] = {"all": _all, "rows": _rows}


def filled(place: Place) -> None:
    """See that there are some pages to read."""
    missing = range(len(place.glpi.rows("Ticket")), 9 * SIZE)
    place.glpi.do(lambda world: [world.insert("Ticket", {"name": "x", "content": "x"}, ADMIN) for _ in missing])


@pytest.mark.parametrize("read", READS)
def test_a_list_that_is_empty_behind_its_first_page_is_incomplete_or_read_in_another_way(
    place: Place, read: str
) -> None:
    async def story() -> None:
        filled(place)
        api = await place.ready()
        place.glpi.faults.add(
            troubles.empty_list(path="Assistance/Ticket" if place.hl else "apirest.php/Ticket", after=1)
        )
        try:
            found = await READS[read](api)
        except GlpiIncompleteError:
            assert place.seen() < 60
        else:
            assert not place.hl, "only the legacy API has another way: the ids of its search engine, then one by one"
            assert len(found) == place.glpi.do(lambda world: world.count("Ticket", "is_deleted = 0", []))

    place.play(story())


@pytest.mark.parametrize("read", READS)
def test_where_the_search_engine_knows_no_row_either_the_list_is_incomplete(place: Place, read: str) -> None:
    async def story() -> None:
        filled(place)
        api = await place.ready()
        place.glpi.faults.add(troubles.empty_list(path="/Ticket", after=1))
        with pytest.raises(GlpiIncompleteError):
            await READS[read](api)
        assert place.seen() < 60

    place.play(story())


@pytest.mark.parametrize("keep", [0.0, 0.6])
@pytest.mark.parametrize("which", [1, 2, 3])
@pytest.mark.parametrize("read", READS)
def test_rows_and_count_that_are_cut_alike_once_lose_nothing(place: Place, read: str, which: int, keep: float) -> None:
    async def story() -> None:
        filled(place)
        api = await place.ready()
        there = [row["id"] for row in await READS[read](api)]
        assert len(there) > 8 * SIZE
        place.glpi.faults.add(troubles.cut_list(keep, path="/Ticket", after=which, times=1))
        try:
            found = await READS[read](api)
        except GlpiError:
            assert not place.hl, "the High-Level API counts windows of ids, so that it can be asked again"
        else:
            assert [row["id"] for row in found] == there

    place.play(story())


@pytest.mark.parametrize(("broken", "whole"), [(1, True), (3, False)])
def test_rows_fetched_one_by_one_whose_answers_break_off_are_fetched_again_after_the_others(
    place: Place, broken: int, whole: bool
) -> None:
    async def story() -> None:
        if place.hl:
            pytest.skip("only the legacy API has rows that are fetched one by one")
        filled(place)
        api = await place.ready()
        there = [row["id"] for row in await _all(api)]
        place.glpi.faults.add(troubles.empty_list(path="apirest.php/Ticket", after=1))
        every_attempt = 4
        for number in there[3 * SIZE : 3 * SIZE + broken]:
            place.glpi.faults.add(troubles.status(502, html="502", path=f"/Ticket/{number}", times=every_attempt))
        if whole:
            assert [row["id"] for row in await _all(api)] == there
        else:
            with pytest.raises(GlpiError, match="502"):
                await _all(api)
            assert place.seen() < 200, "a server that does not answer is not asked for every row"

    place.play(story())
