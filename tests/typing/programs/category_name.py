"""A relation may be null."""

from glpi_utils import GlpiOAuthClient


def category_name(api: GlpiOAuthClient) -> str:
    category = api.ticket.get(1)["category"]
    return category["name"] if category is not None else "none"
