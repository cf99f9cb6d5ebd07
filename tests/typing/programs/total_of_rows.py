"""A list knows how many there are."""

from glpi_utils import GlpiOAuthClient


def total_of_rows(api: GlpiOAuthClient) -> int:
    rows = api.network_equipment.get_all(limit=10)
    return rows.total or len(rows)
