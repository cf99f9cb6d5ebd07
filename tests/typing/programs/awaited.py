"""Asynchronous clients have the same shapes."""

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient


async def awaited(api: AsyncGlpiOAuthClient, old: AsyncGlpiAPI) -> list[str]:
    new = await api.ticket.create({"name": "a", "content": "b"})
    await old.ticket.update({"id": new["id"], "urgency": 4})
    names = [page[0]["status"]["name"] async for page in api.ticket.iter_pages()]
    return [*names, (await api.ticket.get(1))["date"]]
