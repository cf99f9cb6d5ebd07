"""A list is answered in several moments, as GLPI does it; others write in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.testing.talking import Talk, bearer

Dial = Callable[[GlpiServer], Talk]
TICKETS = "/api.php/v2.2/Assistance/Ticket?sort=id"
LEGACY = "/apirest.php/Ticket?"
NAMED = "/apirest.php/search/Ticket?criteria[0][field]=2&criteria[0][searchtype]=contains&criteria[0][value]=>0&"
Listed = tuple[list[int], str, int]
"""The ids of a page, its Content-Range, its status."""


class Reader:
    """Reads one page of tickets, by either API."""

    def __init__(self, glpi: GlpiServer, line: Talk) -> None:
        self.glpi, self.line, self.token = glpi, line, bearer(glpi, line)

    def highlevel(self, query: str) -> Listed:
        return self._read(f"{TICKETS}&{query}", {"Authorization": f"Bearer {self.token}"})

    def legacy(self, query: str, path: str = LEGACY) -> Listed:
        return self._read(f"{path}{query}", {"Session-Token": self.line.token})

    def _read(self, target: str, headers: dict[str, str]) -> Listed:
        self.line.connection.request("GET", target, headers=headers)
        response = self.line.connection.getresponse()
        body: Any = json.loads(response.read())
        rows: list[dict[str, Any]] = body if target.startswith((TICKETS, LEGACY)) else body["data"]
        ids = [int(row.get("id") or row["2"]) for row in rows]
        return ids, str(response.headers["Content-Range"]), response.status


@pytest.fixture
def reader(glpi: GlpiServer, line: Talk) -> Reader:
    return Reader(glpi, line)


def script(glpi: GlpiServer, *turns: Callable[[World], object]) -> list[int]:
    """Do one thing in each gap, in order; gives the rows that each gap was told of."""
    told: list[int] = []

    def happen(world: World, rows: int) -> None:
        if len(told) < len(turns):
            turns[len(told)](world)
        told.append(rows)

    glpi.world.gaps.append(happen)
    return told


def created(world: World) -> None:
    world.insert("Ticket", {"name": "new", "content": "new"}, SYSTEM)


def nothing(_world: World) -> None:
    pass


def purged(*ids: int) -> Callable[[World], None]:
    def purge(world: World) -> None:
        for key in ids:
            world.purge("Ticket", key, SYSTEM)

    return purge


def trashed(key: int) -> Callable[[World], None]:
    return lambda world: world.trash("Ticket", key, SYSTEM)


def test_without_others_the_moments_agree(glpi: GlpiServer, reader: Reader) -> None:
    told = script(glpi)
    assert reader.highlevel("limit=10") == (list(range(1, 11)), "0-9/40", 206)
    assert told == [10, 10]
    assert reader.legacy("range=0-6") == (list(range(1, 8)), "0-6/38", 206)
    assert told == [10, 10, 7]


def test_a_row_that_goes_after_its_id_was_read_is_missing_on_a_full_page(glpi: GlpiServer, reader: Reader) -> None:
    script(glpi, purged(3, 7), nothing)
    ids, counted, status = reader.highlevel("limit=10")
    assert ids == [1, 2, 4, 5, 6, 8, 9, 10]
    assert (counted, status) == ("0-9/38", 206)


def test_rows_that_go_after_they_were_read_are_given_and_no_longer_counted(glpi: GlpiServer, reader: Reader) -> None:
    script(glpi, nothing, purged(38))
    ids, counted, status = reader.highlevel("start=35&limit=10")
    assert ids == [36, 37, 38, 39, 40]
    assert (counted.partition("/")[2], status) == ("39", 200)
    script(glpi, purged(12, 13))
    ids, counted, status = reader.legacy("range=10-19")
    assert len(ids) == 10
    assert {12, 13} < set(ids)
    assert int(counted.partition("/")[2]) == len(glpi.rows("Ticket", is_deleted=0)) < 38


def test_what_is_created_after_the_rows_were_read_is_counted_and_not_given(glpi: GlpiServer, reader: Reader) -> None:
    script(glpi, created, created)
    ids, counted, status = reader.highlevel("start=30&limit=10")
    assert (ids[-1], counted, status) == (40, "30-39/42", 206)
    script(glpi, created)
    ids, counted, _ = reader.legacy("range=30-49")
    assert (42 in ids, 43 in ids, counted) == (True, False, "30-40/41")


def test_a_row_that_is_trashed_after_its_id_was_read_comes_as_trashed(glpi: GlpiServer, reader: Reader) -> None:
    script(glpi, trashed(3), nothing)
    ids, counted, _ = reader.highlevel("limit=5&filter=is_deleted==false")
    assert 3 in ids
    assert counted.partition("/")[2] == "37"
    assert glpi.rows("Ticket", id=3)[0]["is_deleted"] == 1


def test_a_range_beyond_the_count_of_the_last_moment_is_refused(glpi: GlpiServer, line: Talk) -> None:
    script(glpi, purged(*range(1, 6)))
    status, body = line.ask("GET", f"{LEGACY}range=36-99")
    assert (status, body[0]) == (400, "ERROR_RANGE_EXCEED_TOTAL")


def test_a_search_with_criteria_counts_what_it_found(glpi: GlpiServer, reader: Reader) -> None:
    told = script(glpi, created)
    assert reader.legacy("range=0-4", NAMED)[1:] == ("0-4/38", 206)
    assert told == []
    assert reader.legacy("range=0-4&forcedisplay[0]=2", "/apirest.php/search/Ticket?")[1:] == ("0-4/39", 206)
    assert told == [5]


def test_an_item_that_goes_after_its_id_was_read_is_not_there(glpi: GlpiServer, line: Talk) -> None:
    script(glpi, purged(5))
    headers = {"Authorization": f"Bearer {bearer(glpi, line)}"}
    line.connection.request("GET", "/api.php/v2.2/Assistance/Ticket/5", headers=headers)
    response = line.connection.getresponse()
    response.read()
    assert response.status == 404


def disagreements(reader: Reader, rate: float, seed: int) -> tuple[list[Listed], int]:
    """Pages read while rows come and go within the lists; how many turns there were."""
    with reader.glpi.churn(seed=seed, within_lists=rate) as churn:
        pages = [reader.highlevel(f"start={start}&limit=100") for start in range(0, 300, 50)]
        pages += [reader.legacy(f"range={start}-{start + 99}") for start in range(0, 250, 50)]
    return pages, churn.done.total()


def test_churn_within_lists_is_the_same_every_time_and_keeps_its_rate(talk: Dial) -> None:
    def run(seed: int, rate: float) -> tuple[list[Listed], list[tuple[str, int]], int]:
        with GlpiServer(tickets=300) as glpi:
            pages, done = disagreements(Reader(glpi, talk(glpi).log_in()), rate, seed)
            return (
                pages,
                [(change.what, change.id) for change in glpi.world.store.history if change.itemtype == "Ticket"],
                done,
            )

    first = run(1, 50)
    assert first == run(1, 50)
    assert first[:2] != run(2, 50)[:2]
    # 17 gaps, of half of 0.05 s and 1.1 ms a row: 0.08 s each
    assert 0.6 * 50 * 17 * 0.08 < first[2] <= 50 * 17 * 0.08
    assert run(1, 5)[2] < first[2] / 5


def test_churn_within_lists_makes_rows_and_count_disagree(talk: Dial) -> None:
    with GlpiServer(tickets=300) as glpi:
        pages, _ = disagreements(Reader(glpi, talk(glpi).log_in()), 50, 1)
        assert any(len(ids) < 100 for ids, _, _ in pages[:5]), "ids of rows that went"
        assert int(pages[0][1].partition("/")[2]) != 300
        before = glpi.rows("Ticket")
        Reader(glpi, talk(glpi).log_in()).highlevel("limit=100")
        assert glpi.rows("Ticket") == before, "over when the block is"


def test_churn_between_lists_waits_for_the_next_request(talk: Dial) -> None:
    with GlpiServer(tickets=300) as glpi, glpi.churn(seed=1, between_lists=100) as churn:
        reader = Reader(glpi, talk(glpi).log_in())
        ids, ranged, _ = reader.highlevel("limit=100")
        assert (len(ids), ranged) == (100, "0-99/300"), "rows and count agree"
        assert not churn.done
        reader.highlevel("limit=100")
        assert churn.done.total() > 10  # 0.16 seconds of work


def test_a_slow_server_has_more_of_it(talk: Dial) -> None:
    def turns(pace: tuple[float, float, int]) -> int:
        with GlpiServer(tickets=300, pace=pace) as glpi, glpi.churn(seed=1, within_lists=50) as churn:
            Reader(glpi, talk(glpi).log_in()).highlevel("limit=100")
            return churn.done.total()

    assert turns((0, 0, 1)) == 0
    assert turns((0.2, 0.0005, 1)) >= 6
