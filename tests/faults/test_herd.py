"""One login for fifty, counted at the server; whoever is stopped half-way loses nothing for the others."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiAuthError, GlpiPermissionError
from glpi_utils.testing import GlpiServer, troubles
from tests.faults.herd import MANY, client, herd, now, play
from tests.faults.places import APIS, KINDS

T = troubles
SLOW = 0.2


@pytest.fixture(scope="module")
def server() -> Iterator[GlpiServer]:
    with GlpiServer(tickets=3) as glpi:
        yield glpi


@pytest.fixture
def glpi(server: GlpiServer) -> GlpiServer:
    server.faults.clear()
    server.requests.clear()
    return server


def session(api: Any) -> Any:
    core = api._inner._core if hasattr(api, "_inner") else api._core
    return core.session


def run_out(api: Any) -> None:
    """By our own clock the token's time is over."""
    session(api).credentials.held.expires_at = session(api).runtime.now() - 1


def logins(glpi: GlpiServer) -> list[str]:
    """What was asked for, in order: the grants, or initSession."""
    found = []
    for each in glpi.requests:
        if each.path.endswith("/token"):
            found.append(each.body.partition(b"&")[0].decode().partition("=")[2])
        elif each.path.endswith("/initSession"):
            found.append("session")
    return found


def slow_logins(glpi: GlpiServer) -> None:
    """So that all fifty are there before the first is done."""
    glpi.faults.add(T.latency(SLOW, path="/token"), T.latency(SLOW, path="initSession"))


async def ready(api: str, kind: str, glpi: GlpiServer) -> Any:
    made = client(api, kind, glpi)
    await now(kind, made.ticket.get(1))
    glpi.requests.clear()
    slow_logins(glpi)
    return made


def all_right(found: list[Any]) -> bool:
    return len(found) == MANY and all(isinstance(each, dict) and each["id"] == 1 for each in found)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("api", APIS)
def test_nobody_is_logged_in_yet(api: str, kind: str, glpi: GlpiServer) -> None:
    async def story() -> None:
        slow_logins(glpi)
        made = client(api, kind, glpi)
        found = await herd(kind, made)
        assert all_right(found), found
        assert logins(glpi) == ["password" if api == "hl" else "session"]
        assert len(glpi.requests) == MANY + (2 if api == "hl" else 1), "one list of versions"
        await now(kind, made.close())

    play(kind, story())


@pytest.mark.parametrize("kind", KINDS)
def test_the_token_has_run_out_here(kind: str, glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await ready("hl", kind, glpi)
        run_out(made)
        assert all_right(await herd(kind, made))
        assert logins(glpi) == ["refresh_token"]
        assert len(glpi.requests) == MANY + 1, "no request went out with the old one"
        await now(kind, made.close())

    play(kind, story())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["expire_tokens", "revoke_tokens"])
