"""Legacy rows are flat."""

from glpi_utils import AsyncGlpiAPI


async def legacy_rows_below(api: AsyncGlpiAPI) -> int:
    others = await api.ticket.get_sub_items(1, "Document_Item")
    rows = await api.ticket.get_sub_items(1, "ITILFollowup", range="0-9")
    return sum(row["users_id"] for row in rows) + len(others)
