"""What an error says of time, of what is missing and of files: what ended the call, and what to set or look at."""

from __future__ import annotations

from ssl import SSLCertVerificationError
from typing import Any

import pytest

from glpi_utils import (
    GlpiAPI,
    GlpiAPIError,
    GlpiAuthError,
    GlpiConnectionError,
    GlpiOAuthClient,
    GlpiRateLimitError,
    GlpiTimeoutError,
    GlpiUnknownOutcomeError,
    GlpiValidationError,
)
from glpi_utils._runtimes.transport_errors import connecting
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


@pytest.mark.parametrize("page", ["<title>Sign in</title>", '<html><form><input id="p" type="password"></form></html>'])
def test_a_page_to_log_in_at_is_no_maintenance(glpi: GlpiServer, api: GlpiOAuthClient, page: str) -> None:
    api.authenticate()
    glpi.faults.status(200, path="Ticket", html=page)
    with api, pytest.raises(GlpiAuthError, match=r"let /api\.php and /apirest\.php pass without it"):
        api.ticket.create({"name": "x", "content": "y"})
    with GlpiAPI(glpi.url, username="glpi", password="glpi") as old, pytest.raises(GlpiAuthError, match="to log in at"):
        old.ticket.get(1)


@pytest.mark.parametrize(
    ("status", "text"),
    [(502, "got no answer from PHP"), (503, "try again later"), (504, r"ask for less at once \(limit=, page_size=\)")],
)
def test_a_gateway_s_page_says_what_failed(glpi: GlpiServer, api: GlpiOAuthClient, status: int, text: str) -> None:
    api.authenticate()
    glpi.faults.status(status, path="Ticket", html="<title>nginx</title>")
    with api, pytest.raises(GlpiAPIError, match=text):
        api.with_options(retries=0).ticket.get(1)
    with GlpiAPI(glpi.url, username="glpi", password="glpi", retries=0) as old, pytest.raises(GlpiAPIError, match=text):
        old.ticket.get(1)


def test_names_in_a_search_by_numbers(glpi: GlpiServer) -> None:
    with (
        GlpiAPI(glpi.url, username="glpi", password="glpi") as old,
        pytest.raises(GlpiAPIError, match=r"search_rows\(\) takes their names"),
    ):
        old.ticket.search(criteria=[{"field": "name", "searchtype": "contains", "value": "x"}])


def test_tls_to_a_port_that_has_none(glpi: GlpiServer) -> None:
    with (
        GlpiAPI(glpi.url.replace("http:", "https:"), user_token="t", retries=0) as old,
        pytest.raises(GlpiConnectionError, match=r"does it speak http:// and no TLS on this port\?"),
    ):
        old.ticket.get(1)


@pytest.mark.parametrize(
    ("code", "said", "helps"),
    [
        (10, "certificate has expired", "have it renewed"),
        (9, "certificate is not yet valid", "clock right"),
        (62, "Hostname mismatch", "use the name in url="),
        (20, "unable to get local issuer certificate", "verify_ssl="),
        (18, "self-signed certificate", "verify_ssl="),
    ],
)
def test_what_helps_where_a_certificate_was_refused(code: int, said: str, helps: str) -> None:
    refused = SSLCertVerificationError(1, "no")
    refused.verify_code, refused.verify_message = code, said
    text = str(connecting(refused, "glpi.example.com:443"))
    assert said in text
    assert helps in text
    assert ("verify_ssl=" in text) == (helps == "verify_ssl=")
