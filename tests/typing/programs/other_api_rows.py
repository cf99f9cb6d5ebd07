"""What the legacy API alone has comes with its shapes, also from a client of the High-Level API."""

from glpi_utils import GlpiOAuthClient


def main(api: GlpiOAuthClient) -> list[int]:
    rows = api.followup.get_all(searchText={"content": "fire"})
    return [row["items_id"] for row in rows]
