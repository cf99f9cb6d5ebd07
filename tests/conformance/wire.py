"""One request, byte for byte, over a socket of its own; what came back, as an `Answer`."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass, field
from http.client import HTTPResponse
from urllib.parse import urlsplit

from tests.conformance.recording import Answer


@dataclass(slots=True)
class Outgoing:
    """What is put on the wire; nothing is added but Host, Content-Length and Connection."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes | None = None


def send(base: str, out: Outgoing, timeout: float = 60) -> Answer:
    """Send and read the whole answer."""
    address = urlsplit(base)
    with socket.create_connection((address.hostname or "", address.port or 80), timeout) as connection:
        connection.sendall(_bytes(out, address.netloc))
        response = HTTPResponse(connection, method=out.method)
        response.begin()
        body = b"" if out.method == "HEAD" else response.read()
        joined: dict[str, str] = {}
        for name, value in response.getheaders():
            joined[name.lower()] = f"{joined[name.lower()]}, {value}" if name.lower() in joined else value
        return answer(response.status, joined, body)


def _bytes(out: Outgoing, host: str) -> bytes:
    lines = [f"{out.method} {out.path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in out.headers.items()]
    if out.body is not None or out.method in {"POST", "PUT", "PATCH"}:
        lines.append(f"Content-Length: {len(out.body or b'')}")
    lines += ["Connection: close", "", ""]
    return "\r\n".join(lines).encode() + (out.body or b"")


def answer(status: int, headers: dict[str, str], body: bytes) -> Answer:
    """JSON is what says it is JSON and can be read as such."""
    if body and "json" in headers.get("content-type", ""):
        try:
            return Answer(status, headers, json.loads(body), "", True)
        except ValueError:
            pass
    return Answer(status, headers, None, body.decode("utf-8", "replace"))
