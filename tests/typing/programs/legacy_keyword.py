"""The legacy API has keywords of its own."""

from glpi_utils import AsyncGlpiAPI


async def legacy_keyword(api: AsyncGlpiAPI) -> list[int]:
    await api.computer.get(5, expand_dropdowns=True, with_softwares=True)
    whole = await api.ticket.get_all_pages(is_deleted=False, concurrency=2)
    return [row["id"] for row in whole] + [row["id"] async for row in api.ticket.iter_items(searchText={"name": "a"})]
