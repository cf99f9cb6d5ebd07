"""The double on which one topic is replayed, and what was learnt from it so far."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from tests.conformance.wire import Outgoing, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from glpi_utils.testing import GlpiServer
    from glpi_utils.testing.world.world import World
    from tests.conformance.recording import Answer

T = TypeVar("T")
RECORDED = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
ALL_SCOPES = "api user status graphql email"
PASSWORDS = {"glpi": "glpi", "post-only": "postonly", "tech": "tech", "normal": "normal"}


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token and its refresh token ("" for client_credentials)."""

    access: str
    refresh: str


class Play:
    """Fixtures are put straight into the tables, with the ids that the recorded server had."""

    def __init__(self, server: GlpiServer, when: datetime = RECORDED) -> None:
        self.server = server
        self.when = when
        """When the recording began, by the recorded server's clock."""
        self.version = server.version
        self.app_token = server.app_token
        """Stands for `<app_token>`."""
        self.pairs: list[Pair] = []
        """Every token pair that an exchange of this topic was answered with, in order."""
        self.sessions: list[str] = []
        """Likewise every legacy session token."""
        self._world: World | None = None
        self.stop_the_calendar()
        self._tokens: dict[tuple[str, str], str] = {}
        self._opened: dict[str, str] = {}

    def stop_the_calendar(self) -> None:
        """The double's clock goes on from the hour of the recording, so that what is recent stays recent."""
        began = datetime.now(UTC)
        self.do(lambda world: setattr(world, "clock", lambda: self.when + (datetime.now(UTC) - began)))

    # ------------------------------------------------------------------------------------------------------ the tables

    def do(self, work: Callable[[World], T]) -> T:
        """Run on the world, in the server's thread."""
        return self.server.do(work) if self._world is None else work(self._world)

    def together(self, work: Callable[[], T]) -> T:
        """Many changes that wait for the server's thread once; nothing among them may send a request."""

        def with_world(world: World) -> T:
            self._world = world
            try:
                return work()
            finally:
                self._world = None

        return self.do(with_world) if self._world is None else work()

    def sql(self, text: str, *args: Any) -> list[dict[str, Any]]:
        """Any statement."""
        return self.do(lambda world: world.sql(text, args))

    def is_itemtype(self, name: str) -> bool:
        """Whether this version has it."""
        return self.do(lambda world: world.columns(name)) is not None

    def row(self, itemtype: str, id: int, /, **values: Any) -> None:
        """This row, whatever was there before; columns not named have GLPI's defaults, ones it has not are dropped."""
        columns = self.do(lambda world: world.columns(itemtype))
        if columns is None:
            raise LookupError(f"{self.version} has no itemtype {itemtype}")
        kept = {name: column.default for name, column in columns.items()}
        kept |= {name: value for name, value in values.items() if name in columns} | {"id": id}
        self.sql(f'DELETE FROM "{itemtype}" WHERE id = ?', id)
        names = ", ".join(f'"{name}"' for name in kept)
        self.sql(f'INSERT INTO "{itemtype}" ({names}) VALUES ({", ".join("?" * len(kept))})', *kept.values())

    def change(self, itemtype: str, id: int, /, **values: Any) -> None:
        """Set columns of a row, with no rule and no date_mod."""
        names = ", ".join(f'"{name}" = ?' for name in values)
        self.sql(f'UPDATE "{itemtype}" SET {names} WHERE id = ?', *values.values(), id)

    def clear(self, *itemtypes: str, where: str = "1") -> None:
        """Remove rows."""
        for itemtype in itemtypes:
            self.sql(f'DELETE FROM "{itemtype}" WHERE {where}')

    def wind(self, itemtype: str, next_id: int) -> None:
        """The next row of this itemtype gets this id, as it did on the recorded server."""
        self.sql("DELETE FROM sqlite_sequence WHERE name = ?", itemtype)
        self.sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", itemtype, next_id - 1)

    # ------------------------------------------------------------------------------------------------- tokens, sessions

    def token(self, user: str = "glpi", scope: str = ALL_SCOPES) -> str:
        """A bearer token of that user, made at first need."""
        key = (user, scope)
        if key not in self._tokens:
            self._tokens[key] = self.log_in(user, scope).access
        return self._tokens[key]

    def log_in(self, user: str = "glpi", scope: str = ALL_SCOPES, client: str | None = None, **fields: str) -> Pair:
        """A fresh token pair by the password grant, or by what `fields` say."""
        server = self.server
        body = {"grant_type": "password", "username": user, "password": PASSWORDS.get(user, user), "scope": scope}
        body |= {"client_id": client or server.client_id, "client_secret": server.client_secret} | fields
        got = self.send("POST", "/api.php/token", {"Content-Type": "application/json"}, body)
        if got.status != 200:
            raise RuntimeError(f"the scenario could not log {user} in: {got.status} {got.json or got.text[:80]}")
        return Pair(got.json["access_token"], got.json.get("refresh_token", ""))

    def session(self, user: str = "glpi") -> str:
        """A legacy session of that user, opened at first need."""
        if user not in self._opened:
            self._opened[user] = self.open_session(user)
        return self._opened[user]

    def open_session(self, user: str, password: str | None = None) -> str:
        """A fresh legacy session."""
        body = {"login": user, "password": password or PASSWORDS.get(user, user)}
        got = self.send("POST", "/apirest.php/initSession", {"Content-Type": "application/json"}, body)
        if got.status != 200:
            raise RuntimeError(f"the scenario could not open a session of {user}: {got.status} {got.json}")
        return str(got.json["session_token"])

    def send(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> Answer:
        """A request of the scenario's own."""
        out = Outgoing(method, path, headers, None if body is None else json.dumps(body).encode())
        return send(self.server.url, out)

    def legacy(self, method: str, path: str, body: Any = None, user: str = "glpi") -> Answer:
        """A legacy request of the scenario's own."""
        headers = {"Session-Token": self.session(user), "Content-Type": "application/json"}
        return self.send(method, f"/apirest.php/{path}", headers, body)

    def highlevel(self, method: str, path: str, body: Any = None, user: str = "glpi") -> Answer:
        """A high-level request of the scenario's own."""
        headers = {"Authorization": f"Bearer {self.token(user)}", "Content-Type": "application/json"}
        return self.send(method, f"/api.php/v2.2/{path}", headers, body)

    def learn(self, got: Answer) -> None:
        """Remember the tokens of an answer."""
        if isinstance(got.json, dict) and isinstance(got.json.get("access_token"), str):
            self.pairs.append(Pair(got.json["access_token"], got.json.get("refresh_token") or ""))
        if isinstance(got.json, dict) and isinstance(got.json.get("session_token"), str):
            self.sessions.append(got.json["session_token"])
