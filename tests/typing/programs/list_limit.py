"""A limit is a number."""

from glpi_utils import GlpiOAuthClient


def list_limit(api: GlpiOAuthClient) -> int:
    return len(api.ticket.get_all(start=10, limit=20, params={"anything": "else"}))