def test_the_token_is_no_longer_good_there(kind: str, way: str, glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await ready("hl", kind, glpi)
        getattr(glpi, way)()
        assert all_right(await herd(kind, made))
        assert logins(glpi) == ["refresh_token"]
        assert len(glpi.requests) <= 2 * MANY + 1
        await now(kind, made.close())

    play(kind, story())


@pytest.mark.parametrize("kind", KINDS)
def test_the_refresh_is_refused_and_the_password_taken(kind: str, glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await ready("hl", kind, glpi)
        glpi.revoke_tokens()
        glpi.revoke_refresh_tokens()
        assert all_right(await herd(kind, made))
        assert logins(glpi) == ["refresh_token", "password"]
        await now(kind, made.close())

    play(kind, story())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lost", [T.drop_after, T.truncated, T.garbage])
def test_the_answer_of_the_refresh_is_lost(kind: str, lost: Any, glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await ready("hl", kind, glpi)
        run_out(made)
        glpi.faults.add(lost(path="/token", times=1))
        assert all_right(await herd(kind, made))
        assert logins(glpi) == ["refresh_token", "password"]
        await now(kind, made.close())

    play(kind, story())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("api", APIS)
def test_a_wrong_password_is_asked_once_and_told_to_each(api: str, kind: str, glpi: GlpiServer) -> None:
    async def story() -> None:
        slow_logins(glpi)
        made = client(api, kind, glpi, password="wr0ng")
        found = await herd(kind, made)
        assert len(logins(glpi)) == 1
        assert all(type(each) is GlpiAuthError for each in found), found
        assert len({id(each) for each in found}) == MANY
        assert len({str(each) for each in found}) == 1
        assert len({each.error_code for each in found}) == 1
        assert "wr0ng" not in repr(found)
        assert all(each.__cause__ is None and each.__context__ is None for each in found)
        await now(kind, made.close())

    play(kind, story())


@pytest.mark.parametrize("kind", KINDS)
def test_a_session_was_killed(kind: str, glpi: GlpiServer) -> None:
    """One login for all; profile and entity are made active again before anything is asked for again."""

    async def story() -> None:
        made = await ready("legacy", kind, glpi)
        await now(kind, made.set_active_profile(4))
        await now(kind, made.set_active_entity(0, is_recursive=True))
        glpi.requests.clear()
        glpi.kill_sessions()
        assert all_right(await herd(kind, made))
        assert logins(glpi) == ["session"]
        asked = [each.path.rpartition("/")[2] for each in glpi.requests if each.status == 200]
        assert asked[:3] == ["initSession", "changeActiveProfile", "changeActiveEntities"]
        assert asked[3:] == ["1"] * MANY
        await now(kind, made.close())

    play(kind, story())


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_active_and_can_not_be_any_more_is_no_silent_lie(kind: str, glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await ready("legacy", kind, glpi)
        await now(kind, made.set_active_entity(0, is_recursive=True))
        for no, said in (
            (T.status(200, json=False), GlpiPermissionError),
            (T.status(502, html="x", times=4), GlpiAPIError),
        ):
            glpi.faults.clear()
            slow_logins(glpi)
            no.path = "changeActiveEntities"
            glpi.faults.add(no)
            glpi.kill_sessions()
            glpi.requests.clear()
            found = await herd(kind, made)
            assert all(isinstance(each, said) for each in found), found
            assert not [each for each in glpi.requests if each.status == 200 and each.path.endswith("/Ticket/1")]
        glpi.faults.clear()
        assert (await now(kind, made.ticket.get(1)))["id"] == 1, "when it can be again, all is well"
        await now(kind, made.close())

    play(kind, story())


# whoever began the renewal is stopped


@pytest.mark.parametrize("api", APIS)
def test_a_cancelled_task_loses_no_login(api: str, glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await ready(api, "async", glpi)
        run_out(made) if api == "hl" else glpi.kill_sessions()
        first = asyncio.create_task(made.ticket.get(1))
        await asyncio.sleep(SLOW / 3)
        others = [asyncio.create_task(made.ticket.get(1)) for _ in range(5)]
        await asyncio.sleep(SLOW / 3)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert [row["id"] for row in await asyncio.gather(*others)] == [1] * 5
        assert (await made.ticket.get(1))["id"] == 1
        assert logins(glpi) == ["refresh_token" if api == "hl" else "session"]
        await made.close()

    asyncio.run(story())


def test_all_are_cancelled_and_the_pair_is_there_all_the_same(glpi: GlpiServer) -> None:
    async def story() -> None:
        made = await ready("hl", "async", glpi)
        run_out(made)
        for _ in range(2):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(SLOW / 3):
                    await made.ticket.get(1)
        assert (await made.ticket.get(1))["id"] == 1
        assert logins(glpi) == ["refresh_token"]
        await made.close()

    asyncio.run(story())


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no way to send a signal to a thread")
@pytest.mark.parametrize("api", APIS)
def test_ctrl_c_loses_no_login(api: str, glpi: GlpiServer) -> None:
    main = threading.main_thread().ident
    assert main is not None
    made = client(api, "sync", glpi)
    made.ticket.get(1)
    glpi.requests.clear()
    slow_logins(glpi)
    run_out(made) if api == "hl" else glpi.kill_sessions()
    threading.Timer(SLOW / 2, signal.pthread_kill, (main, signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        made.ticket.get(1)
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
    slow_logins(glpi)
    run_out(made)

    async def leave() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(made.ticket.get(1), SLOW / 3)

    asyncio.run(leave())
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
