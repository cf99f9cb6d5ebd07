"""What goes out and what comes in, byte for byte."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest

from glpi_utils._engine.request.runtime import Runtime
from glpi_utils._runtimes.network import Network
from glpi_utils._streams import PIECE
from glpi_utils._wire import Stage, TransportError, WireRequest
from tests.transports.conftest import Waiting
from tests.transports.server import Heard, Peer, Server, always, answer, once

OCTETS = bytes(range(256)) * 3


def test_the_request_is_sent_as_it_was_said(waiting: Waiting) -> None:
    target = "/api.php/v2.2/Ticket?filter=(name==%27caf%C3%A9%27);a=%2F&b=*~x"

    async def story(runtime: Runtime) -> None:
        said = {"X-GLPI-oddlyCased": "Ünïcode", "content-type": "application/json", "User-Agent": "ours/1"}
        opened = await runtime.open(WireRequest("PATCH", server.url(target), said, OCTETS))
        assert await opened.read() == b"ok"

    with Server(always(answer(b"ok"))) as server:
        waiting(story)
    (heard,) = server.heard
    assert heard.line == f"PATCH {target} HTTP/1.1"
    assert heard.body == OCTETS
    assert heard.fields == {
        "Host": f"127.0.0.1:{server.port}",
        "Content-Length": str(len(OCTETS)),
        "X-GLPI-oddlyCased": "Ünïcode".encode().decode("latin-1"),
        "content-type": "application/json",
        "User-Agent": "ours/1",
    }


def test_no_header_is_added_but_what_frames_the_request(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        for method in ("GET", "POST", "DELETE"):
            await (await runtime.open(WireRequest(method, server.url(), {}))).read()

    with Server(always(answer(Set_Cookie="sid=1; Path=/"))) as server:
        waiting(story)
    assert [set(heard.fields) - {"Content-Length"} for heard in server.heard] == [{"Host"}] * 3
    assert "Content-Length" not in server.heard[0].fields
    assert server.heard[1].fields["Content-Length"] == "0"
    assert server.connections == 1


def test_a_large_body_arrives_whole(waiting: Waiting) -> None:
    body = OCTETS * 4000  # 3 MB, sent in pieces

    async def story(runtime: Runtime) -> bytes:
        opened = await runtime.open(WireRequest("POST", server.url(), {"Content-Type": "x/y"}, body))
        return await opened.read()

    with Server(always(lambda heard: answer(heard.body))) as server:
        assert waiting(story) == body
    assert server.heard[0].fields == {
        "Host": f"127.0.0.1:{server.port}",
        "Content-Length": str(len(body)),
        "Content-Type": "x/y",
    }


def test_status_and_headers_come_as_the_protocol_says(waiting: Waiting) -> None:
    head = "HTTP/1.1 206 Partial Content\r\nContent-Range: 0-1/2\r\nLINK: <a>\r\nLink: <b>\r\nX-Name: café\r\n"

    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        assert opened.status == 206
        assert dict(opened.headers) == {
            "content-range": "0-1/2",
            "link": "<a>, <b>",
            "x-name": "café",
            "content-length": "768",
        }
        assert await opened.read() == OCTETS
        assert await opened.read() == b""

    with Server(once(head.encode() + b"Content-Length: 768\r\n\r\n" + OCTETS)) as server:
        waiting(story)


BODIES = [
    pytest.param(answer(b"hello"), b"hello", id="length"),
    pytest.param(answer(b""), b"", id="empty"),
    pytest.param(b"HTTP/1.1 204 No Content\r\n\r\n", b"", id="204"),
    pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(b"hello"), b"hello", id="after 100"),
    pytest.param(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
        b"hello",
        id="chunked",
    ),
    pytest.param(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello", b"hello", id="until the end"),
    pytest.param(b"HTTP/1.0 200 OK\r\n\r\nhello", b"hello", id="HTTP/1.0"),
    pytest.param(answer(gzip.compress(OCTETS), Content_Encoding="gzip"), OCTETS, id="gzip"),
    pytest.param(answer(zlib.compress(OCTETS), Content_Encoding="deflate"), OCTETS, id="deflate"),
]


@pytest.mark.parametrize("whole", [True, False], ids=["read", "chunks"])
@pytest.mark.parametrize(("wire", "body"), BODIES)
def test_the_body_is_what_the_server_meant(waiting: Waiting, wire: bytes, body: bytes, whole: bool) -> None:
    async def story(runtime: Runtime) -> bytes:
        opened = await runtime.open(WireRequest("GET", server.url(), {"Accept-Encoding": "gzip, deflate"}))
        return await opened.read() if whole else await _pieces(opened)

    with Server(once(wire)) as server:
        assert waiting(story) == body


async def _pieces(opened: Any) -> bytes:
    found = []
    while piece := await opened.chunk():
        found.append(piece)
    assert await opened.chunk() == b""
    return b"".join(found)


def test_a_download_comes_in_pieces(waiting: Waiting) -> None:
    body = OCTETS * 1000

    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        sizes = []
        while piece := await opened.chunk():
            sizes.append(len(piece))
        assert sum(sizes) == len(body)
        assert max(sizes) < len(body) / 2

    with Server(always(answer(body))) as server:
        waiting(story)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_redirect_is_followed(waiting: Waiting, status: str, method: str) -> None:
    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest(method, server.url("/first"), {}, b"{}" if method == "POST" else b""))
        assert opened.status == int(status[:3])
        assert opened.headers["location"] == "/second"
        assert await opened.read() == b"moved"

    with Server(always(answer(b"moved", status, Location="/second"))) as server:
        waiting(story)
    assert len(server.heard) == 1


@pytest.mark.parametrize("status", ["401 Unauthorized", "404 Not Found", "429 Slow down", "500 Oh", "503 Busy"])
def test_a_refusal_is_an_answer_like_any_other(waiting: Waiting, status: str) -> None:
    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        assert (opened.status, await opened.read()) == (int(status[:3]), b"why")

    with Server(always(answer(b"why", status, Retry_After="1", WWW_Authenticate="Basic"))) as server:
        waiting(story)
    assert len(server.heard) == 1


@pytest.mark.parametrize(
    "sending",
    [
        WireRequest("GET", "URL", {"X-Bad": "a\r\nX-Smuggled: b"}),
        WireRequest("GET", "URL", {"X Bad\n": "a"}),
        WireRequest("GE T\r\n", "URL", {}),
        WireRequest("GET", "ftp://127.0.0.1/", {}),
        WireRequest("GET", "nowhere", {}),
        WireRequest("GET", "http://127.0.0.1:bad/", {}),
        WireRequest("GET", "http://[::1/", {}),
    ],
    ids=repr,
)
def test_what_breaks_the_rules_of_http_is_not_sent(waiting: Waiting, sending: WireRequest) -> None:
    async def story(runtime: Runtime) -> None:
        url = server.url() if sending.url == "URL" else sending.url
        with pytest.raises(TransportError) as caught:
            await runtime.open(WireRequest(sending.method, url, sending.headers))
        assert caught.value.stage is Stage.UNSENDABLE
        await (await runtime.open(WireRequest("GET", server.url(), {}))).read()

    with Server(always(answer())) as server:
        waiting(story)
    assert len(server.heard) == 1
    assert b"Smuggled" not in server.heard[0].head


def test_cookies_and_netrc_are_nobodys_business(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))

    async def story(runtime: Runtime) -> None:
        for _ in range(2):
            await (await runtime.open(WireRequest("GET", server.url(), {}))).read()

    with Server(always(answer(Set_Cookie="glpi_sid=1; Path=/"))) as server:
        waiting(story)
    assert all(set(heard.fields) == {"Host"} for heard in server.heard)


def test_the_place_behind_the_host_may_be_missing(waiting: Waiting) -> None:
    def talk(peer: Peer) -> None:
        always(_echo)(peer)

    async def story(runtime: Runtime) -> list[bytes]:
        urls = [server.url(""), server.url("?a=b"), server.url("/a#fragment")]
        return [await (await runtime.open(WireRequest("GET", url, {}))).read() for url in urls]

    with Server(talk) as server:
        assert waiting(story) == [b"GET / HTTP/1.1", b"GET /?a=b HTTP/1.1", b"GET /a HTTP/1.1"]


def _echo(heard: Heard) -> bytes:
    return answer(heard.line.encode())


LARGE = b"x" * 300_000
WAYS = {
    "length": answer(LARGE),
    "gzip": answer(gzip.compress(LARGE), Content_Encoding="gzip"),
    "gzip of two members": answer(gzip.compress(LARGE[:7]) + gzip.compress(LARGE[7:]), Content_Encoding="gzip"),
    "deflate": answer(zlib.compress(LARGE), Content_Encoding="deflate"),
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(LARGE), LARGE),
    "until the end": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + LARGE,
}


@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize("most", [len(LARGE), len(LARGE) - 1], ids=["as large as allowed", "larger"])
def test_the_size_of_an_answer_is_bounded_while_it_is_unpacked(waiting: Waiting, way: str, most: int) -> None:
    async def story(runtime: Runtime) -> bytes:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        return await opened.read()

    with Server(once(WAYS[way])) as server:
        if most == len(LARGE):
            assert waiting(story, Network(largest=most)) == LARGE
            return
        with pytest.raises(TransportError, match=f"max_response_size={most}") as caught:
            waiting(story, Network(largest=most))
        assert caught.value.stage is Stage.OVERSIZED


@pytest.mark.parametrize("way", list(WAYS))
def test_a_body_in_pieces_may_be_of_any_size_and_its_pieces_may_not(waiting: Waiting, way: str) -> None:
    async def story(runtime: Runtime) -> list[int]:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        sizes = []
        while piece := await opened.chunk():
            assert set(piece) == {ord("x")}
            sizes.append(len(piece))
        return sizes

    with Server(once(WAYS[way])) as server:
        sizes = waiting(story, Network(largest=10))
    assert sum(sizes) == len(LARGE)
    assert max(sizes) <= PIECE


def test_the_connection_of_an_answer_that_was_too_large_is_closed(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        for _ in range(2):
            opened = await runtime.open(WireRequest("GET", server.url(), {}))
            with pytest.raises(TransportError):
                await opened.read()

    with Server(always(answer(LARGE))) as server:
        waiting(story, Network(largest=1000, limit=1))
        assert len({heard.connection for heard in server.heard}) == 2
