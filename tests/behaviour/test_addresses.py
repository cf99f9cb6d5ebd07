"""The address of GLPI as people paste it."""

from __future__ import annotations

import warnings

import pytest

from glpi_utils import GlpiAPI, GlpiError, GlpiOAuthClient, GlpiUnsupportedError, GlpiValidationError, GlpiWarning
from glpi_utils.testing import GlpiServer
from tests.behaviour.places import Place, one_server, only

TAILS = [
    "",
    "/",
    "//",
    "/api.php",
    "/api.php/",
    "/api.php/v2",
    "/api.php/v2.x",
    "/api.php/v2.x/",
    "/apirest.php",
    "/apirest.php/",
]


@one_server(because="what an address means is decided by the client")
@pytest.mark.parametrize("tail", TAILS)
async def test_how_a_url_may_end(place: Place, tail: str) -> None:
    if not place.server and "2.x" in tail:
        pytest.skip("which versions a real server lists is not known")
    newest = place.newest if place.server and place.hl else "v2.2"
    api = place.client(f"{place.url}{tail.replace('v2.x', newest)}")
    assert len(await api.ticket.get_all(limit=1)) <= 1


@one_server(because="what an address means is decided by the client")
async def test_spaces_around_it(place: Place) -> None:
    api = place.client(f"  {place.url}\n")
    assert (await api.whoami())["user"]["id"]


@one_server(because="what an address means is decided by the client")
@only(where="embedded", because="the server's own folder is not known")
@pytest.mark.parametrize("tail", ["", "/", "/api.php", "/apirest.php/"])
async def test_in_a_folder(place: Place, tail: str) -> None:
    with GlpiServer(version=place.cell.where, root="/help/glpi") as server:
        assert server.url.endswith("/help/glpi")
        api = place.client(server.url + tail)
        assert (await api.ticket.get(1))["id"] == 1
        assert all(each.url.startswith(f"{server.url}/api") for each in place.sent)
        await api.close()


@only("hl", because="the legacy API has no versions")
@only(where="embedded", because="which versions there are differs")
async def test_a_version_in_the_url_is_a_pin(place: Place) -> None:
    pinned = f"/api.php/{place.oldest}"
    api = place.client(f"{place.url}{pinned}")
    assert api.api_version == place.oldest
    await api.ticket.get(1)
    assert place.glpi.seen(path=pinned)
    named = place.client(f"{place.url}{pinned}", api_version="2.0")
    assert named.api_version == "v2.0", "what is said by argument wins"


@pytest.mark.parametrize(
    "url", ["", " ", None, "ftp://glpi.example.com", "https://", "https://glpi.example.com:port", 5]
)
def test_what_is_no_address(url: object) -> None:
    for make in (GlpiOAuthClient, GlpiAPI):
        with pytest.raises(GlpiValidationError) as told:
            make(url)  # type: ignore[arg-type]
        assert isinstance(told.value, ValueError)


@only("hl", because="GLPI 10 has the legacy API")
@only(where="embedded", because="needs a GLPI 10")
async def test_hl_on_a_glpi_that_has_none(place: Place) -> None:
    with GlpiServer(version="10.0.17") as server:
        api = place.client(server.url)
        with pytest.raises(GlpiUnsupportedError, match="GlpiAPI"):
            await api.ticket.get(1)
        assert not server.seen("POST", "/token"), "no password went to it"
        await api.close()


async def test_where_there_is_no_glpi(place: Place) -> None:
    api = place.client(f"{place.url}/no/such/folder", retries=0)
    with pytest.raises(GlpiError) as told:
        await api.ticket.get(1)
    assert "url" in str(told.value) or "HTTP 40" in str(told.value)


async def test_where_nobody_listens(place: Place) -> None:
    from glpi_utils import GlpiConnectionError

    api = place.client("http://127.0.0.1:9", retries=0)
    with pytest.raises(GlpiConnectionError, match=r"127\.0\.0\.1"):
        await api.ticket.get(1)


def test_plain_http_to_another_host_warns_once() -> None:
    with pytest.warns(GlpiWarning, match="plain http"):
        GlpiAPI("http://glpi-one.example.com")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        GlpiAPI("http://glpi-one.example.com/glpi")
        GlpiAPI("http://127.0.0.1:8080")
        GlpiAPI("http://localhost")
        GlpiAPI("https://glpi-one.example.com")


def test_an_unchecked_certificate_warns_once() -> None:
    with pytest.warns(GlpiWarning, match="not checked"):
        GlpiOAuthClient("https://glpi-two.example.com", verify_ssl=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        GlpiOAuthClient("https://glpi-two.example.com", verify_ssl=False)
