"""Where the promises are tested: the cells, and what a test has in hand in each."""

from __future__ import annotations

import os
import sys
import uuid
import warnings
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiOAuthClient, RequestInfo
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.rights import SYSTEM
from glpi_utils.testing.world.world import World
from tests.behaviour.adapter import even

F = TypeVar("F", bound=Callable[..., Any])
Call = Callable[[], Awaitable[object]]
RUN = f"glpi-utils test {uuid.uuid4().hex[:10]}"
"""Stands in the name of everything that a run makes on a real server."""


@dataclass(frozen=True)
class Cell:
    """One place: a kind of client, an API, a server (an embedded version, or "real")."""

    kind: str
    api: str
    where: str

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.api}-{self.where}"

    @property
    def place(self) -> str:
        """The API and the server, whatever the kind of client."""
        return f"{self.api}-{self.where}"

    @property
    def embedded(self) -> bool:
        return self.where != "real"

    @property
    def missing(self) -> str | None:
        """Why the cell is not there in this run."""
        if self.embedded:
            return None
        needed = ["GLPI_TEST_URL"]
        if self.api == "hl":
            needed += ["GLPI_TEST_CLIENT_ID", "GLPI_TEST_CLIENT_SECRET"]
        if self.api == "hl" or not told("USER_TOKEN"):
            needed += ["GLPI_TEST_USERNAME", "GLPI_TEST_PASSWORD"]
        absent = [name for name in needed if not os.environ.get(name)]
        return f"not set: {', '.join(absent)}" if absent else None


BOTH = ("sync", "async")
ONE, OTHER = BOTH if sys.version_info.minor % 2 else BOTH[::-1]
"""Beside the four clients on the first server each other server is met by one kind of client, on other Pythons by the other."""

CELLS = [
    Cell(kind, api, where)
    for api, where, kinds in (
        ("hl", "11.0.6", BOTH),
        ("legacy", "11.0.6", BOTH),
        ("hl", "11.0.8", (ONE,)),
        ("legacy", "11.0.8", (OTHER,)),
        ("legacy", "10.0.17", (ONE,)),
        ("hl", "11.0.11", (OTHER,)),
        ("hl", "12.0.0", (ONE,)),
        ("hl", "real", BOTH),
        ("legacy", "real", BOTH),
    )
    for kind in kinds
]


VERSIONS = {
    "11.0.6": ("v2.0", "v2.1", "v2.2"),
    "11.0.8": ("v2.0", "v2.1", "v2.2", "v2.3"),
    "11.0.11": ("v2.0", "v2.1", "v2.2", "v2.3"),
    "12.0.0": ("v2.3",),
}
"""The 2.x that each embedded server lists."""


def told(name: str) -> str | None:
    """What the environment says about the real server."""
    return os.environ.get(f"GLPI_TEST_{name}") or None


def only(api: str | None = None, where: str | None = None, *, because: str) -> Callable[[F], F]:
    """Leave out the cells of another API or server ("embedded", or a version), for a reason."""

    def mark(test: F) -> F:
        rules: list[Any] = getattr(test, "rules", [])
        test.rules = [*rules, (api, where, because)]  # type: ignore[attr-defined]
        return test

    return mark


FIRST = "11.0.6"
"""The server of the four clients that are enough where no server makes a difference."""


def unsent(test: F) -> F:
    """The four clients on one server are enough: nothing is sent, and the fixture `place` looks after that."""
    test.unsent = True  # type: ignore[attr-defined]
    return one_server(because="nothing is sent: four clients on one server show it")(test)


def one_server(*, because: str) -> Callable[[F], F]:
    """The four clients on one server are enough, for a reason."""
    return only(where=FIRST, because=because)


def left_out(test: Callable[..., Any], cell: Cell) -> str | None:
    """Why a test is not run in a cell; None: it is."""
    for api, where, because in getattr(test, "rules", []):
        place = {cell.where, "embedded" if cell.embedded else "real"}
        if api not in (None, cell.api) or (where is not None and where not in place):
            return str(because)
    return None


