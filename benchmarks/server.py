"""A GLPI of canned bytes in a process of its own: it costs next to nothing, so that what is measured is the client.

It prints its port, then serves on loopback until it is told to end. ``/-/set`` chooses how many rows there are and
how long an answer takes; ``/-/seen`` tells what was asked since then.
"""

from __future__ import annotations

import asyncio
import gc
import heapq
import json
import re
import socket
import time
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from glpi_utils.testing.server.paced_workers import Pace as Charge
from glpi_utils.testing.server.paced_workers import Work

from .rows import Rows
from .shapes import FILTER, shape

CACHE = 128 * 2**20
SENDING = 4 * 2**20
_BOUND = re.compile(r"\bid(==|=ge=|=gt=|=le=|=lt=)(\d+)")
_VERSIONS = [
    {"api_version": version[:1], "version": version, "endpoint": f"/api.php/v{version}"}
    for version in ("1.0.0", "2.0.0", "2.1.0", "2.2.0")
]
_TOKEN = {"token_type": "Bearer", "expires_in": 3600, "access_token": "a" * 800, "refresh_token": "r" * 600}


class Pace:
    """How long an answer takes: a latency that knows no crowd, or so many workers with a queue before them."""

    def __init__(self, latency: float = 0.0, fixed: float = 0.0, per_row: float = 0.0, workers: int = 0) -> None:
        self._latency = latency
        self._charge = Charge(fixed, per_row, max(1, workers))
        self._free = [0.0] * workers

    def until(self, work: Work, now: float) -> tuple[float, float]:
        """Give the seconds from now until the answer may go, and those of a worker that it costs."""
        if not self._free:
            return self._latency, 0.0
        spent = self._charge.seconds(work)
        ends = max(now, heapq.heappop(self._free)) + spent
        heapq.heappush(self._free, ends)
        return ends - now, spent


class Canned:
    """Answers by request line; whole answers are kept."""

    def __init__(self) -> None:
        self._rows = Rows()
        self._kept: dict[bytes, tuple[bytes, Work]] = {}
        self._size = 0
        self.set("")

    def set(self, query: str) -> None:
        """Begin anew: ``total``, ``shape``, ``latency``, or ``fixed``, ``per_row`` and ``workers``."""
        said = dict(parse_qsl(query))
        told = said.pop("shape", ""), int(said.pop("total", "20000"))
        if told != getattr(self, "told", None):
            self._kept, self._size = {}, 0
            self.told, self.shape = told, shape(*told)
        workers = int(said.pop("workers", "0"))
        self.pace = Pace(workers=workers, **{name: float(value) for name, value in said.items()})
        self.requests, self.rows_out, self.flying, self.most, self._burnt = 0, 0, 0, 0, time.process_time()
        self.worked = 0.0

    def seen(self) -> bytes:
        """Tell what happened since."""
        seen = {"requests": self.requests, "rows": self.rows_out, "most": self.most, "work": self.worked}
        return _whole({**seen, "cpu": time.process_time() - self._burnt})

    def answer(self, line: bytes) -> tuple[bytes, Work]:
        """Give the answer to ``GET /path?query``, or to a create, and what it costs."""
        found = self._kept.get(line)
        if found is None:
            made = line.endswith(b"/Ticket") and line.startswith(b"POST")
            found = (_CREATED, Work(0)) if made else self._made(line.decode("latin-1").partition(" ")[2])
            if self._size + len(found[0]) < CACHE:
                self._kept[line] = found
                self._size += len(found[0])
        return found

    def _made(self, target: str) -> tuple[bytes, Work]:
        parts = urlsplit(target)
        path, query = parts.path.rstrip("/"), dict(parse_qsl(parts.query))
        last = path.rpartition("/")[2]
        if last == "api.php":
            return _whole({"message": "Welcome to GLPI API", "api_versions": _VERSIONS}), Work(0)
        if last == "token":
            return _whole(_TOKEN), Work(0)
        if last in ("initSession", "killSession"):
            return _whole({"session_token": "s" * 26} if last == "initSession" else True), Work(0)
        if last == "getActiveProfile":
            return _whole({"active_profile": {"id": 4, "name": "Super-Admin", "ticket": _EVERY_RIGHT}}), Work(0)
        if last.isdigit():
            return _headed("200 OK", self._rows.one(int(last))), Work(1)
        return self._legacy(query) if "/apirest.php/" in path else self._highlevel(query)

    def _highlevel(self, query: dict[str, str]) -> tuple[bytes, Work]:
        filters = unquote_plus(query.get("filter", ""))
        ids, scanned = self.shape.window(*_bounds(filters), filtered=FILTER in filters)
        start, limit = int(query.get("start", 0)), int(query.get("limit", 100))
        if query.get("sort", "").startswith("id:desc"):
            ids = ids[::-1]
        page = ids[start : start + limit]
        status = "206 Partial Content" if start + limit < len(ids) else "200 OK"
        ends = min(start + limit, len(ids)) - 1
        ranged = f"Content-Range: {start}-{ends}/{len(ids)}"
        return _headed(status, self._rows.many(page), ranged), Work(len(page), scanned, min(start, len(ids)))

    def _legacy(self, query: dict[str, str]) -> tuple[bytes, Work]:
        said = query.get("range", "")
        first, last = map(int, said.split("-")) if said else (0, 19)
        ids = self.shape.table
        if query.get("order", "").upper() == "DESC":
            ids = ids[::-1]
        if first > len(ids):
            return _whole(["ERROR_RANGE_EXCEED_TOTAL", "Provided range exceed total count"], "400 Bad Request"), Work(0)
        page = ids[first : last + 1]
        status = "200 OK" if len(page) == len(ids) else "206 Partial Content"
        counted = f"Accept-Range: Ticket 1000\r\nContent-Range: {first}-{first + len(page) - 1}/{len(ids)}"
        return _headed(status, self._rows.many(page), counted), Work(len(page), len(ids), min(first, len(ids)))


