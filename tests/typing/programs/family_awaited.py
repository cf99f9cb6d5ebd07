"""The same for asyncio, and on the legacy API."""

from glpi_utils import AsyncGlpiAPI, AsyncGlpiOAuthClient


async def main(api: AsyncGlpiOAuthClient, old: AsyncGlpiAPI) -> str:
    await api.ticket.add_team_member(1, 4, "assigned")
    return (await old.user.emails("tech"))[0].lower()
