"""Whoever is stopped in the middle of a login, by a task, a signal, a loop or a fork, loses nothing for the others."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import pytest

from glpi_utils.testing import GlpiServer
from tests.faults.herd import client, hanging_login, known, logins, now, run_out
from tests.faults.patience import arrived, holding, interrupting
from tests.faults.places import APIS


@pytest.mark.parametrize("api", APIS)
def test_a_cancelled_task_loses_no_login(api: str, glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await known(api, "async", glpi)
        run_out(made) if api == "hl" else glpi.kill_sessions()
        hang = hanging_login(api, glpi)
        first = asyncio.create_task(made.ticket.get(1))
        await arrived("async", holding(hang, glpi))
        others = [asyncio.create_task(made.ticket.get(1)) for _ in range(5)]
        await asyncio.sleep(0.05)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        hang.release()
        assert [row["id"] for row in await asyncio.gather(*others)] == [1] * 5
        assert (await made.ticket.get(1))["id"] == 1
        assert logins(glpi) == ["refresh_token" if api == "hl" else "session"]
        await made.close()

    asyncio.run(story())


def test_all_are_cancelled_and_the_pair_is_there_all_the_same(glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await known("hl", "async", glpi)
        run_out(made)
        hang = hanging_login("hl", glpi)
        for _ in range(2):
            waiting = asyncio.create_task(made.ticket.get(1))
            await arrived("async", holding(hang, glpi))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.01):
                    await waiting
        hang.release()
        assert (await made.ticket.get(1))["id"] == 1
        assert logins(glpi) == ["refresh_token"]
        await made.close()

    asyncio.run(story())


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no way to send a signal to a thread")
@pytest.mark.parametrize("api", APIS)
def test_ctrl_c_loses_no_login(api: str, glpi: GlpiServer) -> None:
    made = client(api, "sync", glpi)
    made.ticket.get(1)
    glpi.requests.clear()
    run_out(made) if api == "hl" else glpi.kill_sessions()
    hang = hanging_login(api, glpi)
    interrupting(glpi, hang).start()
    with pytest.raises(KeyboardInterrupt):
        made.ticket.get(1)
    hang.release()
    assert made.ticket.get(1)["id"] == 1
    assert logins(glpi) == ["refresh_token" if api == "hl" else "session"]
    made.close()


# loops and processes


@pytest.mark.parametrize("api", APIS)
def test_several_event_loops_one_after_the_other(api: str, glpi: GlpiServer) -> None:
    made = client(api, "async", glpi)

    async def read() -> int:
        rows = await asyncio.gather(*[made.ticket.get(1) for _ in range(5)])
        return len(rows)

    assert [asyncio.run(read()) for _ in range(3)] == [5, 5, 5]
    assert len(logins(glpi)) == 1, "the login outlives the loop"
    glpi.kill_sessions() if api == "legacy" else glpi.revoke_tokens()
    assert asyncio.run(read()) == 5
    assert len(logins(glpi)) == 2
    asyncio.run(made.close())


def test_a_renewal_that_its_loop_took_along_is_begun_anew(glpi: GlpiServer) -> None:
    made = client("hl", "async", glpi)
    asyncio.run(now("async", made.ticket.get(1)))
    run_out(made)
    hang = hanging_login("hl", glpi)

    async def leave() -> None:
        waiting = asyncio.create_task(made.ticket.get(1))
        await arrived("async", holding(hang, glpi))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(waiting, 0.01)

    asyncio.run(leave())
    hang.release()
    assert asyncio.run(now("async", made.ticket.get(1)))["id"] == 1
    asyncio.run(made.close())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("api", APIS)
def test_a_forked_child_logs_in_anew_and_takes_nothing_from_its_parent(api: str, glpi: GlpiServer) -> None:
    made = client(api, "sync", glpi)
    made.ticket.get(1)
    if api == "hl":
        run_out(made)
    glpi.requests.clear()
    child = os.fork()
    if child == 0:  # pragma: no cover
        code = 1
        try:
            code = 0 if made.ticket.get(1)["id"] == 1 else 2
            made.close()
        finally:
            sys.stderr.flush()
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert logins(glpi) == ["password" if api == "hl" else "session"], "the refresh token is the parent's"
    ended = [each for each in glpi.requests if each.path.endswith("killSession")]
    assert len(ended) == (1 if api == "legacy" else 0), "the child ends its own session"
    glpi.requests.clear()
    assert made.ticket.get(1)["id"] == 1
    assert logins(glpi) == (["refresh_token"] if api == "hl" else []), "what the parent holds is still good"
    made.close()
