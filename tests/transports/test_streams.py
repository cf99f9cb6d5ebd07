"""Bodies in pieces, both ways, on both runtimes: exact, bounded in memory, each wait bounded, and honest about what failed."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from benchmarks.file_server import MIB, FileServer, checksum
from glpi_utils import AsyncGlpiAPI, GlpiAPI
from glpi_utils._engine.request.runtime import ResponseStream, Runtime
from glpi_utils._runtimes.network import Network
from glpi_utils._streams import PIECE, Framed, UnreadableBody
from glpi_utils._wire import Stage, TransportError, WireRequest
from tests.transports.conftest import Waiting
from tests.transports.server import Peer, Server, always, answer

T = TypeVar("T")
MEGABYTES = 40
PEAK = 6 * 1024 * 1024
"""Bytes that may be in use at once while 40 MB go by: far below what they would take, far above what is needed."""


class Source:
    """A body of equal pieces; `fails_at` tells before which one it can be read no more."""

    def __init__(self, pieces: int, size: int = PIECE, fails_at: int | None = None) -> None:
        self.size = pieces * size
        self._count, self._piece, self._fails_at = pieces, b"x" * size, fails_at
        self.begun = 0

    def pieces(self) -> Iterator[bytes]:
        self.begun += 1
        for number in range(self._count):
            if number == self._fails_at:
                raise UnreadableBody("the disk is gone")
            yield self._piece


def swallow(peer: Peer) -> None:
    """Take one request, keep nothing of its body, and answer its length and SHA-1."""
    while b"\r\n\r\n" not in peer.kept:
        if not (more := peer.sock.recv(65536)):
            return
        peer.kept += more
    head, _, rest = peer.kept.partition(b"\r\n\r\n")
    (length,) = [int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    sha1, size = hashlib.sha1(rest), len(rest)
    while size < length and (more := peer.sock.recv(65536)):
        sha1.update(more)
        size += len(more)
    peer.send(answer(f"{size} {sha1.hexdigest()}".encode(), Connection="close"))


def pour(peer: Peer) -> None:
    """Answer with 40 MB."""
    peer.hear()
    peer.send(answer(b"", Content_Length=str(MEGABYTES * 1024 * 1024)))
    piece = b"x" * 65536
    for _ in range(MEGABYTES * 16):
        peer.send(piece)


def test_a_body_in_pieces_arrives_whole_and_with_its_length(waiting: Waiting) -> None:
    source = Framed(b"head", Source(3), b"tail")

    async def story(runtime: Runtime) -> list[bytes]:
        sending = WireRequest("POST", server.url(), {"Content-Type": "text/plain"}, source)
        return [await (await runtime.open(sending)).read() for _ in range(2)]

    with Server(swallow) as server:
        said = waiting(story)
    whole = b"head" + b"x" * 3 * PIECE + b"tail"
    assert said == [f"{len(whole)} {hashlib.sha1(whole).hexdigest()}".encode()] * 2, "again from its beginning"


def test_no_more_of_an_answer_is_in_memory_than_a_few_pieces(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> int:
        opened = await runtime.open(WireRequest("GET", server.url(), {}))
        size = 0
        while piece := await opened.chunk(30):
            size += len(piece)
        return size

    with Server(pour) as server:
        size, peak = measured(lambda: waiting(story))
    assert size == MEGABYTES * 1024 * 1024
    assert peak < PEAK


def test_no_more_of_a_request_is_in_memory_than_a_few_pieces(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> bytes:
        source = Source(MEGABYTES * 1024 * 1024 // PIECE)
        return await (await runtime.open(WireRequest("POST", server.url(), {}, source))).read()

    with Server(swallow) as server:
        said, peak = measured(lambda: waiting(story))
    assert said.partition(b" ")[0] == str(MEGABYTES * 1024 * 1024).encode()
    assert peak < PEAK


def measured(work: Callable[[], T]) -> tuple[T, int]:
    """Give the value, and the peak of memory meanwhile."""
    tracemalloc.start()
    try:
        value = work()
        return value, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture
def file_server() -> Iterator[FileServer]:
    with FileServer() as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


@pytest.mark.parametrize("kind", ["blocking", "asyncio"])
def test_a_client_keeps_no_more_of_a_file_in_memory(kind: str, file_server: FileServer, tmp_path: Path) -> None:
    there = tmp_path / "there.bin"
    login: dict[str, Any] = {"username": "a", "password": "b", "max_response_size": 1_000_000}

    def blocking() -> Any:
        with GlpiAPI(file_server.url, **login) as api:
            return api.document.download(MEGABYTES, there), api.upload_document(there)

    async def looping() -> Any:
        async with AsyncGlpiAPI(file_server.url, **login) as api:
            return await api.document.download(MEGABYTES, there), await api.upload_document(there)

    checksum(MEGABYTES)
    (path, made), peak = measured(blocking if kind == "blocking" else lambda: asyncio.run(looping()))
    assert path == there
    assert there.stat().st_size == MEGABYTES * MIB
    assert int(made["message"]) - there.stat().st_size in range(200, 1000), "the file, and the parts around it"
    assert peak < PEAK


@pytest.mark.parametrize("fails_at", [0, 2])
def test_a_body_that_cannot_be_read(waiting: Waiting, fails_at: int) -> None:
    async def story(runtime: Runtime) -> TransportError:
        with pytest.raises(TransportError, match="the disk is gone") as caught:
            await runtime.open(WireRequest("POST", server.url(), {}, Source(3, fails_at=fails_at)))
        assert await (await runtime.open(WireRequest("GET", server.url(), {}))).read() == b"fine"
        return caught.value

    with Server(always(answer(b"fine"))) as server:
        fault = waiting(story, Network(limit=1))
    assert fault.stage is (Stage.SENT if fails_at else Stage.UNSENDABLE)
    assert fault.__cause__ is None
    assert fault.__context__ is None


def test_nothing_is_sent_of_a_body_that_cannot_be_opened(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        with pytest.raises(TransportError):
            await runtime.open(WireRequest("POST", server.url(), {}, Source(3, fails_at=0)))

    with Server(always(answer(b"fine"))) as server:
        waiting(story)
        assert server.heard == []


def test_each_piece_has_its_own_time_out(waiting: Waiting) -> None:
    def talk(peer: Peer) -> None:
        peer.hear()
        peer.send(answer(b"half", Content_Length="100"))
        peer.server.released.wait(60)

    async def story(runtime: Runtime) -> None:
        opened = await runtime.open(WireRequest("GET", server.url(), {}, longest=60))
        assert await opened.chunk(30) == b"half"
        with pytest.raises(TransportError) as caught:
            await opened.chunk(0.05)
        assert (caught.value.stage, caught.value.timed_out) == (Stage.SENT, True)

    with Server(talk) as server:
        waiting(story)


def test_a_piece_may_come_after_the_end_that_bounds_a_whole_answer(waiting: Waiting) -> None:
    def talk(peer: Peer) -> None:
        peer.hear()
        peer.send(answer(b"", Content_Length="8"))
        go.wait(60)
        peer.send(b"whole   ")

    async def opened_in_time(runtime: Runtime) -> ResponseStream:
        while True:
            try:
                return await runtime.open(WireRequest("GET", server.url(), {}, read_timeout=60, longest=0.3))
            except TransportError:  # a busy machine
                continue

    async def story(runtime: Runtime) -> bytes:
        opened = await opened_in_time(runtime)
        await runtime.sleep(0.4)
        go.set()
        piece = await opened.chunk(60)
        await opened.close()
        return piece

    go = threading.Event()
    with Server(talk) as server:
        assert waiting(story) == b"whole   "


def test_a_connection_is_used_again_after_a_body_in_pieces(waiting: Waiting) -> None:
    async def story(runtime: Runtime) -> None:
        for _ in range(3):
            opened = await runtime.open(WireRequest("GET", server.url(), {}))
            while await opened.chunk(30):
                pass

    with Server(always(answer(b"x" * 300_000))) as server:
        waiting(story)
        assert server.connections == 1
