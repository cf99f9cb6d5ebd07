"""A server that refuses the legacy session, in each of the ways in which a stock GLPI does: what the error says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from glpi_utils import GlpiAPIError, GlpiAuthError, GlpiError
from glpi_utils._runtimes.blocking import run
from glpi_utils.testing import GlpiServer
from tests.faces.clients import highlevel, legacy


class Way(NamedTuple):
    """A setting, the answer of a real 11.0.6 to a login by name and password, and where the error sends to."""

    settings: dict[str, Any]
    answer: tuple[int, str, str]
    where: str


WAYS = {
    "off": Way({"on": False}, (400, "ERROR", "API disabled"), "Legacy API: switch on 'Enable Legacy REST API'"),
    "credentials": Way(
        {"credentials": False},
        (400, "ERROR_LOGIN_WITH_CREDENTIALS_DISABLED", "usage of initSession resource with credentials is disabled"),
        r"Legacy API: switch on 'Enable login with credentials', or give legacy=\{'user_token': ...\}",
    ),
    "address": Way(
        {"addresses": "10.1.2.3-10.1.2.9"},
        (
            400,
            "ERROR_NOT_ALLOWED_IP",
            "There isn't an active API client matching your IP address in the configuration (127.0.0.1)",
        ),
        "API clients: let one that is active have this address",
    ),
    "app token": Way(
        {"app_token": True},
        (
            400,
            "ERROR_APP_TOKEN_PARAMETERS_MISSING",
            "missing parameter app_token; view documentation in your browser at ",
        ),
        r"give legacy=\{'app_token': ...\}, or set GLPI_APP_TOKEN; GLPI shows it in Setup > General > API > API clients",
    ),
}


@pytest.fixture(scope="module", params=["11.0.6", "11.0.8"])
def server(request: pytest.FixtureRequest) -> Iterator[GlpiServer]:
    with GlpiServer(request.param, tickets=3) as glpi:
        yield glpi


@pytest.mark.parametrize("way", WAYS)
def test_the_error_says_what_for_why_and_where(server: GlpiServer, way: str) -> None:
    settings, (status, code, message), where = WAYS[way]
    server.set_legacy_api(**settings)
    with highlevel(server) as api:
        for _ in range(2):  # a refusal is not kept: an administrator may have changed his mind
            with pytest.raises(
                GlpiAPIError, match=rf"^link\(\) needs .*: the High-Level API has no links.*{where}"
            ) as no:
                run(api._core.legacy_core("link"))
            assert (no.value.status_code, no.value.error_code) == (status, code)
            assert no.value.response is not None
            assert message.encode() in no.value.response.body
            assert isinstance(no.value, GlpiAuthError) or way == "off"
        assert run(api._core.legacy_core_or_none("link")) is None
        assert api.ticket.get(1)["id"] == 1
        server.set_legacy_api()
        assert run(api._core.legacy_core_or_none("link")) is not None


def test_each_way_has_its_way_out(server: GlpiServer) -> None:
    server.set_legacy_api(credentials=False, app_token=True)
    with highlevel(server, legacy={"user_token": server.user_token, "app_token": server.app_token}) as api:
        assert run(api._core.legacy_core("link")) is not None
    with (
        highlevel(server, legacy={"app_token": "another"}) as api,
        pytest.raises(GlpiAuthError, match="the right one stands in Setup"),
    ):
        run(api._core.legacy_core("link"))
    server.set_legacy_api()


def test_a_session_that_is_open_is_refused_as_well(server: GlpiServer) -> None:
    with highlevel(server) as api, legacy(server) as beside:
        core = run(api._core.legacy_core("link"))
        beside.ticket.get(1)
        server.set_legacy_api(on=False)
        with pytest.raises(GlpiError, match="API disabled"):
            beside.ticket.get(1)
        assert run(api._core.legacy_core("link")) is core
        server.set_legacy_api()


def test_what_is_broken_is_no_refusal(glpi: GlpiServer) -> None:
    with highlevel(glpi, retries=0) as api:
        glpi.faults.status(503, path="initSession")
        with pytest.raises(GlpiError, match=r"link\(\) needs a legacy session"):
            run(api._core.legacy_core_or_none("link"))
