"""Asking the legacy dialect without a socket: one logged-in caller."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from glpi_utils.testing import legacy
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.world.world import World

BASE = "http://glpi.test"


@dataclass
class Caller:
    """A user with a session of his own; `say` keeps the whole answer, `ask` the JSON of one with a given status."""

    world: World
    login: str | None = "glpi"
    password: str = "glpi"
    token: str = field(default="", init=False)

    def __post_init__(self) -> None:
        if self.login is not None:
            self.token = self.ask("GET", f"initSession?login={self.login}&password={self.password}")["session_token"]

    def say(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """The answer to a request; headers are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("session-token", self.token)
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        if raw:
            sent.setdefault("content-type", "application/json")
        path, _, query = path.partition("?")
        return legacy.answer(self.world, Req(method, f"/apirest.php/{path}", query, sent, raw, base=BASE))

    def ask(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """The JSON of an answer that must have this status."""
        answer = self.say(method, path, body, **headers)
        assert answer.status == status, (answer.status, answer.body[:500])
        return json.loads(answer.body)

    def ids(self, path: str, status: int = 200) -> list[int]:
        """The ids of a list."""
        sign = "&" if "?" in path else "?"
        return [row["id"] for row in self.ask("GET", f"{path}{sign}only_id=1&get_hateoas=false", status=status)]

    def refused(self, method: str, path: str, body: Any = None, status: int = 400, **headers: str) -> str:
        """The code of a refusal."""
        code, _ = self.ask(method, path, body, status, **headers)
        return str(code)
