"""Whom TLS trusts, and who we say we are."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import Stage, TransportError, WireRequest
from glpi_utils.exceptions import GlpiValidationError
from tests.transports.conftest import Waiting
from tests.transports.server import Server, always, answer


def ask(waiting: Waiting, url: str, network: Network) -> bytes:
    async def story(runtime: Runtime) -> bytes:
        body = b""
        for _ in range(2):
            body = await (await runtime.open(WireRequest("GET", url, {}))).read()
        return body

    return waiting(story, network)


def refused(waiting: Waiting, url: str, network: Network) -> TransportError:
    with pytest.raises(TransportError) as caught:
        ask(waiting, url, network)
    assert caught.value.stage is Stage.CERTIFICATE
    assert caught.value.__context__ is None
    return caught.value


def test_an_unknown_authority_is_refused_and_the_reason_says_what_helps(
    waiting: Waiting, server_tls: ssl.SSLContext
) -> None:
    with Server(always(answer(b"x")), server_tls) as server:
        fault = refused(waiting, server.url(), Network())
    assert "verify_ssl=" in str(fault)
    assert "SSL_CERT_FILE" in str(fault)
    assert f"127.0.0.1:{server.port}" in str(fault)
    assert server.heard == []


@pytest.mark.parametrize("way", ["text", "path", "folder", "context", "off", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_every_way_to_trust(
    waiting: Waiting, server_tls: ssl.SSLContext, ca_file: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    verify: Any = True
    match way:
        case "text":
            verify = str(ca_file)
        case "path":
            verify = ca_file
        case "folder":
            verify = ca_file.parent
        case "context":
            verify = ssl.create_default_context(cafile=ca_file)
        case "off":
            verify = False
        case _:
            monkeypatch.setenv(way, str(ca_file))
    with Server(always(answer(b"x")), server_tls) as server:
        assert ask(waiting, server.url(), Network(verify=verify)) == b"x"
    assert server.connections == 1


def test_the_first_variable_wins_and_what_the_user_said_wins_over_both(
    waiting: Waiting, server_tls: ssl.SSLContext, ca_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca_file))
    with Server(always(answer(b"x")), server_tls) as server:
        refused(waiting, server.url(), Network())
        assert ask(waiting, server.url(), Network(verify=str(ca_file))) == b"x"


def test_a_certificate_for_another_name_is_refused(waiting: Waiting, ca: trustme.CA, ca_file: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("other.example.com").configure_cert(context)
    with Server(always(answer(b"x")), context) as server:
        fault = refused(waiting, server.url(), Network(verify=ca_file))
        assert "127.0.0.1" in str(fault)
        assert ask(waiting, server.url(), Network(verify=False)) == b"x"


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_client_certificate(
    waiting: Waiting, ca: trustme.CA, ca_file: Path, tmp_path: Path, newest: ssl.TLSVersion
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = newest
    ca.issue_cert("127.0.0.1").configure_cert(context)
    ca.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    mine = ca.issue_cert("somebody@example.com")
    both, key, cert = tmp_path / "both.pem", tmp_path / "key.pem", tmp_path / "cert.pem"
    mine.private_key_and_cert_chain_pem.write_to_path(str(both))
    mine.private_key_pem.write_to_path(str(key))
    mine.cert_chain_pems[0].write_to_path(str(cert))
    with Server(always(answer(b"x")), context) as server:
        assert ask(waiting, server.url(), Network(verify=ca_file, cert=str(both))) == b"x"
        assert ask(waiting, server.url(), Network(verify=ca_file, cert=(str(cert), str(key)))) == b"x"
        with pytest.raises(TransportError) as caught:
            ask(waiting, server.url(), Network(verify=ca_file))
        assert caught.value.stage is not Stage.SENT
        if newest is ssl.TLSVersion.TLSv1_3:
            assert "cert=" in str(caught.value)


def test_what_can_not_be_used_is_said_before_anything_is_sent(
    waiting: Waiting, server_tls: ssl.SSLContext, ca_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty, missing = tmp_path / "empty.pem", tmp_path / "missing.pem"
    empty.write_text("no certificate\n")
    cases: list[tuple[Network, str]] = [
        (Network(verify=str(missing)), "verify_ssl.*missing.pem.*No such file"),
        (Network(verify=empty), "verify_ssl.*empty.pem.*no certificate"),
        (Network(verify=ca_file, cert=str(missing)), "cert.*missing.pem"),
        (Network(verify=ca_file, cert=str(empty)), "cert.*empty.pem"),
        (Network(verify=ssl.create_default_context(), cert=str(ca_file)), "SSLContext"),
    ]
    with Server(always(answer(b"x")), server_tls) as server:
        for network, reason in cases:
            with pytest.raises(GlpiValidationError, match=reason):
                ask(waiting, server.url(), network)
        monkeypatch.setenv("SSL_CERT_FILE", str(missing))
        with pytest.raises(GlpiValidationError, match=r"SSL_CERT_FILE.*missing.pem"):
            ask(waiting, server.url(), Network())
        assert ask(waiting, server.url(), Network(verify=ca_file)) == b"x"


def test_an_encrypted_key_is_refused_and_nobody_is_asked_for_its_password(
    waiting: Waiting, server_tls: ssl.SSLContext, ca: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    from cryptography.hazmat.primitives import serialization as pem

    mine = ca.issue_cert("somebody@example.com")
    key = pem.load_pem_private_key(mine.private_key_pem.bytes(), None)
    locked = key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.BestAvailableEncryption(b"password"))
    both = tmp_path / "locked.pem"
    both.write_bytes(locked + mine.cert_chain_pems[0].bytes())
    with Server(always(answer(b"x")), server_tls) as server, pytest.raises(GlpiValidationError, match="encrypted"):
        ask(waiting, server.url(), Network(verify=ca_file, cert=str(both)))
