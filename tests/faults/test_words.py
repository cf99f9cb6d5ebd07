"""What an error says of time, of what is missing and of files: what ended the call, and what to set or look at."""

from __future__ import annotations

from typing import Any

import pytest

from glpi_utils import (
    GlpiAPI,
    GlpiAuthError,
    GlpiOAuthClient,
    GlpiRateLimitError,
    GlpiTimeoutError,
    GlpiUnknownOutcomeError,
    GlpiValidationError,
)
from glpi_utils.testing import GlpiServer, troubles


@pytest.fixture
def api(glpi: GlpiServer) -> GlpiOAuthClient:
    return GlpiOAuthClient(glpi.url, glpi.client_id, glpi.client_secret, "glpi", "glpi", timeout=30)


def test_a_wait_longer_than_the_call_may_take(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    api.authenticate()
    glpi.faults.add(troubles.too_many(3600, path="Ticket"))
    with api, pytest.raises(GlpiRateLimitError, match=r"asks to wait 3600 s, max_time=120 s bounds the whole call"):
        api.ticket.get(1)


def test_no_word_of_how_long(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    api.authenticate()
    glpi.faults.add(troubles.too_many(path="Ticket"))
    with api, pytest.raises(GlpiRateLimitError, match=r"sent 1 times at most \(retries=\), within max_time=7 s"):
        api.with_options(retries=0, max_time=7).ticket.get(1)


def test_no_answer_in_time(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    api.authenticate()
    glpi.faults.add(troubles.hang(path="Ticket"))
    with api, pytest.raises(GlpiTimeoutError, match=r"timeout=1 s bounds one request, max_time=60 s the whole call"):
        api.with_options(timeout=1, max_time=60, retries=0).ticket.get(1)


def test_an_unknown_outcome_names_what_helps(glpi: GlpiServer, api: GlpiOAuthClient) -> None:
    api.authenticate()
    glpi.faults.add(troubles.status(502, path="Ticket"))
    with (
        api,
        pytest.raises(GlpiUnknownOutcomeError, match=r"find\(\) of this error looks for it; .* key= or once=True"),
    ):
        api.ticket.create({"name": "x", "content": "y"})


@pytest.mark.parametrize("lacking", ["client_id", "client_secret", "username", "password"])
def test_missing_credentials_are_told_before_the_network_is_asked(glpi: GlpiServer, lacking: str) -> None:
    whole: dict[str, Any] = {
        "client_id": glpi.client_id,
        "client_secret": glpi.client_secret,
        "username": "glpi",
        "password": "glpi",
    }
    with (
        GlpiOAuthClient(glpi.url, **{**whole, lacking: None}) as api,
        pytest.raises(GlpiAuthError, match=lacking),
    ):
        api.ticket.get(1)
    with GlpiAPI(glpi.url) as old, pytest.raises(GlpiAuthError, match="GLPI_USER_TOKEN"):
        old.ticket.get(1)
    assert glpi.requests == []


def test_a_file_that_cannot_be_read_is_named_with_its_folder(glpi: GlpiServer) -> None:
    with (
        GlpiAPI(glpi.url, username="glpi", password="glpi") as old,
        pytest.raises(GlpiValidationError, match=r"nowhere.x\.txt cannot be read: No such file"),
    ):
        old.upload_document("nowhere/x.txt")
    assert glpi.count("POST") == 0
