"""A small service desk, asked without a socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from glpi_utils.testing import high_level
from glpi_utils.testing.http.wire import Answer, Req
from glpi_utils.testing.sample import service_desk
from glpi_utils.testing.world.world import World

PASSWORDS = {"glpi": "glpi", "post-only": "postonly", "tech": "tech", "normal": "normal"}


@dataclass(frozen=True)
class Said:
    """An answer, read."""

    status: int
    body: Any
    answer: Answer

    def header(self, name: str) -> str | None:
        return self.answer.header(name)

    def lines(self, name: str) -> list[str]:
        return [value for key, value in self.answer.headers if key.lower() == name.lower()]


@dataclass
class Desk:
    """The high-level API of one world."""

    world: World
    token: str = ""
    api: str = "v2.2"

    def ask(self, method: str, path: str, body: Any = None, *, token: str | None = None, **headers: str) -> Said:
        """`headers` are named with underscores; the path is below the API's version unless it begins with /api.php."""
        path, _, query = (path if path.startswith("/api.php") else f"/api.php/{self.api}/{path}").partition("?")
        sent = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        if bearer := self.token if token is None else token:
            sent.setdefault("authorization", f"Bearer {bearer}")
        raw = b""
        if body is not None:
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent.setdefault("content-type", "application/json")
        answer = high_level.answer(self.world, Req(method, path, query, sent, raw))
        typed = answer.header("Content-Type") or ""
        return Said(answer.status, json.loads(answer.body) if answer.body and "json" in typed else answer.body, answer)

    def log_in(self, user: str = "glpi", scope: str = "api user status email graphql") -> dict[str, Any]:
        """A token pair."""
        form = {"grant_type": "password", "username": user, "password": PASSWORDS[user], "scope": scope}
        client = {"client_id": service_desk.CLIENT_ID, "client_secret": service_desk.CLIENT_SECRET}
        said = self.ask("POST", "token", {**form, **client}, token="")
        assert said.status == 200, said.body
        pair: dict[str, Any] = said.body
        return pair

    def as_user(self, user: str) -> Desk:
        """The same desk, asked by someone else."""
        return Desk(self.world, self.log_in(user)["access_token"])


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Ten tickets, logged in as the super-admin."""
    with World() as world:
        service_desk.fill(world, 10)
        made = Desk(world)
        made.token = made.log_in()["access_token"]
        yield made
