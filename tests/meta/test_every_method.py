"""Every public method is called once on all four clients; what an API lacks names the client that has it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from glpi_utils import File, GlpiOAuthClient, GlpiUnsupportedError
from glpi_utils._engine.verbs.client import AsyncClient
from glpi_utils._sync.items import ItemProxy
from glpi_utils.testing import GlpiServer
from tests.behaviour.adapter import bare, drive
from tests.behaviour.places import Cell, Place
from tests.meta.test_twins import CLIENTS, ids, public

Call = Callable[[AsyncClient, int], Awaitable[object]]


async def _walked(pages: AsyncIterator[Any]) -> list[Any]:
    return [each async for each in pages]


async def _plain(value: object) -> object:
    return value


async def _sub(api: AsyncClient, ticket: int) -> int:
    return int((await api.ticket.add_sub_item(ticket, "ITILFollowup", {"content": "x"}))["id"])


async def _changed(api: AsyncClient, ticket: int) -> object:
    return await api.ticket.update_sub_item(ticket, "ITILFollowup", {"id": await _sub(api, ticket), "content": "y"})


async def _removed(api: AsyncClient, ticket: int) -> object:
    return await api.ticket.delete_sub_item(ticket, "ITILFollowup", await _sub(api, ticket))


async def _left(api: AsyncClient, ticket: int) -> object:
    await api.ticket.add_team_member(ticket, 2, "observer")
    await api.ticket.remove_team_member(ticket, 2, "observer")
    return None


async def _approved(api: AsyncClient, ticket: int) -> object:
    await api.ticket.request_approval(ticket, "me")
    return await api.ticket.approve(ticket)


async def _refused(api: AsyncClient, ticket: int) -> object:
    await api.ticket.request_approval(ticket, "me")
    return await api.ticket.refuse(ticket, "no")


TICKET = {"name": "x", "content": "y"}
ITEMS: dict[str, Call] = {
    "add_sub_item": lambda api, ticket: api.ticket.add_sub_item(ticket, "ITILFollowup", {"content": "x"}),
    "add_followup": lambda api, ticket: api.ticket.add_followup(ticket, "x"),
    "add_item": lambda api, ticket: api.ticket.add_item(ticket, "Computer", 1),
    "add_task": lambda api, ticket: api.ticket.add_task(ticket, "x"),
    "approvals": lambda api, ticket: api.ticket.approvals(ticket),
    "approve": _approved,
    "close": lambda api, ticket: api.ticket.close(ticket),
    "items": lambda api, ticket: api.ticket.items(ticket),
    "link": lambda api, ticket: api.ticket.link(ticket, 1),
    "links": lambda api, ticket: api.ticket.links(ticket),
    "pend": lambda api, ticket: api.ticket.pend(ticket),
    "refuse": _refused,
    "remove_item": lambda api, ticket: api.ticket.remove_item(ticket, "Computer", 1),
    "reopen": lambda api, ticket: api.ticket.reopen(ticket),
    "request_approval": lambda api, ticket: api.ticket.request_approval(ticket, "me"),
    "solve": lambda api, ticket: api.ticket.solve(ticket, "x"),
    "transfer": lambda api, ticket: api.computer.transfer(1, 0),
    "timeline": lambda api, ticket: api.ticket.timeline(ticket),
    "unlink": lambda api, ticket: api.ticket.unlink(ticket, 1),
    "attach": lambda api, ticket: api.ticket.attach(ticket, document=1),
    "detach": lambda api, ticket: api.ticket.detach(ticket, 1),
    "documents": lambda api, ticket: api.ticket.documents(ticket),
    "download_all": lambda api, ticket: api.ticket.download_all(ticket, tempfile.gettempdir()),
    "upload": lambda api, ticket: api.document.upload(File(b"x", "x.txt")),
    "add_to_group": lambda api, ticket: api.user.add_to_group(2, 1),
    "authorizations": lambda api, ticket: api.user.authorizations(2),
    "emails": lambda api, ticket: api.user.emails(2),
    "grant": lambda api, ticket: api.user.grant(2, 6, 0),
    "remove_from_group": lambda api, ticket: api.user.remove_from_group(2, 1),
    "revoke": lambda api, ticket: api.user.revoke(2, 6),
    "add_team_member": lambda api, ticket: api.ticket.add_team_member(ticket, 2, "assigned"),
    "count": lambda api, ticket: api.ticket.count(),
    "create": lambda api, ticket: api.ticket.create(TICKET),
    "delete": lambda api, ticket: api.ticket.delete({"id": ticket}),
    "delete_sub_item": _removed,
    "download": lambda api, ticket: api.document.download(1),
    "ensure": lambda api, ticket: api.location.ensure("HQ > Room"),
    "first": lambda api, ticket: api.ticket.first(),
    "get": lambda api, ticket: api.ticket.get(ticket),
    "get_all": lambda api, ticket: api.ticket.get_all(),
    "get_all_pages": lambda api, ticket: api.ticket.get_all_pages(),
    "get_sub_items": lambda api, ticket: api.ticket.get_sub_items(ticket, "ITILFollowup"),
    "iter_items": lambda api, ticket: _walked(api.ticket.iter_items()),
    "iter_pages": lambda api, ticket: _walked(api.ticket.iter_pages()),
    "picture": lambda api, ticket: api.user.picture(2),
    "remove_team_member": _left,
    "restore": lambda api, ticket: api.ticket.restore(ticket),
    "search": lambda api, ticket: api.ticket.search(),
    "search_options": lambda api, ticket: api.ticket.search_options(),
    "search_rows": lambda api, ticket: api.ticket.search_rows(),
    "team": lambda api, ticket: api.ticket.team(ticket),
    "update": lambda api, ticket: api.ticket.update({"id": ticket, "urgency": 4}),
    "update_sub_item": _changed,
}
OF_CLIENTS: dict[str, Call] = {
    "add_sub_item": lambda api, ticket: api.add_sub_item("Ticket", ticket, "ITILFollowup", {"content": "x"}),
    "api_version": lambda api, ticket: _plain(api.api_version),
    "authenticate": lambda api, ticket: api.authenticate(),
    "close": lambda api, ticket: api.close(),
    "create_item": lambda api, ticket: api.create_item("Ticket", TICKET),
    "custom": lambda api, ticket: api.custom("MyType").get_all(),
    "delete_item": lambda api, ticket: api.delete_item("Ticket", {"id": ticket}),
    "get_active_entities": lambda api, ticket: api.get_active_entities(),
    "get_active_profile": lambda api, ticket: api.get_active_profile(),
    "get_all_items": lambda api, ticket: api.get_all_items("Ticket"),
    "get_all_pages": lambda api, ticket: api.get_all_pages("Ticket"),
    "get_api_versions": lambda api, ticket: api.get_api_versions(),
    "get_entity_tree": lambda api, ticket: api.get_entity_tree(),
    "get_full_session": lambda api, ticket: api.get_full_session(),
    "get_glpi_config": lambda api, ticket: api.get_glpi_config(),
    "get_item": lambda api, ticket: api.get_item("Ticket", ticket),
    "get_my_entities": lambda api, ticket: api.get_my_entities(),
    "get_my_profiles": lambda api, ticket: api.get_my_profiles(),
    "get_sub_items": lambda api, ticket: api.get_sub_items("Ticket", ticket, "ITILFollowup"),
    "get_version": lambda api, ticket: api.get_version(),
    "item": lambda api, ticket: api.item("Ticket").get(ticket),
    "iter_pages": lambda api, ticket: _walked(api.iter_pages("Ticket")),
    "itemtypes": lambda api, ticket: api.itemtypes(),
    "list_item_types": lambda api, ticket: api.list_item_types(),
    "login": lambda api, ticket: api.login(),
    "logout": lambda api, ticket: api.logout(),
    "request": lambda api, ticket: api.request("GET", "Assistance/Ticket" if api.api_version else "Ticket"),
    "schema": lambda api, ticket: api.schema("Ticket"),
    "search": lambda api, ticket: api.search("Ticket"),
    "set_active_entity": lambda api, ticket: api.set_active_entity(0),
    "set_active_profile": lambda api, ticket: api.set_active_profile(4),
    "update_item": lambda api, ticket: api.update_item("Ticket", {"id": ticket, "urgency": 4}),
    "upload_document": lambda api, ticket: api.upload_document(__file__),
    "version": lambda api, ticket: _plain(api.version),
    "whoami": lambda api, ticket: api.whoami(),
    "with_options": lambda api, ticket: api.with_options(timeout=60).ticket.get(ticket),
}

LACKS = {
    "hl": {"set_active_entity", "set_active_profile"},
    "legacy": {"get_api_versions", "schema", "transfer"},
}
KINDS = ["sync", "async"]


def test_every_public_method_is_called() -> None:
    assert set(ITEMS) == public(ItemProxy)
    assert set(OF_CLIENTS) == public(GlpiOAuthClient)


def _run(kind: str, api: str, server: GlpiServer, story: Callable[[AsyncClient, int], Awaitable[None]]) -> None:
    place = Place(Cell(kind, api, server.version), server, "twins:")

    async def whole() -> None:
        client = place.client()
        try:
            (ticket,) = await place.tickets(client, 1)
            await story(client, ticket)
        finally:
            await place.close()

    drive(whole()) if kind == "sync" else asyncio.run(whole())


@pytest.mark.parametrize("name", sorted(ITEMS))
@pytest.mark.parametrize("api", ["hl", "legacy"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_method_of_items(kind: str, api: str, name: str, glpi: GlpiServer) -> None:
    async def story(client: AsyncClient, ticket: int) -> None:
        if name in LACKS[api]:
            with pytest.raises(GlpiUnsupportedError, match="GlpiOAuthClient"):
                await ITEMS[name](client, ticket)
        else:
            await ITEMS[name](client, ticket)

    _run(kind, api, glpi, story)


@pytest.mark.parametrize("name", sorted(OF_CLIENTS))
@pytest.mark.parametrize("api", ["hl", "legacy"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_method_of_clients(kind: str, api: str, name: str, glpi: GlpiServer, tmp_path: Path) -> None:
    calls = dict(OF_CLIENTS)
    file = tmp_path / "a.txt"
    file.write_text("content")
    calls["upload_document"] = lambda client, ticket: client.upload_document(file)

    async def story(client: AsyncClient, ticket: int) -> None:
        if name in LACKS[api]:
            with pytest.raises(GlpiUnsupportedError, match="GlpiAPI" if api == "hl" else "GlpiOAuthClient"):
                await calls[name](client, ticket)
        else:
            await calls[name](client, ticket)

    _run(kind, api, glpi, story)


@pytest.mark.parametrize("client", CLIENTS, ids=ids)
def test_no_method_is_an_attribute_error(client: type, glpi: GlpiServer) -> None:
    kind, api = ("async" if "Async" in client.__name__ else "sync"), ("hl" if "OAuth" in client.__name__ else "legacy")
    made: Any = bare(Place(Cell(kind, api, glpi.version), glpi, "twins:").client())
    items = made.ticket
    assert type(made) is client
    assert [name for name in OF_CLIENTS if name != "version" and not hasattr(made, name)] == []
    assert [name for name in ITEMS if not hasattr(items, name)] == []
