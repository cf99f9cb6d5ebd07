"""A server that takes its time: a request costs what it should, and waits for its turn."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.__main__ import arguments
from glpi_utils.testing.http.wire import Answer
from glpi_utils.testing.server.paced_workers import Pace, Work, Workers, work_of
from glpi_utils.testing.world.world import World
from tests.testing.talking import Talk, stopped, wait_for
from tests.testing.virtual import AtOnce, run

Dial = Callable[[GlpiServer], Talk]
PAGE = Answer(206, (("Content-Range", "0-1/2"),), b"[1, 2]")


def took(line: Talk, path: str) -> float:
    begun = time.perf_counter()
    status, _ = line.ask("GET", path)
    assert status in {200, 206}
    return time.perf_counter() - begun


def test_a_request_takes_its_time_and_each_row_too(talk: Dial) -> None:
    with GlpiServer(tickets=200, pace=Pace(0.02, 0.001, 1, 0, 0)) as glpi:
        line = talk(glpi).log_in()
        for path, seconds in (("/api.php/", 0.021), ("/Ticket?range=0-99", 0.12), ("/Ticket?range=0-7", 0.028)):
            before = glpi.worked
            spent = took(line, path if path.startswith("/api") else f"/apirest.php{path}")
            assert glpi.worked - before == pytest.approx(seconds)
            assert spent >= seconds - 0.001


def crowd(pace: Pace, *arrivals: float, answer: Answer = PAGE) -> list[float]:
    """When each of several requests is answered, in virtual time."""

    async def story() -> list[float]:
        loop = asyncio.get_running_loop()
        workers = Workers(pace)
        workers.thread.shutdown()
        workers.thread = AtOnce()  # type: ignore[assignment]

        async def one(arrival: float) -> float:
            await asyncio.sleep(arrival)
            await workers.serve(lambda: answer)
            return round(loop.time(), 6)

        return await asyncio.gather(*(one(arrival) for arrival in arrivals))

    return run(story())


def test_who_comes_when_all_workers_are_busy_waits_his_turn() -> None:
    assert crowd(Pace(0.1, 0, 2, 0, 0), 0, 0, 0, 0, 0) == [0.1, 0.1, 0.2, 0.2, 0.3]
    assert crowd(Pace(0.1, 0.01, 1, 0, 0), 0, 0.05, 1) == [0.12, 0.24, 1.12]
    assert crowd(Pace(0.1, 0, 1, 0.001, 0), 0, 0) == [0.102, 0.204]
    assert crowd(Pace(0, 0, 1, 0, 0), 0, 0.5) == [0, 0.5]


def test_a_worker_whose_client_has_gone_is_busy_all_the_same(talk: Dial) -> None:
    glpi = GlpiServer(pace=(600, 0, 1)).start()
    talk(glpi).hang_up_on("GET", "/api.php/", None)
    assert wait_for(lambda: glpi.worked >= 600)
    waiting = talk(glpi)
    waiting.connection.request("GET", "/api.php/")
    assert wait_for(lambda: glpi.count() == 2)
    time.sleep(0.1)
    assert glpi.worked < 1200, "nobody is there to take it"
    glpi.close()


def test_a_slow_server_stops_at_once(talk: Dial) -> None:
    glpi = GlpiServer(pace=(600, 0, 1)).start()
    talk(glpi).connection.request("GET", "/api.php/")
    assert wait_for(lambda: glpi.worked >= 600)
    assert stopped(glpi)
    glpi.close()


def test_started_again_its_workers_are_free(talk: Dial) -> None:
    glpi = GlpiServer(pace=(600, 0, 1)).start()
    talk(glpi).connection.request("GET", "/api.php/")
    assert wait_for(lambda: glpi.worked >= 600)
    glpi.stop()
    glpi.pace = Pace(0)
    glpi.start()
    assert talk(glpi).ask("GET", "/api.php/")[0] == 200
    glpi.close()


@pytest.mark.parametrize(
    ("answer", "work"),
    [
        (Answer(206, (("Content-Range", "200-349/1000"),), b"[1, 2]"), Work(2, 1000, 200)),
        (Answer(200, (("Content-Range", "900--1/7"),), b"[]"), Work(0, 7, 7)),
        (Answer(200, (), b"[1, 2, 3]"), Work(3)),
        (Answer(200, (), b'{"id": 1}'), Work(1)),
        (Answer(206, (("Content-Range", "0-1/9"),), b'{"totalcount": 9, "count": 2, "data": [{}, {}]}'), Work(2, 9)),
        (Answer(206, (("Content-Range", "0-1/9"),), b"[1, 2]<html>"), Work(1, 9)),
        (Answer(200, (), b"a file"), Work(1)),
        (Answer(404, (), b"[1, 2]"), Work(0)),
        (Answer(204), Work(0)),
    ],
)
def test_the_work_of_an_answer(answer: Answer, work: Work) -> None:
    assert work_of(answer) == work


def test_a_probe_costs_a_tenth_of_a_page_as_on_a_real_server() -> None:
    tickets, computers = Pace(0.05, 0.0011, 2), Pace(0.05, 0.0002, 2)
    assert tickets.seconds(Work(500, 3200, 1500)) == pytest.approx(0.6, abs=0.03)
    assert 0.05 < tickets.seconds(Work(1, 3200)) < 0.08
    assert 0.05 < tickets.seconds(Work(1, 3200, 1500)) < 0.08
    assert 0.08 < computers.seconds(Work(500, 3200)) < 0.17
    assert computers.seconds(Work(1, 3200)) < tickets.seconds(Work(1, 3200))
    assert Pace(0.05, 0.0011, 2, 0, 0).seconds(Work(1, 10**6, 10**5)) == 0.05 + 0.0011


def test_the_seconds_of_work_are_summed_whoever_waits(talk: Dial) -> None:
    pace = Pace(0.001, 0.0001, 2, per_counted=0.0001, per_skipped=0.00001)
    with GlpiServer(tickets=50, pace=pace) as glpi:
        line = talk(glpi).log_in()
        begun = glpi.worked
        assert begun > 0
        took(line, "/apirest.php/Ticket?range=10-29")
        counted = len(glpi.rows("Ticket", is_deleted=0))
        assert glpi.worked - begun == pytest.approx(0.001 + 20 * 0.0001 + counted * 0.0001 + 10 * 0.00001)
        glpi.faults.status(503, times=1)
        before = glpi.worked
        line.ask("GET", "/apirest.php/Ticket")
        assert glpi.worked == before, "the web server's own answers are no work"
    with GlpiServer() as glpi:
        talk(glpi).log_in()
        assert glpi.worked == 0


def test_the_command_line_reads_a_pace() -> None:
    assert arguments(["--pace", "0.1,0.0016,2"]).pace == (0.1, 0.0016, 2)
    assert arguments([]).pace is None


def test_nothing_of_a_pace_is_negative() -> None:
    for wrong in ((-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 1, -1), (0, 0, 1, 0, -1)):
        with pytest.raises(ValueError, match="negative"):
            Pace(*wrong)


@pytest.mark.parametrize("text", ["", "1", "0.1,0.1", "0.1,x,2", "-1,0,1", "0.1,0,0", "0.1,0,1.5"])
def test_a_pace_that_is_none_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError):
        Pace.read(text)
    with pytest.raises(SystemExit):
        arguments([f"--pace={text}"])
    assert "--pace" in capsys.readouterr().err


def test_a_large_page_does_not_hold_up_an_answer_that_is_due(talk: Dial) -> None:
    begun, done = threading.Event(), threading.Event()

    def large(_world: World) -> None:
        if len(glpi.requests) == 2:
            begun.set()
            assert done.wait(60)

    with GlpiServer(pace=(0.3, 0, 2)) as glpi:
        quick, heavy = talk(glpi), talk(glpi)
        glpi.ahead.append(large)
        threads = [threading.Thread(target=one.ask, args=("GET", "/api.php/")) for one in (quick, heavy)]
        threads[0].start()
        assert wait_for(lambda: glpi.worked > 0), "the quick one is executed, its answer is due later"
        threads[1].start()
        assert begun.wait(60)
        threads[0].join(60)
        assert not threads[0].is_alive(), "it was answered while the other was still being executed"
        done.set()
        threads[1].join(60)


def test_looking_in_takes_turns_with_requests(talk: Dial) -> None:
    with GlpiServer(pace=(0, 0, 2)) as glpi:
        line = talk(glpi).log_in()
        assert line.create("new one")[0] == 201
        assert [row["name"] for row in glpi.rows("Computer", name="new one")] == ["new one"]
        with pytest.raises(ZeroDivisionError):
            glpi.do(lambda _world: 1 // 0)
        with glpi.churn(rate=300, seed=1) as churn:
            for _ in range(20):
                assert line.ask("GET", "/apirest.php/Ticket")[0] in {200, 206}
        assert churn.done
