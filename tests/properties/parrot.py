"""A server that repeats what it heard, and what it is told to say, in every place where an answer has text."""

from __future__ import annotations

import base64
import json
import random
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

KINDS = (
    *(
        "json",
        "list",
        "oauth",
        "lapsed",
        "html",
        "html 200",
        "empty 500",
        "moved",
        "hollow",
        "text",
        "cut json",
        "throttled",
    ),
    *("drop", "headers", "fine"),
)
"""How it answers a call: with which kind of trouble."""


def made_token(dice: random.Random) -> str:
    """A JWT like GLPI's, with the scope and a user."""
    parts = (
        {"typ": "JWT", "alg": "RS256", "kid": f"{dice.random()}"},
        {"aud": "my-app", "jti": f"{dice.random()}", "sub": "2", "scopes": ["api"]},
        {"signature": f"{dice.random()}{dice.random()}"},
    )
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)


@dataclass
class Parrot:
    """``kind`` is how calls are answered, ``at_login`` how logins are; ``says`` is repeated with what was heard."""

    kind: str = "fine"
    at_login: str = "fine"
    says: str = ""
    given: list[str] = field(default_factory=list)
    """The tokens that it gave: secrets from then on."""
    dice: random.Random = field(default_factory=lambda: random.Random(5))

    def __enter__(self) -> Self:
        parrot = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet, else each answer takes 40 ms

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                heard = [self.path, *self.headers.values(), self.rfile.read(length).decode("utf-8", "replace")]
                parrot.answer(self, " ".join([*heard, parrot.says]))

            def log_message(self, *_: Any) -> None: ...

        for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.answer)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler, heard: str) -> None:
        path = handler.path.partition("?")[0]
        is_login = path.endswith(("/token", "/initSession"))
        kind = self.at_login if is_login else self.kind
        if path.endswith("/api.php/"):  # asked as a proxy, it gets whole URLs
            self.send(handler, 200, {"api_versions": [{"api_version": "2", "version": "2.2.0"}]})
        elif is_login and kind == "fine":
            self.send(handler, 200, self.tokens(path))
        elif path.endswith("/killSession") and kind == "fine":
            self.send(handler, 200, True)
        elif kind == "slow":
            time.sleep(0.5)
            handler.close_connection = True
        elif kind == "drop":
            handler.close_connection = True
        else:
            self.trouble(handler, kind, heard)

    def tokens(self, path: str) -> dict[str, Any]:
        if path.endswith("/initSession"):
            self.given.append(f"{self.dice.getrandbits(130):026x}")
            return {"session_token": self.given[-1]}
        self.given += [made_token(self.dice), f"def502{self.dice.getrandbits(2000):x}"]
        return {
            "token_type": "Bearer",
            "expires_in": 3600,
            "access_token": self.given[-2],
            "refresh_token": self.given[-1],
        }

    def trouble(self, handler: BaseHTTPRequestHandler, kind: str, heard: str) -> None:
        page = f"<!DOCTYPE html><html><head><title>{heard}</title></head><body><h1>{heard}</h1></body></html>"
        line = "".join(sign if sign.isascii() and sign.isprintable() else "?" for sign in heard)
        match kind:
            case "json":
                row = {"priority": "error", "message": heard}
                detail = {"property": [{"error": heard}], heard: heard}
                said = {"status": "ERROR", "title": heard, "detail": detail, "additional_messages": [row]}
                self.send(handler, 400, said)
            case "list":
                self.send(handler, 400, ["ERROR_GLPI_ADD", heard])
            case "oauth":
                self.send(handler, 401, {"error": "invalid_grant", "error_description": heard, "hint": heard})
            case "lapsed":
                said = {"status": "ERROR_INVALID_PARAMETER", "title": "Invalid OAuth token", "detail": heard}
                self.send(handler, 400, said)
            case "html" | "html 200":
                self.send(handler, 500 if kind == "html" else 200, page, "text/html; charset=UTF-8")
            case "empty 500":
                self.send(handler, 500, "", "text/html", {"X-Said": line})
            case "moved":
                self.send(handler, 301, page, "text/html", {"Location": f"https://a:b@c.example/{line}/api.php/x"})
            case "hollow":
                self.send(handler, 200, {"said": heard, "message": heard})
            case "text":
                self.send(handler, 200, heard, "text/plain")
            case "cut json":
                self.send(handler, 200, json.dumps([{"id": 1, "name": heard}])[:-3], "application/json")
            case "throttled":
                self.send(handler, 429, ["ERROR_LIMIT", heard], more={"Retry-After": "0", "X-Said": line})
            case "headers":
                more = {"Content-Range": line, "WWW-Authenticate": line, "Set-Cookie": f"glpi_{'a1' * 16}={line}"}
                self.send(handler, 206, [{"id": 1}], more=more)
            case _:
                self.send(handler, 200, [{"id": 1}] if handler.command == "GET" else {"id": 1, "message": ""})

    def send(
        self, handler: BaseHTTPRequestHandler, status: int, body: Any, kind: str = "application/json", more: Any = None
    ) -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        raw = text.encode("utf-8", "replace")
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(raw)), **(more or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(raw)
