"""How far a request came before it failed: every way to fail has its stage, and is tried once."""

from __future__ import annotations

import gzip
import socket
import sys
import time

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import Stage, TransportError, WireRequest
from tests.transports.conftest import Waiting
from tests.transports.server import Peer, Server, Talk, always, answer, once

METHODS = ["GET", "PUT", "PATCH", "DELETE", "POST"]


def fault_of(waiting: Waiting, sending: WireRequest) -> TransportError:
    """Send it, read what comes, give the fault; nothing foreign may hang on it."""

    async def story(runtime: Runtime) -> TransportError:
        with pytest.raises(TransportError) as caught:
            await (await runtime.open(sending)).read()
        return caught.value

    fault = waiting(story)
    assert fault.__cause__ is None
    assert fault.__context__ is None
    return fault


def silent(peer: Peer) -> None:
    peer.hear()
    peer.server.released.wait(60)


def mute(peer: Peer) -> None:
    peer.server.released.wait(60)


def hang_up(peer: Peer) -> None:
    peer.hear()


def reset(peer: Peer) -> None:
    peer.hear()
    peer.reset()


def reset_in_the_body(peer: Peer) -> None:
    peer.hear()
    peer.send(answer(b"half", Content_Length="100"))
    time.sleep(0.05)
    peer.reset()


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
SENT = {
    "hung up": hang_up,
    "reset": reset,
    "reset in the body": reset_in_the_body,
    "cut head": once(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "cut body": once(answer(b"half", Content_Length="100")),
    "cut chunk": once(CHUNKED + b"5\r\nhel"),
    "no last chunk": once(CHUNKED + b"5\r\nhello\r\n"),
    "bad chunk size": once(CHUNKED + b"xyz\r\nhello\r\n0\r\n\r\n"),
    "bad gzip": once(answer(b"this is no gzip", Content_Encoding="gzip")),
    "broken gzip": once(answer(gzip.compress(b"hello")[:9] + b"\xff" * 8, Content_Encoding="gzip")),
    "no HTTP": once(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "bad status": once(b"HTTP/1.1 abc OK\r\n\r\n"),
    "header too long": once(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 70000 + b"\r\n\r\n"),
    "too many headers": once(b"HTTP/1.1 200 OK\r\n" + b"X-One: 1\r\n" * 300 + b"\r\n"),
    "bad length": once(b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nhello"),
}


@pytest.mark.parametrize("talk", SENT.values(), ids=SENT)
def test_what_broke_after_sending(waiting: Waiting, talk: Talk) -> None:
    with Server(talk) as server:
        fault = fault_of(waiting, WireRequest("GET", server.url("/?user_token=s3cret"), {"Authorization": "s3cret"}))
    assert (fault.stage, fault.timed_out) == (Stage.SENT, False)
    assert "s3cret" not in f"{fault} {fault!r} {fault.args}"
    assert len(server.heard) == server.connections == 1


@pytest.mark.parametrize("method", METHODS)
def test_a_lost_answer_is_not_asked_for_again(waiting: Waiting, method: str) -> None:
    with Server(hang_up) as server:
        fault = fault_of(waiting, WireRequest(method, server.url(), {}, b"{}"))
    assert fault.stage is Stage.SENT
    assert len(server.heard) == server.connections == 1


@pytest.mark.parametrize("rude", [False, True], ids=["closed", "reset"])
@pytest.mark.parametrize("method", METHODS)
def test_nor_on_a_connection_that_was_used_before(waiting: Waiting, method: str, rude: bool) -> None:
    def talk(peer: Peer) -> None:
        peer.hear()
        peer.send(answer())
        peer.hear()
        if rude:
            peer.reset()

    async def story(runtime: Runtime) -> None:
        await (await runtime.open(WireRequest("GET", server.url(), {}))).read()
        with pytest.raises(TransportError) as caught:
            await runtime.open(WireRequest(method, server.url("/second"), {}, b"{}"))
        assert caught.value.stage is Stage.SENT

    with Server(talk) as server:
        waiting(story)
    assert server.connections == 1
    assert [heard.line.split()[1] for heard in server.heard] == ["/", "/second"]


def test_an_answer_that_came_before_the_body_was_sent_is_an_answer(waiting: Waiting) -> None:
    def talk(peer: Peer) -> None:
        peer.sock.recv(1000)
        peer.send(answer(b"too large", "413 Content Too Large", Connection="close"))
        peer.sock.shutdown(socket.SHUT_WR)
        while peer.sock.recv(65536):
            pass

    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("POST", server.url(), {}, b"x" * 5_000_000))
        assert (opened.status, await opened.read()) == (413, b"too large")

    with Server(talk) as server:
        waiting(story)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a reset takes the answer away")
def test_so_is_one_that_came_before_the_server_hung_up_on_us() -> None:
    def talk(peer: Peer) -> None:
        peer.sock.recv(1000)
        peer.send(answer(b"too large", "413 Content Too Large", Connection="close"))

    runtime = BlockingRuntime(Network())  # asyncio drops what it has not read when a write fails: there it is SENT

    async def story() -> None:
        opened = await runtime.open(WireRequest("POST", server.url(), {}, b"x" * 5_000_000))
        assert (opened.status, await opened.read()) == (413, b"too large")
        await runtime.close()

    with Server(talk) as server:
        run(story())


def test_nobody_listens(waiting: Waiting) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    fault = fault_of(waiting, WireRequest("POST", f"http://127.0.0.1:{port}/", {}, b"{}"))
    assert (fault.stage, fault.timed_out) == (Stage.UNREACHED, False)
    assert "refused" in str(fault)
    assert str(port) in str(fault)


def test_the_name_does_not_exist(waiting: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    fault = fault_of(waiting, WireRequest("POST", "http://glpi.invalid/", {}, b"{}"))
    assert (fault.stage, fault.timed_out) == (Stage.UNREACHED, False)
    assert "glpi.invalid" in str(fault)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full backlog refuses instead of ignoring")
def test_the_connection_takes_too_long(waiting: Waiting) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        place = listening.getsockname()
        waiters = []
        for _ in range(3):
            waiter = socket.socket()
            waiter.setblocking(False)
            waiter.connect_ex(place)
            waiters.append(waiter)
        began = time.monotonic()
        fault = fault_of(waiting, WireRequest("POST", f"http://127.0.0.1:{place[1]}/", {}, b"{}", connect_timeout=0.2))
        assert time.monotonic() - began < 20
        for waiter in waiters:
            waiter.close()
    assert (fault.stage, fault.timed_out) == (Stage.UNREACHED, True)


def test_the_handshake_takes_too_long(waiting: Waiting) -> None:
    with Server(mute) as server:
        began = time.monotonic()
        url = f"https://127.0.0.1:{server.port}/"
        fault = fault_of(waiting, WireRequest("POST", url, {}, b"{}", connect_timeout=0.2))
        assert time.monotonic() - began < 20
    assert (fault.stage, fault.timed_out) == (Stage.UNREACHED, True)


@pytest.mark.parametrize("words", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""], ids=["plain HTTP", "hang up"])
def test_the_handshake_breaks(waiting: Waiting, words: bytes) -> None:
    def talk(peer: Peer) -> None:
        peer.sock.recv(4096)
        peer.send(words)

    with Server(talk) as server:
        fault = fault_of(waiting, WireRequest("POST", f"https://127.0.0.1:{server.port}/", {}, b"{}"))
    assert (fault.stage, fault.timed_out) == (Stage.UNREACHED, False)


def half_then_silent(peer: Peer) -> None:
    peer.hear()
    peer.send(answer(b"half", Content_Length="100"))
    peer.server.released.wait(60)


def dripping(peer: Peer) -> None:
    peer.hear()
    peer.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not peer.server.released.wait(0.1):
        peer.send(b"x")


@pytest.mark.parametrize("talk", [silent, half_then_silent, dripping], ids=["head", "body", "dripping head"])
def test_the_answer_takes_too_long(waiting: Waiting, talk: Talk) -> None:
    with Server(talk) as server:
        began = time.monotonic()
        fault = fault_of(waiting, WireRequest("POST", server.url(), {}, b"{}", connect_timeout=3, read_timeout=0.3))
        assert time.monotonic() - began < 20
    assert (fault.stage, fault.timed_out) == (Stage.SENT, True)
    assert len(server.heard) == 1


def test_the_time_out_counts_from_one_piece_to_the_next(waiting: Waiting) -> None:
    def talk(peer: Peer) -> None:
        peer.hear()
        peer.send(answer(b"", Content_Length="6"))
        for _ in range(6):
            time.sleep(0.25)
            peer.send(b"x")

    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}, read_timeout=1.2))
        assert await opened.read() == b"xxxxxx"

    with Server(talk) as server:
        waiting(story)


