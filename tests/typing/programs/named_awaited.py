"""The same on the asynchronous clients."""

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient


async def named(api: AsyncGlpiOAuthClient, legacy: AsyncGlpiAPI) -> str | None:
    await api.ticket.create({"name": "a", "content": "b", "category": "Hardware > Printer"})
    await legacy.computer.update({"id": "serial:SN-1", "locations_id": "HQ", "users_id": "tech@x.org"})
    return (await api.location.get({"name": "HQ > Floor 3"}))["name"]
