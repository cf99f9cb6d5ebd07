"""A request that cannot have arrived is repeated, a create too; a refused certificate is not."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import RequestInfo
from glpi_utils.testing import GlpiServer
from tests.faults.front import Front
from tests.faults.patience import unconnected
from tests.faults.places import APIS, KINDS, VERBS, Place, forget_connections, outcome
from tests.tls import HOST, URL

CELLS = [(api, kind) for api in APIS for kind in KINDS]


@pytest.fixture(scope="module")
def secured(server_tls: ssl.SSLContext) -> Iterator[GlpiServer]:
    with GlpiServer(tickets=0, ssl_context=server_tls) as server:
        yield server


@pytest.fixture
def front(secured: GlpiServer, resolve: Callable[[str, int], None]) -> Iterator[Front]:
    with Front(secured.port) as relay:
        resolve(HOST, relay.port)
        yield relay


@pytest.fixture
def proxy(secured: GlpiServer) -> Iterator[Front]:
    with Front(secured.port, proxy=True) as relay:
        yield relay


class Names:
    """The names of this machine, which can be lost."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lost = False
        real = socket.getaddrinfo

        def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
            if self.lost and host == HOST:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return real(host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", lookup)


@pytest.fixture
def names(front: Front, monkeypatch: pytest.MonkeyPatch) -> Names:
    return Names(monkeypatch)


@pytest.fixture(params=CELLS, ids="-".join)
def place(request: pytest.FixtureRequest, secured: GlpiServer) -> Place:
    api, kind = request.param
    secured.faults.clear()
    return Place(api, kind, secured, url=URL)


TROUBLES = ["refused", "handshake", "silent", "name", "proxy"]
NAMED = {
    "refused": ("Connection", "connection refused"),
    "handshake": ("Connection", "TLS handshake|connection reset|connection closed"),
    "silent": ("Timeout", "within the time-out"),
    "name": ("Connection", "was not found"),
    "proxy": ("Connection", "did not connect us to .*503"),
}


def arm(trouble: str, on: bool, front: Front, proxy: Front, names: Names) -> None:
    """Let it begin, or end."""
    if trouble == "name":
        names.lost = on
    elif trouble == "proxy":
        proxy.become("broken" if on else "pass")
    else:
        front.become({"refused": "closed", "handshake": "broken", "silent": "silent"}[trouble] if on else "pass")  # type: ignore[arg-type]


def options(trouble: str, proxy: Front, ca_file: Path) -> dict[str, Any]:
    said: dict[str, Any] = {"verify_ssl": str(ca_file)}
    if trouble == "proxy":
        said["proxy"] = f"http://127.0.0.1:{proxy.port}"
    return said


@pytest.mark.parametrize(
    ("trouble", "verb"),
    [(each, verb) for each in TROUBLES for verb in (VERBS if each == "refused" else ("read", "create"))],
)
def test_it_is_repeated_until_it_arrives_and_done_once(
    place: Place,
    trouble: str,
    verb: str,
    front: Front,
    proxy: Front,
    names: Names,
    ca_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story() -> None:
        attempts: list[RequestInfo] = []

        def begins(info: RequestInfo) -> None:
            attempts.append(info)
            if info.attempt == 3:
                arm(trouble, False, front, proxy, names)

        api = await place.ready(on_request=begins, **options(trouble, proxy, ca_file))
        await forget_connections(api)
        attempts.clear()
        arm(trouble, True, front, proxy, names)
        said, value = await outcome(place.call(unconnected(monkeypatch, api, lambda: front.mode == "silent"), verb))
        assert f"{said} {place.seen()} {place.done(verb)}" == f"done 1 {int(verb != 'read')}", value
        assert [each.attempt for each in attempts] == [1, 2, 3]

    place.play(story())


@pytest.mark.parametrize("verb", ["read", "create"])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_never_arrives_says_why(
    place: Place,
    trouble: str,
    verb: str,
    front: Front,
    proxy: Front,
    names: Names,
    ca_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story() -> None:
        api = await place.ready(**options(trouble, proxy, ca_file))
        await forget_connections(api)
        arm(trouble, True, front, proxy, names)
        said, error = await outcome(place.call(unconnected(monkeypatch, api, lambda: front.mode == "silent"), verb))
        name, text = NAMED[trouble]
        assert (said, place.seen(), place.done(verb), len(place.sent)) == (name, 0, 0, 4)
        assert re.search(text, str(error)), error
        assert error.sent is False
        arm(trouble, False, front, proxy, names)

    place.play(story())


@pytest.mark.parametrize("verb", ["read", "create"])
def test_a_refused_certificate_is_raised_at_once(place: Place, verb: str, front: Front, ca_file: Path) -> None:
    async def story() -> None:
        said, error = await outcome(place.call(place.client(), verb))
        assert (said, len(place.sent)) == ("Connection", 1)
        assert "certificate" in str(error)
        assert "verify_ssl=" in str(error)
        assert "SSL_CERT_FILE" in str(error)

    place.glpi.requests.clear()
    place.play(story())
    assert place.seen() == 0