@dataclass
class Place:
    """What a test has in hand: `client()` makes one, `sent` counts what all of them sent."""

    cell: Cell
    server: GlpiServer | None
    mark: str
    """Stands in the name of each thing this test makes, and of nothing else."""
    sent: list[RequestInfo] = field(default_factory=list)
    clients: list[AsyncClient] = field(default_factory=list)

    @property
    def hl(self) -> bool:
        return self.cell.api == "hl"

    @property
    def oldest(self) -> str:
        """The first 2.x that the embedded server lists."""
        return VERSIONS[self.cell.where][0]

    @property
    def newest(self) -> str:
        """The last one, which is used where nothing else is said."""
        return VERSIONS[self.cell.where][-1]

    @property
    def glpi(self) -> GlpiServer:
        """The embedded server."""
        assert self.server is not None, "this test is not marked as one for the embedded server"
        return self.server

    @property
    def url(self) -> str:
        return self.server.url if self.server else str(told("URL"))

    def client(self, url: str | None = None, **options: Any) -> AsyncClient:
        """A client with this place's credentials; closed when the test ends."""
        options.setdefault("on_request", self.sent.append)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # plain http to a test server is its owner's affair
            made = even(self._make(self.url if url is None else url, options))
        self.clients.append(made)
        return made

    def _make(self, url: str, options: dict[str, Any]) -> Any:
        sync = self.cell.kind == "sync"
        glpi = self.server
        user = options.pop("username", glpi.username if glpi else told("USERNAME"))
        word = options.pop("password", glpi.password if glpi else told("PASSWORD"))
        if self.hl:
            id = options.pop("client_id", glpi.client_id if glpi else told("CLIENT_ID"))
            secret = options.pop("client_secret", glpi.client_secret if glpi else told("CLIENT_SECRET"))
            return (GlpiOAuthClient if sync else AsyncGlpiOAuthClient)(url, id, secret, user, word, **options)
        token = None if glpi or (user and word) else told("USER_TOKEN")
        app = options.pop("app_token", None if glpi else told("APP_TOKEN"))
        made = GlpiAPI if sync else AsyncGlpiAPI
        return made(url, app, username=user, password=word, user_token=options.pop("user_token", token), **options)

    async def close(self) -> None:
        """Close the clients of the test."""
        for client in self.clients:
            await client.close()

    def name(self, of: object = "") -> str:
        """A name that only this test uses."""
        return f"{self.mark} {of}".rstrip()

    def ticket(self, of: object = "", **fields: Any) -> dict[str, Any]:
        """The fields of a ticket of this test."""
        return {"name": self.name(of), "content": "Made by a test, may be deleted", **fields}

    async def tickets(self, api: AsyncClient, count: int) -> list[int]:
        """Make some tickets; their ids."""
        made = await api.ticket.create([self.ticket(n) for n in range(count)])
        return [each["id"] for each in made]

    def rows(self, itemtype: str, rows: Iterable[dict[str, Any]]) -> None:
        """Put many rows into the embedded server at once."""

        def write(world: World) -> None:
            with world.store.atomic():
                for row in rows:
                    world.insert(itemtype, row, SYSTEM)

        self.glpi.do(write)

    def copies(self, itemtype: str, row: dict[str, Any], count: int) -> None:
        """Put equal rows into the embedded server: one by its rules, the others as that one became."""

        def write(world: World) -> None:
            with world.store.atomic():
                made = world.get(itemtype, world.insert(itemtype, row, SYSTEM)) or {}
                del made["id"]
                world.store.add_many(itemtype, list(made), (tuple(made.values()) for _ in range(count - 1)))

        self.glpi.do(write)

    def mine(self, of: object = "") -> dict[str, Any]:
        """The keywords that narrow a list to what this test made."""
        text = self.name(of)
        return {"filter": f'name=like="{text}*"'} if self.hl else {"searchText": {"name": f"^{text}"}}

    def told(self, sent: str = "") -> list[RequestInfo]:
        """What was sent so far to a path with this in it."""
        return [each for each in self.sent if sent in each.url]
