"""Host names that lead to the embedded GLPI over TLS: for texts that say https://glpi.example.com."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import trustme

if TYPE_CHECKING:
    from glpi_utils.testing import GlpiServer

HOST = "glpi.example.com"
URL = f"https://{HOST}"


@pytest.fixture(scope="session")
def ca() -> trustme.CA:
    """An authority that nobody trusts unless told to."""
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(ca: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of that authority, as a PEM file."""
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(scope="session")
def server_tls(ca: trustme.CA) -> ssl.SSLContext:
    """What a server needs to speak TLS as glpi.example.com, localhost and 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(HOST, "localhost", "127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """Make a host name lead to a port of this machine, whatever port the URL says.

    urllib3 and aiohttp both resolve through `socket.getaddrinfo` and connect to the address and port it returns.
    """
    ports: dict[str, int] = {}
    real = socket.getaddrinfo

    def lookup(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name in ports:
            return real("127.0.0.1", ports[name], *args, **kwargs)
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return ports.__setitem__


@pytest.fixture
def named_glpi(
    request: pytest.FixtureRequest,
    clean_environment: None,
    server_tls: ssl.SSLContext,
    ca_file: Path,
    resolve: Callable[[str, int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[GlpiServer]:
    """A fresh GLPI that answers at https://glpi.example.com; its authority is trusted through SSL_CERT_FILE.

    Parametrized indirectly: how many tickets it has.
    """
    from glpi_utils.testing import GlpiServer

    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    with GlpiServer(tickets=getattr(request, "param", None), ssl_context=server_tls) as server:
        resolve(HOST, int(server.url.rpartition(":")[2]))
        yield server


@pytest.fixture
def named_environment(named_glpi: GlpiServer, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """That GLPI's address and credentials where every client looks for them."""
    said = {
        "GLPI_URL": URL,
        "GLPI_OAUTH_CLIENT_ID": named_glpi.client_id,
        "GLPI_OAUTH_CLIENT_SECRET": named_glpi.client_secret,
        "GLPI_OAUTH_USERNAME": named_glpi.username,
        "GLPI_OAUTH_PASSWORD": named_glpi.password,
        "GLPI_APP_TOKEN": named_glpi.app_token,
        "GLPI_USER": named_glpi.username,
        "GLPI_PASSWORD": named_glpi.password,
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    return said
