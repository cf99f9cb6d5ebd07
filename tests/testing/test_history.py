"""What was there all the time, what at some time; rows that come and go while a test reads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.column_values import Refusal
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.testing.talking import Talk, wait_for


@pytest.fixture
def glpi() -> Iterator[GlpiServer]:
    with GlpiServer(tickets=20) as server:
        yield server


def moment() -> float:
    time.sleep(0.002)
    now = time.monotonic()
    time.sleep(0.002)
    return now


def change(glpi: GlpiServer, *turns: tuple[str, int]) -> None:
    def work(world: World) -> None:
        for kind, key in turns:
            getattr(world, kind)("Ticket", key, SYSTEM)

    glpi.do(work)


def _opened(key: int, world: World) -> None:
    world.update("Ticket", key, {"status": 1}, SYSTEM)


def new(glpi: GlpiServer) -> int:
    return glpi.do(lambda world: world.insert("Ticket", {"name": "x", "content": "x"}, SYSTEM))


def ids(glpi: GlpiServer, where: str = "") -> set[int]:
    return {row["id"] for row in glpi.rows("Ticket", where)}


def test_the_sample_was_always_there(glpi: GlpiServer) -> None:
    since = moment()
    assert glpi.world.store.history == []
    assert glpi.throughout("Ticket", since) == glpi.ever("Ticket", since) == ids(glpi)
    assert glpi.throughout("Ticket", since, trash=False) == ids(glpi, "is_deleted=0")
    assert glpi.throughout("Ticket", since, trash="only") == ids(glpi, "is_deleted=1")
    assert glpi.throughout("Entity", since) == {row["id"] for row in glpi.rows("Entity")}


def test_what_is_created_or_removed_meanwhile_was_there_for_some_time_only(glpi: GlpiServer) -> None:
    early = new(glpi)
    since = moment()
    created, brief = new(glpi), new(glpi)
    change(glpi, ("purge", 3), ("purge", brief))
    until = moment()
    late = new(glpi)
    change(glpi, ("purge", 4), ("purge", early))
    always, ever = glpi.throughout("Ticket", since, until), glpi.ever("Ticket", since, until)
    assert {4, early} <= always
    assert not {3, created, brief, late} & always
    assert {3, 4, created, brief, early} <= ever
    assert late not in ever
    assert always <= ever


def test_a_list_without_the_trash_loses_what_is_trashed_even_for_a_moment(glpi: GlpiServer) -> None:
    for key in range(5, 10):  # none is closed
        glpi.do(partial(_opened, key))
    change(glpi, ("trash", 5), ("trash", 6))
    since = moment()
    change(glpi, ("trash", 7), ("restore", 7), ("restore", 6), ("trash", 8), ("purge", 8), ("purge", 5))
    until = moment()
    change(glpi, ("trash", 9))
    assert {6, 7, 9} <= glpi.throughout("Ticket", since, until)
    assert not {5, 8} & glpi.throughout("Ticket", since, until)
    shown, seen = (query("Ticket", since, until, trash=False) for query in (glpi.throughout, glpi.ever))
    assert 9 in shown
    assert not {5, 6, 7, 8} & shown
    assert {6, 7, 8, 9} <= seen
    assert 5 not in seen
    hidden, found = (query("Ticket", since, until, trash="only") for query in (glpi.throughout, glpi.ever))
    assert not {5, 6, 7, 8, 9} & hidden
    assert {5, 6, 7, 8} <= found
    assert 9 not in found


def test_a_row_that_is_removed_with_another_dies_too(glpi: GlpiServer) -> None:
    link = glpi.rows("Ticket_User", tickets_id=1)[0]["id"]
    since = moment()
    change(glpi, ("purge", 1))
    assert link in glpi.ever("Ticket_User", since)
    assert link not in glpi.throughout("Ticket_User", since)


def test_what_was_rolled_back_never_was(glpi: GlpiServer) -> None:
    since = moment()

    def broken(world: World) -> None:
        with world.store.atomic():
            world.insert("Ticket", {"name": "never", "content": "never"}, SYSTEM)
            world.trash("Ticket", 2, SYSTEM)
            raise Refusal("no")

    with pytest.raises(Refusal):
        glpi.do(broken)
    assert glpi.throughout("Ticket", since, trash=False) == glpi.ever("Ticket", since, trash=False)
    assert 2 in glpi.throughout("Ticket", since, trash=False)


def test_writes_over_http_are_noted(glpi: GlpiServer, talk: Callable[[GlpiServer], Talk]) -> None:
    line = talk(glpi).log_in()
    since = moment()
    made = line.create("new one")[1]["id"]
    line.ask("DELETE", f"/apirest.php/Computer/{made}")
    line.ask("DELETE", f"/apirest.php/Computer/{made}?force_purge=1")
    assert [change.what for change in glpi.world.store.history if change.itemtype == "Computer"] == [
        "created",
        "trashed",
        "removed",
    ]
    assert made in glpi.ever("Computer", since)
    assert made not in glpi.throughout("Computer", since)


def test_churn_keeps_its_rate_does_all_four_and_stops(glpi: GlpiServer) -> None:
    since = moment()
    with glpi.churn(rate=400, seed=3) as churn:
        assert wait_for(lambda: churn.done.total() > 100)
    done = churn.done.total()
    assert all(churn.done[kind] for kind in ("create", "trash", "restore", "purge"))
    assert done < (time.monotonic() - since) * 450 + 10
    time.sleep(0.05)
    assert churn.done.total() == done
    created = glpi.ever("Ticket", since) - glpi.throughout("Ticket", since)
    assert len(created) >= churn.done["create"]
    assert glpi.throughout("Ticket", since) <= ids(glpi) <= glpi.ever("Ticket", since)


def test_churn_by_requests_is_the_same_every_time(talk: Callable[[GlpiServer], Talk]) -> None:
    def run(seed: int) -> list[tuple[str, int]]:
        with GlpiServer(tickets=20) as glpi:
            line = talk(glpi)
            with glpi.churn(per_request=2.5, seed=seed) as churn:
                for _ in range(8):
                    line.ask("GET", "/api.php/")
            line.ask("GET", "/api.php/")
            assert 15 <= churn.done.total() <= 20
            return [(change.what, change.id) for change in glpi.world.store.history if change.itemtype == "Ticket"]

    assert run(1) == run(1) != run(2)


def test_churn_leaves_alone_what_others_have_changed(glpi: GlpiServer) -> None:
    churn = glpi.churn(seed=1)
    with churn:
        for key in ids(glpi):
            change(glpi, ("purge", key))
        for _ in range(60):
            glpi.do(churn.turn)
    assert churn.done["create"] > 5
    assert len(ids(glpi)) == churn.done["create"] - churn.done["purge"]


def test_churn_outlives_a_server_that_stops() -> None:
    glpi = GlpiServer().start()
    with glpi.churn(rate=200):
        glpi.stop()
        time.sleep(0.05)
    glpi.close()
