"""Making a client: arguments by position and name, what is refused, and that nothing is sent."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient, GlpiValidationError, Retry
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, legacy

ALL = [GlpiOAuthClient, AsyncGlpiOAuthClient, GlpiAPI, AsyncGlpiAPI]


@pytest.mark.parametrize("client", ALL)
def test_nothing_is_sent(client: Any, glpi: GlpiServer) -> None:
    made = client(glpi.url)
    assert made.api_version is None
    assert glpi.requests == []


def test_by_position(glpi: GlpiServer) -> None:
    told = (glpi.url, glpi.client_id, glpi.client_secret, glpi.username, glpi.password, True, 20, "2.1")
    with GlpiOAuthClient(*told) as api:
        assert api.api_version == "v2.1"
        assert api.ticket.get(1)["id"] == 1
    with GlpiAPI(glpi.url, glpi.app_token, True, 20) as other:
        other.login(glpi.username, glpi.password)
        assert other.ticket.get(1)["id"] == 1


@pytest.mark.parametrize("client", ALL)
def test_a_keyword_that_is_none(client: Any, glpi: GlpiServer) -> None:
    with pytest.raises(TypeError, match="tiemout"):
        client(glpi.url, tiemout=3)


@pytest.mark.parametrize("client", ALL)
@pytest.mark.parametrize(
    "wrong",
    [
        {"timeout": 0},
        {"timeout": "30"},
        {"max_time": -1},
        {"retries": -1},
        {"retries": "many"},
        {"max_in_flight": 0},
        {"max_in_flight": True},
        {"max_in_flight": 2.5},
        {"headers": {"X-One": "1\r\nX-Two: 2"}},
        {"headers": {"X One": "1"}},
        {"headers": {"X-One": 1}},
        {"headers": {"": "1"}},
        {"headers": {"X-Ünder": "1"}},
        {"headers": {"X-One": "sign \u20ac"}},
        {"headers": ["X-One"]},
        {"app": "an\r\napp"},
    ],
    ids=repr,
)
def test_what_is_refused(client: Any, wrong: dict[str, Any], glpi: GlpiServer) -> None:
    with pytest.raises(GlpiValidationError):
        client(glpi.url, **wrong)
    assert glpi.requests == []


@pytest.mark.parametrize("client", ALL)
def test_a_refused_header_does_not_show_its_value(client: Any, glpi: GlpiServer) -> None:
    api = client(glpi.url)
    for wrong in ("no-such-secret\r\nX: 1", "no-such-secret\0"):
        with pytest.raises(GlpiValidationError) as told:
            api.with_options(headers={"X-Key": wrong})
        assert "no-such-secret" not in repr(told.value)


def test_verify_ssl_takes_a_context(glpi: GlpiServer) -> None:
    with highlevel(glpi, verify_ssl=ssl.create_default_context()) as api:
        assert api.ticket.get(1)["id"] == 1


def test_retries_takes_a_number_or_a_policy(glpi: GlpiServer) -> None:
    for retries in (0, 5, Retry(attempts=2), None):
        with legacy(glpi, retries=retries) as api:
            assert api.ticket.get(1)["id"] == 1


def test_no_client_writes_a_file(glpi: GlpiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    with highlevel(glpi) as api:
        api.ticket.get(1)
    assert list(tmp_path.iterdir()) == []
