"""Bodies as the blocking runtime reads them: unpacked here, and without urllib3."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib

import pytest

from glpi_utils._engine.request.runtime import ResponseStream
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import Stage, TransportError, WireRequest
from tests.transports.server import Server, always, answer, once

TEXT = bytes(range(256)) * 400
BARE = zlib.compress(TEXT)[2:-4]
PACKED = [
    pytest.param("gzip", gzip.compress(TEXT), id="gzip"),
    pytest.param("X-GZIP", gzip.compress(TEXT), id="its old name"),
    pytest.param("gzip", gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:]), id="two members"),
    pytest.param("gzip", gzip.compress(TEXT) + b"\0" * 9, id="padded"),
    pytest.param("deflate", zlib.compress(TEXT), id="deflate"),
    pytest.param("deflate", BARE, id="deflate without its head"),
]
SPOILT = [
    pytest.param("gzip", gzip.compress(TEXT)[:-9], id="cut"),
    pytest.param("gzip", TEXT, id="not packed"),
    pytest.param("deflate", b"\xff" * 99, id="neither kind of deflate"),
    pytest.param("gzip", gzip.compress(TEXT)[:60] + b"\xff" * 60, id="spoilt in the middle"),
]


def body(wire: bytes, *, whole: bool) -> bytes:
    runtime = BlockingRuntime(Network())

    async def story(url: str) -> bytes:
        opened = await runtime.open(WireRequest("GET", url, {}))
        return await opened.read() if whole else b"".join(await pieces(opened))

    with Server(once(wire)) as server:
        try:
            return run(story(server.url()))
        finally:
            run(runtime.close())


async def pieces(opened: ResponseStream) -> list[bytes]:
    found = []
    while piece := await opened.chunk():
        found.append(piece)
    return found


@pytest.mark.parametrize("whole", [True, False], ids=["read", "chunks"])
@pytest.mark.parametrize(("coding", "packed"), PACKED)
def test_what_is_packed_is_unpacked(coding: str, packed: bytes, whole: bool) -> None:
    assert body(answer(packed, Content_Encoding=coding), whole=whole) == TEXT


def test_nothing_packed_is_nothing() -> None:
    assert body(answer(b"", Content_Encoding="gzip"), whole=True) == b""


@pytest.mark.parametrize("whole", [True, False], ids=["read", "chunks"])
@pytest.mark.parametrize(("coding", "packed"), SPOILT)
def test_what_is_packed_wrongly_is_a_broken_answer(coding: str, packed: bytes, whole: bool) -> None:
    with pytest.raises(TransportError, match="compressed wrongly") as caught:
        body(answer(packed, Content_Encoding=coding), whole=whole)
    assert caught.value.stage is Stage.SENT


def test_a_body_cut_short_is_noticed_in_pieces_too() -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n" + b"x" * 70_000
    for whole in (True, False):
        with pytest.raises(TransportError, match="in the middle of the body"):
            body(cut, whole=whole)


PROGRAM = """
import sys
from glpi_utils._runtimes.blocking import BlockingRuntime, run
from glpi_utils._runtimes.network import Network
from glpi_utils._wire import WireRequest
runtime = BlockingRuntime(Network())
opened = run(runtime.open(WireRequest("GET", sys.argv[1], {})))
assert run(opened.read()) == b"x"
assert run(opened.read()) == b""
print(sorted({"urllib3", "aiohttp", "asyncio", "logging", "zlib"} & set(sys.modules)))
"""


def test_straight_to_the_server_goes_without_urllib3() -> None:
    with Server(always(answer(b"x"))) as server:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, server.url()], capture_output=True, text=True, check=True, timeout=30
        )
    assert done.stdout.strip() in ("[]", "['zlib']")  # the interpreter itself may load zlib
