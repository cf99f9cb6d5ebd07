"""One login for fifty, counted at the server."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import GlpiAPIError, GlpiAuthError, GlpiPermissionError
from glpi_utils.testing import GlpiServer, troubles
from tests.faults.herd import (
    MANY,
    all_right,
    client,
    herd,
    logins,
    now,
    play,
    ready,
    run_out,
    slow_logins,
)
from tests.faults.places import APIS, KINDS

T = troubles


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
