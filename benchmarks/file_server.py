"""A legacy API with documents of any size: it keeps nothing of what it sends and takes, so that it may run anywhere.

Document 5 holds 5 MiB. Run as a program it prints its port, and serves on loopback until it is told to end.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MIB = 1024 * 1024
_PIECE = bytes(range(256)) * 256


@lru_cache
def checksum(mebibytes: int) -> str:
    """Return the SHA-1 of a document."""
    sha1 = hashlib.sha1(usedforsecurity=False)
    for _ in range(mebibytes * MIB // len(_PIECE)):
        sha1.update(_PIECE)
    return sha1.hexdigest()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Sessions, rows, files."""
        path, _, query = self.path.partition("?")
        name = path.rpartition("/")[2]
        if name == "initSession":
            self._say(200, {"session_token": "x"})
        elif name == "killSession":
            self._say(200, True)
        elif "alt=media" in query:
            self._pour(int(name))
        else:
            self._say(200, {"id": int(name), "filename": "big.bin", "sha1sum": checksum(int(name))})

    def do_POST(self) -> None:
        """Take a file; the message tells how much came."""
        left = size = int(self.headers["Content-Length"])
        while left and (piece := self.rfile.read(min(left, 65536))):
            left -= len(piece)
        self._say(201, {"id": 1, "message": str(size - left), "upload_result": {}})

    def _pour(self, mebibytes: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Disposition", 'attachment; filename="big.bin"')
        self.send_header("Content-Length", str(mebibytes * MIB))
        self.end_headers()
        for _ in range(mebibytes * MIB // len(_PIECE)):
            self.wfile.write(_PIECE)

    def _say(self, status: int, value: Any) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class FileServer(ThreadingHTTPServer):
    """Listens on loopback."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


if __name__ == "__main__":
    with FileServer() as serving:
        print(serving.url, flush=True)
        serving.serve_forever()
