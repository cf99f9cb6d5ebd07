"""A walk gives rows."""

from glpi_utils import GlpiOAuthClient


def walk_of_rows(api: GlpiOAuthClient) -> list[bool]:
    return [user["is_active"] for user in api.user.iter_items(page_size=100)]
