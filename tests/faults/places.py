"""Where the table is played: {HL, legacy} x {sync, async}, the five verbs, and what both ends saw of one call."""

from __future__ import annotations

import asyncio
import itertools
import traceback
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient, GlpiAPI, GlpiError, GlpiOAuthClient, RequestInfo, Retry
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._wire import TransportError
from glpi_utils.testing import GlpiServer
from glpi_utils.testing.world.rights import Who
from tests.behaviour.adapter import bare, drive, even

APIS = ("hl", "legacy")
KINDS = ("sync", "async")
VERBS = ("read", "update", "delete", "create", "followup")
QUICK = Retry(attempts=4, pause=0.01, longest=0.02)
ADMIN = Who(user=2)
KEPT: dict[tuple[str, str, str], tuple[AsyncClient, list[RequestInfo]]] = {}
_numbers = itertools.count(1)


@dataclass
class Place:
    """One client in front of one server, and a ticket that exists."""

    api: str
    kind: str
    glpi: GlpiServer
    url: str = ""
    mark: str = ""
    ticket: int = 0
    sent: list[RequestInfo] = field(default_factory=list)
    clients: list[AsyncClient] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.url = self.url or self.glpi.url
        self.mark = f"fault {next(_numbers)}"
        self.ticket = self.glpi.do(lambda world: world.insert("Ticket", {"name": self.mark, "content": "x"}, ADMIN))

    @property
    def hl(self) -> bool:
        return self.api == "hl"

    @property
    def path(self) -> str:
        """The path of the ticket, from the server's root."""
        return f"/api.php/v2.2/Assistance/Ticket/{self.ticket}" if self.hl else f"/apirest.php/Ticket/{self.ticket}"

    def client(self, **options: Any) -> AsyncClient:
        """A client that has sent nothing yet; closed at the end."""
        options = {"timeout": 60, "retries": QUICK, "on_request": self.sent.append, **options}
        glpi, url = self.glpi, options.pop("url", self.url)
        who = {"username": glpi.username, "password": options.pop("password", glpi.password)}
        made: Any
        if self.hl:
            kind: Any = GlpiOAuthClient if self.kind == "sync" else AsyncGlpiOAuthClient
            made = kind(url, glpi.client_id, glpi.client_secret, **who, **options)
        else:
            kind = GlpiAPI if self.kind == "sync" else AsyncGlpiAPI
            made = kind(url, **who, **options)
        self.clients.append(even(made))
        return self.clients[-1]

    async def ready(self, **options: Any) -> AsyncClient:
        """A client that has logged in and knows the versions; what it sent for that is forgotten.

        Without options it is the one that the tests before have used: logging in takes longer than most calls.
        """
        api = self.client(**options) if options else self._kept()
        await api.ticket.count()
        self.glpi.requests.clear()
        self.sent.clear()
        return api

    def _kept(self) -> AsyncClient:
        key = self.glpi.url, self.api, self.kind
        if key not in KEPT:
            KEPT[key] = self.client(), self.sent
            self.clients.pop()
        api, self.sent = KEPT[key]
        return api

    async def call(self, api: AsyncClient, verb: str) -> Any:
        """One call of this verb, on what belongs to this place."""
        ticket, new = self.ticket, f"{self.mark} new"
        if verb == "read":
            return await api.ticket.get(ticket)
        if verb == "update":
            return await api.ticket.update({"id": ticket, "name": new})
        if verb == "delete":
            return await api.ticket.delete({"id": ticket}, force_purge=True)
        if verb == "create":
            return await api.ticket.create({"name": new, "content": "x"})
        return await api.ticket.add_sub_item(ticket, "ITILFollowup", {"content": new})

    def done(self, verb: str) -> int:
        """How often the server has carried the call out."""
        new = f"{self.mark} new"
        if verb == "delete":
            return 1 - len(self.glpi.rows("Ticket", id=self.ticket))
        if verb == "followup":
            return len(self.glpi.rows("ITILFollowup", itemtype="Ticket", items_id=self.ticket))
        return len(self.glpi.rows("Ticket", name=new))

    def seen(self) -> int:
        """How many requests the server saw since the client was ready."""
        return len(self.glpi.requests)

    def play(self, story: Coroutine[Any, Any, None]) -> None:
        """Run a test on this kind of client, and leave the server as it was."""

        async def whole() -> None:
            try:
                await story
            finally:
                self.glpi.faults.clear()
                for client in self.clients:
                    await client.close()

        drive(whole()) if self.kind == "sync" else asyncio.run(whole())


def close_kept(url: str) -> None:
    """The server goes: so do the clients that were kept for it."""
    for key in [key for key in KEPT if key[0] == url]:
        client, _ = KEPT.pop(key)
        drive(client.close()) if key[2] == "sync" else asyncio.run(client.close())


async def forget_connections(api: AsyncClient) -> None:
    """The next request needs a new connection; the login stays."""
    client: Any = bare(api)
    core = client._core if isinstance(client, AsyncClient) else client._inner._core
    await core.session.runtime.close()


async def outcome(work: Coroutine[Any, Any, Any]) -> tuple[str, Any]:
    """ "done" and the value, or the error's name without Glpi and Error, and the error."""
    try:
        return "done", await work
    except GlpiError as error:
        ours(error)
        return type(error).__name__.removeprefix("Glpi").removesuffix("Error"), error


def ours(error: BaseException) -> None:
    """No exception of another library stands in the chain, nor its text in the traceback."""
    chain: list[BaseException | None] = [error]
    while chain:
        each = chain.pop()
        if each is not None:
            assert isinstance(each, GlpiError | TransportError), (
                f"{each!r} escaped:\n{''.join(traceback.format_exception(error))}"
            )
            chain += [each.__cause__, each.__context__]
