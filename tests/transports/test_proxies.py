"""Through a proxy, and past it."""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64encode
from pathlib import Path

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import Stage, TransportError, WireRequest
from tests.tls import HOST
from tests.transports.conftest import Waiting
from tests.transports.server import Peer, Server, always, answer

SECRET = "pass/w:rd"
PERMIT = "Basic " + b64encode(f"some one:{SECRET}".encode()).decode()


def tunnelling(target: Server) -> Server:
    """A proxy that connects every CONNECT to the one server, whatever name was asked for."""

    def talk(peer: Peer) -> None:
        heard = peer.hear()
        if heard is None:
            return
        if heard.fields.get("Proxy-Authorization") != PERMIT:
            peer.send(answer(b"who are you?", "407 Proxy Authentication Required"))
            return
        with socket.create_connection(("127.0.0.1", target.port)) as onward:
            peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pump, args=(onward, peer.sock), name="test-server", daemon=True)
            back.start()
            pump(peer.sock, onward)
            back.join()

    return Server(talk)


def mute(peer: Peer) -> None:
    peer.server.released.wait(20)


def pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def via(port: int, user: str = "some%20one:pass%2Fw%3Ard@") -> str:
    return f"http://{user}127.0.0.1:{port}"


async def twice(runtime: Runtime, url: str) -> bytes:
    body = b""
    for _ in range(2):
        body = await (await runtime.open(WireRequest("GET", url, {"Authorization": "Bearer x"}))).read()
    return body


def test_http_goes_through_the_proxy_with_the_whole_url(waiting: Waiting) -> None:
    with Server(always(answer(b"from afar"))) as proxy:
        network = Network(proxy=via(proxy.port))
        assert waiting(lambda runtime: twice(runtime, "http://glpi.test/a?b=%2F#c"), network) == b"from afar"
    assert [heard.line for heard in proxy.heard] == ["GET http://glpi.test/a?b=%2F HTTP/1.1"] * 2
    assert proxy.heard[0].fields == {
        "Host": "glpi.test",
        "Authorization": "Bearer x",
        "Proxy-Authorization": PERMIT,
    }
    assert proxy.connections == 1


def test_https_goes_through_a_tunnel_that_is_kept(waiting: Waiting, server_tls: ssl.SSLContext, ca_file: Path) -> None:
    with Server(always(answer(b"inside")), server_tls) as server, tunnelling(server) as proxy:
        network = Network(proxy=via(proxy.port), verify=ca_file)
        assert waiting(lambda runtime: twice(runtime, f"https://{HOST}/a"), network) == b"inside"
    assert len(proxy.heard) == 1
    assert proxy.heard[0].line.startswith(f"CONNECT {HOST}:443 ")
    assert "Authorization" not in proxy.heard[0].fields
    assert [set(heard.fields) for heard in server.heard] == [{"Host", "Authorization"}] * 2
    assert [heard.line for heard in server.heard] == ["GET /a HTTP/1.1"] * 2


def test_the_certificate_is_checked_through_the_tunnel(waiting: Waiting, server_tls: ssl.SSLContext) -> None:
    with Server(always(answer(b"inside")), server_tls) as server, tunnelling(server) as proxy:
        with pytest.raises(TransportError) as caught:
            waiting(lambda runtime: twice(runtime, f"https://{HOST}/a"), Network(proxy=via(proxy.port)))
        assert caught.value.stage is Stage.CERTIFICATE
        assert server.heard == []


def test_tls_to_the_proxy_and_tls_within(waiting: Waiting, server_tls: ssl.SSLContext, ca_file: Path) -> None:
    with Server(always(answer(b"x" * 100_000)), server_tls) as server, tunnelling(server) as plain:
        plain._tls = server_tls
        network = Network(proxy=via(plain.port).replace("http:", "https:"), verify=ca_file)
        assert waiting(lambda runtime: twice(runtime, f"https://{HOST}/a"), network) == b"x" * 100_000
    assert len(plain.heard) == 1


