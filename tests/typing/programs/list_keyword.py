"""Lists take the keywords of their API, by name."""

from glpi_utils import F, GlpiOAuthClient


def list_keyword(api: GlpiOAuthClient) -> list[str | None]:
    return [row["name"] for row in api.ticket.get_all(filter=F.name.contains("db"), sort="-date")]
