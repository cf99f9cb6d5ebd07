"""A server that takes its time: a request costs what it should, and waits for its turn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from glpi_utils.testing import GlpiServer
from glpi_utils.testing.__main__ import arguments
from glpi_utils.testing.pace import Pace, Work, work_of
from glpi_utils.testing.wire import Answer
from tests.testing.talking import Talk

Dial = Callable[[GlpiServer], Talk]
LATE = 0.05
"""Two cores that are shared: what a loaded machine may be late with."""


def quickest(line: Talk, path: str) -> float:
    """Of several tries: a loaded machine is late now and then."""
    return min(took(line, path) for _ in range(4))


def took(line: Talk, path: str) -> float:
    begun = time.perf_counter()
    status, _ = line.ask("GET", path)
    assert status in {200, 206}
    return time.perf_counter() - begun


def test_a_request_takes_its_time_and_each_row_too(talk: Dial) -> None:
    with GlpiServer(tickets=200, pace=(0.02, 0.001, 1)) as glpi:
        line = talk(glpi).log_in()
        assert 0.019 <= quickest(line, "/api.php/") < 0.021 + LATE
        assert 0.118 <= quickest(line, "/apirest.php/Ticket?range=0-99") < 0.121 + LATE
        assert 0.028 <= quickest(line, "/apirest.php/Ticket?range=0-7") < 0.030 + LATE


def test_who_comes_when_all_workers_are_busy_waits_his_turn(talk: Dial) -> None:
    with GlpiServer(pace=(0.1, 0, 2)) as glpi:
        lines = [talk(glpi) for _ in range(5)]
        spent: list[float] = []
        threads = [threading.Thread(target=lambda one=one: spent.append(took(one, "/api.php/"))) for one in lines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [round(one, 1) for one in sorted(spent)] == [0.1, 0.1, 0.2, 0.2, 0.3]


def test_a_worker_whose_client_has_gone_is_busy_all_the_same(talk: Dial) -> None:
    with GlpiServer(pace=(0.15, 0, 1)) as glpi:
        talk(glpi).hang_up_on("GET", "/api.php/", None)
        time.sleep(0.02)
        assert took(talk(glpi), "/api.php/") > 0.2


def test_a_slow_server_stops_at_once(talk: Dial) -> None:
    glpi = GlpiServer(pace=(30, 0, 1)).start()
    line = talk(glpi)
    line.connection.request("GET", "/api.php/")
    time.sleep(0.05)
    begun = time.monotonic()
    glpi.close()
    assert time.monotonic() - begun < 1


def test_started_again_its_workers_are_free(talk: Dial) -> None:
    glpi = GlpiServer(pace=(0.3, 0, 1)).start()
    talk(glpi).connection.request("GET", "/api.php/")
    time.sleep(0.02)
    glpi.stop()
    glpi.start()
    assert took(talk(glpi), "/api.php/") < 0.32 + LATE
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
    with GlpiServer(pace=(0.05, 0, 2)) as glpi:
        heavy = talk(glpi)
        quick = talk(glpi)
        took(heavy, "/api.php/")
        glpi.ahead.append(lambda _world: time.sleep(0.3) if len(glpi.requests) == 3 else None)
        spent: list[float] = []
        thread = threading.Thread(target=lambda: spent.append(took(quick, "/api.php/")))
        thread.start()
        time.sleep(0.02)  # the quick one is executed and waits for its end
        assert took(heavy, "/api.php/") > 0.29
        thread.join()
        assert spent[0] < 0.06 + LATE


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
