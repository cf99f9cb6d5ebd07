"""What cannot be sent is refused where it is handed over: nothing is sent, and no message shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiError, GlpiOAuthClient, GlpiValidationError
from glpi_utils.testing import GlpiServer, troubles
from tests.faces.clients import highlevel, legacy

URL = "http://127.0.0.1:9"
UNSENDABLE = ["s3cr3t-t0ken\n", "s3cr3t\r\nX-Evil: 1", "s3cr3t\x00t0ken", "s3cr3t\x85t0ken"]
HALF = "s3cr3t\ud83dt0ken"


def refused(make: Callable[[], Any], name: str) -> None:
    with pytest.raises(GlpiValidationError, match=rf"^{name} holds ") as caught:
        made = make()
        if asyncio.iscoroutine(made):
            asyncio.run(made)
    assert "s3cr3t" not in f"{caught.value!r}"
    assert caught.value.__context__ is None


@pytest.mark.parametrize("kind", [GlpiAPI, AsyncGlpiAPI])
@pytest.mark.parametrize("token", UNSENDABLE)
def test_a_token_that_no_header_can_carry(kind: Any, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(lambda: kind(URL, token), "app_token")
    refused(lambda: kind(URL, user_token=token), "user_token")
    refused(lambda: kind(URL).login(user_token=token), "user_token")
    if "\0" in token:
        return
    with monkeypatch.context() as patch:
        patch.setenv("GLPI_APP_TOKEN", token)
        refused(lambda: kind(URL), "GLPI_APP_TOKEN")
    monkeypatch.setenv("GLPI_USER_TOKEN", token)
    refused(lambda: kind(URL).login(), "GLPI_USER_TOKEN")


@pytest.mark.parametrize("kind", [GlpiAPI, AsyncGlpiAPI, GlpiOAuthClient, AsyncGlpiOAuthClient])
@pytest.mark.parametrize("name", ["username", "password"])
def test_half_a_character(kind: Any, name: str) -> None:
    refused(lambda: kind(URL, **{name: HALF}), name)
    named = {"username": "glpi", "password": "glpi", name: HALF}
    client = kind(URL) if kind in (GlpiAPI, AsyncGlpiAPI) else kind(URL, "id", "secret")
    refused(lambda: client.authenticate(**named), name)


@pytest.mark.parametrize("name", ["client_id", "client_secret"])
def test_half_a_character_of_a_client(name: str) -> None:
    given: dict[str, Any] = {name: HALF}
    refused(lambda: GlpiOAuthClient(URL, **given), name)


@pytest.mark.parametrize("value", [5, b"bytes", ["x"]])
def test_what_is_no_text_is_refused_at_login_too(value: Any) -> None:
    for given in ({"user_token": value}, {"username": value, "password": "x"}, {"username": "x", "password": value}):
        with pytest.raises(GlpiValidationError, match="must be text"):
            GlpiAPI(URL).login(**given)
    with pytest.raises(GlpiValidationError, match="must be text"):
        GlpiOAuthClient(URL, "id", "secret").authenticate("x", value)


@pytest.mark.parametrize("api", ["hl", "legacy"])
def test_a_token_of_the_server_that_no_header_can_carry_is_no_token(glpi: GlpiServer, api: str) -> None:
    """It is asked for again as any broken answer is, and never sent."""
    said = (
        {"access_token": "evil\r\nX-Evil: 1", "token_type": "Bearer"} if api == "hl" else {"session_token": "evil\n1"}
    )
    path = "/token" if api == "hl" else "/initSession"
    glpi.faults.add(troubles.status(200, json=said, path=path))
    make = highlevel if api == "hl" else legacy
    with make(glpi, retries=1) as client:
        with pytest.raises(GlpiError, match=r"no header can carry|that a header can carry") as caught:
            client.ticket.get(1)
        assert not isinstance(caught.value, GlpiValidationError)
    assert {seen.path.rpartition("/")[2] for seen in glpi.requests} <= {"token", "initSession", "api.php", ""}
