"""The legacy session beside a High-Level client: when it is opened, whose it is, in which scope, when it ends."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from glpi_utils import (
    GlpiAuthError,
    GlpiNotFoundError,
    GlpiOAuthClient,
    GlpiPermissionError,
    GlpiUnsupportedError,
    GlpiValidationError,
)
from glpi_utils._engine.request.core import Core
from glpi_utils._runtimes.blocking import run
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, highlevel_async, legacy

SECOND = ("tech", "tech")


def session_of(core: Core) -> dict[str, Any]:
    return run(core.api_session.full_session(core))


def logins(glpi: GlpiServer) -> int:
    return glpi.count(path="initSession")


def sessions(glpi: GlpiServer) -> int:
    return glpi.do(lambda world: len(world.credentials.sessions))


def test_nothing_is_opened_before_it_is_needed_and_close_ends_it(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        api.ticket.get(1)
        assert logins(glpi) == 0
        core = run(api._core.legacy_core("link"))
        assert session_of(core)["glpiname"] == glpi.username
        assert run(api._core.legacy_core("items")) is core
        assert (logins(glpi), sessions(glpi)) == (1, 1)
    assert sessions(glpi) == 0
    assert glpi.count(path="killSession") == 1


def test_a_legacy_client_is_its_own(glpi: GlpiServer) -> None:
    with legacy(glpi) as api:
        assert run(api._core.legacy_core("link")) is api._core
        assert glpi.requests == []
        with pytest.raises(GlpiUnsupportedError, match="legacy session itself"):
            api.with_options(legacy="never")


def test_never_refuses_and_sends_nothing(glpi: GlpiServer) -> None:
    with highlevel(glpi, legacy="never") as api, highlevel(glpi) as other:
        for each in (api, api.with_options(timeout=5), other.with_options(legacy="never")):
            with pytest.raises(GlpiUnsupportedError, match=r"link\(\) needs the legacy API.*no links.*legacy='never'"):
                run(each._core.legacy_core("link"))
            assert run(each._core.legacy_core_or_none("link")) is None
        assert glpi.requests == []
        run(api.with_options(legacy="auto")._core.legacy_core("link"))
        assert logins(glpi) == 1


def test_a_read_only_client_opens_none_for_a_write(glpi: GlpiServer) -> None:
    with highlevel(glpi, read_only=True) as api:
        with pytest.raises(GlpiPermissionError, match="read-only"):
            run(api._core.legacy_core("link"))
        assert glpi.requests == []
        core = run(api._core.legacy_core("links"))
        document = core.dialect.resource("Document")
        with pytest.raises(GlpiPermissionError, match="read-only"):
            run(core.do(core.dialect.create(document, {"name": "x"}, {})))


def test_threads_share_one_login(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        derived = [api, api.with_options(timeout=9), api.with_options(retries=1)] * 5
        with ThreadPoolExecutor(15) as threads:
            cores = list(threads.map(lambda each: run(each._core.legacy_core("links")), derived))
        assert logins(glpi) == 1
        assert len({id(core.session) for core in cores}) == 1
        assert {core.options.timeout for core in cores} == {30, 9}


def test_tasks_share_one_login(glpi: GlpiServer) -> None:
    async def story() -> None:
        async with highlevel_async(glpi) as api:
            derived = [api, api.with_options(timeout=9)] * 5
            await asyncio.gather(*(each._core.legacy_core("links") for each in derived))
            assert logins(glpi) == 1
        assert sessions(glpi) == 0

    asyncio.run(story())


def test_each_scope_has_its_own(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        narrow = api.with_options(entity=1, profile=4, recursive=False)
        wide = api.with_options(entity=0, recursive=True)
        for _ in range(2):
            here, there, plain = (session_of(run(each._core.legacy_core("links"))) for each in (narrow, wide, api))
            assert (here["glpiactive_entity"], bool(here["glpiactive_entity_recursive"])) == (1, False)
            assert (there["glpiactive_entity"], bool(there["glpiactive_entity_recursive"])) == (0, True)
            assert plain["glpiactive_entity"] == api.get_active_entities()["id"]
            glpi.kill_sessions()  # the next session is in the same scope
        assert logins(glpi) == 6
    assert sessions(glpi) == 0


def test_a_scope_that_is_not_the_users_is_refused(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        for there, kind in (
            (api.with_options(profile=7), GlpiNotFoundError),
            (api.with_options(entity=999), GlpiPermissionError),
        ):
            with pytest.raises(kind, match=r"link\(\) needs"):
                run(there._core.legacy_core("link"))


def test_another_user_gets_another_session(glpi: GlpiServer) -> None:
    with highlevel(glpi) as api:
        before = run(api._core.legacy_core("links"))
        assert session_of(before)["glpiname"] == glpi.username
        api.authenticate(*SECOND)
        assert sessions(glpi) == 0
        for core in (before, run(api._core.legacy_core("links"))):
            assert session_of(core)["glpiname"] == SECOND[0]
        api.logout()
        assert sessions(glpi) == 0


def test_by_token_no_password_is_sent(glpi: GlpiServer) -> None:
    with highlevel(glpi, legacy={"user_token": glpi.user_token, "app_token": glpi.app_token}) as api:
        assert session_of(run(api._core.legacy_core("links")))["glpiname"] == glpi.username
    seen = glpi.seen(path="initSession")
    assert [each.headers["authorization"] for each in seen] == [f"user_token {glpi.user_token}"]
    assert {each.headers.get("app-token") for each in glpi.seen(path="/v1/")} == {glpi.app_token}


def test_a_token_of_somebody_else_is_refused(glpi: GlpiServer) -> None:
    with highlevel(glpi, legacy={"user_token": glpi.user_token}) as api:
        run(api._core.legacy_core("links"))
        api.authenticate(*SECOND)
        for _ in range(2):
            with pytest.raises(
                GlpiAuthError, match=r"links\(\) needs .*that of user 2, and this client works for user"
            ):
                run(api._core.legacy_core("links"))
            assert sessions(glpi) == 0


def test_the_app_token_comes_from_the_environment(glpi: GlpiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLPI_APP_TOKEN", glpi.app_token)
    monkeypatch.setenv("GLPI_USER_TOKEN", "somebody else's")
    with highlevel(glpi) as api:
        run(api._core.legacy_core("links"))
    (seen,) = glpi.seen(path="initSession")
    assert seen.headers["app-token"] == glpi.app_token
    assert seen.headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("legacy", "message"),
    [
        ("always", "'auto', 'never' or a dict"),
        (None, "'auto', 'never' or a dict"),
        ({"usertoken": "x"}, "did you mean user_token"),
        ({"user_token": 5}, "user_token must be text"),
        ({"app_token": "a\nb"}, "line break"),
    ],
)
def test_what_is_no_such_option_is_refused(legacy: Any, message: str) -> None:
    with pytest.raises(GlpiValidationError, match=message):
        GlpiOAuthClient("https://glpi.example.com", "id", "secret", "glpi", "glpi", legacy=legacy)


def test_what_was_given_is_shown_nowhere(glpi: GlpiServer) -> None:
    token = "Not0TheTokenOfAnybody0123456789abcdefghi"
    with (
        highlevel(glpi, legacy={"user_token": token}) as api,
        pytest.raises(GlpiAuthError, match=r"links\(\) needs .*API token \(Preferences") as refused,
    ):
        run(api._core.legacy_core("links"))
    assert token not in f"{refused.value!r} {vars(refused.value)} {api!r} {vars(api._core)}"