def test_after_a_fault_all_goes_on(waiting: Waiting) -> None:
    def talk(peer: Peer) -> None:
        if peer.number > 20:
            always(answer(b"fine"))(peer)
        hang_up(peer)

    async def story(runtime: Runtime) -> None:
        for _ in range(20):  # more than there are places in flight
            with pytest.raises(TransportError):
                await runtime.open(WireRequest("GET", server.url(), {}))
        assert await (await runtime.open(WireRequest("GET", server.url(), {}))).read() == b"fine"

    with Server(talk) as server:
        waiting(story)


def dripping_body(peer: Peer) -> None:
    peer.hear()
    peer.send(answer(b"", Content_Length="1000"))
    while not peer.server.released.wait(0.05):
        peer.send(b"x")


@pytest.mark.parametrize("whole", [True, False], ids=["read", "chunks"])
@pytest.mark.parametrize("talk", [dripping_body, half_then_silent], ids=["dripping", "silent"])
def test_the_whole_answer_takes_too_long(waiting: Waiting, talk: Talk, whole: bool) -> None:
    async def story(runtime: Runtime) -> TransportError:
        opened = await runtime.open(WireRequest("GET", server.url(), {}, read_timeout=30, longest=0.4))
        with pytest.raises(TransportError) as caught:
            while await (opened.read() if whole else opened.chunk()):
                pass
        return caught.value

    with Server(talk) as server:
        began = time.monotonic()
        fault = waiting(story)
        assert 0.3 < time.monotonic() - began < 20
    assert (fault.stage, fault.timed_out) == (Stage.SENT, True)


def test_no_place_is_free_in_time(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> TransportError:
        first = await runtime.open(WireRequest("GET", server.url(), {}))
        began = time.monotonic()
        with pytest.raises(TransportError) as caught:
            await runtime.open(WireRequest("POST", server.url(), {}, b"{}", longest=0.3))
        assert 0.2 < time.monotonic() - began < 20
        assert await first.read() == b"fine"
        assert await (await runtime.open(WireRequest("GET", server.url(), {}, longest=60))).read() == b"fine"
        return caught.value

    with Server(always(answer(b"fine"))) as server:
        fault = waiting(story, Network(limit=1))
    assert (fault.stage, fault.timed_out) == (Stage.UNREACHED, True)
    assert (fault.__cause__, fault.__context__) == (None, None)
    assert [heard.line.split()[0] for heard in server.heard] == ["GET", "GET"]