_EVERY_RIGHT = 261151
"""Of a super-admin on tickets: who sees all of them, to whom they are counted right."""


def _bounds(filters: str) -> tuple[int, int]:
    """Read what a filter says of the id, as a first one and one behind the last; the rest is not known here."""
    low, high = 0, 2**62
    for operator, number in _BOUND.findall(filters):
        value = int(number)
        if operator in ("==", "=ge=", "=gt="):
            low = max(low, value + (operator == "=gt="))
        if operator in ("==", "=le=", "=lt="):
            high = min(high, value + (operator != "=lt="))
    return low, max(low, high)


def _whole(data: object, status: str = "200 OK") -> bytes:
    return _headed(status, json.dumps(data).encode())


def _headed(status: str, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nServer: nginx\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{more}{chr(13) + chr(10) if more else ''}\r\n".encode() + body


_CREATED = _whole({"id": 1, "href": "/Assistance/Ticket/1", "message": ""}, "201 Created")


class Connection(asyncio.Protocol):
    """One client's connection: requests one after the other."""

    def __init__(self, canned: Canned, loop: asyncio.AbstractEventLoop) -> None:
        self._canned, self._loop = canned, loop
        self._got = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENDING)

    def data_received(self, data: bytes) -> None:
        got = self._got + data if self._got else data
        end = got.find(b"\r\n\r\n")
        if end >= 0 and got.startswith(b"POST"):
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", got[:end])
            end = end if len(got) >= end + 4 + int(length[1] if length else 0) else -1
        if end < 0:
            self._got = got
            return
        self._got = b""
        self._asked(got[: got.index(b" HTTP/")])

    def _asked(self, line: bytes) -> None:
        canned = self._canned
        if line.startswith(b"GET /-/"):
            if line.startswith(b"GET /-/set"):
                canned.set(line.partition(b"?")[2].decode())
            self._transport.write(canned.seen())
            return
        data, work = canned.answer(line)
        listed = b"/Ticket?" in line
        canned.requests += listed
        canned.rows_out += work.rows
        canned.flying += 1
        canned.most = max(canned.most, canned.flying)
        delay, spent = canned.pace.until(work, time.monotonic())
        canned.worked += spent if listed else 0.0
        if delay > 0:
            self._loop.call_later(delay, self._go, data)
        else:
            self._go(data)

    def _go(self, data: bytes) -> None:
        self._canned.flying -= 1
        self._transport.write(data)


async def serve() -> None:
    """Serve for ever."""
    loop, canned = asyncio.get_running_loop(), Canned()
    server = await loop.create_server(lambda: Connection(canned, loop), "127.0.0.1", 0, backlog=512)
    gc.freeze()
    gc.disable()
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