@pytest.mark.parametrize("words", [None, b"", b"nonsense\r\n\r\n"], ids=["407", "hang up", "nonsense"])
def test_a_tunnel_refused_is_a_server_not_reached(waiting: Waiting, words: bytes | None) -> None:
    def talk(peer: Peer) -> None:
        peer.hear()
        peer.send(answer(b"<html>", "407 Proxy Authentication Required") if words is None else words)

    async def story(runtime: Runtime) -> TransportError:
        with pytest.raises(TransportError) as caught:
            await runtime.open(WireRequest("POST", f"https://{HOST}/", {}, b"{}"))
        return caught.value

    with Server(talk) as proxy:
        fault = waiting(story, Network(proxy=via(proxy.port)))
    assert fault.stage is Stage.UNREACHED
    assert (fault.__cause__, fault.__context__) == (None, None)
    assert ("it answered 407" in str(fault)) == (words is None)
    for secret in (SECRET, "pass%2F", "some one", "some%20one", PERMIT[6:]):
        assert secret not in f"{fault!r} {fault.args}"
    assert len(proxy.heard) == 1


@pytest.mark.parametrize("url", ["http://glpi.test/", f"https://{HOST}/"])
def test_a_dead_proxy_is_a_server_not_reached(waiting: Waiting, url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

    async def story(runtime: Runtime) -> TransportError:
        with pytest.raises(TransportError) as caught:
            await runtime.open(WireRequest("POST", url, {}, b"{}"))
        return caught.value

    fault = waiting(story, Network(proxy=via(port)))
    assert fault.stage is Stage.UNREACHED
    assert "proxy" in str(fault)
    assert SECRET not in str(fault)


def test_a_silent_proxy_is_given_up(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> TransportError:
        with pytest.raises(TransportError) as caught:
            await runtime.open(WireRequest("POST", f"https://{HOST}/", {}, b"{}", connect_timeout=0.2))
        return caught.value

    with Server(mute) as proxy:
        fault = waiting(story, Network(proxy=via(proxy.port)))
    assert (fault.stage, fault.timed_out) == (Stage.UNREACHED, True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_for_loopback_only_a_proxy_that_was_named_is_used(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    async def story(runtime: Runtime) -> bytes:
        return await twice(runtime, f"http://{host}:{server.port}/")

    with Server(always(answer(b"direct"))) as server, Server(always(answer(b"proxied"))) as proxy:
        monkeypatch.setenv("http_proxy", via(proxy.port))
        monkeypatch.setenv("ALL_PROXY", via(proxy.port))
        assert waiting(story) == b"direct"
        assert proxy.connections == 0
        assert waiting(story, Network(proxy=via(proxy.port))) == b"proxied"
        assert [heard.line for heard in proxy.heard] == [f"GET http://{host}:{server.port}/ HTTP/1.1"] * 2
        monkeypatch.setenv("no_proxy", "*")
        assert waiting(story, Network(proxy=via(proxy.port))) == b"proxied"


def test_the_variables_choose_the_proxy_and_no_proxy_chooses_none(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, resolve: object
) -> None:
    assert callable(resolve)

    async def story(runtime: Runtime) -> bytes:
        return await twice(runtime, f"http://{HOST}:{server.port}/")

    with Server(always(answer(b"direct"))) as server, Server(always(answer(b"proxied"))) as proxy:
        resolve(HOST, server.port)
        monkeypatch.setenv("http_proxy", via(proxy.port))
        assert waiting(story) == b"proxied"
        assert waiting(story, Network(proxy="")) == b"direct"
        monkeypatch.setenv("no_proxy", "elsewhere.test,.example.com")
        assert waiting(story) == b"direct"
        assert waiting(story, Network(proxy=via(proxy.port))) == b"proxied"
        monkeypatch.setenv("no_proxy", "other.test")
        assert waiting(story) == b"proxied"
